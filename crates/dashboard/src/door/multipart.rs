//! The token of a form that carries files: its first field, read from the
//! beginning of the body, which goes on to its reader whole.

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};
use http::HeaderMap;
use http::header::CONTENT_TYPE;

use super::csrf::FIELD;
use super::refusal::Refusal;

/// Bytes within which the first field must end.
const BEGINNING: usize = 4096;

/// Whether a body is a form that carries files.
pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case("multipart/form-data")
    })
}

/// The whole body again, if its first field is a token that is right.
pub(super) async fn meant(body: Body, is_token: impl Fn(&str) -> bool) -> Result<Body, Refusal> {
    let mut rest = body.into_data_stream();
    let mut begun = Vec::new();
    let token = loop {
        if let Some(token) = token(&begun) {
            break token;
        }
        if begun.len() > BEGINNING {
            return Err(Refusal::Token);
        }
        match rest.next().await {
            Some(Ok(bytes)) => begun.extend_from_slice(&bytes),
            Some(Err(_)) => return Err(Refusal::TooLarge),
            None => return Err(Refusal::Token),
        }
    };
    if !is_token(&token) {
        return Err(Refusal::Token);
    }
    let begun = stream::iter([Ok(Bytes::from(begun))]);
    Ok(Body::from_stream(begun.chain(rest)))
}

/// The value of the first field, once it is whole; it must be the token's
/// (RFC 7578, section 4).
fn token(begun: &[u8]) -> Option<String> {
    let (boundary, after) = split(begun, b"\r\n")?;
    let (head, after) = split(after, b"\r\n\r\n")?;
    let mut end = b"\r\n".to_vec();
    end.extend_from_slice(boundary);
    let (value, _) = split(after, &end)?;
    let head = std::str::from_utf8(head).ok()?;
    let named = format!("name=\"{FIELD}\"");
    // A field of another name stands for no token: nothing is right then.
    let value = if head.contains(&named) { value } else { b"" };
    Some(String::from_utf8_lossy(value).into_owned())
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let place = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..place], &bytes[place + at.len()..]))
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    const FORM: &str = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n\
                        --b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\n\
                        csrf\r\n--b--\r\n";

    async fn judged(chunks: Vec<&'static str>) -> Option<String> {
        let chunks = chunks.into_iter().map(Ok::<_, std::io::Error>);
        let body = Body::from_stream(stream::iter(chunks));
        let body = meant(body, |token| token == "token").await.ok()?;
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_token_is_the_first_field_and_the_body_stays_whole_however_it_arrives() {
        assert_eq!(judged(vec![FORM]).await.as_deref(), Some(FORM));
        let (one, two) = FORM.split_at(50);
        assert_eq!(judged(vec![one, two]).await.as_deref(), Some(FORM));
    }

    #[tokio::test]
    async fn without_the_token_first_nothing_passes() {
        let wrong =
            "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nother\r\n--b--\r\n";
        let later = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ntoken\r\n\
                     --b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n--b--\r\n";
        for form in ["", "--b\r\n", wrong, later, "token"] {
            assert_eq!(judged(vec![form]).await, None, "{form}");
        }
        let long = vec!["x\r\n"; 5000];
        assert_eq!(judged(long).await, None);
    }
}
