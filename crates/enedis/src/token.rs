//! The application token: one for all usage points, three and a half hours long.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::malformed::Malformed;
use crate::problem::Problem;
use crate::text;

/// Renewed this long before its end, so that no call leaves with a dying token.
const MARGIN: SignedDuration = SignedDuration::from_secs(120);

/// A token as a header value marked sensitive, which hides it from `Debug`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub bearer: HeaderValue,
    /// `None` where Enedis did not say: then it is used until it is refused.
    renew_at: Option<Timestamp>,
}

/// The token in use. Whoever renews it makes the others wait, not ask too.
#[derive(Debug, Default)]
pub(crate) struct TokenStore {
    pub current: Mutex<Option<Token>>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default, deserialize_with = "text::lenient")]
    expires_in: Option<String>,
}

impl Token {
    /// Reads the token resource's answer.
    pub(crate) fn read(now: Timestamp, body: &[u8]) -> Result<Self, Problem> {
        let answer: Answer = text::parse(body)?;
        let field = "access_token";
        let token = answer.access_token.ok_or(Malformed::Missing { field })?;
        let token = SecretString::from(token);
        let bearer = bearer(&token).ok_or(Malformed::Missing { field })?;
        let seconds = answer.expires_in.and_then(|text| text.parse::<u32>().ok());
        let lifetime = seconds.map(|s| SignedDuration::from_secs(i64::from(s)));
        let renew_at = lifetime.map(|all| now + (all - MARGIN.min(all / 10)));
        Ok(Self { bearer, renew_at })
    }

    /// Whether it may still be sent.
    pub(crate) fn is_fresh(&self, now: Timestamp) -> bool {
        self.renew_at.is_none_or(|end| now < end)
    }
}

fn bearer(token: &SecretString) -> Option<HeaderValue> {
    let token = token.expose_secret();
    if token.is_empty() {
        return None;
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The request for a token: client credentials by HTTP Basic.
pub(crate) fn request(
    url: &url::Url,
    client_id: &str,
    client_secret: &SecretString,
) -> Result<Request<Bytes>, Problem> {
    let pair = format!("{client_id}:{}", client_secret.expose_secret());
    let basic = format!("Basic {}", STANDARD.encode(pair));
    let mut basic = HeaderValue::from_str(&basic).map_err(|_| Problem::BadCredentials)?;
    basic.set_sensitive(true);
    Request::builder()
        .method(Method::POST)
        .uri(url.as_str())
        .header(header::AUTHORIZATION, basic)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from_static(b"grant_type=client_credentials"))
        .map_err(|_| crate::client::unsendable())
}
