//! The JSON API under `/api/v1`: the forms of `home::json`, as `--json` writes
//! them, each with its fingerprint.
//!
//! Every endpoint says itself what it takes and gives. The routes and the
//! description (`openapi.json`) are made from the same list, so that neither
//! has what the other lacks.

mod actions;
mod body;
mod consents;
mod costs;
mod curve;
mod days;
mod endpoint;
mod events;
mod heat;
mod held;
mod offers;
pub mod openapi;
mod query;
mod reply;
mod session;
mod status;
mod tariff;

use axum::Router;
use axum::routing::get;

use crate::house::House;

use endpoint::Endpoint;

/// What every path begins with.
const ROOT: &str = "/api/v1";

/// Every endpoint, in the order of the description.
fn endpoints() -> Vec<Endpoint> {
    let rooms: [fn() -> Vec<Endpoint>; 12] = [
        session::endpoints,
        days::endpoints,
        heat::endpoints,
        held::endpoints,
        curve::endpoints,
        costs::endpoints,
        offers::endpoints,
        tariff::endpoints,
        status::endpoints,
        consents::endpoints,
        actions::endpoints,
        events::endpoints,
    ];
    rooms.into_iter().flat_map(|room| room()).collect()
}

/// Every endpoint as a route.
pub(crate) fn router() -> Router<House> {
    let router = Router::new().route("/api/v1/openapi.json", get(openapi::serve));
    endpoints().into_iter().fold(router, |router, endpoint| {
        router.route(&format!("{ROOT}{}", endpoint.path), endpoint.route)
    })
}
