//! How answers are written: JSON that nobody stores, and errors whose
//! description stays in the characters that RFC 6749 section 5.2 allows.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use grant::server::OAuthError;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::store::StoreError;

/// A refusal.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The error word and its status.
    pub error: OAuthError,
    /// More, in plain ASCII.
    pub description: Option<&'static str>,
    /// The same for people, in French.
    pub message: Option<String>,
    /// Seconds until another try makes sense.
    pub retry_after: Option<i64>,
    /// The new polling interval, with `slow_down`.
    pub interval: Option<i64>,
    /// The scheme in `WWW-Authenticate`.
    pub challenge: Option<&'static str>,
    /// Another status than the word's own.
    pub status: Option<StatusCode>,
}

impl Refusal {
    /// A refusal without more.
    pub fn new(error: OAuthError) -> Self {
        Self {
            error,
            description: None,
            message: None,
            retry_after: None,
            interval: None,
            challenge: None,
            status: None,
        }
    }

    /// A refusal that says why. Letters, digits and plain punctuation only.
    pub fn because(error: OAuthError, description: &'static str) -> Self {
        Self {
            description: Some(description),
            ..Self::new(error)
        }
    }

    /// The request is malformed.
    pub fn request(description: &'static str) -> Self {
        Self::because(OAuthError::InvalidRequest, description)
    }

    /// Too many, until then.
    pub fn too_many(seconds: i64, description: &'static str) -> Self {
        Self {
            retry_after: Some(seconds.max(1)),
            ..Self::because(OAuthError::TooManyRequests, description)
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the rows gave no answer");
        Self {
            retry_after: Some(5),
            ..Self::because(
                OAuthError::TemporarilyUnavailable,
                "the server cannot answer now; what the client holds stays valid",
            )
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut body = Map::new();
        body.insert("error".to_owned(), self.error.code().into());
        if let Some(description) = self.description {
            body.insert("error_description".to_owned(), description.into());
        }
        if let Some(message) = self.message {
            body.insert("message".to_owned(), message.into());
        }
        if let Some(interval) = self.interval {
            body.insert("interval".to_owned(), interval.into());
        }
        let own = StatusCode::from_u16(self.error.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let mut answer = json(self.status.unwrap_or(own), &Value::Object(body));
        if let Some(seconds) = self.retry_after {
            answer.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if let Some(challenge) = self.challenge {
            let value = HeaderValue::from_static(challenge);
            answer.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        answer
    }
}

/// A JSON answer that nobody stores (RFC 6749 section 5.1).
pub fn json(status: StatusCode, body: &Value) -> Response {
    let mut answer = Response::new(Body::from(body.to_string()));
    *answer.status_mut() = status;
    let headers: [(HeaderName, &'static str); 4] = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-store"),
        (PRAGMA, "no-cache"),
        (HeaderName::from_static("x-content-type-options"), "nosniff"),
    ];
    for (name, value) in headers {
        answer
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Another method than the one offered; the router adds `Allow`.
pub(super) async fn wrong_method() -> Response {
    let body = json!({ "error": "invalid_request", "error_description": "wrong method" });
    json(StatusCode::METHOD_NOT_ALLOWED, &body)
}
