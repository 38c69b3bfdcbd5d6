//! `serve --json`.

use schemars::JsonSchema;
use serde::Serialize;

/// Where the dashboard is, once it listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Serve {
    /// The address to open.
    pub address: String,
}
