//! The guided set-up, page by page, against the simulator: every way to readings,
//! and every way in which it goes wrong at first.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

#[path = "../e2e/enedis.rs"]
mod enedis;
#[path = "../e2e/inspected.rs"]
mod inspected;

mod clock;
mod files;
mod outputs;
mod places;
mod restart;
mod room;
mod ways;
