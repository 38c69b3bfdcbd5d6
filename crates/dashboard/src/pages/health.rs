//! Health: as `releve status`.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::json::status::Status;

use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::House;

pub(super) fn router() -> Router<House> {
    Router::new().route(Place::Health.path(), get(page))
}

#[derive(Template)]
#[template(path = "pages/health.html")]
struct HealthPage {
    frame: Frame,
    status: Status,
}

async fn page(State(house): State<House>, caller: Caller) -> Response {
    let frame = caller.frame(Place::Health);
    let page = house.read(caller.words, move |reading| {
        let (store, settings) = (reading.ledger(), reading.settings);
        let status = home::view::status::read(store, settings, reading.now, reading.words)?;
        Ok(HealthPage { frame, status })
    });
    caller.answer(page.await)
}
