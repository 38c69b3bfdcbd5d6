//! Offers and their prices.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use home::answer;
use home::json::tariff::{Listed, Shown};
use home::{Exit, Failure};
use schemars::JsonSchema;
use serde::Deserialize;

use super::endpoint::Endpoint;
use super::query::{Asks, Day, Nothing};
use super::reply::reply;
use crate::house::House;

pub(super) fn endpoints() -> Vec<Endpoint> {
    let offer = Endpoint::get::<OfOffer, Shown>(
        "/offers/{offer}",
        "offer",
        "An offer with its prices, as `releve tariff show --json`.",
        get(offer),
    );
    vec![
        Endpoint::get::<Nothing, Listed>(
            "/offers",
            "offers",
            "Every offer that is known, as `releve tariff list --json`.",
            get(offers),
        ),
        offer.with_parts(&[("offer", "The offer's id.")]),
    ]
}

/// Of which day the prices are wanted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfOffer {
    /// The prices of this day; without it all.
    day: Option<Day>,
}

async fn offers(State(house): State<House>, asks: Asks<Nothing>) -> Response {
    let listed = house.read(asks.caller.words, |reading| {
        Ok(answer::offers(reading.offers))
    });
    reply(&asks.caller, &asks.headers, listed.await)
}

async fn offer(
    State(house): State<House>,
    Path(id): Path<String>,
    asks: Asks<OfOffer>,
) -> Response {
    let day = asks.query.day.map(|day| day.0);
    let shown = house.read(asks.caller.words, move |reading| {
        answer::offer(reading.offers, &id, day).map_err(absent)
    });
    reply(&asks.caller, &asks.headers, shown.await)
}

/// In an address an offer that is not known is one that is not there.
pub(super) fn absent(mut failure: Failure) -> Failure {
    failure.exit = Exit::Data;
    failure
}
