//! `backup`, `restore`, `vacuum`, `report` and `notify test` with `--json`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

/// A copy, or a report, that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Backup {
    /// The file.
    #[schemars(with = "String")]
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
}

/// A copy that was put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Restored {
    /// The ledger, now that of the copy.
    #[schemars(with = "String")]
    pub file: PathBuf,
    /// Where the ledger of before is kept; null: there was none.
    #[schemars(with = "Option<String>")]
    pub kept: Option<PathBuf>,
}

/// A ledger that was rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Vacuumed {
    /// Its size before.
    pub bytes_before: u64,
    /// Its size after.
    pub bytes_after: u64,
}

/// What became of a test message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotifyTest {
    /// Each configured way.
    pub ways: Vec<WayTest>,
}

/// What became of a test message by one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WayTest {
    /// `mail` or `webhook`.
    pub way: String,
    /// Whether it was taken.
    pub sent: bool,
    /// Why not.
    pub cause: Option<String>,
}
