//! The command line in its own process's place: arguments in, text and code out.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

mod colours;
mod dashboard;
mod errors;
mod export;
mod health;
mod help;
mod house;
mod index;
mod outlook;
mod prices;
mod schema;
mod show;
mod status;
mod upkeep;
