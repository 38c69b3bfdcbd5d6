//! `init --json`.

use schemars::JsonSchema;
use serde::Serialize;

/// What the dialogue wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Init {
    /// The new configuration file.
    pub file: String,
}
