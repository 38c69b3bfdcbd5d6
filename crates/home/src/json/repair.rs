//! `repair --json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Sync;

/// What was asked again, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Repaired {
    /// Days of single series that were reopened.
    pub reopened: u64,
    /// The sync that followed.
    pub sync: Sync,
}
