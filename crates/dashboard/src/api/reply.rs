//! Answers: JSON with a fingerprint of its content, so that who has it already
//! is told so in a few bytes.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use home::Failure;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, LINK, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};
use ring::digest::{SHA256, digest};
use serde::Serialize;

use crate::caller::Caller;

/// Answers with a form, with 304 where the caller has the same, or with a problem.
pub(super) fn reply<T: Serialize>(
    caller: &Caller,
    asked: &HeaderMap,
    form: Result<T, Failure>,
) -> Response {
    match form {
        Ok(form) => json(asked, &form),
        Err(failure) => caller.problem(&failure),
    }
}

/// The same, with where the next page is: an address below the root.
pub(super) fn page<T: Serialize>(
    caller: &Caller,
    asked: &HeaderMap,
    form: Result<(T, Option<String>), Failure>,
) -> Response {
    let (form, next) = match form {
        Ok(found) => found,
        Err(failure) => return caller.problem(&failure),
    };
    let mut response = json(asked, &form);
    if let Some(next) = next {
        let link = format!(
            "<{}{}{next}>; rel=\"next\"",
            caller.visitor.base,
            super::ROOT
        );
        put(&mut response, LINK, &link);
    }
    response
}

/// A form of JSON under its fingerprint.
pub(super) fn json(asked: &HeaderMap, form: &impl Serialize) -> Response {
    match serde_json::to_vec(form) {
        Ok(text) => bytes(asked, text),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// JSON that is written already.
pub(super) fn bytes(asked: &HeaderMap, text: Vec<u8>) -> Response {
    let tag = tag(&text, is_zipped(asked, text.len()));
    let mut response = if has(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(text));
        put(&mut response, CONTENT_TYPE, "application/json");
        response
    };
    put(&mut response, ETAG, &tag);
    put(&mut response, CACHE_CONTROL, "private, no-cache");
    put(&mut response, VARY, "accept-language, cookie");
    response
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
}

/// A strong fingerprint (RFC 9110, 8.8.3): what is compressed has one of its own.
fn tag(text: &[u8], zipped: bool) -> String {
    let digest = digest(&SHA256, text);
    let hex = HEXLOWER.encode(&digest.as_ref()[..16]);
    let coding = if zipped { "-gzip" } else { "" };
    format!("\"{hex}{coding}\"")
}

/// Whether the layer around everything will compress an answer of that length.
fn is_zipped(asked: &HeaderMap, length: usize) -> bool {
    length >= 32 && crate::assets::takes_gzip(asked)
}

/// Whether the caller has it: weak comparison, as RFC 9110 (13.1.2) wants it.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let lines = asked.get_all(IF_NONE_MATCH).iter();
    let mut known = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim);
    known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use http::header::ACCEPT_ENCODING;

    use super::*;

    fn asked(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn who_has_the_same_is_told_so_and_nothing_else() {
        let text = br#"{"usage_points":[1,2,3,4,5,6,7,8]}"#.to_vec();
        let first = bytes(&HeaderMap::new(), text.clone());
        let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
        assert_eq!(first.status(), StatusCode::OK);
        for known in [tag.clone(), format!("\"a\", W/{tag}"), "*".to_owned()] {
            let again = bytes(&asked(IF_NONE_MATCH, &known), text.clone());
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert_eq!(again.headers()[ETAG].to_str().unwrap(), tag);
        }
        let other = bytes(&asked(IF_NONE_MATCH, &tag), b"[]".to_vec());
        assert_eq!(other.status(), StatusCode::OK);
    }

    #[test]
    fn what_is_compressed_has_a_fingerprint_of_its_own() {
        let text = vec![b' '; 64];
        let plain = bytes(&HeaderMap::new(), text.clone());
        let zipped = bytes(&asked(ACCEPT_ENCODING, "gzip"), text);
        assert_ne!(plain.headers()[ETAG], zipped.headers()[ETAG]);
    }
}
