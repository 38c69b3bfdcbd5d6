//! The points of the curve, page by page.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::json::show::{Interval, Subject};
use home::{Failure, view};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::Store;
use meter::{Direction, Kind, paris};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::query::{Asks, Cursor, Day, Limit, Point, Way, sane};
use super::reply::page;
use crate::house::{House, Reading};

pub(super) fn endpoints() -> Vec<Endpoint> {
    let curve = Endpoint::get::<OfCurve, CurvePage>(
        "/curve",
        "curve",
        "The points of a curve, oldest first, some at a time.",
        get(curve),
    );
    vec![curve.paged()]
}

/// Points that a page has where nothing is said: a month of half hours.
const USUAL: u32 = 1_500;

/// A part of a curve.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfCurve {
    /// Whose.
    point: Point,
    /// Which way; without it consumption.
    direction: Option<Way>,
    /// The first day; without it the first that has points.
    from: Option<Day>,
    /// The last day; without it the last that has points.
    to: Option<Day>,
    /// How many points at most.
    limit: Option<Limit>,
    /// Where the page begins.
    cursor: Option<Cursor>,
}

/// Points, oldest first.
#[derive(Debug, Serialize, JsonSchema)]
struct CurvePage {
    /// Whose.
    #[serde(flatten)]
    subject: Subject,
    /// The points.
    points: Vec<Interval>,
    /// Where the next page begins; null: this is the last.
    next: Option<String>,
}

async fn curve(State(house): State<House>, asks: Asks<OfCurve>) -> Response {
    let query = asks.query;
    let found = house.read(asks.caller.words, move |reading| {
        let found = read(reading, &query)?;
        let next = found.next.as_deref().map(|next| address(&query, next));
        Ok((found, next))
    });
    page(&asks.caller, &asks.headers, found.await)
}

fn read(reading: &Reading, query: &OfCurve) -> Result<CurvePage, Failure> {
    let store = reading.store()?;
    let point = query.point.0;
    let subject = Subject {
        usage_point: point,
        name: view::name(&reading.settings.usage_points, point),
        direction: query.direction.map_or(Direction::Consumption, Into::into),
    };
    let key = subject.key(Kind::Curve);
    let counts = store.state_counts(key)?;
    let (Some(first), Some(last)) = (counts.first_held, counts.last_held) else {
        return Err(view::nothing(Some(point)));
    };
    let first = query.from.map_or(first, |day| day.0);
    let last = query.to.map_or(last, |day| day.0);
    sane(first, paris::add_days(last, 1))?;
    let from = paris::day_start(first).max(instant(query.cursor));
    let limit = query.limit.map_or(USUAL, |limit| limit.0) as usize;
    let mut points = some(store, key, (from, last), limit + 1)?;
    let next = points.get(limit).map(|point| minute(point.start));
    points.truncate(limit);
    Ok(CurvePage {
        subject,
        points,
        next,
    })
}

/// The first points, and no more than needed: the ledger is read by parts that
/// hold them at the shortest step, until there are enough.
fn some(
    store: &Store,
    key: ledger::SeriesKey,
    (mut from, last): (Timestamp, Date),
    count: usize,
) -> Result<Vec<Interval>, Failure> {
    let end = paris::day_end(last);
    let mut points: Vec<Interval> = Vec::new();
    while from < end && points.len() < count {
        let to = paris::day_start(paris::add_days(paris::day_of(from), 31)).min(end);
        points.extend(store.curve(key, from, to)?.iter().map(Interval::from));
        from = to;
    }
    points.truncate(count);
    Ok(points)
}

fn instant(cursor: Option<Cursor>) -> Timestamp {
    let minutes = cursor.map_or(0, |cursor| cursor.0);
    Timestamp::from_second(minutes * 60).unwrap_or(Timestamp::MAX)
}

fn minute(start: Timestamp) -> String {
    (start.as_second() / 60).to_string()
}

/// The same question from the cursor on.
fn address(query: &OfCurve, next: &str) -> String {
    let way = query
        .direction
        .map(|way| Direction::from(way).as_str().to_owned());
    let day = |day: Option<Day>| day.map(|day| day.0.to_string());
    let fields = [
        ("direction", way),
        ("from", day(query.from)),
        ("to", day(query.to)),
        ("limit", query.limit.map(|limit| limit.0.to_string())),
        ("cursor", Some(next.to_owned())),
    ];
    let given = fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!("&{name}={}", value?)));
    format!(
        "/curve?point={}{}",
        query.point.0,
        given.collect::<String>()
    )
}
