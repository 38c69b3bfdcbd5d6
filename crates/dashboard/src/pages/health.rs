//! Health: the same sentences as `releve status`.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::Words;
use home::json::colours::ColourStatus;
use home::json::status::{SeriesStatus, Status, UsagePointStatus, Yesterday};

use super::parts::Say;
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::House;

pub(super) fn router() -> Router<House> {
    Router::new().route(Place::Health.path(), get(page))
}

#[derive(Template)]
#[template(path = "pages/health.html")]
struct HealthPage {
    frame: Frame,
    title: String,
    lines: Vec<String>,
    says: Vec<Say>,
    points: Vec<Point>,
    colours: Vec<Colours>,
    is_empty: bool,
}

struct Point {
    name: String,
    facts: Vec<String>,
    says: Vec<Say>,
    series: Vec<Series>,
    outlook: Vec<String>,
}

struct Series {
    name: String,
    problem: bool,
    cells: Vec<String>,
}

struct Colours {
    title: String,
    lines: Vec<String>,
    faults: Vec<String>,
    contradictions: Vec<String>,
}

async fn page(State(house): State<House>, caller: Caller) -> Response {
    let frame = caller.frame(Place::Health);
    let page = house.read(caller.words, move |reading| {
        let (store, settings) = (reading.ledger(), reading.settings);
        let status = home::view::status::read(store, settings, reading.now, reading.words)?;
        Ok(HealthPage::of(frame, &status))
    });
    caller.answer(page.await)
}

impl HealthPage {
    fn of(frame: Frame, status: &Status) -> Self {
        let words = frame.words;
        let pauses = status.pauses.iter().map(|pause| {
            let title = words.pause(pause);
            match &pause.problem {
                Some(problem) => Say::trouble(words, title, problem),
                None => Say {
                    tone: "warn",
                    title,
                    ..Say::default()
                },
            }
        });
        let notices = status.notices.iter();
        let says = pauses.chain(notices.map(|notice| Say::notice(words, notice)));
        let lines = [
            Some(words.place(status)),
            status.writer.as_ref().map(|writer| words.writer(writer)),
            words.idle(status),
        ];
        let points = status.usage_points.iter();
        Self {
            title: words.say("status-title", &[("now", &words.instant(status.now))]),
            lines: lines.into_iter().flatten().collect(),
            says: says.collect(),
            is_empty: points.clone().all(|point| point.series.is_empty()),
            points: points.map(|one| point(words, one)).collect(),
            colours: status
                .colours
                .iter()
                .map(|one| colours(words, one))
                .collect(),
            frame,
        }
    }
}

fn point(words: Words, point: &UsagePointStatus) -> Point {
    let contract = point.contract.as_ref();
    let facts = [
        contract.and_then(|contract| words.contract(contract)),
        words.consent_of(point),
    ];
    let contract_problem = point
        .contract_problem
        .as_ref()
        .map(|problem| Say::trouble(words, words.t("status-contract-problem"), problem));
    let troubled = words.troubled(point).into_iter().map(|(series, problem)| {
        let title = words.say("status-problem-of", &[("series", &series)]);
        Say::trouble(words, title, problem)
    });
    let says = point.yesterday.iter().map(yesterday);
    let says = says.chain(words.untold(point).map(|notice| Say::notice(words, notice)));
    Point {
        name: words.point(point.name.as_deref(), point.usage_point),
        facts: facts.into_iter().flatten().collect(),
        says: says.chain(contract_problem).chain(troubled).collect(),
        series: point.series.iter().map(|one| series(words, one)).collect(),
        outlook: words.outlook(&point.series),
    }
}

fn yesterday(one: &Yesterday) -> Say {
    Say {
        tone: if one.is_missing { "warn" } else { "good" },
        title: one.sentence.clone(),
        lines: one.consequence.iter().cloned().collect(),
        advice: one.advice.clone(),
        link: None,
    }
}

fn series(words: Words, one: &SeriesStatus) -> Series {
    Series {
        name: home::say::capital(&words.series(one)),
        problem: one.problem.is_some(),
        cells: words
            .days_of(one)
            .into_iter()
            .chain(words.health_of(one))
            .collect(),
    }
}

fn colours(words: Words, status: &ColourStatus) -> Colours {
    let lines = [
        Some(words.colours_now(status)),
        words.colours_span(status),
        Some(words.colours_next(status)),
    ];
    let differ = status.contradictions.iter();
    Colours {
        title: words.calendar_title(&status.calendar),
        lines: lines.into_iter().flatten().collect(),
        faults: words.colour_faults(status),
        contradictions: differ.map(|one| words.contradiction(one)).collect(),
    }
}
