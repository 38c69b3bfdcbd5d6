//! Data: how each day of each kind stands, why, and when it is asked again;
//! asking again now, reading files, taking everything along.

mod act;
mod export;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use home::json::calendar::{Calendar, CalendarDay, KindCalendar, Run};
use home::json::show::{StateNote, Subject};
use home::{Failure, Words, view};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::DayState;
use meter::{Direction, Kind, UsagePoint, paris};
use serde::Deserialize;

use super::months::{Cell, Month, months};
use super::parts::{Points, direction};
use super::works::{Works, works};
use crate::asked::refused;
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};

pub(super) fn router() -> Router<House> {
    let page = Router::new().route(Place::Data.path(), get(page));
    page.merge(act::router()).merge(export::router())
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    point: Option<String>,
    direction: Option<String>,
    kind: Option<String>,
    year: Option<String>,
    day: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/data.html")]
struct DataPage {
    frame: Frame,
    points: Points,
    works: Works,
    view: Option<Shown>,
    can_ask: bool,
}

/// One kind of data of one usage point and direction over a year.
struct Shown {
    prm: UsagePoint,
    way: String,
    year: i16,
    before: String,
    after: Option<String>,
    ways: Vec<Tab>,
    kinds: Vec<Tab>,
    title: String,
    legend: Vec<Standing>,
    months: Vec<Month>,
    day: Option<DayRow>,
    runs: Vec<RunRow>,
    first: Date,
    last: Date,
}

struct Tab {
    name: String,
    href: String,
    is_here: bool,
}

/// A state with what marks it, and how many days are in it.
struct Standing {
    class: &'static str,
    mark: &'static str,
    name: String,
    days: String,
}

struct DayRow {
    day: Date,
    title: String,
    state: String,
    sentence: String,
    said: Option<String>,
    next: Option<String>,
}

struct RunRow {
    first: Date,
    last: Date,
    title: String,
    days: String,
    mark: &'static str,
    state: String,
    sentence: String,
    next: Option<String>,
    can_be_asked: bool,
}

/// The name of what can be taken along.
pub fn export_name(kind: &str) -> &'static str {
    match kind {
        "curve" => "data-kind-curve",
        "daily" => "data-kind-daily",
        "maximum" => "data-kind-maximum",
        "index" => "data-kind-index",
        _ => "data-kind-days",
    }
}

async fn page(State(house): State<House>, caller: Caller, wanted: Query<Wanted>) -> Response {
    let frame = caller.frame(Place::Data);
    let works = works(&house, caller.words);
    let wanted = wanted.0;
    let page = house.read(caller.words, move |reading| {
        let wanted = Choice::of(wanted, reading.now)?;
        let configured = &reading.settings.usage_points;
        let (points, here) = Points::choose(reading.ledger(), configured, wanted.point)?;
        let view = here
            .map(|prm| read(&frame, reading, prm, &wanted))
            .transpose()?;
        Ok(DataPage {
            view: view.flatten(),
            can_ask: frame.may_change && !reading.settings.sources.is_empty(),
            points,
            works,
            frame,
        })
    });
    caller.answer(page.await)
}

/// The query, read.
struct Choice {
    point: Option<UsagePoint>,
    direction: Option<Direction>,
    kind: Option<Kind>,
    year: i16,
    day: Option<Date>,
}

impl Choice {
    fn of(wanted: Wanted, now: Timestamp) -> Result<Self, Failure> {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let point = given(wanted.point);
        let point = point.map(|text| text.parse().map_err(|_| refused("point", &text)));
        let direction = given(wanted.direction).map(|text| {
            let mut all = Direction::ALL.into_iter();
            let found = all.find(|one| one.to_string() == text);
            found.ok_or_else(|| refused("direction", &text))
        });
        let kind = given(wanted.kind).map(|text| {
            let mut all = Kind::ALL.into_iter();
            let found = all.find(|one| one.to_string() == text);
            found.ok_or_else(|| refused("kind", &text))
        });
        let day = given(wanted.day);
        let day: Option<Date> = day
            .map(|text| text.parse().map_err(|_| refused("day", &text)))
            .transpose()?;
        let year = given(wanted.year).map(|text| {
            let year = text.parse().ok().filter(|year| (1990..2200).contains(year));
            year.ok_or_else(|| refused("year", &text))
        });
        let today = paris::day_of(now);
        let usual = day.map_or(today.year(), |day| day.year().clamp(1990, 2199));
        Ok(Self {
            point: point.transpose()?,
            direction: direction.transpose()?,
            kind: kind.transpose()?,
            year: year.transpose()?.unwrap_or(usual),
            day,
        })
    }
}

fn read(
    frame: &Frame,
    reading: &Reading,
    prm: UsagePoint,
    wanted: &Choice,
) -> Result<Option<Shown>, Failure> {
    let Some(store) = reading.ledger() else {
        return Ok(None);
    };
    let series = store.series()?;
    let own = || series.iter().filter(|key| key.usage_point == prm);
    let held = Direction::ALL.map(|way| own().any(|key| key.direction == way).then_some(way));
    let ways: Vec<Direction> = held.into_iter().flatten().collect();
    let Some(way) = wanted.direction.or(ways.first().copied()) else {
        return Ok(None);
    };
    let subject = Subject {
        usage_point: prm,
        name: view::name(&reading.settings.usage_points, prm),
        direction: way,
    };
    let days = (date(wanted.year, 1, 1), date(wanted.year + 1, 1, 1));
    let asked = (reading.now, reading.words);
    let calendar = view::calendar::read(store, reading.settings, subject, days, asked)?;
    let kind = wanted.kind.or(calendar.kinds.first().map(|one| one.kind));
    let shown = calendar.kinds.iter().find(|one| Some(one.kind) == kind);
    Ok(shown.map(|kind| Shown::of(frame, &calendar, (kind, &ways), wanted, reading.now)))
}

