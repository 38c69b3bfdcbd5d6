//! The guided set-up: one question a page, each answer tried at once, and data on
//! the screen at the end. It works without script; a page that waits loads itself
//! anew.

mod consent;
mod finish;
mod form;
mod off_peak;
mod offer;
mod outputs;
mod points;
mod shell;
mod source;
mod upload;

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use home::Words;
use http::Method;

use crate::caller::Caller;
use crate::door::Base;
use crate::first_run::Hindrance;
use crate::frame::{Frame, Place};
use crate::house::House;

use shell::{Answer, Shell, Step, hindered};

pub(super) fn router() -> Router<House> {
    Router::new()
        .route("/setup", get(welcome))
        .merge(source::router())
        .merge(upload::router())
        .merge(consent::router())
        .merge(points::router())
        .merge(off_peak::router())
        .merge(offer::router())
        .merge(outputs::router())
        .merge(finish::router())
}

/// Where nothing is configured, Home is the set-up.
pub(crate) async fn set_up_first(
    State(house): State<House>,
    base: Base,
    request: Request,
    next: Next,
) -> Response {
    let home = request.uri().path() == Place::Home.path();
    if home && request.method() == Method::GET && !house.hands().is_configured() {
        let to = format!("{}{}", base.as_str(), Step::Begin.path());
        return Redirect::to(&to).into_response();
    }
    next.run(request).await
}

#[derive(Template)]
#[template(path = "pages/setup/welcome.html")]
struct Welcome {
    frame: Frame,
    shell: Shell,
    writes: Option<String>,
    hindered: Option<(String, String)>,
}

async fn welcome(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Begin).await?;
    let (writes, hindered) = place(&shell, caller.words);
    Ok(caller.answer(Ok(Welcome {
        frame: shell.frame.clone(),
        shell,
        writes,
        hindered,
    })))
}

/// What will be written, or what stands in its way and what to do.
fn place(shell: &Shell, words: Words) -> (Option<String>, Option<(String, String)>) {
    let standing = &shell.standing;
    if let Some(said) = hindered(standing, words) {
        let closed = matches!(standing.hindrance, Some(Hindrance::Closed(_)));
        let advice = closed.then(|| words.t("dash-setup-closed-do"));
        return (None, Some((said, advice.unwrap_or_default())));
    }
    let path = standing.path.as_ref();
    let writes = path.map(|path| words.say("dash-setup-writes", &[("path", path)]));
    (writes, None)
}
