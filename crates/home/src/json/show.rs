//! `show --json`.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::DayState;
use meter::{Direction, Granularity, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;

use super::{DirectionWord, GranularityWord, Prm, StateWord};

/// What was asked for, of each usage point and direction in turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shown<T> {
    /// One entry per usage point and direction.
    pub usage_points: Vec<T>,
}

/// Whose readings an entry shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Subject {
    /// The usage point (PRM).
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// Its name in the configuration.
    pub name: Option<String>,
    /// Which way the energy flows.
    #[schemars(with = "DirectionWord")]
    pub direction: Direction,
}

/// One local day of one usage point and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Day {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// The local day.
    pub day: Date,
    /// Its length: 1380, 1440 or 1500 minutes.
    pub minutes: u32,
    /// The day's energy in Wh as Enedis states it.
    pub watt_hours: Option<u64>,
    /// The sum of the intervals in W·min; 0 when there is none.
    pub curve_watt_minutes: u64,
    /// Minutes that an interval covers.
    pub curve_minutes: u32,
    /// Enedis' energy less the curve's, in W·min; null unless the curve is
    /// complete and the energy is held.
    pub difference_watt_minutes: Option<i64>,
    /// What is known of the day's curve; null: never asked.
    pub curve_state: Option<StateNote>,
    /// What is known of the day's energy; null: never asked.
    pub daily_state: Option<StateNote>,
    /// Parts of the day without an interval.
    pub holes: Vec<Hole>,
    /// The intervals, oldest first.
    pub intervals: Vec<Interval>,
}

/// A state of a day, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StateNote {
    /// The state.
    #[schemars(with = "StateWord")]
    pub state: DayState,
    /// Why, as a code.
    pub reason: Option<String>,
}

/// Minutes without an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hole {
    /// Where it begins.
    pub from: Timestamp,
    /// Where it ends.
    pub to: Timestamp,
}

/// One interval of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Interval {
    /// Where it begins.
    pub start: Timestamp,
    /// How long it lasts, in minutes.
    pub step_minutes: u16,
    /// Mean power in W.
    pub watts: u32,
}

/// A week, month or year of one usage point and direction. Nothing missing is
/// ever estimated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Period {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// How long a period.
    #[schemars(with = "GranularityWord")]
    pub granularity: Granularity,
    /// The whole period.
    #[serde(flatten)]
    pub total: Total,
    /// The period's own total as a source states it.
    pub source_total: Option<SourceTotal>,
    /// Its days, or the months of a year.
    pub parts: Vec<Part>,
}

/// Sums over whole local days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Total {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Days.
    pub days: u32,
    /// Days that are not over yet.
    pub days_to_come: u32,
    /// Days whose energy is held.
    pub days_held: u32,
    /// Sum of the daily energies that are held, in Wh; null when none is.
    pub watt_hours: Option<u64>,
    /// Whether some day's energy is not held.
    pub partial: bool,
    /// Days whose curve is complete.
    pub curve_days_complete: u32,
    /// Days of whose curve some is held, not all.
    pub curve_days_partial: u32,
    /// Sum of the intervals in W·min; null when there is none.
    pub curve_watt_minutes: Option<u64>,
}

/// A day of a week or month, or a month of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Part {
    /// Its sums.
    #[serde(flatten)]
    pub total: Total,
    /// For a day: what is known of its energy, else of its curve; null: never asked.
    pub state: Option<StateNote>,
}

/// A period's energy as a source states it itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceTotal {
    /// Energy in Wh.
    pub watt_hours: u64,
    /// Who said so.
    pub source: String,
    /// When.
    pub said_at: Timestamp,
    /// The source's figure less ours, in Wh; null while ours is partial.
    pub difference_watt_hours: Option<i64>,
}

/// Every year of which some day's energy is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Years {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// Oldest first.
    pub years: Vec<YearTotal>,
}

/// The daily energies of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct YearTotal {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Days.
    pub days: u32,
    /// Days whose energy is held.
    pub days_held: u32,
    /// Sum of the daily energies that are held, in Wh.
    pub watt_hours: u64,
    /// Whether some day's energy is not held.
    pub partial: bool,
}

/// Daily maxima of one usage point and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Maxima {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// First day shown.
    pub first: Date,
    /// Last day shown.
    pub last: Date,
    /// Subscribed power in VA, where the contract is known.
    pub subscribed_power_va: Option<u32>,
    /// The highest of the maxima of the whole connection.
    pub highest: Option<Maximum>,
    /// By day and phase.
    pub maxima: Vec<Maximum>,
}

/// The highest apparent power of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Maximum {
    /// The local day.
    pub day: Date,
    /// 0 for the whole connection, else the number of a phase.
    pub phase: u8,
    /// Apparent power in VA.
    pub volt_amperes: u32,
    /// When it was reached.
    pub at: Timestamp,
    /// The other instant that it can mean, in the repeated autumn hour.
    pub at_later: Option<Timestamp>,
}

impl Interval {
    /// Where it ends.
    pub fn end(&self) -> Timestamp {
        self.start + SignedDuration::from_mins(i64::from(self.step_minutes))
    }
}
