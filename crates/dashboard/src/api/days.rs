//! Readings: a day, a week, a month, a year, every year, and daily maxima.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::answer::Whose;
use home::json::show::{Day, Maxima, Period, Shown, Years};
use meter::Granularity;
use schemars::JsonSchema;
use serde::Deserialize;

use super::endpoint::Endpoint;
use super::query::{Asks, Named, Point, Way};
use super::reply::reply;
use crate::house::House;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get::<OfDay, Shown<Day>>(
            "/day",
            "day",
            "A day with its curve, as `releve show day --json`.",
            get(day),
        ),
        Endpoint::get::<OfPeriod, Shown<Period>>(
            "/period",
            "period",
            "The days of a week or month, or the months of a year, as `releve show --json`.",
            get(period),
        ),
        Endpoint::get::<OfAll, Shown<Years>>(
            "/years",
            "years",
            "Every year of which some daily energy is held.",
            get(years),
        ),
        Endpoint::get::<OfMaxima, Shown<Maxima>>(
            "/maxima",
            "maxima",
            "Daily maxima, as `releve show max --json`.",
            get(maxima),
        ),
    ]
}

/// A day of somebody's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfDay {
    /// Only this usage point.
    point: Option<Point>,
    /// Only this direction.
    direction: Option<Way>,
    /// Which day; without it the last that has data.
    day: Option<super::query::Day>,
}

/// A period of somebody's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfPeriod {
    /// Only this usage point.
    point: Option<Point>,
    /// Only this direction.
    direction: Option<Way>,
    /// How long a period.
    by: By,
    /// A day in it; without it the last that has data.
    day: Option<super::query::Day>,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum By {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// Everything of somebody's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfAll {
    /// Only this usage point.
    point: Option<Point>,
    /// Only this direction.
    direction: Option<Way>,
}

/// Maxima of somebody's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfMaxima {
    /// Only this usage point.
    point: Option<Point>,
    /// Only this direction.
    direction: Option<Way>,
    /// Which day, month or year; without it the last month that has some.
    period: Option<Named>,
}

pub(super) fn whose(point: Option<Point>, direction: Option<Way>) -> Whose {
    Whose {
        usage_point: point.map(|point| point.0),
        direction: direction.map(Into::into),
    }
}

async fn day(State(house): State<House>, asks: Asks<OfDay>) -> Response {
    let query = asks.query;
    let shown = house.read(asks.caller.words, move |reading| {
        let when = query.day.map(super::query::Day::when).transpose()?;
        reading
            .sight()?
            .day(whose(query.point, query.direction), when)
    });
    reply(&asks.caller, &asks.headers, shown.await)
}

async fn period(State(house): State<House>, asks: Asks<OfPeriod>) -> Response {
    let query = asks.query;
    let shown = house.read(asks.caller.words, move |reading| {
        let by = match query.by {
            By::Week => Granularity::Week,
            By::Month => Granularity::Month,
            By::Year => Granularity::Year,
        };
        let when = query.day.map(super::query::Day::when).transpose()?;
        let whose = whose(query.point, query.direction);
        reading.sight()?.period(whose, by, when)
    });
    reply(&asks.caller, &asks.headers, shown.await)
}

async fn maxima(State(house): State<House>, asks: Asks<OfMaxima>) -> Response {
    let query = asks.query;
    let shown = house.read(asks.caller.words, move |reading| {
        let when = query.period.map(Named::when).transpose()?;
        reading
            .sight()?
            .maxima(whose(query.point, query.direction), when)
    });
    reply(&asks.caller, &asks.headers, shown.await)
}

async fn years(State(house): State<House>, asks: Asks<OfAll>) -> Response {
    let query = asks.query;
    let shown = house.read(asks.caller.words, move |reading| {
        reading.sight()?.years(whose(query.point, query.direction))
    });
    reply(&asks.caller, &asks.headers, shown.await)
}
