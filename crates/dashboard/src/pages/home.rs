//! Home: yesterday in one glance. What it used and cost, when, beside other
//! days, and what is missing.

mod glance;
mod month;
mod power;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use home::Failure;
use meter::Kind;

use super::energy::{Address, Empty, Segments, Whose, whose};
use crate::asked::Asked;
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};
use glance::Glance;

pub(super) fn router() -> Router<House> {
    Router::new().route(Place::Home.path(), get(page))
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    frame: Frame,
    points: Segments,
    empty: Option<Empty>,
    glance: Option<Glance>,
}

async fn page(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let frame = caller.frame(Place::Home);
    let is_file = asked.format.is_csv();
    let address = Address::of(&frame, &asked);
    let page = house.read(caller.words, move |reading| read(reading, frame, &address));
    match page.await {
        Ok(HomePage {
            glance: Some(glance),
            ..
        }) if is_file => glance.sheet.into_response(),
        page => caller.answer(page),
    }
}

fn read(reading: &Reading, frame: Frame, address: &Address) -> Result<HomePage, Failure> {
    let whose = whose(reading, address, &[Kind::Curve, Kind::Daily])?;
    let glance = match &whose {
        Some(whose) => Glance::read(reading, address, whose)?,
        None => None,
    };
    Ok(HomePage {
        frame,
        empty: match glance {
            None => Some(Empty::read(reading)?),
            Some(_) => None,
        },
        points: whose.map(|Whose { points, .. }| points).unwrap_or_default(),
        glance,
    })
}
