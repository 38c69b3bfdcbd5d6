//! `sync --json`.

use meter::{Direction, Kind, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;

use super::colours::ColourRound;
use super::{DirectionWord, KindWord, Prm};

/// What one sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Sync {
    /// Calls made.
    pub calls: u64,
    /// Readings that are new or changed.
    pub written: u64,
    /// Of these, readings whose value changed; the old value is kept as a revision.
    pub revised: u64,
    /// Days whose state is new or changed.
    pub days: u64,
    /// What stood in the way.
    pub problems: Vec<SyncProblem>,
    /// Questions about the colours of days; empty: none was due, or needed.
    pub colours: Vec<ColourRound>,
    /// Files in watched folders that were read, or could not be.
    pub files: Vec<SyncFile>,
    /// Whether everything that was due was asked.
    pub finished: bool,
}

/// A file in a watched folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SyncFile {
    /// The source that watches the folder.
    pub source: String,
    /// The file's name; null: the folder itself cannot be read.
    pub file: Option<String>,
    /// Whose readings it holds, as far as it is known.
    #[schemars(with = "Option<Prm>")]
    pub usage_point: Option<UsagePoint>,
    /// Readings that are new or changed.
    pub written: u64,
    /// Why it was left where it is, in the reader's language; null: it was read.
    pub left: Option<String>,
}

/// What stood in the way of one series, or of a whole usage point or source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SyncProblem {
    /// The usage point; null when the whole source is concerned.
    #[schemars(with = "Option<Prm>")]
    pub usage_point: Option<UsagePoint>,
    /// The direction; null when both are.
    #[schemars(with = "Option<DirectionWord>")]
    pub direction: Option<Direction>,
    /// The kind; null when it is not about readings.
    #[schemars(with = "Option<KindWord>")]
    pub kind: Option<Kind>,
    /// The problem's stable code.
    pub code: String,
    /// What it means, in the reader's language.
    pub explanation: String,
    /// What to do next.
    pub hint: String,
}
