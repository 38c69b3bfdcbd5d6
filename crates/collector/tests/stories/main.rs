//! The collector beside simulated sources, on a virtual clock: what it asks, what it
//! keeps, and what it tells when something is wrong.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

mod a_year;
mod colours;
mod colours_watch;
mod consented;
mod consents;
mod conso_api;
mod domoticz_proxy;
mod faults;
mod generations;
mod guide;
mod held;
mod import;
mod inbox;
mod index;
mod my_electrical_data;
mod portal;
mod refusals;
mod releve_gateway;
mod restarts;
mod sync;
mod trust;
mod world;

#[path = "releve_gateway/door.rs"]
mod door;
#[path = "releve_gateway/stories.rs"]
mod stories;
