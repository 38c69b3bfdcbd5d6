//! `export json`, and the report of an export into a file.
//!
//! Exports are written row by row: these structures give their schemas, and
//! [`Frame`] the part before the rows.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::DayState;
use meter::{Direction, Kind, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;

use super::show::{Interval, Maximum};
use super::{DirectionWord, KindWord, Prm, StateWord};

/// What comes before the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Frame {
    /// The usage point (PRM).
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// Which way the energy flows.
    #[schemars(with = "DirectionWord")]
    pub direction: Direction,
}

macro_rules! exports {
    ($($(#[$doc:meta])+ $name:ident: $row:ty;)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Serialize, JsonSchema)]
        pub struct $name {
            /// Whose.
            #[serde(flatten)]
            pub frame: Frame,
            /// Oldest first.
            pub rows: Vec<$row>,
        }
    )+};
}

exports! {
    /// `export json --kind curve`.
    CurveExport: Interval;
    /// `export json --kind daily`.
    DailyExport: DailyRow;
    /// `export json --kind maximum`.
    MaximumExport: Maximum;
    /// `export json --kind index`.
    IndexExport: IndexRow;
    /// `export json --kind days`.
    DaysExport: DayRow;
}

/// The energy of a day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DailyRow {
    /// The local day.
    pub day: Date,
    /// Energy in Wh.
    pub watt_hours: u64,
}

/// A register at the beginning of a day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndexRow {
    /// The local day that begins at the reading.
    pub day: Date,
    /// Calendar of the register, empty for the total.
    pub calendar: String,
    /// Temporal class, empty for the total.
    pub class: String,
    /// Energy counted since the meter was set, in Wh.
    pub watt_hours: u64,
}

/// What is known of a day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DayRow {
    /// The local day.
    pub day: Date,
    /// Of which kind of data.
    #[schemars(with = "KindWord")]
    pub kind: Kind,
    /// Its state.
    #[schemars(with = "StateWord")]
    pub state: DayState,
    /// Why, as a code.
    pub reason: Option<String>,
    /// Who said so.
    pub source: String,
    /// When.
    pub said_at: Timestamp,
    /// When to ask again; null: never by itself.
    pub ask_at: Option<Timestamp>,
}

/// `export --output FILE --json`: what was written where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Exported {
    /// The file.
    #[schemars(with = "String")]
    pub file: PathBuf,
    /// Rows without the heading.
    pub rows: u64,
}
