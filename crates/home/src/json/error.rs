//! What `--json` writes to standard error when a command stops.

use schemars::JsonSchema;
use serde::Serialize;

/// Why a command stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorReport {
    /// The reason.
    pub error: ErrorBody,
}

/// The reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorBody {
    /// The exit code: 2 usage, 3 configuration, 4 data, 5 source, 6 busy.
    pub exit_code: u8,
    /// What happened, in the reader's language.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
}
