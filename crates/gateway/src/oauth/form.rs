//! A request's parameters: strictly decoded, each at most once, an empty one
//! counting as absent (RFC 6749 section 3.2).

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use grant::server::OAuthError;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};

use super::answer::Refusal;

/// More parameters than any client sends.
const MOST: usize = 100;

/// The parameters of a request.
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    /// A parameter, when it was sent and is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A parameter that must be there.
    pub(super) fn need(&self, name: &str, missing: &'static str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::request(missing))
    }

    /// Reads a body.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let mut values = BTreeMap::new();
        let pairs = body
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty());
        for (count, pair) in pairs.enumerate() {
            if count == MOST {
                return Err(Refusal::request("too many parameters"));
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            if values.insert(name, value).is_some() {
                return Err(Refusal::request("a parameter is repeated"));
            }
        }
        values.retain(|_, value| !value.is_empty());
        Ok(Self(values))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        check_type(request.headers())?;
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|_| Refusal {
            status: Some(StatusCode::PAYLOAD_TOO_LARGE),
            ..Refusal::request("the request is too large or broke off")
        })?;
        Self::read(&body)
    }
}

fn check_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let refused = |description| Refusal {
        status: Some(StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ..Refusal::because(OAuthError::InvalidRequest, description)
    };
    if headers.contains_key(CONTENT_ENCODING) {
        return Err(refused("requests are not compressed"));
    }
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let mut parts = kind.unwrap_or_default().split(';').map(str::trim);
    let is_form = parts
        .next()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    });
    if is_form && is_utf8 {
        Ok(())
    } else {
        Err(refused("the body is a form in UTF-8"))
    }
}

/// `+` and `%XX`; anything else that is not UTF-8 or cut short is refused.
pub(super) fn decode(text: &[u8]) -> Result<String, Refusal> {
    let malformed = || Refusal::request("a parameter is malformed");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
                let (high, low) = (digit(rest.next()), digit(rest.next()));
                let (high, low) = high.zip(low).ok_or_else(malformed)?;
                (high * 16 + low) as u8
            }
            byte => *byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| malformed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d2_an_empty_parameter_is_absent_and_a_repeated_one_refused() {
        let form = Form::read(b"scope=&client_id=a%2Bb+c&foo=1").ok().unwrap();
        assert_eq!(form.get("scope"), None);
        assert_eq!(form.get("client_id"), Some("a+b c"));
        assert!(Form::read(b"client_id=a&client_id=a").is_err());
        assert!(Form::read(b"scope=&scope=").is_err());
    }

    #[test]
    fn h01_percent_garbage_is_refused_without_panic() {
        for body in ["a=%", "a=%2", "a=%zz", "a=%ff%fe", "%=1"] {
            assert!(Form::read(body.as_bytes()).is_err(), "{body}");
        }
        assert!(Form::read(&[b'a', b'=', 0xff]).is_err());
        assert!(Form::read(b"a=%00").is_ok());
    }

    #[test]
    fn h04_five_thousand_parameters_are_refused_early() {
        let names: Vec<String> = (0..5000).map(|n| format!("p{n}=1")).collect();
        assert!(Form::read(names.join("&").as_bytes()).is_err());
    }
}
