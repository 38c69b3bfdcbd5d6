//! Everything once more, then written; and the first fetch, until there is
//! something to look at.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use home::Words;
use home::first::PointAnswers;
use home::offers::Offers;

use super::form::of_failure;
use super::shell::{Answer, Shell, Step, again, first_run, hindered};
use crate::caller::Caller;
use crate::first_run::Standing;
use crate::frame::{Frame, Place};
use crate::house::House;
use crate::work::{Failed, Work, WorkKind};

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Step::Finish.path(), get(page).post(write))
        .route(Step::Progress.path(), get(progress))
}

#[derive(Template)]
#[template(path = "pages/setup/finish.html")]
struct FinishPage {
    frame: Frame,
    shell: Shell,
    source: String,
    points: Vec<(String, Vec<String>)>,
    outputs: Vec<String>,
    path: String,
    hindered: Option<String>,
}

impl FinishPage {
    fn new(shell: Shell) -> Self {
        let words = shell.frame.words;
        let standing = &shell.standing;
        let offers = Offers::built_in();
        let way = standing
            .source
            .as_ref()
            .map_or("files", |source| source.way);
        let points = standing.points.iter();
        let points = points.map(|point| summary(point, &offers, words));
        let outputs = standing.outputs.iter();
        Self {
            source: words.t(&format!("dash-setup-way-{way}")),
            points: points.collect(),
            outputs: outputs
                .map(|output| {
                    let name = words.t(&format!("dash-setup-outputs-{}", output.kind.as_str()));
                    format!("{name} ({})", output.url)
                })
                .collect(),
            path: standing.path.clone().unwrap_or_default(),
            hindered: hindered(standing, words),
            frame: shell.frame.clone(),
            shell,
        }
    }
}

/// A usage point with its number, and what was answered of it.
fn summary(point: &PointAnswers, offers: &Offers, words: Words) -> (String, Vec<String>) {
    let name = point.name.as_ref();
    let name = name.map_or_else(
        || point.prm.to_string(),
        |name| format!("{name} ({})", point.prm),
    );
    let offer = point.offer.as_ref().map(|id| {
        let known = offers.find(id);
        known.map_or_else(|_| id.clone(), |offer| format!("{} ({id})", offer.name))
    });
    let power = point.subscribed_kva;
    let power = power.map(|kva| words.unit(u64::from(kva), "kVA"));
    let rule = point.off_peak.as_ref();
    let rule = rule.map(|it| words.say("dash-setup-finish-off-peak", &[("rule", it)]));
    (name, offer.into_iter().chain(power).chain(rule).collect())
}

async fn page(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Finish).await?;
    Ok(caller.answer(Ok(FinishPage::new(shell))))
}

async fn write(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Finish).await?;
    let written = match first_run(house.hands().as_ref()) {
        Ok(first) => first.finish(caller.words.lang).await,
        Err(failure) => Err(failure),
    };
    Ok(match written {
        Ok(()) => caller.go(Step::Progress.path()),
        Err(failure) => {
            let failed = of_failure(&failure, caller.words);
            again(&caller, FinishPage::new(shell.refuse(failed)))
        }
    })
}

#[derive(Template)]
#[template(path = "pages/setup/progress.html")]
struct ProgressPage {
    frame: Frame,
    shell: Shell,
    state: &'static str,
    percent: Option<u64>,
    calls: Option<String>,
    now: Option<String>,
    lines: Vec<String>,
    failed: Option<Failed>,
    holds: bool,
    empty: bool,
}

/// Where the first fetch stands, in a word that changes when the page must.
pub(super) fn state(standing: &Standing) -> &'static str {
    match &standing.fetch {
        None if standing.holds => "there",
        None => "begins",
        Some(work) if work.goes_on() && standing.holds => "fills",
        Some(work) if work.goes_on() => "goes",
        Some(work) if work.failed.is_some() => "failed",
        Some(_) if standing.holds => "done",
        Some(_) => "empty",
    }
}

async fn progress(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Progress).await?;
    let standing = &shell.standing;
    let state = state(standing);
    // Everything is there: what was asked for is on the screen.
    // A line beside the sums is a problem; of files every line is about one.
    let troubled = |work: &Work| work.kind == WorkKind::Sync && work.lines.len() > 1;
    let troubled = standing.fetch.as_ref().is_some_and(troubled);
    if state == "done" && !troubled {
        return Ok(caller.go(Place::Home.path()));
    }
    let fetch = standing.fetch.clone();
    let words = caller.words;
    let calls = fetch.as_ref().filter(|work| work.planned > 0).map(|work| {
        let (done, planned) = (words.number(work.done), words.number(work.planned));
        let args = [("done", done.as_str()), ("planned", &planned)];
        words.say("dash-setup-progress-of", &args)
    });
    Ok(caller.answer(Ok(ProgressPage {
        state,
        percent: fetch.as_ref().and_then(Work::percent),
        calls,
        now: fetch.as_ref().and_then(|work| work.now.clone()),
        lines: fetch
            .as_ref()
            .map(|it| it.lines.clone())
            .unwrap_or_default(),
        failed: fetch.and_then(|work| work.failed),
        holds: standing.holds,
        empty: state == "empty",
        frame: shell.frame.clone(),
        shell,
    })))
}
