//! `status --json`.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, Kind, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;

use super::{DirectionWord, KindWord, Prm};

/// What is held and lacking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Status {
    /// The present instant.
    pub now: Timestamp,
    /// Folder of the readings.
    #[schemars(with = "String")]
    pub data_dir: PathBuf,
    /// Size of the ledger in bytes with its side files; null: there is none yet.
    pub file_bytes: Option<u64>,
    /// Who writes now.
    pub writer: Option<Writer>,
    /// Sources that are left in peace for a while.
    pub pauses: Vec<Pause>,
    /// Each usage point that is held or configured.
    pub usage_points: Vec<UsagePointStatus>,
}

/// The process that writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Writer {
    /// Its number, 0 when unknown.
    pub pid: u32,
    /// Its command.
    pub command: String,
}

/// Why and until when a source is left in peace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pause {
    /// The source's name.
    pub source: String,
    /// Why.
    pub problem: Option<Trouble>,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// A problem in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Trouble {
    /// Its stable code.
    pub code: String,
    /// What it means.
    pub explanation: String,
    /// What to do.
    pub advice: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

/// One usage point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UsagePointStatus {
    /// The usage point (PRM).
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// Its name in the configuration.
    pub name: Option<String>,
    /// What is known of its contract.
    pub contract: Option<Contract>,
    /// Why its contract could not be read.
    pub contract_problem: Option<Trouble>,
    /// Each direction and kind that was asked or imported.
    pub series: Vec<SeriesStatus>,
}

/// Facts of a contract that matter to a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Contract {
    /// Subscribed power in VA.
    pub subscribed_power_va: Option<u32>,
    /// Off-peak windows as Enedis writes them.
    pub off_peak_text: Option<String>,
    /// Distribution tariff.
    pub distribution_tariff: Option<String>,
    /// Segment, such as `C5`.
    pub segment: Option<String>,
    /// When consumption was last activated.
    pub consumption_activated: Option<Date>,
    /// When production was last activated.
    pub production_activated: Option<Date>,
    /// Who said so.
    pub source: String,
    /// When.
    pub said_at: Timestamp,
}

/// One direction and kind of one usage point. The counts are local days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SeriesStatus {
    /// Which way the energy flows.
    #[schemars(with = "DirectionWord")]
    pub direction: Direction,
    /// What is measured.
    #[schemars(with = "KindWord")]
    pub kind: Kind,
    /// First day of which something is held.
    pub first: Option<Date>,
    /// Last day of which something is held.
    pub last: Option<Date>,
    /// Days that are complete.
    pub complete: u32,
    /// Days of which some is held.
    pub partial: u32,
    /// Days that may still be published.
    pub awaited: u32,
    /// Days that the source does not have.
    pub absent_at_source: u32,
    /// Days that the source refuses.
    pub refused: u32,
    /// Days before the service began.
    pub before_activation: u32,
    /// Days before what the source keeps.
    pub beyond_history: u32,
    /// Days between the first and the last held that were never asked.
    pub never_asked: u32,
    /// The last answer that went well.
    pub succeeded_at: Option<Timestamp>,
    /// The problem that stands.
    pub problem: Option<Trouble>,
    /// When the source is next asked about a day that lacks something.
    pub next_call: Option<Timestamp>,
}
