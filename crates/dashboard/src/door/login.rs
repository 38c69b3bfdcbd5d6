//! Logging in and out.

use askama::Template;
use axum::Extension;
use axum::extract::{RawForm, Request, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::header::{RETRY_AFTER, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use jiff::SignedDuration;
use service::{Lang, tr};
use url::form_urlencoded;

use crate::assets;

use super::caller::Caller;
use super::cookie::{Number, taken_back};
use super::identity::Identity;
use super::password::Crowded;
use super::visitor::Visitor;
use super::{Door, language};

#[derive(Template)]
#[template(path = "door/login.html")]
struct Page<'a> {
    lang: Lang,
    visitor: &'a Visitor,
    next: &'a str,
    fault: Option<String>,
    plain: bool,
}

impl Page<'_> {
    fn say(&self, name: &str) -> String {
        tr(self.lang, name, &[])
    }
}

/// What went wrong with an attempt.
enum Fault {
    Wrong,
    TooMany(SignedDuration),
    Crowded,
}

/// `GET /login`.
pub(super) async fn page(
    State(door): State<Door>,
    Extension(caller): Extension<Caller>,
    Extension(identity): Extension<Identity>,
    visitor: Visitor,
    request: Request,
) -> Response {
    let next = next(request.uri().query().unwrap_or_default().as_bytes());
    if identity.role.is_some() || !door.0.config.has_password() {
        return Redirect::to(&format!("{}{next}", visitor.base)).into_response();
    }
    let lang = language(request.uri(), request.headers(), door.0.config.lang);
    shown(lang, &caller, &visitor, &next, None)
}

/// `POST /login`.
pub(super) async fn enter(
    State(door): State<Door>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    headers: HeaderMap,
    visitor: Visitor,
    RawForm(form): RawForm,
) -> Response {
    let next = next(&form);
    let password = field(&form, "password").unwrap_or_default();
    let fault = match door.try_password(&caller, &headers, password).await {
        Ok(Some(number)) => {
            let to = Redirect::to(&format!("{}{next}", visitor.base));
            let line = number.given(caller.tls.unwrap_or(false));
            return with_cookie(to.into_response(), &line);
        }
        Ok(None) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(fault) => fault,
    };
    let lang = language(&uri, &headers, door.0.config.lang);
    shown(lang, &caller, &visitor, &next, Some(&fault))
}

/// `POST /logout`.
pub(super) async fn leave(
    State(door): State<Door>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Response {
    let tls = caller.tls.unwrap_or(false);
    if let Some(number) = Number::of(&headers, tls) {
        door.sessions().close(&number.hash());
    }
    let to = Redirect::to(&format!("{}/login", visitor.base));
    with_cookie(to.into_response(), &taken_back(tls))
}

impl Door {
    /// A new session under a new number: one that was planted before is worth
    /// nothing afterwards.
    async fn try_password(
        &self,
        caller: &Caller,
        headers: &HeaderMap,
        password: String,
    ) -> Result<Option<Number>, Fault> {
        let line = caller.line();
        let now = self.0.clock.now();
        self.throttle().attempt(line, now).map_err(Fault::TooMany)?;
        let role = self.0.verifier.role(password).await;
        let Some(role) = role.map_err(|Crowded| Fault::Crowded)? else {
            tracing::warn!(target: "dashboard", address = %caller.address, "a wrong password");
            return Err(Fault::Wrong);
        };
        let Ok(number) = Number::draw(&*self.0.random) else {
            return Ok(None);
        };
        self.throttle().forgive(line);
        let tls = caller.tls.unwrap_or(false);
        let mut sessions = self.sessions();
        if let Some(old) = Number::of(headers, tls) {
            sessions.close(&old.hash());
        }
        sessions.open(number.hash(), role, self.span(), self.0.clock.now());
        tracing::info!(target: "dashboard", address = %caller.address, ?role, "logged in");
        Ok(Some(number))
    }
}

/// The page, with what went wrong.
fn shown(
    lang: Lang,
    caller: &Caller,
    visitor: &Visitor,
    next: &str,
    fault: Option<&Fault>,
) -> Response {
    let page = Page {
        lang,
        visitor,
        next,
        fault: fault.map(|fault| fault.text(lang)),
        plain: caller.tls == Some(false) && !caller.address.is_loopback(),
    };
    let Ok(text) = page.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let status = fault.map_or(StatusCode::OK, Fault::status);
    let mut response = (status, Html(text)).into_response();
    if let Some(Fault::TooMany(wait)) = fault {
        let seconds = HeaderValue::from(seconds(*wait));
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Self::Wrong => StatusCode::FORBIDDEN,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Crowded => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn text(&self, lang: Lang) -> String {
        match self {
            Self::Wrong => tr(lang, "door-wrong-password", &[]),
            Self::TooMany(wait) => {
                let seconds = seconds(*wait).to_string();
                tr(lang, "door-wait", &[("seconds", &seconds)])
            }
            Self::Crowded => tr(lang, "door-crowded", &[]),
        }
    }
}

/// Whole seconds, so that who waits that long has waited long enough.
fn seconds(wait: SignedDuration) -> i64 {
    wait.as_secs() + i64::from(wait.subsec_nanos() > 0)
}

/// Where to go on: a path on this site, and nothing that a browser would take
/// for another.
fn next(form: &[u8]) -> String {
    let next = field(form, "next").unwrap_or_default();
    let is_path = next.starts_with('/') && !next.starts_with("//") && next.len() <= 1024;
    let is_plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let again = next == "/login" || next.starts_with("/login?");
    if is_path && is_plain && !again {
        next
    } else {
        "/".to_owned()
    }
}

fn field(form: &[u8], name: &str) -> Option<String> {
    let mut fields = form_urlencoded::parse(form);
    let (_, value) = fields.find(|(key, _)| key == name)?;
    Some(value.into_owned())
}

fn with_cookie(mut response: Response, line: &str) -> Response {
    if let Ok(line) = HeaderValue::from_str(line) {
        response.headers_mut().insert(SET_COOKIE, line);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_a_path_of_this_site_only() {
        let to = |path: &str| {
            let query: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            next(format!("a=b&next={query}").as_bytes())
        };
        assert_eq!(to("/history?day=2026-11-20"), "/history?day=2026-11-20");
        let elsewhere = [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a\r\nSet-Cookie: b=c",
            "evil",
            "/\tevil",
            "/login",
            "/login?next=/",
        ];
        for foul in elsewhere {
            assert_eq!(to(foul), "/", "{foul}");
        }
        assert_eq!(next(b""), "/");
    }

    #[test]
    fn a_wait_is_rounded_up() {
        assert_eq!(seconds(SignedDuration::from_millis(1)), 1);
        assert_eq!(seconds(SignedDuration::from_secs(30)), 30);
    }
}
