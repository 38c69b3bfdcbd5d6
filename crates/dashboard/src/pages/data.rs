//! Data: how each day of each kind stands, why, and when it is asked again;
//! asking again now, reading files, taking everything along.

mod act;
mod choice;
mod export;
mod rows;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use home::json::calendar::{Calendar, CalendarDay, KindCalendar};
use home::json::show::Subject;
use home::{Failure, view};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use meter::{Direction, Kind, UsagePoint, paris};

use super::months::{Month, months};
use super::parts::{Points, direction};
use super::works::{Works, works};
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};
use choice::{Choice, Wanted};
use rows::{DayRow, RunRow, Standing, cell, day_row, legend, run_row};

pub(super) fn router() -> Router<House> {
    let page = Router::new().route(Place::Data.path(), get(page));
    page.merge(act::router()).merge(export::router())
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
    /// What can be taken away: the kinds that are held, and the days.
    exports: Vec<String>,
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
        let held = calendar.kinds.iter().map(|one| one.kind.to_string());
        let exports = held.chain(["days".to_owned()]).collect();
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
            exports,
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
