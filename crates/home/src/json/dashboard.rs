//! `dashboard password --json`.

use schemars::JsonSchema;
use serde::Serialize;

/// Whose password was set, and where its hash lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PasswordSet {
    /// `owner` or `viewer`.
    #[schemars(extend("enum" = ["owner", "viewer"]))]
    pub role: String,
    /// The file, readable by its owner alone.
    pub file: String,
}
