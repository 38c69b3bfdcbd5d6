//! `off-peak --json`: an expression as it is understood, and answers, one a line.

use meter::{Direction, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;
use tariff::Season;
use tariff::holidays::Zone;

use super::{DirectionWord, Prm};

/// What an expression means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Explained {
    /// The expression in its usual writing.
    pub expression: String,
    /// The zone whose public holidays count.
    #[schemars(with = "String")]
    pub holidays: Zone,
    /// The weeks it describes.
    pub weeks: Vec<Week>,
}

/// A week of a usage point, direction and season.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Week {
    /// The usage point (PRM); null: every one that has no part of its own.
    #[schemars(with = "Option<Prm>")]
    pub usage_point: Option<UsagePoint>,
    /// The direction; null: both.
    #[schemars(with = "Option<DirectionWord>")]
    pub direction: Option<Direction>,
    /// `summer` (1 April to 31 October) or `winter`; null: all year.
    #[schemars(with = "Option<String>")]
    pub season: Option<Season>,
    /// Monday to Sunday, in a week without public holidays.
    pub days: Vec<Day>,
    /// Off-peak ranges of public holidays; null: they are like other days.
    pub public_holidays: Option<Vec<String>>,
}

/// A day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Day {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: u8,
    /// Off-peak ranges `HH:MM-HH:MM` of the wall clock, within the day.
    pub ranges: Vec<String>,
    /// Off-peak minutes of the day.
    pub minutes: u16,
}

/// Whether an instant is off-peak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// The instant as it was asked.
    pub instant: String,
    /// Whether it is off-peak; null: this is no instant.
    pub off_peak: Option<bool>,
    /// The off-peak range `HH:MM-HH:MM` that holds it, over midnight if need be;
    /// null in peak hours. Off-peak for a day and more, it ends at midnight.
    pub range: Option<String>,
}
