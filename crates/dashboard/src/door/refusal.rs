//! What the door says when it does not let something pass: a problem document
//! (RFC 9457) to programs, a page to people.

use askama::Template;
use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use service::{Lang, tr};

use crate::assets;
use crate::problem::{self, Problem};

/// Why a request did not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A host that is not ours.
    Host,
    /// An open door, reached through a proxy.
    PassedOn,
    /// Somebody must log in first.
    NotSignedIn,
    /// Nobody vouches for the visitor, and there is no password to give.
    NotVouchedFor,
    /// The user's header stands twice: somebody has added one.
    Ambiguous,
    /// Another site sent this.
    OtherSite,
    /// The form's token is missing or not the visitor's.
    Token,
    /// A viewer may not change things.
    ViewerOnly,
    /// Too many attempts; so many seconds until the next.
    TooMany(i64),
    /// Too much at once.
    Busy,
    /// A request as no browser sends it.
    Malformed,
    /// There is nothing at this address.
    NotFound,
    /// Not with this method.
    Method,
    /// More bytes than this address takes.
    TooLarge,
    /// It did not arrive in time.
    TooSlow,
    /// Ours to mend.
    Broken,
}

/// In which form and language a refusal is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) lang: Lang,
    /// To a program.
    pub(super) document: bool,
    pub(super) base: String,
}

#[derive(Template)]
#[template(path = "door/refusal.html")]
struct Page<'a> {
    manner: &'a Manner,
    title: &'a str,
    advice: &'a str,
    home: String,
}

impl Refusal {
    /// The refusal for what a handler answered without a word of its own.
    pub(super) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::NotSignedIn,
            StatusCode::FORBIDDEN => Self::ViewerOnly,
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany(1),
            StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            status if status.is_client_error() => Self::Malformed,
            _ => Self::Broken,
        }
    }

    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::PassedOn
            | Self::NotVouchedFor
            | Self::OtherSite
            | Self::Token
            | Self::ViewerOnly => StatusCode::FORBIDDEN,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Ambiguous | Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its name: the end of the problem's type, stable for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "unknown-host",
            Self::PassedOn => "passed-on",
            Self::NotSignedIn => "not-signed-in",
            Self::NotVouchedFor => "not-vouched-for",
            Self::Ambiguous => "ambiguous-user",
            Self::OtherSite => "other-site",
            Self::Token => "bad-token",
            Self::ViewerOnly => "viewer-only",
            Self::TooMany(_) => "too-many-attempts",
            Self::Busy => "busy",
            Self::Malformed => "malformed",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::TooLarge => "too-large",
            Self::TooSlow => "too-slow",
            Self::Broken => "broken",
        }
    }

    /// The answer, under `status` where that says it more exactly.
    pub(super) fn answer(self, status: Option<StatusCode>, manner: &Manner) -> Response {
        let status = status.unwrap_or_else(|| self.status());
        let name = format!("door-{}", self.name());
        let title = tr(manner.lang, &name, &[]);
        let advice = tr(manner.lang, &format!("{name}-do"), &[]);
        let (kind, text) = if manner.document {
            let problem = Problem::new(self.name(), status, &title, Some(&advice));
            (problem::KIND, problem.text())
        } else {
            page(manner, &title, &advice)
        };
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = status;
        let mut put = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        };
        put(CONTENT_TYPE, kind);
        if let Self::TooMany(seconds) = self {
            put(RETRY_AFTER, &seconds.to_string());
        }
        if status == StatusCode::UNAUTHORIZED {
            // A scheme that browsers do not know, so that none asks by itself.
            put(WWW_AUTHENTICATE, "Cookie realm=\"releve\"");
        }
        response
    }
}

fn page(manner: &Manner, title: &str, advice: &str) -> (&'static str, String) {
    let page = Page {
        manner,
        title,
        advice,
        home: tr(manner.lang, "door-home", &[]),
    };
    let text = page.render().unwrap_or_else(|_| title.to_owned());
    ("text/html; charset=utf-8", text)
}

#[cfg(test)]
mod tests {
    use service::find;

    use super::*;

    #[test]
    fn every_refusal_has_its_words_in_both_languages() {
        let all = [
            Refusal::Host,
            Refusal::PassedOn,
            Refusal::NotSignedIn,
            Refusal::NotVouchedFor,
            Refusal::Ambiguous,
            Refusal::OtherSite,
            Refusal::Token,
            Refusal::ViewerOnly,
            Refusal::TooMany(1),
            Refusal::Busy,
            Refusal::Malformed,
            Refusal::NotFound,
            Refusal::Method,
            Refusal::TooLarge,
            Refusal::TooSlow,
            Refusal::Broken,
        ];
        for refusal in all {
            for lang in Lang::ALL {
                let name = format!("door-{}", refusal.name());
                assert!(find(lang, &name, &[]).is_some(), "{name}");
                assert!(
                    find(lang, &format!("{name}-do"), &[]).is_some(),
                    "{name}-do"
                );
            }
        }
    }
}
