//! An answer on its way out, before a front turns it into HTTP.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE, HeaderValue, LOCATION, RETRY_AFTER, SET_COOKIE};
use http::{Response, StatusCode};
use jiff::Timestamp;
use serde::Serialize;
use service::dates::http_date;

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: StatusCode,
    pub content_type: &'static str,
    pub body: Bytes,
    /// Where to go instead.
    pub location: Option<String>,
    /// Cookies to keep, as they are set.
    pub cookies: Box<[String]>,
    /// When to come again, in seconds.
    pub retry_after: Option<u32>,
    /// How long it takes to come.
    pub delay: Duration,
    /// A redirection made by a fault: no client follows it to another host.
    pub astray: bool,
}

const JSON: &str = "application/json;charset=UTF-8";
const HTML: &str = "text/html; charset=utf-8";

impl Reply {
    fn new(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            content_type,
            body: body.into(),
            location: None,
            cookies: Box::default(),
            retry_after: None,
            delay: Duration::ZERO,
            astray: false,
        }
    }

    /// JSON text that is already written.
    pub(crate) fn json_text(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::new(status, JSON, body)
    }

    /// A value as JSON.
    pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self::json_text(status, body),
            Err(_) => Self::json_text(StatusCode::INTERNAL_SERVER_ERROR, Bytes::new()),
        }
    }

    /// 200 with JSON.
    pub(crate) fn ok(value: &impl Serialize) -> Self {
        Self::json(StatusCode::OK, value)
    }

    /// A page for people.
    pub(crate) fn html(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::new(status, HTML, body)
    }

    /// Nothing at all.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self::new(status, JSON, Bytes::new())
    }

    /// A redirection.
    pub(crate) fn see(location: String) -> Self {
        Self {
            location: Some(location),
            ..Self::html(StatusCode::FOUND, Bytes::new())
        }
    }

    /// The page of the web firewall in front of the gateway.
    pub(crate) fn firewall(status: StatusCode) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        let code = status.as_u16();
        Self::html(
            status,
            format!(
                "<html><head><title>{code} {title}</title></head>\
                 <body><h1>{title}</h1><p>The requested URL was rejected.</p></body></html>\n"
            ),
        )
    }

    /// The answer as HTTP at that time, by the simulated clock, as whoever asks may
    /// compare it with their own; the delay is the front's affair.
    pub(crate) fn into_response(self, now: Timestamp) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Ok(date) = HeaderValue::try_from(http_date(now)) {
            headers.insert(DATE, date);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::try_from(cookie) {
                headers.append(SET_COOKIE, value);
            }
        }
        if let Some(location) = self.location
            && let Ok(value) = HeaderValue::try_from(location)
        {
            headers.insert(LOCATION, value);
        }
        response
    }
}
