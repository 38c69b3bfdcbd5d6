//! What is held and lacking.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::json::status::Status;
use home::view;

use super::endpoint::Endpoint;
use super::query::{Asks, Nothing};
use super::reply::reply;
use crate::house::House;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get::<Nothing, Status>(
        "/status",
        "status",
        "What is held and lacking, as `releve status --json`.",
        get(status),
    )]
}

async fn status(State(house): State<House>, asks: Asks<Nothing>) -> Response {
    let status = house.read(asks.caller.words, |reading| {
        let (store, settings) = (reading.ledger(), reading.settings);
        Ok(view::status::read(
            store,
            settings,
            reading.now,
            reading.words,
        )?)
    });
    reply(&asks.caller, &asks.headers, status.await)
}
