//! What changes something, or outlives a request: done by the program that
//! serves the dashboard, which holds the configuration and the writer's lock.

use std::sync::Arc;

use home::config::Settings;

/// The program behind the dashboard.
pub trait Hands: Send + Sync {
    /// The settings as they are now: the set-up changes them.
    fn settings(&self) -> Arc<Settings>;
}
