//! The application's token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request};
use simulator::customers::DEMO_HOME;

use crate::support::{Answer, Client};

const GRANT: &str = "grant_type=client_credentials";

#[tokio::test]
async fn a_token_lives_three_and_a_half_hours() {
    let mut client = Client::new().await;
    let path = format!("/synth_contrat_auto/v1/{DEMO_HOME}");
    client.advance(12_599);
    assert_eq!(client.get(&path).await.status, 200);
    client.advance(1);
    assert_eq!(client.get(&path).await.code(), "401 900901");
    client.renew().await;
    assert_eq!(client.get(&path).await.status, 200);
    client.simulator.forget_tokens();
    assert_eq!(client.get(&path).await.code(), "401 900901");
}

#[tokio::test]
async fn credentials_come_by_form_or_by_basic_and_must_be_right() {
    let client = Client::new().await;
    let form = |id, secret| format!("{GRANT}&client_id={id}&client_secret={secret}");
    let right = form("releve-simulated", "not-a-secret");
    let good = client.post_form("/oauth2/v3/token", &right).await;
    assert_eq!(good.json()["expires_in"], 12_600);
    for bad in [form("releve-simulated", "wrong"), GRANT.to_owned()] {
        let answer = client.post_form("/oauth2/v3/token", &bad).await;
        assert_eq!(answer.code(), "401 Unauthorized");
    }
    let request = Request::builder()
        .method(Method::POST)
        .uri("https://enedis.test/oauth2/v3/token")
        .header(
            "Authorization",
            format!("Basic {}", STANDARD.encode("releve-simulated:not-a-secret")),
        )
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Bytes::from_static(GRANT.as_bytes()))
        .unwrap();
    let basic = client.simulator.http().send(request).await.unwrap();
    assert_eq!(Answer::from(basic).json()["token_type"], "Bearer");
}

#[tokio::test]
async fn a_wrong_grant_is_named() {
    let client = Client::new().await;
    let none = client.post_form("/oauth2/v3/token", "client_id=x").await;
    assert_eq!(none.code(), "400 invalid_request");
    let other = client
        .post_form("/oauth2/v3/token", "grant_type=password")
        .await;
    assert_eq!(other.code(), "400 unsupported_grant_type");
    assert_eq!(client.get("/oauth2/v3/token").await.status, 405);
}

#[tokio::test]
async fn the_lifetime_may_be_written_as_a_text() {
    let client = Client::with(|options| options.expires_in_as_text = true).await;
    let form = format!("{GRANT}&client_id=releve-simulated&client_secret=not-a-secret");
    let answer = client.post_form("/oauth2/v3/token", &form).await;
    assert_eq!(answer.json()["expires_in"], "12600");
}
