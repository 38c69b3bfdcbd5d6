//! Who asks, in which language, and how they are answered.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use home::{Exit, Failure, Words};
use http::request::Parts;
use http::{Method, StatusCode, header};
use serde::Serialize;

use crate::door::{Visitor, language};
use crate::frame::{Frame, Place, Theme};
use crate::house::House;
use crate::problem::{self, Problem};
use crate::state;

/// A request's visitor with their language and looks. An extractor.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who was let in.
    pub visitor: Visitor,
    /// Their language.
    pub words: Words,
    /// Light, dark, or as their system has it.
    pub theme: Theme,
    /// The path and query that they asked for, without the base.
    pub here: String,
    /// The state of the home as it was before anything was read for them; only
    /// for pages, which are asked for by `GET`.
    pub state: Option<String>,
}

impl FromRequestParts<House> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, StatusCode> {
        let visitor = Visitor::from_request_parts(parts, house).await?;
        let configured = house.hands().settings().language.unwrap_or_default();
        let lang = language(&parts.uri, &parts.headers, configured);
        let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
        let is_page = parts.method == Method::GET && !here.starts_with("/api/");
        Ok(Self {
            visitor,
            words: Words { lang },
            theme: Theme::of(&parts.headers),
            here: here.to_owned(),
            state: if is_page {
                Some(state::of(house).await)
            } else {
                None
            },
        })
    }
}

/// What an answer to a person is when it is no page.
#[derive(Template)]
#[template(path = "pages/failure.html")]
struct FailurePage {
    frame: Frame,
    message: String,
    advice: Option<String>,
}

impl Caller {
    /// The frame of a page.
    pub fn frame(&self, place: Place) -> Frame {
        Frame::new(self, place)
    }

    /// A page, or the failure as a page.
    pub fn answer<T: Template>(&self, page: Result<T, Failure>) -> Response {
        match page.map(|page| page.render()) {
            Ok(Ok(text)) => html(StatusCode::OK, text),
            Ok(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Err(failure) => self.fail(&failure),
        }
    }

    /// A failure as a page.
    pub fn fail(&self, failure: &Failure) -> Response {
        let page = FailurePage {
            frame: self.frame(Place::Nowhere),
            message: failure.plain_message(self.words.lang),
            advice: failure.plain_advice(self.words.lang),
        };
        match page.render() {
            Ok(text) => html(status(failure), text),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// To another page of the dashboard; `path` begins with `/`.
    pub fn go(&self, path: &str) -> Response {
        Redirect::to(&format!("{}{path}", self.visitor.base)).into_response()
    }

    /// A JSON form, or the failure as a problem document (RFC 9457).
    pub fn json<T: Serialize>(&self, body: Result<T, Failure>) -> Response {
        match body.map(|body| serde_json::to_vec(&body)) {
            Ok(Ok(text)) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
            Ok(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Err(failure) => self.problem(&failure),
        }
    }

    /// A failure as a problem document (RFC 9457).
    pub fn problem(&self, failure: &Failure) -> Response {
        let (status, name) = (status(failure), kind(failure.exit));
        let title = failure.plain_message(self.words.lang);
        let detail = failure.plain_advice(self.words.lang);
        let problem = Problem::new(name, status, &title, detail.as_deref());
        let kind = [(header::CONTENT_TYPE, problem::KIND)];
        (status, kind, problem.text()).into_response()
    }
}

fn html(status: StatusCode, text: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (status, kind, text).into_response()
}

/// What a failure is in HTTP.
fn status(failure: &Failure) -> StatusCode {
    match failure.exit {
        Exit::Usage => StatusCode::BAD_REQUEST,
        Exit::Data => StatusCode::NOT_FOUND,
        // What is configured does not allow it: the request is not at fault.
        Exit::Busy | Exit::Configuration => StatusCode::CONFLICT,
        Exit::Source => StatusCode::BAD_GATEWAY,
        Exit::Ok => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn kind(exit: Exit) -> &'static str {
    match exit {
        Exit::Ok => "none",
        Exit::Usage => "bad-request",
        Exit::Configuration => "configuration",
        Exit::Data => "no-data",
        Exit::Source => "source",
        Exit::Busy => "busy",
    }
}
