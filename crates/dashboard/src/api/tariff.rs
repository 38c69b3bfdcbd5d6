//! Prices from now on, in the form that evcc reads.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::json::rates::Rates;
use meter::Direction;
use schemars::JsonSchema;
use serde::Deserialize;

use super::endpoint::Endpoint;
use super::query::{Ahead, Asks, Point, Way};
use super::reply::reply;
use crate::house::House;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get::<OfTariff, Rates>(
        "/tariff",
        "tariff",
        "What a kilowatt-hour costs from this hour on, in €/kWh, as evcc reads a custom tariff. \
         What is not known is left out.",
        get(tariff),
    )]
}

/// Prices of somebody's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfTariff {
    /// Whose; without it the first that has an offer.
    point: Option<Point>,
    /// Consumption is bought, production is sold; without it consumption.
    direction: Option<Way>,
    /// How far ahead.
    hours: Option<Ahead>,
}

/// Hours ahead where nothing is said: today and tomorrow.
const USUAL: u32 = 48;

async fn tariff(State(house): State<House>, asks: Asks<OfTariff>) -> Response {
    let query = asks.query;
    let rates = house.read(asks.caller.words, move |reading| {
        let way = query.direction.map_or(Direction::Consumption, Into::into);
        let hours = query.hours.map_or(USUAL, |hours| hours.0);
        let point = query.point.map(|point| point.0);
        reading.sight()?.rates(point, way, hours)
    });
    reply(&asks.caller, &asks.headers, rates.await)
}
