//! What happens to every request before a room sees it, and to every answer
//! before it leaves.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};
use http_body_util::Limited;
use url::form_urlencoded;

use super::caller::{Caller, Way, is_passed_on};
use super::identity::Identity;
use super::refusal::{Manner, Refusal};
use super::visitor::{Role, Visitor};
use super::{BODY, Door, UPLOAD, csrf, headers, language, multipart};

/// Why a request is turned away: with a refusal, or to the page to log in.
enum Turned {
    Away(Refusal),
    ToLogin,
}

impl From<Refusal> for Turned {
    fn from(refusal: Refusal) -> Self {
        Self::Away(refusal)
    }
}

/// The middleware.
pub(super) async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let caller = Caller::of(&parts, &door.0.config);
    let manner = door.manner(&parts, &caller);
    let login = login_address(&parts, &caller);
    let tls = caller.tls.unwrap_or(false);
    let framed = caller.way == Way::Ingress;
    let mut fresh = None;
    // What another site's form is answered must not replace the number of a
    // session, which browsers do not send along with it.
    let gives = is_safe(&parts.method) && !is_asset(parts.uri.path());
    let mut response = match door.admit(&caller, parts, body).await {
        Ok((request, identity)) => {
            fresh = identity.fresh;
            worded(next.run(request).await, &manner)
        }
        Err(Turned::Away(refusal)) => refusal.answer(None, &manner),
        Err(Turned::ToLogin) => Redirect::to(&login).into_response(),
    };
    if let Some(number) = fresh.filter(|_| gives)
        && !response.headers().contains_key(SET_COOKIE)
        && let Ok(line) = HeaderValue::from_str(&number.given(tls))
    {
        response.headers_mut().insert(SET_COOKIE, line);
    }
    headers::set(response.headers_mut(), framed);
    response
}

impl Door {
    /// Lets a request in, with its [`Visitor`], or turns it away.
    async fn admit(
        &self,
        caller: &Caller,
        parts: Parts,
        body: Body,
    ) -> Result<(Request, Identity), Turned> {
        let config = &self.0.config;
        let host = caller.host.as_ref().ok_or(Refusal::Host)?;
        if caller.way == Way::Straight && !host.is_ours(config) {
            return Err(Refusal::Host.into());
        }
        if config.is_open() && is_passed_on(&parts.headers) {
            return Err(Refusal::PassedOn.into());
        }
        if matches!(parts.method, Method::TRACE | Method::CONNECT) {
            return Err(Refusal::Method.into());
        }
        if length(&parts.headers) > UPLOAD as u64 {
            return Err(Refusal::TooLarge.into());
        }
        let identity = self.identify(caller, &parts.headers)?;
        self.may(&identity, &parts)?;
        let body = self.meant(caller, &identity, &parts, body).await?;
        let mut request = Request::from_parts(parts, body);
        let role = identity.role.unwrap_or(Role::Viewer);
        let extensions = request.extensions_mut();
        extensions.insert(caller.base.clone());
        extensions.insert(caller.clone());
        extensions.insert(Visitor {
            role,
            user: identity.user.clone(),
            csrf: self.0.seal.token(&identity.whose),
            base: caller.base.as_str().to_owned(),
            can_leave: identity.session,
        });
        extensions.insert(identity.clone());
        Ok((request, identity))
    }

    /// Whether they may do this, by their role.
    fn may(&self, identity: &Identity, parts: &Parts) -> Result<(), Turned> {
        let path = parts.uri.path();
        if path == "/login" || is_asset(path) {
            return Ok(());
        }
        let Some(role) = identity.role else {
            return Err(self.turned_away(parts));
        };
        if role < Role::Owner && !is_safe(&parts.method) && path != "/logout" {
            return Err(Refusal::ViewerOnly.into());
        }
        Ok(())
    }

    fn turned_away(&self, parts: &Parts) -> Turned {
        if !self.0.config.has_password() {
            return Refusal::NotVouchedFor.into();
        }
        if wants_document(parts) || !is_safe(&parts.method) {
            return Refusal::NotSignedIn.into();
        }
        Turned::ToLogin
    }

    /// Whether a request that changes something was meant by who sent it. The
    /// token of a form is in its body, which is read for it.
    async fn meant(
        &self,
        caller: &Caller,
        identity: &Identity,
        parts: &Parts,
        body: Body,
    ) -> Result<Body, Refusal> {
        let body = Body::new(Limited::new(body, UPLOAD));
        if is_safe(&parts.method) {
            return Ok(body);
        }
        csrf::from_our_pages(&parts.headers, caller)?;
        let is_token = |token: &str| self.0.seal.is_token(&identity.whose, token);
        if let Some(token) = parts.headers.get(csrf::HEADER) {
            let token = token.to_str().map_err(|_| Refusal::Token)?;
            return is_token(token).then_some(body).ok_or(Refusal::Token);
        }
        if multipart::is_multipart(&parts.headers) {
            return multipart::meant(body, is_token).await;
        }
        if !is_form(&parts.headers) {
            return Err(Refusal::Token);
        }
        if length(&parts.headers) > BODY as u64 {
            return Err(Refusal::TooLarge);
        }
        let bytes = to_bytes(body, BODY).await.map_err(|_| Refusal::TooLarge)?;
        let mut fields = form_urlencoded::parse(&bytes);
        let token = fields.find(|(key, _)| key == csrf::FIELD);
        if !token.is_some_and(|(_, token)| is_token(&token)) {
            return Err(Refusal::Token);
        }
        Ok(Body::from(bytes))
    }

    fn manner(&self, parts: &Parts, caller: &Caller) -> Manner {
        Manner {
            lang: language(&parts.uri, &parts.headers, self.0.config.lang),
            document: wants_document(parts),
            base: caller.base.as_str().to_owned(),
        }
    }
}

/// The page to log in, which leads back here.
fn login_address(parts: &Parts, caller: &Caller) -> String {
    let base = caller.base.as_str();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if path == "/" {
        return format!("{base}/login");
    }
    let query: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    format!("{base}/login?next={query}")
}

/// An answer that a library has made without words of ours gets them.
fn worded(response: Response, manner: &Manner) -> Response {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !bare || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut worded = Refusal::of(status).answer(Some(status), manner);
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            worded.headers_mut().insert(name, value.clone());
        }
    }
    worded
}

/// Whether a program asks, not a person.
fn wants_document(parts: &Parts) -> bool {
    let path = parts.uri.path();
    let accepts = parts.headers.get(ACCEPT).map(HeaderValue::as_bytes);
    path == "/api" || path.starts_with("/api/") || accepts == Some(b"application/json")
}

/// What the page to log in needs. It says nothing about a household.
fn is_asset(path: &str) -> bool {
    path.starts_with("/assets/") || path == "/favicon.ico"
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    kind.trim()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn length(headers: &HeaderMap) -> u64 {
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok());
    length.and_then(|text| text.parse().ok()).unwrap_or(0)
}
