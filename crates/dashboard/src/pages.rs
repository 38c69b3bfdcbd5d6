//! The pages, each in a file: its query, what it reads, its template.

mod consents;
mod costs;
mod data;
mod health;
mod look;
mod meters;
mod months;
mod off_peak;
mod outputs;
mod parts;
mod setup;
mod tempo;
mod works;

use axum::Router;

use crate::house::House;

/// Every page.
pub(crate) fn router() -> Router<House> {
    Router::new()
        .merge(consents::router())
        .merge(costs::router())
        .merge(data::router())
        .merge(health::router())
        .merge(look::router())
        .merge(meters::router())
        .merge(off_peak::router())
        .merge(outputs::router())
        .merge(setup::router())
        .merge(tempo::router())
}
