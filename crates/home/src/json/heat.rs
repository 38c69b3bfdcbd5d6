//! Hours by days: the energy of each hour of some days.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::show::Subject;

/// The hours of a run of days of one usage point and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Heat {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// The first local day.
    pub first: Date,
    /// The last local day.
    pub last: Date,
    /// Each day, in order.
    pub days: Vec<HeatDay>,
    /// Each month of which some day is there, in order.
    pub months: Vec<HeatMonth>,
}

/// The hours of a local day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeatDay {
    /// The local day.
    pub day: Date,
    /// Energy in W·min of each of its hours, from midnight to midnight: 23, 24
    /// or 25; null where not every minute of the hour is held.
    pub hours: Vec<Option<u64>>,
}

/// The hours of the clock over a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeatMonth {
    /// The month's first day.
    pub month: Date,
    /// What the clock's hours 0 to 23 hold together.
    pub hours: Vec<HourSum>,
}

/// An hour of the clock over some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HourSum {
    /// Energy in W·min of the hours that are held whole.
    pub watt_minutes: u64,
    /// How many of them.
    pub hours: u32,
}

impl HourSum {
    /// The mean energy of such an hour in Wh, rounded once; none without any.
    ///
    /// ```
    /// let sum = home::json::heat::HourSum { watt_minutes: 60 * 1_001, hours: 2 };
    /// assert_eq!(sum.mean_watt_hours(), Some(501));
    /// ```
    pub fn mean_watt_hours(&self) -> Option<u64> {
        let minutes = u64::from(self.hours) * 60;
        (minutes > 0).then(|| (self.watt_minutes + minutes / 2) / minutes)
    }
}
