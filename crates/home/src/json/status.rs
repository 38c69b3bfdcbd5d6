//! `status --json`.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayState, NoticeKind};
use meter::{Direction, Kind, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;

use super::colours::ColourStatus;
use super::{DirectionWord, KindWord, NoticeWord, Prm, StateWord, WhoWord};

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
    /// What concerns everybody or a whole source.
    pub notices: Vec<NoticeStatus>,
    /// Sources that are left in peace for a while.
    pub pauses: Vec<Pause>,
    /// The colours of days, where an offer needs them or some are held.
    pub colours: Vec<ColourStatus>,
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
    /// What follows from it for the history.
    pub consequence: String,
    /// What to do.
    pub advice: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

/// Whose doing it is that something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// Enedis has not published, is closed or out of order.
    Enedis,
    /// The gateway in between.
    Gateway,
    /// The consent is lacking, in doubt or over.
    Consent,
    /// Something on this side that a person can cure.
    You,
    /// Relevé itself.
    Releve,
}

impl Who {
    /// The word in JSON and in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enedis => "enedis",
            Self::Gateway => "gateway",
            Self::Consent => "consent",
            Self::You => "you",
            Self::Releve => "releve",
        }
    }
}

/// Whether yesterday is there, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Yesterday {
    /// The local day.
    pub day: Date,
    /// Whether its curve or its energy is missing.
    pub is_missing: bool,
    /// Whose doing that is.
    #[schemars(with = "Option<WhoWord>")]
    pub who: Option<Who>,
    /// All of it in one sentence, with the next try.
    pub sentence: String,
    /// What follows from it.
    pub consequence: Option<String>,
    /// What to do.
    pub advice: Option<String>,
    /// When it is tried again; null: not by itself.
    pub next_try: Option<Timestamp>,
}

/// What stands and concerns a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoticeStatus {
    /// What it is about.
    #[schemars(with = "NoticeWord")]
    pub kind: NoticeKind,
    /// The source or destination.
    pub source: String,
    /// The usage point; null: all of the source.
    #[schemars(with = "Option<Prm>")]
    pub usage_point: Option<UsagePoint>,
    /// What happened.
    pub explanation: String,
    /// What follows from it.
    pub consequence: String,
    /// What to do.
    pub advice: String,
    /// Since when it stands.
    pub since: Timestamp,
    /// When it ends.
    pub until: Option<Timestamp>,
    /// Where a person goes to act.
    pub link: Option<String>,
    /// What the person types there.
    pub code: Option<String>,
}

/// A consent that is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Consent {
    /// Since when.
    pub since: Timestamp,
    /// When it ends, where that is known.
    pub ends: Option<Timestamp>,
}

/// How many of the last days are complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Completeness {
    /// Complete days.
    pub complete: u32,
    /// Days that can be: those before the service began, or before what Enedis
    /// keeps, are left out.
    pub expected: u32,
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
    /// Yesterday; null where no source is asked about this usage point.
    pub yesterday: Option<Yesterday>,
    /// The consent under which it is asked, where it is known here.
    pub consent: Option<Consent>,
    /// What concerns this usage point.
    pub notices: Vec<NoticeStatus>,
    /// Calls made about it today, contracts included.
    pub calls_today: u32,
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
    /// The state of yesterday; null: never asked.
    #[schemars(with = "Option<StateWord>")]
    pub yesterday: Option<DayState>,
    /// The last 30 days.
    pub last_30_days: Completeness,
    /// The last 365 days.
    pub last_365_days: Completeness,
    /// Calls made about it today.
    pub calls_today: u32,
    /// The last answer that went well.
    pub succeeded_at: Option<Timestamp>,
    /// The problem that stands.
    pub problem: Option<Trouble>,
    /// When the source is next asked: about a day that lacks something, else about
    /// the next days. None where nothing is asked by itself, such as while a consent
    /// lacks.
    pub next_call: Option<Timestamp>,
}
