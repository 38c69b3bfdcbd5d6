//! Consents, and how each stands.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::json::consent::Consents;

use super::endpoint::Endpoint;
use super::query::{Asks, Nothing};
use super::reply::reply;
use crate::house::House;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get::<Nothing, Consents>(
        "/consents",
        "consents",
        "Consents, as `releve consent list --json`.",
        get(consents),
    )]
}

async fn consents(State(house): State<House>, asks: Asks<Nothing>) -> Response {
    let known = house.hands().consents().await;
    let known = known.map(|consents| Consents { consents });
    reply(&asks.caller, &asks.headers, known)
}
