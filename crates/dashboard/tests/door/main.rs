//! The door over real connections: who comes in, who does not, and what it
//! costs to try.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on is a failed test"
)]

mod connections;
mod login;
mod meant;
mod open;
mod support;
mod vouched;
