//! The whole dashboard as one router behind its door.

use axum::Router;
use axum::middleware::from_fn_with_state;
use tower_http::compression::CompressionLayer;

use crate::door::Door;
use crate::house::House;
use crate::{api, assets, pages};

/// Everything that the dashboard answers, compressed, behind a door.
pub fn router(house: House, door: &Door) -> Router {
    let rooms = pages::router()
        .merge(api::router())
        .layer(from_fn_with_state(house.clone(), pages::set_up_first))
        .with_state(house)
        .merge(assets::router());
    door.wrap(rooms).layer(CompressionLayer::new())
}
