//! Outputs: when everything was last delivered, what differs, and pushing again.

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::response::Response;
use axum::routing::{get, post};
use home::json::outputs::{Differences, OutputStatus};
use home::{Words, view};
use serde::Deserialize;

use super::parts::Say;
use super::works::{Works, works};
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::House;

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Place::Outputs.path(), get(page))
        .route("/outputs/push", post(push))
        .route("/outputs/verify", post(verify))
}

#[derive(Template)]
#[template(path = "pages/outputs.html")]
struct OutputsPage {
    frame: Frame,
    works: Works,
    outputs: Vec<Card>,
}

/// What a comparison found.
#[derive(Template)]
#[template(path = "pages/differences.html")]
struct DifferencesPage {
    frame: Frame,
    title: String,
    summary: String,
    is_same: bool,
    found: Differences,
}

struct Card {
    name: String,
    kind: String,
    state: String,
    tone: &'static str,
    facts: Vec<(String, String)>,
    problem: Option<Say>,
    targets: Vec<(String, String)>,
}

async fn page(State(house): State<House>, caller: Caller) -> Response {
    let frame = caller.frame(Place::Outputs);
    let works = works(&house, caller.words);
    let page = house.read(caller.words, move |reading| {
        let (store, settings) = (reading.ledger(), reading.settings);
        let outputs = view::outputs::read(store, settings, reading.words)?;
        let outputs = outputs.outputs.iter();
        Ok(OutputsPage {
            outputs: outputs.map(|one| card(reading.words, one)).collect(),
            works,
            frame,
        })
    });
    caller.answer(page.await)
}

fn card(words: Words, output: &OutputStatus) -> Card {
    let delivered = output.succeeded_at.map(|at| words.instant(at));
    let never = || words.t("data-output-never");
    let mut facts = vec![(words.t("data-output-last"), delivered.unwrap_or_else(never))];
    if output.failures > 0 {
        let failures = words.number(u64::from(output.failures));
        facts.push((words.t("data-output-failures"), failures));
    }
    if let Some(at) = output.next_try {
        facts.push((words.t("data-output-next"), words.instant(at)));
    }
    let problem = output.problem.as_ref().map(|problem| {
        let since = problem.since.map(|since| words.instant(since));
        let since = since.map(|at| words.say("status-since", &[("at", &at)]));
        Say {
            tone: "bad",
            title: problem.explanation.clone(),
            lines: since.into_iter().collect(),
            advice: Some(problem.advice.clone()),
            link: None,
        }
    });
    let (state, tone) = match (&problem, output.succeeded_at) {
        (Some(_), _) => ("data-output-fails", "bad"),
        (None, Some(_)) => ("data-output-well", "good"),
        (None, None) => ("data-output-new", "plain"),
    };
    let pieces = |pieces: u64| {
        let pieces = words.number(pieces);
        words.say("data-output-pieces", &[("pieces", &pieces)])
    };
    let targets = output.targets.iter();
    Card {
        name: output.name.clone(),
        kind: words.t(&format!("data-output-kind-{}", output.kind)),
        state: words.t(state),
        tone,
        facts,
        problem,
        targets: targets
            .map(|one| (one.target.clone(), pieces(one.pieces)))
            .collect(),
    }
}

#[derive(Debug, Deserialize)]
struct Push {
    output: String,
}

async fn push(State(house): State<House>, caller: Caller, Form(form): Form<Push>) -> Response {
    match house.hands().push(form.output, caller.words).await {
        Ok(()) => caller.go("/outputs"),
        Err(failure) => caller.fail(&failure),
    }
}

async fn verify(State(house): State<House>, caller: Caller, Form(form): Form<Push>) -> Response {
    let words = caller.words;
    let frame = caller.frame(Place::Outputs);
    let found = house.hands().verify(form.output, words).await;
    caller.answer(found.map(|found| {
        let compared = words.number(found.compared);
        let differ = words.number(found.differences.len() as u64);
        let args = [("compared", compared.as_str()), ("differ", differ.as_str())];
        DifferencesPage {
            title: words.say("data-differences", &[("output", &found.output)]),
            summary: words.say("domoticz-checked", &args),
            is_same: found.differences.is_empty() && found.troubles.is_empty(),
            found,
            frame,
        }
    }))
}
