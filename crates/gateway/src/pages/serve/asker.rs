//! Who looks at a page: their language, their browser's cookie, and how a page
//! goes back to them.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use grant::server::{Token, TokenKind};
use service::Lang;

use crate::app::App;
use crate::pages::{Ending, EndingPage, Frame, PageHeaders, Site};
use crate::random::Draw;
use crate::visitor::{COOKIE_NAME, Visitor};
use crate::{binding, store};

/// How long the browser that gave a consent can manage it without a key.
const A_YEAR: u32 = 365 * 24 * 3600;

/// Who looks at a page.
#[derive(Debug)]
pub(super) struct Asker {
    /// Where they are and what they bring.
    pub visitor: Visitor,
    /// The language they read.
    pub lang: Lang,
    /// Their browser: by the cookie it brought, or a new one.
    pub browser: Token,
}

impl FromRequestParts<App> for Asker {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        let asked = parts.uri.query().and_then(|query| {
            url::form_urlencoded::parse(query.as_bytes())
                .find(|(name, _)| name == "lang")
                .and_then(|(_, tag)| Lang::from_tag(&tag))
        });
        let lang = asked.unwrap_or_else(|| preferred(&parts.headers));
        let browser = match &visitor.browser {
            Some(browser) => browser.clone(),
            None => app
                .random
                .token(TokenKind::Browser)
                .map_err(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())?,
        };
        Ok(Self {
            visitor,
            lang,
            browser,
        })
    }
}

impl Asker {
    /// The same person, reading the language that a form names.
    pub fn reading(mut self, tag: &str) -> Self {
        self.lang = Lang::from_tag(tag).unwrap_or(self.lang);
        self
    }

    /// Whose service this is.
    #[expect(clippy::unused_self, reason = "pages are asked of the asker")]
    pub fn site(&self, app: &App) -> Site {
        let controller = &app.config.controller;
        let known = [&controller.name, &controller.address, &controller.contact];
        let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
        Site {
            name: controller.application.clone(),
            path: app
                .config
                .public_url
                .path()
                .trim_end_matches('/')
                .to_owned(),
            controller: known.join(", "),
        }
    }

    /// The frame of a page at that path.
    pub fn frame<'a>(&self, site: &'a Site, path: &str) -> Frame<'a> {
        Frame::at(self.lang, site, path)
    }

    /// The token that this browser's forms carry.
    pub fn csrf(&self, app: &App) -> String {
        binding::form_token(app, &self.browser)
    }

    /// A page without a form.
    #[expect(clippy::unused_self, reason = "pages are shown to the asker")]
    pub fn show(&self, app: &App, status: u16, page: &impl Template) -> Response {
        page_response(app, status, super::text(page))
    }

    /// A page with a form: the browser needs the cookie that the form's token
    /// follows from.
    pub fn show_form(&self, app: &App, status: u16, page: &impl Template) -> Response {
        let mut response = self.show(app, status, page);
        if self.visitor.browser.is_none() {
            set_cookie(&mut response, &self.browser, None);
        }
        response
    }

    /// The page of an ending that has no address of its own.
    pub fn end(&self, app: &App, ending: Ending) -> Response {
        let site = self.site(app);
        let page = EndingPage::new(Frame::alone(self.lang, &site), ending);
        self.finish(app, ending, &page)
    }

    /// The page of an ending at that path.
    pub fn end_at(&self, app: &App, path: &str, ending: Ending) -> Response {
        let site = self.site(app);
        let page = EndingPage::new(self.frame(&site, path), ending);
        self.finish(app, ending, &page)
    }

    fn finish(&self, app: &App, ending: Ending, page: &EndingPage) -> Response {
        app.metrics.ending(ending.slug());
        let mut response = self.show(app, ending.status(), page);
        let wait = match ending {
            Ending::TooMany => Some("600"),
            Ending::Trouble | Ending::EnedisUnavailable => Some("60"),
            _ => None,
        };
        if let Some(wait) = wait {
            let headers = response.headers_mut();
            headers.insert("retry-after", HeaderValue::from_static(wait));
        }
        response
    }

    /// The rows gave no answer: nothing is lost, and the log says why.
    pub fn trouble(&self, app: &App, error: &store::StoreError) -> Response {
        tracing::error!(target: "gateway", %error, "a page found no answer");
        self.end(app, Ending::Trouble)
    }

    /// The browser goes to another page of ours.
    pub fn go(&self, app: &App, path: &str) -> Response {
        let to = format!("{}?lang={}", app.config.url(path), self.lang.tag());
        see_other(app, &to)
    }

    /// The browser goes to Enedis, and keeps the cookie until it is back and as
    /// long as the consent may be managed from here.
    pub fn leave(&self, app: &App, to: &url::Url) -> Response {
        let mut response = see_other(app, to.as_str());
        set_cookie(&mut response, &self.browser, Some(A_YEAR));
        response
    }
}

/// A page with its headers.
fn page_response(app: &App, status: u16, html: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, html).into_response();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    guard(app, &mut response);
    response
}

/// After a form, 303 and never 307 (RFC 9700, section 4.12).
fn see_other(app: &App, to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    guard(app, &mut response);
    response
}

fn guard(app: &App, response: &mut Response) {
    let guards = PageHeaders::new(&app.config.enedis.consent_url);
    for (name, value) in guards.all() {
        if let Ok(value) = HeaderValue::from_str(value) {
            let name = HeaderName::from_static(name);
            response.headers_mut().insert(name, value);
        }
    }
}

fn set_cookie(response: &mut Response, browser: &Token, seconds: Option<u32>) {
    let age = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let cookie = format!(
        "{COOKIE_NAME}={}; Path=/; Secure; HttpOnly; SameSite=Lax{age}",
        browser.reveal()
    );
    if let Ok(mut cookie) = HeaderValue::from_str(&cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// The first of our languages in `Accept-Language`, else French. Browsers list
/// them by preference, so that weights change nothing.
fn preferred(headers: &HeaderMap) -> Lang {
    let list = headers.get(ACCEPT_LANGUAGE);
    let list = list.and_then(|list| list.to_str().ok()).unwrap_or_default();
    list.split(',')
        .find_map(|tag| Lang::from_tag(tag.split(';').next().unwrap_or_default().trim()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_is_spoken_and_french_otherwise() {
        let of = |list: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, list.parse().unwrap());
            preferred(&headers)
        };
        assert_eq!(of("en-GB,en;q=0.9,fr;q=0.8"), Lang::En);
        assert_eq!(of("de-DE,fr-FR;q=0.7,en;q=0.3"), Lang::Fr);
        assert_eq!(of("de, *;q=0.1"), Lang::Fr);
        assert_eq!(preferred(&HeaderMap::new()), Lang::Fr);
    }
}
