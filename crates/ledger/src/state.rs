//! The ledger's vocabulary: series, day states, verdicts.

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, Granularity, Kind, UsagePoint};
use serde::{Deserialize, Serialize};

/// One line of data of one usage point: which way, and what kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeriesKey {
    /// Whose.
    pub usage_point: UsagePoint,
    /// Which way the energy flows.
    pub direction: Direction,
    /// What is measured.
    pub kind: Kind,
}

/// What is known about one local day of one series. A day without a record was
/// never asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// Everything the day can hold is held.
    Complete,
    /// Some of the day is held.
    Partial,
    /// Nothing is held; the source may still publish it.
    Awaited,
    /// Nothing is held, and the source is not expected to publish it any more.
    AbsentAtSource,
    /// The source refuses; the reason says why.
    Refused,
    /// The day lies before the usage point was put into service.
    BeforeActivation,
    /// The day lies before what the source still keeps.
    BeyondHistory,
}

impl DayState {
    /// Every state, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Complete,
        Self::Partial,
        Self::Awaited,
        Self::AbsentAtSource,
        Self::Refused,
        Self::BeforeActivation,
        Self::BeyondHistory,
    ];

    /// The number stored in the file. Numbers are never reused.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Complete => 1,
            Self::Partial => 2,
            Self::Awaited => 3,
            Self::AbsentAtSource => 4,
            Self::Refused => 5,
            Self::BeforeActivation => 6,
            Self::BeyondHistory => 7,
        }
    }

    pub(crate) fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The name used in JSON and in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Awaited => "awaited",
            Self::AbsentAtSource => "absent_at_source",
            Self::Refused => "refused",
            Self::BeforeActivation => "before_activation",
            Self::BeyondHistory => "beyond_history",
        }
    }
}

/// A day's state as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRecord {
    /// The local day.
    pub day: Date,
    /// Its state.
    pub state: DayState,
    /// Why, as the code of a problem (`no-data`, `before-activation`, `holes`…).
    pub reason: Option<String>,
    /// Who said so: the name of a source, or `import`.
    pub source: String,
    /// When it was said.
    pub said_at: Timestamp,
    /// When to ask again; `None`: never by itself.
    pub ask_at: Option<Timestamp>,
}

/// How much of a day is held once new readings have joined the old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Minutes covered by the curve; for daily kinds the whole day or 0.
    pub minutes: u32,
    /// Minutes of the day: 1380, 1440 or 1500.
    pub day_minutes: u32,
}

impl Coverage {
    /// Whether every minute is covered.
    pub fn is_complete(self) -> bool {
        self.minutes >= self.day_minutes
    }

    /// Whether nothing is held.
    pub fn is_empty(self) -> bool {
        self.minutes == 0
    }
}

/// What the collector makes of a day, given its coverage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The state.
    pub state: DayState,
    /// Why, where the state alone does not say.
    pub reason: Option<String>,
    /// When to ask again.
    pub ask_at: Option<Timestamp>,
}

impl Verdict {
    /// A day that needs nothing more.
    pub fn complete() -> Self {
        Self {
            state: DayState::Complete,
            reason: None,
            ask_at: None,
        }
    }
}

/// What one write changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Written {
    /// Readings that were new.
    pub inserted: usize,
    /// Readings whose value changed; the old value is a revision.
    pub revised: usize,
    /// Readings that were already held as they are.
    pub unchanged: usize,
    /// Day records that are new or changed.
    pub days: usize,
}

impl Written {
    /// Readings added or changed.
    pub fn rows(self) -> usize {
        self.inserted + self.revised
    }
}

impl std::ops::AddAssign for Written {
    fn add_assign(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.revised += other.revised;
        self.unchanged += other.unchanged;
        self.days += other.days;
    }
}

/// How the last attempts at a series ended, and when the next may be made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeriesNote {
    /// The last answer with data or a plain "no data".
    pub succeeded_at: Option<Timestamp>,
    /// The problem that stands, as the collector serialises it; `None` when the last call went well.
    pub problem: Option<serde_json::Value>,
    /// Since when.
    pub problem_at: Option<Timestamp>,
    /// Failures in a row, for the back-off.
    pub failures: u32,
    /// No call before this instant.
    pub ask_at: Option<Timestamp>,
    /// The last day known to lie before the activation.
    pub inactive_until: Option<Date>,
}

/// What a source says about the contract and the meter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractRecord {
    /// The facts, as the collector serialises them.
    pub facts: serde_json::Value,
    /// Who said so.
    pub source: String,
    /// When.
    pub said_at: Timestamp,
}

/// One of the answers about a contract, and when it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractVersion {
    /// The facts, as the collector serialises them.
    pub facts: serde_json::Value,
    /// Who said so.
    pub source: String,
    /// When it was first said.
    pub first_said_at: Timestamp,
    /// When it was last said.
    pub last_said_at: Timestamp,
}

/// How the last questions about a calendar's colours ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColourNote {
    /// When they were asked.
    pub asked_at: Timestamp,
    /// When the next may be.
    pub ask_at: Timestamp,
    /// From which day on the past was last searched for unknown days, and when.
    pub searched: Option<(Date, Timestamp)>,
    /// How many times in a row no source answered.
    pub failures: u32,
    /// What went wrong, as the collector serialises it.
    pub problems: serde_json::Value,
}

/// A month's or year's energy as a source states it itself, kept beside our sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTotal {
    /// Month or year.
    pub granularity: Granularity,
    /// First day of the period.
    pub first: Date,
    /// Energy in Wh.
    pub watt_hours: u64,
    /// Who said so.
    pub source: String,
    /// When.
    pub said_at: Timestamp,
}

/// How many days of a series are in each state, and what they span.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StateCounts {
    /// First day of which something is held.
    pub first_held: Option<Date>,
    /// Last day of which something is held.
    pub last_held: Option<Date>,
    /// Days per state; states without a day are left out.
    pub days: std::collections::BTreeMap<DayState, u32>,
    /// The earliest instant at which some day is to be asked again.
    pub ask_at: Option<Timestamp>,
}

impl StateCounts {
    /// Days in a state.
    pub fn of(&self, state: DayState) -> u32 {
        self.days.get(&state).copied().unwrap_or(0)
    }
}
