//! Stories of a Jeedom that is filled from outside, beside a stand-in of it.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

mod household;
mod mqtt;
mod profiles;
mod pushes;
mod refusals;
mod room;
