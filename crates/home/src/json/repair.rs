//! `repair --json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Sync;

/// What was asked again, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Repaired {
    /// Days of single series that were reopened.
    pub reopened: u64,
    /// Whether the running daemon is asked to do so with its next round: then
    /// nothing is known yet of what comes of it.
    pub left: bool,
    /// The sync that followed.
    pub sync: Sync,
}
