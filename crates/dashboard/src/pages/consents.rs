//! Consents: until when readings may be asked for, and a new one in time.

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::response::Response;
use axum::routing::{get, post};
use home::json::consent::{ConsentEntry, ConsentState};
use home::{Failure, Words, view};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::parts::Say;
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Place::Consents.path(), get(page))
        .route("/consents/renew", post(renew))
        .route("/consents/forget", post(forget))
}

/// From how long before its end a consent is spoken of.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

#[derive(Template)]
#[template(path = "pages/consents.html")]
struct ConsentsPage {
    frame: Frame,
    points: Vec<PointRow>,
    cards: Vec<Card>,
    says: Vec<Say>,
    /// Sources that take consents.
    sources: Vec<String>,
    waits: bool,
}

/// How long one usage point may be asked about.
struct PointRow {
    name: String,
    until: String,
    left: Option<String>,
}

struct Card {
    id: String,
    source: String,
    state: String,
    tone: &'static str,
    facts: Vec<(String, String)>,
    link: Option<String>,
    code: Option<String>,
    advice: Option<String>,
    can_renew: bool,
}

async fn page(State(house): State<House>, caller: Caller) -> Response {
    let frame = caller.frame(Place::Consents);
    let page = match house.hands().consents().await {
        Ok(entries) => {
            let read = house.read(caller.words, move |reading| read(frame, reading, &entries));
            read.await
        }
        Err(failure) => Err(failure),
    };
    caller.answer(page)
}

fn read(
    frame: Frame,
    reading: &Reading,
    entries: &[ConsentEntry],
) -> Result<ConsentsPage, Failure> {
    let (words, now, settings) = (reading.words, reading.now, reading.settings);
    let status = view::status::read(reading.ledger(), settings, now, words)?;
    let sources = settings.sources.iter();
    let sources = sources.filter(|source| source.kind.consented().is_some());
    let points = status.usage_points.iter().map(|point| PointRow {
        name: words.point(point.name.as_deref(), point.usage_point),
        until: words
            .consent_of(point)
            .unwrap_or_else(|| words.t("data-consent-unknown")),
        left: point
            .consent
            .and_then(|consent| consent.ends)
            .map(|ends| left(words, ends, now)),
    });
    let told = |entry: &&ConsentEntry| entry.state == ConsentState::Waiting;
    let own = status.usage_points.iter().flat_map(|point| &point.notices);
    let notices = status.notices.iter().chain(own);
    let consents = notices.filter(|one| ledger::NoticeKind::CONSENT.contains(&one.kind));
    Ok(ConsentsPage {
        waits: entries.iter().any(|entry| told(&entry)),
        cards: entries
            .iter()
            .map(|entry| card(words, entry, now))
            .collect(),
        says: consents.map(|one| Say::notice(words, one)).collect(),
        points: points.collect(),
        sources: sources.map(|source| source.name.clone()).collect(),
        frame,
    })
}

/// How long until then, or since when it has been over.
fn left(words: Words, ends: Timestamp, now: Timestamp) -> String {
    let left = ends.duration_since(now);
    let name = if left.is_negative() {
        "data-consent-over"
    } else {
        "data-consent-left"
    };
    words.say(name, &[("left", &words.duration(left))])
}

fn card(words: Words, entry: &ConsentEntry, now: Timestamp) -> Card {
    let state = words.t(&format!("consent-state-{}", entry.state.as_str()));
    let given = matches!(entry.state, ConsentState::Given | ConsentState::InDoubt);
    let soon = entry
        .until
        .is_some_and(|until| until.duration_since(now) < SOON);
    let tone = match entry.state {
        ConsentState::Given if !soon => "good",
        ConsentState::Given | ConsentState::Waiting | ConsentState::InDoubt => "warn",
        _ => "bad",
    };
    let mut facts = vec![(words.t("data-consent-since"), words.instant(entry.since))];
    if let Some(until) = entry.until {
        let name = if given {
            "data-consent-ends"
        } else {
            "data-consent-code-until"
        };
        facts.push((words.t(name), words.instant(until)));
        if given {
            facts.push((words.t("data-consent-time"), left(words, until, now)));
        }
    }
    if !entry.usage_points.is_empty() {
        let points: Vec<String> = entry.usage_points.iter().map(ToString::to_string).collect();
        facts.push((words.t("data-point"), points.join(", ")));
    }
    let waits = entry.state == ConsentState::Waiting;
    let advice = match entry.state {
        ConsentState::Waiting => Some("data-consent-check"),
        ConsentState::InDoubt => Some("consent-in-doubt-do"),
        ConsentState::Rejected => Some("data-consent-rejected-do"),
        ConsentState::Given if soon => Some("data-consent-soon-do"),
        ConsentState::Given => None,
        _ => Some("data-consent-again-do"),
    };
    let link = entry.link.clone().filter(|_| waits);
    Card {
        id: entry.id.clone(),
        source: entry.source.clone(),
        state,
        tone,
        facts,
        // What a gateway calls a link may be anything.
        link: link.filter(|link| link.starts_with("https://") || link.starts_with("http://")),
        code: entry.code.clone().filter(|_| waits),
        advice: advice.map(|name| words.t(name)),
        can_renew: !waits,
    }
}

#[derive(Debug, Deserialize)]
struct Renew {
    source: Option<String>,
}

async fn renew(State(house): State<House>, caller: Caller, Form(form): Form<Renew>) -> Response {
    let source = form.source.filter(|source| !source.is_empty());
    match house.hands().begin_consent(source, caller.words).await {
        Ok(_) => caller.go("/consents"),
        Err(failure) => caller.fail(&failure),
    }
}

#[derive(Debug, Deserialize)]
struct Forget {
    id: String,
}

async fn forget(State(house): State<House>, caller: Caller, Form(form): Form<Forget>) -> Response {
    match house.hands().forget_consent(form.id, caller.words).await {
        Ok(()) => caller.go("/consents"),
        Err(failure) => caller.fail(&failure),
    }
}
