//! The rules an expression states, and which of them hold when.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::civil::Date;
use meter::{Direction, UsagePoint};

use super::error::ExpressionError;
use super::week::{Week, join};
use crate::holidays::Zone;
use crate::season::Season;
use crate::windows::{DAY, MinuteRange, Windows};

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

    /// The off-peak range that holds a wall-clock minute of a local day, as two
    /// minutes of the day; a night is one range, so that it may end before it
    /// begins: `(1358, 398)` is 22:38 to 06:38.
    pub fn range_at(&self, day: Date, minute: u16, zone: Zone) -> Option<(u16, u16)> {
        let range = self.windows(day, zone).range_at(minute)?;
        let on = |day: Option<Date>| day.map(|day| self.windows(day, zone));
        let before = match range.from() {
            0 => on(day.yesterday().ok()).and_then(|before| before.range_at(DAY - 1)),
            _ => None,
        };
        let after = match range.to() {
            DAY => on(day.tomorrow().ok()).and_then(|after| after.range_at(0)),
            _ => None,
        };
        let from = before.map_or(range.from(), MinuteRange::from);
        let to = after.map_or(range.to(), MinuteRange::to);
        // Off-peak for a day and more: only this day's part can be told.
        let night = from > to;
        Some(if night {
            (from, to)
        } else {
            (range.from(), range.to())
        })
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_range_of_a_minute_is_the_whole_night_seen_from_both_sides_of_midnight() {
        let range = |text: &str, minute| {
            let rules: OffPeakRules = text.parse().unwrap();
            let year = rules.rules(None).year(Direction::Consumption).clone();
            // A Saturday.
            year.range_at(date(2026, 11, 21), minute, Zone::Mainland)
        };
        let night = Some((1358, 398));
        assert_eq!(range("22h38-6h38", 1400), night);
        assert_eq!(range("22h38-6h38", 10), night);
        assert_eq!(range("22h38-6h38", 700), None);
        assert_eq!(range("12h-14h", 730), Some((720, 840)));
        assert_eq!(range("0h-24h", 730), Some((0, 1440)));
        assert_eq!(range("weekend 0h-24h", 730), Some((0, 1440)));
        assert_eq!(
            range("samedi 20h-24h dimanche 0h-3h", 1300),
            Some((1200, 180))
        );
    }
}
