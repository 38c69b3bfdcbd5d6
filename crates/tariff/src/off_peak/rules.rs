//! The rules an expression states, and which of them hold when.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::civil::Date;
use meter::{Direction, UsagePoint};

use super::error::ExpressionError;
use super::week::{Week, join};
use crate::holidays::Zone;
use crate::season::Season;
use crate::windows::Windows;

/// An expression understood: the general rules, and those of usage points,
/// which replace them.
///
/// ```
/// use jiff::civil::date;
/// use meter::Direction::Consumption;
/// use tariff::{OffPeakRules, holidays::Zone};
///
/// let rules: OffPeakRules = "HC (22H38-6H38)".parse().unwrap();
/// let day = rules.windows(None, Consumption, date(2026, 11, 20), Zone::Mainland);
/// assert_eq!(day.to_string(), "00:00-06:38 22:38-24:00");
///
/// let error = "12h".parse::<OffPeakRules>().unwrap_err();
/// assert_eq!(error.column(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffPeakRules {
    pub(super) general: Rules,
    pub(super) points: BTreeMap<UsagePoint, Rules>,
}

/// The rules of one usage point.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// For consumption, and for production that has none of its own.
    pub(super) common: Year,
    pub(super) production: Option<Year>,
}

/// A year: a season that has a week of its own replaces the usual one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Year {
    pub(super) usual: Week,
    pub(super) summer: Option<Week>,
    pub(super) winter: Option<Week>,
}

impl OffPeakRules {
    /// Off-peak minutes of a local day; `None` asks for the general rules.
    pub fn windows(
        &self,
        usage_point: impl Into<Option<UsagePoint>>,
        direction: Direction,
        day: Date,
        zone: Zone,
    ) -> Windows {
        self.rules(usage_point).year(direction).windows(day, zone)
    }

    /// The rules that hold for a usage point: its own, else the general ones.
    pub fn rules(&self, usage_point: impl Into<Option<UsagePoint>>) -> &Rules {
        let own = usage_point.into().and_then(|point| self.points.get(&point));
        own.unwrap_or(&self.general)
    }

    /// The usage points that have rules of their own.
    pub fn usage_points(&self) -> impl Iterator<Item = UsagePoint> {
        self.points.keys().copied()
    }

    pub(super) fn rules_mut(&mut self, usage_point: Option<UsagePoint>) -> &mut Rules {
        match usage_point {
            Some(point) => self.points.entry(point).or_default(),
            None => &mut self.general,
        }
    }
}

impl FromStr for OffPeakRules {
    type Err = ExpressionError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        super::read::read(text)
    }
}

impl Rules {
    /// The year of a direction. Production without a part of its own follows
    /// the common one.
    pub fn year(&self, direction: Direction) -> &Year {
        match (direction, &self.production) {
            (Direction::Production, Some(year)) => year,
            _ => &self.common,
        }
    }

    /// Whether production has a part of its own.
    pub fn has_production(&self) -> bool {
        self.production.is_some()
    }

    pub(super) fn year_mut(&mut self, production: bool) -> &mut Year {
        if production {
            self.production.get_or_insert_default()
        } else {
            &mut self.common
        }
    }
}

impl Year {
    /// Off-peak minutes of a local day.
    pub fn windows(&self, day: Date, zone: Zone) -> Windows {
        let week = self.week(Season::of(day));
        let own = week.own(week.named(day, zone));
        let yesterday = day.yesterday().ok();
        // The night of 31 March is winter's, also after midnight.
        let night = yesterday.and_then(|day| self.week(Season::of(day)).named(day, zone));
        join(own, night)
    }

    /// The week of a season.
    pub fn week(&self, season: Season) -> &Week {
        let own = match season {
            Season::Summer => &self.summer,
            Season::Winter => &self.winter,
        };
        own.as_ref().unwrap_or(&self.usual)
    }

    /// Whether summer and winter differ.
    pub fn is_seasonal(&self) -> bool {
        self.week(Season::Summer) != self.week(Season::Winter)
    }

    pub(super) fn week_mut(&mut self, season: Option<Season>) -> &mut Week {
        match season {
            Some(Season::Summer) => self.summer.get_or_insert_default(),
            Some(Season::Winter) => self.winter.get_or_insert_default(),
            None => &mut self.usual,
        }
    }
}
