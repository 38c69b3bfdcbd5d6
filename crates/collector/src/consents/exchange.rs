//! The calls of a grant, in the words of the RFCs or in those of the proxy of
//! Domoticz, whose paths, parameters and order are not negotiable.

use bytes::Bytes;
use enedis::{Problem, QuotaKind, RequestFault};
use grant::client::{
    Code, Consent, DEVICE_GRANT, Given, Heard, REFRESH_GRANT, Secret, Waiting, form, read_code,
    read_token,
};
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, Request};
use serde_json::{Value, json};
use service::{SharedClock, SharedHttp};
use url::Url;

use crate::v5_gateway::OURSELVES;

/// What we ask Relevé's gateway for; the person ticks what is granted.
const SCOPE: &str = "daily curve max_power production";

/// A form, also where nothing is sent.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// How the proxy knows which version of its contract a program speaks: it reads
/// what follows the first `/`.
pub(crate) const CONTRACT: &str = "Releve-DomoticzLinky/2.6.0";

/// How a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 8628, as Relevé's own gateway does.
    Rfc,
    /// The contract of the plugin `DomoticzLinky`.
    DomoticzProxy,
}

/// Who gives consents.
#[derive(Debug, Clone)]
pub struct Server {
    /// How it speaks.
    pub dialect: Dialect,
    /// Beginning of its addresses.
    pub base_url: Url,
    /// Who we are there.
    pub client_id: String,
}

impl Server {
    /// What tokens belong to: they are sent nowhere else.
    pub(super) fn address(&self) -> String {
        format!("{} {}", self.base_url, self.client_id)
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url.set_query(None);
        url
    }

    pub(crate) fn agent(&self) -> &'static str {
        match self.dialect {
            Dialect::Rfc => OURSELVES,
            Dialect::DomoticzProxy => CONTRACT,
        }
    }

    fn token_path(&self) -> &'static str {
        match self.dialect {
            Dialect::Rfc => "/token",
            Dialect::DomoticzProxy => "/device/token",
        }
    }
}

/// Asks for a code.
pub(super) async fn code(
    http: &SharedHttp,
    clock: &SharedClock,
    server: &Server,
) -> Result<Code, Problem> {
    let client = ("client_id", server.client_id.as_str());
    let (path, body) = match server.dialect {
        Dialect::Rfc => ("/device_authorization", form(&[client, ("scope", SCOPE)])),
        Dialect::DomoticzProxy => ("/device/code", form(&[client])),
    };
    let request = post(server, path, body).ok_or(Problem::BadRequest {
        fault: RequestFault::Parameter,
    })?;
    let answer = http.send(request).await?;
    let (status, headers) = (answer.status().as_u16(), answer.headers());
    if status != 200 {
        return Err(refused(clock, status, headers));
    }
    let told = |error: grant::client::Unusable| Problem::Malformed {
        detail: error.to_string(),
    };
    match server.dialect {
        Dialect::Rfc => read_code(answer.body()).map_err(told),
        Dialect::DomoticzProxy => {
            let body = completed(server, answer.body());
            read_code(body.as_deref().unwrap_or(answer.body())).map_err(told)
        }
    }
}

/// The plugin needs only the two codes of the answer, and knows the page.
fn completed(server: &Server, body: &[u8]) -> Option<Vec<u8>> {
    let Value::Object(mut answer) = serde_json::from_slice(body).ok()? else {
        return None;
    };
    let code = answer.get("user_code")?.as_str()?.to_owned();
    let mut page = server.url("/device");
    answer.insert("verification_uri".to_owned(), json!(page.as_str()));
    page.query_pairs_mut().append_pair("code", &code);
    answer.insert("verification_uri_complete".to_owned(), json!(page.as_str()));
    answer.entry("expires_in").or_insert(json!(300));
    serde_json::to_vec(&answer).ok()
}

fn refused(clock: &SharedClock, status: u16, headers: &HeaderMap) -> Problem {
    let fault = RequestFault::Unsaid;
    match status {
        404 | 410 => Problem::NoSuchResource,
        429 => {
            let kind = QuotaKind::Unsaid;
            let empty = Problem::classify(clock.now(), status, headers, b"");
            empty.unwrap_or(Problem::Quota { kind, until: None })
        }
        400..500 => Problem::BadRequest { fault },
        _ => Problem::GatewayOutage {
            status,
            until: None,
        },
    }
}

/// Asks whether the person has answered.
pub(super) async fn poll(http: &SharedHttp, server: &Server, consent: &Consent) -> Heard {
    let Consent::Waiting(Waiting { device_code, .. }) = consent else {
        return Heard::Trouble;
    };
    let body = form(&[
        ("client_id", &server.client_id),
        ("grant_type", DEVICE_GRANT),
        ("device_code", device_code.expose()),
    ]);
    token(http, server, body).await
}

/// Asks for a new access token.
pub(super) async fn refresh(http: &SharedHttp, server: &Server, consent: &Consent) -> Heard {
    let Consent::Given(given) = consent else {
        return Heard::Trouble;
    };
    let refresh = given.refresh.as_ref().map_or("", Secret::expose);
    let points = joined(given);
    let mut pairs = vec![
        ("grant_type", REFRESH_GRANT),
        ("client_id", server.client_id.as_str()),
    ];
    if server.dialect == Dialect::DomoticzProxy {
        pairs.push(("usage_points_id", &points));
    }
    pairs.push(("refresh_token", refresh));
    token(http, server, form(&pairs)).await
}

/// The proxy compares this text with the one that it gave.
fn joined(given: &Given) -> String {
    let points: Vec<String> = given.usage_points.iter().map(ToString::to_string).collect();
    points.join(",")
}

/// Tells the server that a consent is over (RFC 7009); nobody waits for more
/// than one answer.
pub(super) async fn revoke(http: &SharedHttp, server: &Server, consent: &Consent) {
    let given = match consent {
        Consent::Given(given) => Some(given),
        Consent::Over(over) => over.kept.as_deref(),
        Consent::Waiting(_) => None,
    };
    let Some(given) = given.filter(|_| server.dialect == Dialect::Rfc) else {
        return;
    };
    let token = given.refresh.as_ref().unwrap_or(&given.access);
    let pairs = [("token", token.expose()), ("client_id", &server.client_id)];
    if let Some(request) = post(server, "/revoke", form(&pairs))
        && let Err(error) = http.send(request).await
    {
        tracing::debug!(%error, "the gateway was not told");
    }
}

async fn token(http: &SharedHttp, server: &Server, body: String) -> Heard {
    let Some(request) = post(server, server.token_path(), body) else {
        return Heard::Trouble;
    };
    match http.send(request).await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            tracing::debug!(status, "asked for tokens");
            read_token(status, answer.body())
        }
        Err(error) => {
            tracing::debug!(%error, "no answer about tokens");
            Heard::Trouble
        }
    }
}

fn post(server: &Server, path: &str, body: String) -> Option<Request<Bytes>> {
    Request::post(server.url(path).as_str())
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, FORM)
        .header(USER_AGENT, server.agent())
        .body(Bytes::from(body))
        .ok()
}