/// An address of this page.
struct Address<'a> {
    base: &'a str,
    prm: UsagePoint,
    way: Direction,
    kind: Kind,
    year: i16,
}

impl Address<'_> {
    fn href(&self) -> String {
        let Self {
            base,
            prm,
            way,
            kind,
            year,
        } = self;
        format!("{base}/data?point={prm}&direction={way}&kind={kind}&year={year}")
    }
}

impl Shown {
    fn of(
        frame: &Frame,
        calendar: &Calendar,
        (kind, ways): (&KindCalendar, &[Direction]),
        wanted: &Choice,
        now: Timestamp,
    ) -> Self {
        let words = frame.words;
        let subject = &calendar.subject;
        let here = || Address {
            base: &frame.base,
            prm: subject.usage_point,
            way: subject.direction,
            kind: kind.kind,
            year: wanted.year,
        };
        let ways = ways.iter().map(|way| Tab {
            name: direction(words, *way),
            href: Address {
                way: *way,
                ..here()
            }
            .href(),
            is_here: *way == subject.direction,
        });
        let kinds = calendar.kinds.iter().map(|one| Tab {
            name: home::say::capital(&words.t(&format!("status-kind-{}", one.kind))),
            href: Address {
                kind: one.kind,
                ..here()
            }
            .href(),
            is_here: one.kind == kind.kind,
        });
        let year = |year: i16| Address { year, ..here() }.href();
        let link = here().href();
        let cell = |day: &CalendarDay| cell(words, day, &link);
        let chosen = kind.days.iter().find(|day| Some(day.day) == wanted.day);
        Self {
            prm: subject.usage_point,
            way: subject.direction.to_string(),
            year: wanted.year,
            before: year(wanted.year - 1),
            after: (wanted.year < paris::day_of(now).year()).then(|| year(wanted.year + 1)),
            ways: ways.collect(),
            kinds: kinds.collect(),
            title: words.t(&format!("data-kind-{}", kind.kind)),
            legend: legend(words, kind),
            months: months(words, &kind.days, |day| day.day, cell),
            day: chosen.map(|day| day_row(words, day, now)),
            runs: kind
                .runs
                .iter()
                .map(|run| run_row(words, run, now))
                .collect(),
            first: calendar.first,
            last: calendar.last,
        }
    }
}

/// A state's class in style sheets, and its sign.
fn look(note: Option<&StateNote>) -> (&'static str, &'static str) {
    let Some(note) = note else {
        return ("is-never", "?");
    };
    if note.reason.as_deref() == Some("to-come") {
        return ("is-to-come", "");
    }
    match note.state {
        DayState::Complete => ("is-complete", ""),
        DayState::Partial => ("is-partial", "◐"),
        DayState::Awaited => ("is-awaited", "…"),
        DayState::AbsentAtSource => ("is-absent", "∅"),
        DayState::Refused => ("is-refused", "×"),
        DayState::BeforeActivation => ("is-before", "«"),
        DayState::BeyondHistory => ("is-beyond", "‹"),
    }
}

fn cell(words: Words, day: &CalendarDay, link: &str) -> Cell {
    let (class, mark) = look(day.note.as_ref());
    let to_come = day.is_to_come();
    Cell {
        number: day.day.day(),
        class: class.to_owned(),
        mark: mark.to_owned(),
        words: words.state(day.note.as_ref()),
        href: (!to_come).then(|| format!("{link}&day={}#day", day.day)),
    }
}

/// Every state there is, so that a calendar explains itself.
fn legend(words: Words, kind: &KindCalendar) -> Vec<Standing> {
    let notes = DayState::ALL.map(|state| {
        Some(StateNote {
            state,
            reason: None,
        })
    });
    let standing = |note: &Option<StateNote>| {
        let (class, mark) = look(note.as_ref());
        let state = note.as_ref().map(|note| note.state);
        let counts = kind.counts.iter();
        let days: u32 = counts
            .filter(|one| one.state == state && !one.to_come)
            .map(|one| one.days)
            .sum();
        Standing {
            class,
            mark,
            name: words.state(note.as_ref()),
            days: words.number(u64::from(days)),
        }
    };
    notes.iter().chain([&None]).map(standing).collect()
}

fn day_row(words: Words, day: &CalendarDay, now: Timestamp) -> DayRow {
    let said = day.source.as_ref().zip(day.said_at).map(|(source, at)| {
        let at = words.instant(at);
        words.say("data-said", &[("source", source), ("at", &at)])
    });
    DayRow {
        day: day.day,
        title: words.day(day.day),
        state: home::say::capital(&words.state(day.note.as_ref())),
        sentence: words.why(day.note.as_ref()),
        said,
        next: words.next_try(day, now),
    }
}

fn run_row(words: Words, run: &Run, now: Timestamp) -> RunRow {
    let (_, mark) = look(run.note.as_ref());
    let day = CalendarDay {
        day: run.first,
        note: run.note.clone(),
        source: run.source.clone(),
        said_at: None,
        next_try: run.next_try,
    };
    RunRow {
        first: run.first,
        last: run.last,
        title: words.days_title(run.first, run.last),
        days: words.say("data-days", &[("days", &run.days.to_string())]),
        mark,
        state: home::say::capital(&words.state(run.note.as_ref())),
        sentence: run.sentence.clone(),
        next: words.next_try(&day, now),
        can_be_asked: run.can_be_asked(),
    }
}
