//! The pages, each in a file: its query, what it reads, its template.

mod consents;
mod costs;
mod data;
mod energy;
mod health;
mod heat_map;
mod history;
mod home;
mod look;
mod maxima;
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

pub(crate) use setup::set_up_first;

/// Every page.
pub(crate) fn router() -> Router<House> {
    Router::new()
        .merge(consents::router())
        .merge(costs::router())
        .merge(data::router())
        .merge(home::router())
        .merge(history::router())
        .merge(heat_map::router())
        .merge(maxima::router())
        .merge(health::router())
        .merge(look::router())
        .merge(meters::router())
        .merge(off_peak::router())
        .merge(outputs::router())
        .merge(setup::router())
        .merge(tempo::router())
}
