//! What is known of usage points and of their days, and what destinations hold.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::Failure;
use home::answer::Whose;
use home::json::calendar::Calendar;
use home::json::meters::Meters;
use home::json::outputs::Outputs;
use home::json::show::Shown;
use home::view::{self, Wanted};
use meter::{Granularity, Kind, Period, paris};
use schemars::JsonSchema;
use serde::Deserialize;

use super::days::whose;
use super::endpoint::Endpoint;
use super::query::{Asks, Named, Nothing, Point, Way};
use super::reply::reply;
use crate::house::{House, Reading};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get::<Nothing, Meters>(
            "/usage-points",
            "usagePoints",
            "Usage points: what their contract says, and what their registers last showed.",
            get(usage_points),
        ),
        Endpoint::get::<OfCalendar, Shown<Calendar>>(
            "/calendar",
            "calendar",
            "How each day stands, kind by kind, with its reason and its next try.",
            get(calendar),
        ),
        Endpoint::get::<Nothing, Outputs>(
            "/outputs",
            "outputs",
            "Destinations, and how the last delivery to each ended.",
            get(outputs),
        ),
    ]
}

/// Days of somebody's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfCalendar {
    /// Only this usage point.
    point: Option<Point>,
    /// Only this direction.
    direction: Option<Way>,
    /// Which day, month or year; without it the present year.
    period: Option<Named>,
}

async fn usage_points(State(house): State<House>, asks: Asks<Nothing>) -> Response {
    let meters = house.read(asks.caller.words, |reading| {
        let today = paris::day_of(reading.now);
        Ok(view::meters::read(
            reading.ledger(),
            reading.settings,
            today,
        )?)
    });
    reply(&asks.caller, &asks.headers, meters.await)
}

async fn outputs(State(house): State<House>, asks: Asks<Nothing>) -> Response {
    let outputs = house.read(asks.caller.words, |reading| {
        let (store, settings) = (reading.ledger(), reading.settings);
        Ok(view::outputs::read(store, settings, reading.words)?)
    });
    reply(&asks.caller, &asks.headers, outputs.await)
}

async fn calendar(State(house): State<House>, asks: Asks<OfCalendar>) -> Response {
    let query = asks.query;
    let shown = house.read(asks.caller.words, move |reading| {
        let days = query.period.map(Named::days).transpose()?;
        let days = days.map(|days| (days.first, days.end));
        states(reading, whose(query.point, query.direction), days)
    });
    reply(&asks.caller, &asks.headers, shown.await)
}

fn states(
    reading: &Reading,
    whose: Whose,
    days: Option<(jiff::civil::Date, jiff::civil::Date)>,
) -> Result<Shown<Calendar>, Failure> {
    let store = reading.store()?;
    let wanted = Wanted {
        usage_point: whose.usage_point,
        direction: whose.direction,
        kinds: &Kind::ALL,
    };
    let subjects = view::subjects(store, &reading.settings.usage_points, wanted)?;
    let year = Period::containing(Granularity::Year, paris::day_of(reading.now));
    let days = days.unwrap_or((year.first(), year.end()));
    let about = (reading.now, reading.words);
    let read = |subject| view::calendar::read(store, reading.settings, subject, days, about);
    let entries = subjects.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(Shown {
        usage_points: entries,
    })
}
