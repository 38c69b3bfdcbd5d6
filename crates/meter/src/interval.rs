//! The neutral interval and exact energy.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The length of an interval, in whole minutes: 5, 10, 15, 30 or 60.
///
/// The step is read from each point; it changes over the years and even inside
/// one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Step(u16);

impl Step {
    /// Five minutes, the shortest step of the 2026 API description.
    pub const FIVE: Self = Self(5);
    /// Ten minutes.
    pub const TEN: Self = Self(10);
    /// A quarter of an hour.
    pub const QUARTER: Self = Self(15);
    /// Half an hour, the usual step.
    pub const HALF_HOUR: Self = Self(30);
    /// An hour.
    pub const HOUR: Self = Self(60);

    /// The step of that many minutes, when a meter can have it.
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        matches!(minutes, 5 | 10 | 15 | 30 | 60).then_some(Self(minutes))
    }

    /// The step written as an ISO 8601 duration: `PT30M`, `PT60M`, `PT1H`.
    ///
    /// ```
    /// assert_eq!(meter::Step::from_iso("PT30M"), Some(meter::Step::HALF_HOUR));
    /// assert_eq!(meter::Step::from_iso("PT1H"), Some(meter::Step::HOUR));
    /// assert_eq!(meter::Step::from_iso("P1D"), None);
    /// ```
    pub fn from_iso(text: &str) -> Option<Self> {
        match text {
            "PT30M" => Some(Self::HALF_HOUR),
            "PT60M" | "PT1H" => Some(Self::HOUR),
            "PT15M" => Some(Self::QUARTER),
            "PT10M" => Some(Self::TEN),
            "PT5M" | "PT05M" => Some(Self::FIVE),
            _ => None,
        }
    }

    /// The step as Enedis writes it.
    pub fn iso(self) -> &'static str {
        match self.0 {
            5 => "PT5M",
            10 => "PT10M",
            15 => "PT15M",
            30 => "PT30M",
            _ => "PT60M",
        }
    }

    /// Minutes.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// The step as a duration.
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.0))
    }
}

impl TryFrom<u16> for Step {
    type Error = String;
    fn try_from(minutes: u16) -> Result<Self, Self::Error> {
        Self::from_minutes(minutes).ok_or_else(|| format!("no meter has a step of {minutes} min"))
    }
}

impl From<Step> for u16 {
    fn from(step: Step) -> Self {
        step.0
    }
}

/// The mean power over one step: what the meter recorded, placed in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// The instant at which the interval begins.
    pub start: Timestamp,
    /// How long it lasts.
    pub step: Step,
    /// Mean active power over the step, in watts.
    pub watts: u32,
}

impl Interval {
    /// The instant at which the interval ends.
    pub fn end(&self) -> Timestamp {
        let end = self.start.checked_add(self.step.duration());
        end.unwrap_or(Timestamp::MAX)
    }

    /// Its energy, exactly.
    pub fn energy(&self) -> WattMinutes {
        WattMinutes(u64::from(self.watts) * u64::from(self.step.0))
    }
}

/// Energy in watt-minutes: watts × minutes is always a whole number of them.
///
/// ```
/// use meter::WattMinutes;
/// assert_eq!(WattMinutes(254 * 30).watt_hours(), Some(127));
/// assert_eq!(WattMinutes(1).watt_hours(), None);
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct WattMinutes(pub u64);

impl WattMinutes {
    /// Energy of a whole number of watt-hours.
    pub fn from_watt_hours(watt_hours: u64) -> Self {
        Self(watt_hours * 60)
    }

    /// Whole watt-hours, only when nothing is lost.
    pub fn watt_hours(self) -> Option<u64> {
        self.0.is_multiple_of(60).then_some(self.0 / 60)
    }

    /// Watt-hours rounded to the nearest, for people to read.
    pub fn watt_hours_rounded(self) -> u64 {
        (self.0 + 30) / 60
    }
}

impl Add for WattMinutes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for WattMinutes {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sum for WattMinutes {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self(0), Add::add)
    }
}

impl fmt::Display for WattMinutes {
    /// Kilowatt-hours with three decimals, rounded once.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let watt_hours = self.watt_hours_rounded();
        write!(f, "{}.{:03} kWh", watt_hours / 1000, watt_hours % 1000)
    }
}
