//! The two seasons of off-peak hours: summer and winter windows.
//!
//! The reform of 2025-2027 gives many usage points other windows in summer than
//! in winter; the dates are those of the regulator, not of the sky.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A season of off-peak hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Season {
    /// 1 April to 31 October.
    Summer,
    /// 1 November to 31 March.
    Winter,
}

impl Season {
    /// Both seasons, summer first.
    pub const ALL: [Self; 2] = [Self::Summer, Self::Winter];

    /// The season of a local day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use tariff::Season;
    /// assert_eq!(Season::of(date(2026, 10, 31)), Season::Summer);
    /// assert_eq!(Season::of(date(2026, 11, 1)), Season::Winter);
    /// assert_eq!(Season::of(date(2027, 3, 31)), Season::Winter);
    /// assert_eq!(Season::of(date(2027, 4, 1)), Season::Summer);
    /// ```
    pub fn of(day: Date) -> Self {
        match day.month() {
            4..=10 => Self::Summer,
            _ => Self::Winter,
        }
    }

    /// The name used in files, commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Summer => "summer",
            Self::Winter => "winter",
        }
    }
}

impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
