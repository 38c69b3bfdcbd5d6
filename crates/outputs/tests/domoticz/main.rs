//! Stories of a Domoticz: everything that is delivered is looked at as its pages
//! show it.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

mod adoption;
mod broker;
mod history;
mod house;
mod refusals;
