//! The answer of the device authorization endpoint (RFC 8628, section 3.2),
//! read with distrust: it is shown to a person and printed on a terminal.

use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::secret::Secret;

/// A flow is never longer, whatever is said.
const LONGEST: i64 = 24 * 3600;

/// Seconds between polls where nothing is said (section 3.2).
const USUAL_INTERVAL: i64 = 5;

/// A code to show, and how to poll for its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What we poll with.
    pub device_code: Secret,
    /// What the person types.
    pub user_code: String,
    /// Where the person goes.
    pub link: String,
    /// The same with the code in it, for a QR code.
    pub link_complete: Option<String>,
    /// How long the code lives.
    pub lifetime: SignedDuration,
    /// The least time between polls.
    pub interval: SignedDuration,
}

/// Why an answer cannot be used. Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is not a JSON object.
    #[error("not a JSON object")]
    NotJson,
    /// A member is missing or cannot be what it should be.
    #[error("`{0}` is missing or unusable")]
    Member(&'static str),
}

/// Reads a good answer.
pub fn read_code(body: &[u8]) -> Result<Code, Unusable> {
    let Ok(Value::Object(answer)) = serde_json::from_slice(body) else {
        return Err(Unusable::NotJson);
    };
    let text = |name: &'static str| text(&answer, name).ok_or(Unusable::Member(name));
    let device_code = Secret::new(text("device_code")?);
    let user_code = text("user_code")?;
    let link = text("verification_uri")?;
    let lifetime = seconds(&answer, "expires_in").ok_or(Unusable::Member("expires_in"))?;
    let complete = text("verification_uri_complete").ok();
    let interval = seconds(&answer, "interval").unwrap_or(USUAL_INTERVAL);
    Ok(Code {
        device_code: device_code.ok_or(Unusable::Member("device_code"))?,
        user_code: shown(user_code).ok_or(Unusable::Member("user_code"))?,
        link: address(link).ok_or(Unusable::Member("verification_uri"))?,
        link_complete: complete.and_then(address),
        lifetime: SignedDuration::from_secs(lifetime.clamp(1, LONGEST)),
        interval: SignedDuration::from_secs(interval.clamp(1, 300)),
    })
}

fn text<'a>(answer: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    answer.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// A number of seconds, which some servers write as text.
pub(super) fn seconds(answer: &Map<String, Value>, name: &str) -> Option<i64> {
    let value = answer.get(name)?;
    let number = value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|seconds| *seconds > 0)
}

/// Letters, digits and a few signs: nothing that moves a terminal's cursor.
fn shown(code: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ' ';
    let fits = (1..=32).contains(&code.len()) && code.chars().all(plain);
    fits.then(|| code.to_owned())
}

fn address(link: &str) -> Option<String> {
    let web = link.starts_with("https://") || link.starts_with("http://");
    let plain = link.len() <= 2048 && link.bytes().all(|byte| byte.is_ascii_graphic());
    (web && plain).then(|| link.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"device_code":"dc","user_code":"WDJB-MJHT",
        "verification_uri":"https://gw.example/device","expires_in":1200,"interval":7}"#;

    #[test]
    fn an_answer_of_the_rfc_is_read() {
        let code = read_code(GOOD.as_bytes()).unwrap();
        assert_eq!(code.user_code, "WDJB-MJHT");
        assert_eq!(code.lifetime, SignedDuration::from_secs(1200));
        assert_eq!(code.interval, SignedDuration::from_secs(7));
        let usual = GOOD.replace(r#","interval":7"#, "");
        let code = read_code(usual.as_bytes()).unwrap();
        assert_eq!(code.interval, SignedDuration::from_secs(5));
    }

    #[test]
    fn what_cannot_be_shown_or_sent_is_refused() {
        for (from, to, member) in [
            ("WDJB-MJHT", r"\u001b[2J", "user_code"),
            ("https://gw", "javascript:gw", "verification_uri"),
            (
                "https://gw.example",
                r"https://gw\n.example",
                "verification_uri",
            ),
            (r#""dc""#, r#""d\r\nc""#, "device_code"),
            ("1200", "-1", "expires_in"),
            ("1200", "true", "expires_in"),
        ] {
            let body = GOOD.replace(from, to);
            let error = read_code(body.as_bytes()).unwrap_err();
            assert_eq!(error, Unusable::Member(member), "{to}");
        }
        assert_eq!(read_code(b"<html>"), Err(Unusable::NotJson));
    }

    #[test]
    fn no_code_lives_for_more_than_a_day_whatever_is_said() {
        let body = GOOD.replace("1200", "9223372036854775807");
        let code = read_code(body.as_bytes()).unwrap();
        assert_eq!(code.lifetime, SignedDuration::from_hours(24));
    }

    #[test]
    fn the_device_code_is_not_shown() {
        let shown = format!("{:?}", read_code(GOOD.as_bytes()).unwrap());
        assert!(!shown.contains("\"dc\""), "{shown}");
    }
}
