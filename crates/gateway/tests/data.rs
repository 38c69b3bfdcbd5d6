//! What boxes read, on both engines: the neutral form, the older proxy's path,
//! Enedis' quota, and a year in the life of the older plugin.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

#[path = "common/postgres.rs"]
mod postgres;
#[path = "common/world.rs"]
mod world;

#[path = "data/doubt.rs"]
mod doubt;
#[path = "data/hostile.rs"]
mod hostile;
#[path = "data/legacy.rs"]
mod legacy;
#[path = "data/neutral.rs"]
mod neutral;
#[path = "data/plugin.rs"]
mod plugin;
#[path = "data/quota.rs"]
mod quota;
#[path = "data/year.rs"]
mod year;

use axum::body::Body;
use http::Request;

use crate::world::{Answer, World};

/// A request with an access token.
pub(crate) async fn read(world: &World, path: &str, access: &str) -> Answer {
    let request = Request::get(path)
        .header("authorization", format!("Bearer {access}"))
        .body(Body::empty());
    world.send(request.unwrap()).await
}

/// A question in the neutral form, about the days from 14 to 20 November.
pub fn week(prm: &str, resource: &str) -> String {
    format!("/data/v1/{prm}/{resource}?direction=consumption&from=2026-11-13&to=2026-11-20")
}

/// The same as the older plugin asks it.
pub fn legacy_week(prm: &str, resource: &str) -> String {
    format!("/data/proxy{resource}?start=2026-11-13&end=2026-11-20&usage_point_id={prm}")
}

/// How many questions about measures reached Enedis.
pub fn measures(world: &World) -> usize {
    let calls = world.enedis.calls();
    calls.iter().filter(|call| call.from.is_some()).count()
}
