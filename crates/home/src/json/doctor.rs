//! `doctor --json`.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// What was looked at, and the one advice that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Doctor {
    /// The present instant by this machine's clock.
    pub now: Timestamp,
    /// Each thing that was looked at, the most basic first.
    pub checks: Vec<Check>,
    /// The one thing to do next.
    pub advice: String,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    /// What was looked at.
    pub part: Part,
    /// Which source, where there may be several.
    pub source: Option<String>,
    /// What was found.
    pub state: State,
    /// The same in words.
    pub said: String,
    /// What to do, where there is something.
    pub advice: Option<String>,
}

/// What is looked at, the most basic first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The configuration file.
    Configuration,
    /// The folder of the readings.
    Folder,
    /// Room on its disk.
    Disk,
    /// The database.
    Database,
    /// This machine's clock.
    Clock,
    /// The name of a source's host.
    Name,
    /// Its connection and certificate.
    Tls,
    /// The source itself.
    Source,
    /// Consents, accounts and tokens.
    Consent,
    /// Destinations.
    Outputs,
    /// Whether the daemon is at work.
    Daemon,
    /// The dashboard's door and port.
    Door,
    /// Whether yesterday is there.
    Yesterday,
    /// Where the log is.
    Log,
}

impl Part {
    /// The word in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Folder => "folder",
            Self::Disk => "disk",
            Self::Database => "database",
            Self::Clock => "clock",
            Self::Name => "name",
            Self::Tls => "tls",
            Self::Source => "source",
            Self::Consent => "consent",
            Self::Outputs => "outputs",
            Self::Daemon => "daemon",
            Self::Door => "door",
            Self::Yesterday => "yesterday",
            Self::Log => "log",
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// Could not be looked at, or there is nothing to look at.
    Skipped,
    /// It works, and something is to be known.
    Warning,
    /// It does not work.
    Failed,
}
