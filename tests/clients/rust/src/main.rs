//! A device grant with the oauth2 crate: first poll at once, tokens, refresh,
//! revocation. Addresses come from the server's metadata.

use std::error::Error;
use std::io::Write;
use std::{env, fs, thread};

use oauth2::basic::BasicClient;
use oauth2::{
    ClientId, DeviceAuthorizationUrl, HttpRequest, HttpResponse, RevocationUrl, Scope,
    StandardDeviceAuthorizationResponse, StandardRevocableToken, TokenResponse, TokenUrl,
};
use reqwest::blocking::Client;

type Fault = Box<dyn Error>;

fn main() -> Result<(), Fault> {
    let issuer = env::var("ISSUER")?;
    let ca = reqwest::Certificate::from_pem(&fs::read(env::var("SSL_CERT_FILE")?)?)?;
    let http = Client::builder()
        .add_root_certificate(ca)
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let known = format!("{issuer}/.well-known/{}", env::var("WELL_KNOWN")?);
    let metadata: serde_json::Value = http.get(known).send()?.error_for_status()?.json()?;
    let address = |name: &str| metadata[name].as_str().unwrap_or_default().to_owned();

    let client = BasicClient::new(ClientId::new(env::var("CLIENT_ID")?))
        .set_device_authorization_url(DeviceAuthorizationUrl::new(address(
            "device_authorization_endpoint",
        ))?)
        .set_token_uri(TokenUrl::new(address("token_endpoint"))?)
        .set_revocation_url(RevocationUrl::new(address("revocation_endpoint"))?)
        .set_auth_type(oauth2::AuthType::RequestBody);
    let send = |request: HttpRequest| -> Result<HttpResponse, reqwest::Error> {
        let answer = http.execute(request.try_into()?)?;
        let mut response = HttpResponse::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = answer.bytes()?.to_vec();
        Ok(response)
    };

    let words = env::var("SCOPE")?;
    let asked: StandardDeviceAuthorizationResponse = client
        .exchange_device_code()
        .add_scopes(words.split(' ').map(|word| Scope::new(word.to_owned())))
        .request(&send)?;
    let uri = asked.verification_uri().to_string();
    let code = asked.user_code().secret().clone();
    let person = thread::spawn(move || {
        std::process::Command::new(env::var("APPROVE").unwrap_or_default())
            .args([uri, code])
            .status()
    });
    let tokens = client
        .exchange_device_access_token(&asked)
        .request(&send, thread::sleep, None)?;
    let agreed = person.join().map_err(|_| "the person panicked")??;
    if !agreed.success() {
        return Err("the person could not agree".into());
    }
    let refresh = tokens.refresh_token().ok_or("no refresh token")?;
    let renewed = client.exchange_refresh_token(refresh).request(&send)?;
    let newest = renewed.refresh_token().unwrap_or(refresh).clone();
    let same = newest.secret() == refresh.secret();
    let revoked: StandardRevocableToken = newest.into();
    client.revoke_token(revoked)?.request(&send)?;

    if let Ok(list) = env::var("RELEVE_SECRETS") {
        let held = [asked.device_code().secret(), tokens.access_token().secret(), refresh.secret()];
        let renewed = [renewed.access_token().secret()];
        let lines: String = held
            .into_iter()
            .chain(renewed)
            .map(|secret| format!("text {secret}\n"))
            .collect();
        fs::OpenOptions::new().append(true).open(list)?.write_all(lines.as_bytes())?;
    }

    let scope: Vec<String> = tokens
        .scopes()
        .map(|list| list.iter().map(|scope| scope.to_string()).collect())
        .unwrap_or_default();
    let report = serde_json::json!({
        "client": "oauth2 5.0.0 (Rust)",
        "token_type": tokens.token_type().as_ref(),
        "expires_in": tokens.expires_in().map(|life| life.as_secs()),
        "scope": scope.join(" "),
        "rotated": !same,
        "revoked": true,
        "interval": asked.interval().as_secs(),
        "code_lifetime": asked.expires_in().as_secs(),
        "verification_uri_complete": asked.verification_uri_complete().is_some(),
    });
    println!("{report}");
    Ok(())
}
