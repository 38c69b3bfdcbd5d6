//! Work that goes on behind a page: what it is, how far it has come, and what
//! came of it, in words.

use bytes::Bytes;
use home::Failure;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use service::Lang;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WorkKind {
    /// Asking a source for what is due.
    Sync,
    /// Asking again for what lacks.
    Repair,
    /// Reading files.
    Import,
    /// Delivering to a destination.
    Push,
}

impl WorkKind {
    /// The word in JSON and in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Repair => "repair",
            Self::Import => "import",
            Self::Push => "push",
        }
    }
}

/// A piece of work, under way or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Work {
    /// Its number in this process.
    pub id: u64,
    /// What it is.
    pub kind: WorkKind,
    /// The destination or the files, where there are some.
    pub about: String,
    /// When it began.
    pub begun: Timestamp,
    /// When it ended; none: it goes on.
    pub ended: Option<Timestamp>,
    /// Calls that are planned so far.
    pub planned: u64,
    /// Calls that were answered.
    pub done: u64,
    /// What is being done at this moment, for people.
    pub now: Option<String>,
    /// What came of it, for people.
    pub lines: Vec<String>,
    /// Why it came to nothing, and what to do.
    pub failed: Option<Failed>,
}

/// Why work came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Failed {
    /// What happened.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

impl Failed {
    /// A failure in a language.
    pub fn of(failure: &Failure, lang: Lang) -> Self {
        Self {
            message: failure.plain_message(lang),
            advice: failure.plain_advice(lang),
        }
    }
}

impl Work {
    /// Whether it goes on.
    pub fn goes_on(&self) -> bool {
        self.ended.is_none()
    }

    /// How far it has come, in hundredths; none: it is not known.
    pub fn percent(&self) -> Option<u64> {
        (self.planned > 0).then(|| (self.done * 100 / self.planned).min(100))
    }
}

/// A file that somebody sent.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name as the browser says it: hostile.
    pub name: String,
    /// What it holds.
    pub bytes: Bytes,
}
