//! What else the meter records: daily energy, daily maximum power, registers.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// Which way the energy flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Drawn from the grid (*soutirage*).
    Consumption,
    /// Fed into the grid (*injection*).
    Production,
}

impl Direction {
    /// Both directions, consumption first.
    pub const ALL: [Self; 2] = [Self::Consumption, Self::Production];

    /// The name used in files, commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consumption => "consumption",
            Self::Production => "production",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The four kinds of data that Enedis publishes for a usage point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The load curve: mean power per step.
    Curve,
    /// Energy per local day.
    Daily,
    /// Highest apparent power of each local day.
    Maximum,
    /// Register readings at the start of each local day (2026 API and files only).
    Index,
}

impl Kind {
    /// All kinds, in the order in which they are worth asking.
    pub const ALL: [Self; 4] = [Self::Daily, Self::Curve, Self::Maximum, Self::Index];

    /// The name used in files, commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Curve => "curve",
            Self::Daily => "daily",
            Self::Maximum => "maximum",
            Self::Index => "index",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The energy of one local day, in watt-hours, as Enedis states it.
///
/// Since the 2026 API this is the difference of two register readings, and the
/// authority for the day: the curve gives the detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyEnergy {
    /// The local day.
    pub day: Date,
    /// Energy in Wh.
    pub watt_hours: u64,
}

/// Which phase a maximum belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The whole connection (`PMA`).
    All,
    /// Phase 1 (`PMA1`).
    One,
    /// Phase 2 (`PMA2`).
    Two,
    /// Phase 3 (`PMA3`).
    Three,
}

impl Phase {
    /// 0 for the whole connection, else the phase's number.
    pub fn number(self) -> u8 {
        match self {
            Self::All => 0,
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }

    /// The phase of a number from 0 to 3.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::All, Self::One, Self::Two, Self::Three]
            .get(usize::from(number))
            .copied()
    }
}

/// The instant of a daily maximum, as far as its local stamp can tell it.
///
/// The stamp carries no offset, and a maximum comes alone: in the repeated
/// autumn hour nothing orders it, so both instants are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "certainty")]
pub enum PeakInstant {
    /// The one instant this stamp can mean.
    Known {
        /// The instant.
        at: Timestamp,
    },
    /// Summer or winter reading of the repeated hour.
    Either {
        /// Read as summer time.
        earlier: Timestamp,
        /// Read as winter time.
        later: Timestamp,
    },
}

impl PeakInstant {
    /// The instant of a local stamp. `None` in the hour that spring skips.
    pub fn from_local(stamp: DateTime) -> Option<Self> {
        match crate::paris::instants(stamp) {
            crate::paris::Instants::One(at) => Some(Self::Known { at }),
            crate::paris::Instants::Two(earlier, later) => Some(Self::Either { earlier, later }),
            crate::paris::Instants::None => None,
        }
    }

    /// The only instant, or the earlier one.
    pub fn earliest(self) -> Timestamp {
        match self {
            Self::Known { at } => at,
            Self::Either { earlier, .. } => earlier,
        }
    }
}

/// The highest apparent power of one local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyMaximum {
    /// The local day.
    pub day: Date,
    /// The phase, or the whole connection.
    pub phase: Phase,
    /// Apparent power in VA (mean over one second).
    pub volt_amperes: u32,
    /// When it was reached.
    pub at: PeakInstant,
}

/// A register reading: the counter of one class at the start of a local day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The local day that begins at the reading.
    pub day: Date,
    /// Calendar of the register: supplier's or distributor's identifier, empty for the total.
    pub calendar: String,
    /// Temporal class (`HC`, `HP`, `BUHC`…), empty for the total.
    pub class: String,
    /// Energy counted since the meter was set, in Wh.
    pub watt_hours: u64,
}
