//! What the token endpoint says (RFC 6749, sections 5.1 and 5.2; RFC 8628,
//! section 3.5).

use jiff::SignedDuration;
use meter::UsagePoint;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::answer::seconds;
use super::secret::Secret;

/// An access token's life where nothing is said.
const USUAL_LIFE: i64 = 3600;

/// No access token is trusted for longer without being renewed.
const LONGEST_LIFE: i64 = 366 * 24 * 3600;

/// Usage points that are read of one answer, at most.
const MOST_POINTS: usize = 100;

/// Tokens as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// What goes with each call.
    pub access: Secret,
    /// What renews it; a rotating one replaces the one before.
    pub refresh: Option<Secret>,
    /// How long the access token lives.
    pub lifetime: SignedDuration,
    /// What was granted, if it is said.
    pub scope: Option<String>,
    /// Whose readings it covers, if it is said: `usage_points_id`, separated by
    /// commas, or `usage_points`, a list.
    pub usage_points: Option<Vec<UsagePoint>>,
}

/// What was heard of the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Tokens.
    Tokens(Tokens),
    /// A refusal in words that OAuth knows.
    Refused(Refusal),
    /// Nothing, or nothing that can be understood: time-outs, 5xx, pages.
    Trouble,
}

/// Errors of the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Nobody has answered yet; an interval, where one is told.
    Pending(Option<SignedDuration>),
    /// Polled too fast: five seconds more, or what is told.
    SlowDown(Option<SignedDuration>),
    /// The code has lapsed.
    Expired,
    /// The person said no.
    Denied,
    /// The code or the token is not known, or no longer.
    InvalidGrant,
    /// The request itself; the proxy of Domoticz says it of unknown tokens too.
    InvalidRequest,
    /// Any other, by its name.
    Other(String),
}

/// Reads what came with a status.
pub fn read_token(status: u16, body: &[u8]) -> Heard {
    if status == 429 || status >= 500 {
        return Heard::Trouble;
    }
    let Ok(Value::Object(answer)) = serde_json::from_slice(body) else {
        return Heard::Trouble;
    };
    // Errors have been seen with 200.
    if let Some(error) = answer.get("error").and_then(Value::as_str) {
        return refusal(error, &answer);
    }
    match (status, tokens(&answer)) {
        (200, Some(tokens)) => Heard::Tokens(tokens),
        _ => Heard::Trouble,
    }
}

fn tokens(answer: &Map<String, Value>) -> Option<Tokens> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    let bearer = text("token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    let life = seconds(answer, "expires_in").unwrap_or(USUAL_LIFE);
    let tokens = Tokens {
        access: Secret::new(text("access_token")?)?,
        refresh: text("refresh_token").and_then(Secret::new),
        lifetime: SignedDuration::from_secs(life.clamp(1, LONGEST_LIFE)),
        scope: text("scope").map(str::to_owned),
        usage_points: usage_points(answer),
    };
    bearer.then_some(tokens)
}

/// What cannot be a usage point covers nothing.
fn usage_points(answer: &Map<String, Value>) -> Option<Vec<UsagePoint>> {
    let read = |text: &str| text.parse().ok();
    if let Some(list) = answer.get("usage_points").and_then(Value::as_array) {
        let texts = list.iter().filter_map(Value::as_str);
        return Some(texts.filter_map(read).take(MOST_POINTS).collect());
    }
    let joined = answer.get("usage_points_id").and_then(Value::as_str)?;
    let texts = joined.split([',', ';']);
    Some(texts.filter_map(read).take(MOST_POINTS).collect())
}

fn refusal(error: &str, answer: &Map<String, Value>) -> Heard {
    let interval = || seconds(answer, "interval").map(SignedDuration::from_secs);
    Heard::Refused(match error.to_ascii_lowercase().as_str() {
        "authorization_pending" => Refusal::Pending(interval()),
        "slow_down" => Refusal::SlowDown(interval()),
        "expired_token" => Refusal::Expired,
        "access_denied" => Refusal::Denied,
        "invalid_grant" => Refusal::InvalidGrant,
        "invalid_request" => Refusal::InvalidRequest,
        "server_error" | "temporarily_unavailable" => return Heard::Trouble,
        other => Refusal::Other(plain(other)),
    })
}

/// A name fit for a log and a terminal.
fn plain(error: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    error.chars().filter(kept).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_both_contracts_are_read() {
        let rfc = br#"{"access_token":"lga_x","refresh_token":"lgr_y","token_type":"bearer",
            "expires_in":"12600","usage_points":["22516914714270"]}"#;
        let proxy = br#"{"access_token":"aa","refresh_token":"bb","token_type":"Bearer",
            "expires_in":12600,"usage_points_id":"12345678901234,10284856584123","scope":""}"#;
        let Heard::Tokens(tokens) = read_token(200, rfc) else {
            panic!("tokens")
        };
        assert_eq!(tokens.lifetime, SignedDuration::from_secs(12_600));
        assert_eq!(tokens.usage_points.map(|points| points.len()), Some(1));
        let Heard::Tokens(tokens) = read_token(200, proxy) else {
            panic!("tokens")
        };
        assert_eq!(tokens.usage_points.map(|points| points.len()), Some(2));
    }

    #[test]
    fn errors_are_told_apart_and_everything_else_is_trouble() {
        let said = |status, body: &str| read_token(status, body.as_bytes());
        let error = |name: &str| format!(r#"{{"error":"{name}"}}"#);
        assert_eq!(
            said(400, r#"{"error":"slow_down","interval":15}"#),
            Heard::Refused(Refusal::SlowDown(Some(SignedDuration::from_secs(15))))
        );
        assert_eq!(
            said(400, &error("Invalid_Grant")),
            Heard::Refused(Refusal::InvalidGrant)
        );
        assert_eq!(
            said(200, &error("Unauthorized")),
            Heard::Refused(Refusal::Other("unauthorized".to_owned()))
        );
        for (status, body) in [
            (500, error("invalid_grant")),
            (503, error("invalid_grant")),
            (429, error("access_denied")),
            (200, "<html>".to_owned()),
            (200, r#"{"access_token":"x","token_type":"mac"}"#.to_owned()),
            (200, r#"{"access_token":""}"#.to_owned()),
            (302, r#"{"access_token":"x"}"#.to_owned()),
            (400, error("server_error")),
            (403, "{}".to_owned()),
        ] {
            assert_eq!(said(status, &body), Heard::Trouble, "{status} {body}");
        }
    }
}
