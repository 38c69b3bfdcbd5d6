//! What boxes read: the neutral form, and the path of the older proxy with
//! exactly its contract, whatever Enedis speaks today.

mod ask;
mod doubt;
mod flights;
mod legacy;
mod neutral;
mod query;
mod serve;
mod shared;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use enedis::neutral::{Refused, RefusedCode};

use crate::app::App;

pub(crate) use doubt::guard;
pub use flights::Flights;

/// The data routes. What is not on the list of resources is nothing, and is
/// never sent on.
pub fn router() -> Router<App> {
    Router::new()
        .route("/data/v1/{prm}/{resource}", get(neutral::readings))
        .route("/data/proxy/{*path}", get(legacy::readings))
        .route("/data/{*rest}", get(no_such_resource))
        .route("/openapi.json", get(openapi))
}

/// What clients may ask, as `OpenAPI` 3.1; the tests hold answers to it.
pub const OPENAPI: &str = include_str!("../openapi.json");

async fn openapi() -> Response {
    ([(http::header::CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

async fn no_such_resource() -> Response {
    neutral::refuse(&Refused {
        error: RefusedCode::NotFound,
        error_description: "no such resource".to_owned(),
        message: "Il n’y a rien à cette adresse.".to_owned(),
        problem: None,
    })
}
