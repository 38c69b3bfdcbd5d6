//! The pages, each in a file: its query, what it reads, its template.

mod health;
mod look;
mod setup;

use axum::Router;

use crate::house::House;

/// Every page.
pub(crate) fn router() -> Router<House> {
    Router::new()
        .merge(health::router())
        .merge(look::router())
        .merge(setup::router())
}
