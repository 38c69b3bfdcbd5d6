//! The hours of a year.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::Failure;
use home::answer::Whose;
use home::json::heat::Heat;
use home::json::show::Shown;
use home::view::{self, Wanted};
use jiff::civil::date;
use meter::{Kind, paris};
use schemars::JsonSchema;
use serde::Deserialize;

use super::days::whose;
use super::endpoint::Endpoint;
use super::query::{Asks, Named, Point, Way};
use super::reply::reply;
use crate::house::{House, Reading};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get::<OfYear, Shown<Heat>>(
        "/heat-map",
        "heatMap",
        "The energy of each hour of the days of a period.",
        get(heat_map),
    )]
}

/// Hours of somebody's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfYear {
    /// Only this usage point.
    point: Option<Point>,
    /// Only this direction.
    direction: Option<Way>,
    /// Which day, month or year; without it the twelve months to the last day
    /// that has data.
    period: Option<Named>,
}

async fn heat_map(State(house): State<House>, asks: Asks<OfYear>) -> Response {
    let query = asks.query;
    let shown = house.read(asks.caller.words, move |reading| {
        heat(reading, whose(query.point, query.direction), query.period)
    });
    reply(&asks.caller, &asks.headers, shown.await)
}

fn heat(reading: &Reading, whose: Whose, period: Option<Named>) -> Result<Shown<Heat>, Failure> {
    let store = reading.store()?;
    let wanted = Wanted {
        usage_point: whose.usage_point,
        direction: whose.direction,
        kinds: &[Kind::Curve],
    };
    let subjects = view::subjects(store, &reading.settings.usage_points, wanted)?;
    let (first, end) = if let Some(period) = period {
        let days = period.days()?;
        (days.first, days.end)
    } else {
        let last = view::last_held(store, &subjects, wanted.kinds)?;
        let last = last.ok_or_else(|| view::nothing(whose.usage_point))?;
        let end = paris::add_days(last, 1);
        (date(end.year() - 1, end.month(), end.day().min(28)), end)
    };
    let read = |subject| view::heat::read(store, subject, first, end);
    let entries = subjects.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(Shown {
        usage_points: entries,
    })
}
