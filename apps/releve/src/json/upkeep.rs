//! `backup`, `restore`, `vacuum`, `report` and `notify test` with `--json`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Backup {
    /// The copy.
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
