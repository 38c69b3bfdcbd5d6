//! A consent with its link, code and QR code, followed until somebody has
//! answered.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::Failure;
use home::json::consent::ConsentState;
use serde::Serialize;

use super::form::of_failure;
use super::shell::{Answer, Shell, Step, again, first_run};
use crate::caller::Caller;
use crate::frame::Frame;
use crate::house::House;
use crate::qr::{Qr, qr};
use crate::work::Work;

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Step::Consent.path(), get(page).post(another))
        .route("/setup/follow", get(follow))
}

#[derive(Template)]
#[template(path = "pages/setup/consent.html")]
struct ConsentPage {
    frame: Frame,
    shell: Shell,
    state: &'static str,
    link: String,
    code: String,
    until: String,
    qr: Option<Qr>,
    /// What came of it, and what to do; none while it waits.
    over: Option<(String, String)>,
    given: bool,
}

impl ConsentPage {
    fn new(shell: Shell, caller: &Caller) -> Self {
        let words = caller.words;
        let entry = shell.standing.consent.clone();
        let state = entry.as_ref().map_or(ConsentState::Expired, |it| it.state);
        let over = match state {
            ConsentState::Waiting | ConsentState::Given | ConsentState::InDoubt => None,
            ConsentState::Lapsed => Some("dash-setup-consent-lapsed"),
            ConsentState::Refused => Some("dash-setup-consent-refused"),
            _ => Some("dash-setup-consent-other"),
        };
        let link = entry.as_ref().and_then(|it| it.link.clone());
        let until = entry.as_ref().and_then(|it| it.until);
        let until = until.map(|until| words.instant(until));
        Self {
            state: state.as_str(),
            qr: link.as_deref().and_then(qr),
            link: link.unwrap_or_default(),
            code: entry.and_then(|it| it.code).unwrap_or_default(),
            until: until.unwrap_or_default(),
            over: over.map(|name| (words.t(name), words.t(&format!("{name}-do")))),
            given: matches!(state, ConsentState::Given | ConsentState::InDoubt),
            frame: shell.frame.clone(),
            shell,
        }
    }
}

async fn page(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Consent).await?;
    let page = ConsentPage::new(shell, &caller);
    // The page that loads itself anew leads on by itself.
    if page.given {
        return Ok(caller.go(Step::Points.path()));
    }
    Ok(caller.answer(Ok(page)))
}

async fn another(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Consent).await?;
    let asked = match first_run(house.hands().as_ref()) {
        Ok(first) => first.another_code(caller.words.lang).await,
        Err(failure) => Err(failure),
    };
    Ok(match asked {
        Ok(()) => caller.go(Step::Consent.path()),
        Err(failure) => {
            let failed = of_failure(&failure, caller.words);
            again(&caller, ConsentPage::new(shell.refuse(failed), &caller))
        }
    })
}

/// What a page that waits asks again and again.
#[derive(Debug, Serialize)]
struct Followed {
    /// Changes when the page is to be loaded anew.
    state: String,
    /// How far it has come.
    percent: Option<u64>,
    /// What is being done.
    now: Option<String>,
}

async fn follow(State(house): State<House>, caller: Caller) -> Response {
    let hands = house.hands().clone();
    let lang = caller.words.lang;
    let read =
        tokio::task::spawn_blocking(move || hands.first_run().map(|first| first.standing(lang)));
    let standing = read.await.ok().flatten().unwrap_or_default();
    let followed = if standing.written {
        Followed {
            state: super::finish::state(&standing).to_owned(),
            percent: standing.fetch.as_ref().and_then(Work::percent),
            now: standing.fetch.and_then(|work| work.now),
        }
    } else {
        let state = standing.consent.map(|consent| consent.state);
        Followed {
            state: state.map_or("none", ConsentState::as_str).to_owned(),
            percent: None,
            now: None,
        }
    };
    caller.json(Ok::<_, Failure>(followed))
}
