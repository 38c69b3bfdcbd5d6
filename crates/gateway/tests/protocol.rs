//! The checklist of the protocol, requirement by requirement, on both engines.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

#[path = "common/postgres.rs"]
mod postgres;
#[expect(dead_code, reason = "the story of crashes uses the rest")]
#[path = "common/world.rs"]
mod world;

#[path = "protocol/binding.rs"]
mod binding;
#[path = "protocol/device.rs"]
mod device;
#[path = "protocol/hostile.rs"]
mod hostile;
#[path = "protocol/metadata.rs"]
mod metadata;
#[path = "protocol/metrics.rs"]
mod metrics;
#[path = "protocol/opens.rs"]
mod opens;
#[path = "protocol/pages.rs"]
mod pages;
#[path = "protocol/refresh.rs"]
mod refresh;
#[path = "protocol/revocation.rs"]
mod revocation;
#[path = "protocol/token.rs"]
mod token;
#[path = "protocol/upkeep.rs"]
mod upkeep;
#[path = "protocol/window.rs"]
mod window;

/// A question about a week of somebody's daily totals.
fn window_of_a_week(prm: &str) -> String {
    format!("/data/v1/{prm}/daily?direction=consumption&from=2026-11-13&to=2026-11-20")
}
