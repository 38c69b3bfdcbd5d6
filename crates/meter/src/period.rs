//! Hours, days, weeks, months and years of the local calendar, and their sums.
//!
//! Month and year are the sum of Enedis' own daily totals. A period with a
//! missing day says so and is never extrapolated.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::interval::{Interval, WattMinutes};
use crate::paris;

/// The length of a period of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// One local day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// A calendar period of whole local days.
///
/// ```
/// use jiff::civil::date;
/// use meter::{Granularity, Period};
/// let week = Period::containing(Granularity::Week, date(2026, 11, 21));
/// assert_eq!((week.first(), week.end()), (date(2026, 11, 16), date(2026, 11, 23)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    granularity: Granularity,
    first: Date,
}

impl Period {
    /// The period of that length that a day falls in.
    pub fn containing(granularity: Granularity, day: Date) -> Self {
        let first = match granularity {
            Granularity::Day => day,
            Granularity::Week => {
                paris::add_days(day, -i32::from(day.weekday().since(Weekday::Monday)))
            }
            Granularity::Month => day.first_of_month(),
            Granularity::Year => date(day.year(), 1, 1),
        };
        Self { granularity, first }
    }

    /// How long the period is.
    pub fn granularity(self) -> Granularity {
        self.granularity
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The day after its last.
    pub fn end(self) -> Date {
        match self.granularity {
            Granularity::Day => self.first.saturating_add(1.day()),
            Granularity::Week => self.first.saturating_add(7.days()),
            Granularity::Month => self.first.saturating_add(1.month()),
            Granularity::Year => self.first.saturating_add(1.year()),
        }
    }

    /// Its days, in order.
    pub fn days(self) -> impl DoubleEndedIterator<Item = Date> {
        paris::days(self.first, self.end())
    }

    /// The instant at which it begins.
    pub fn start_instant(self) -> Timestamp {
        paris::day_start(self.first)
    }

    /// The instant at which it ends.
    pub fn end_instant(self) -> Timestamp {
        paris::day_start(self.end())
    }
}

/// The sum of the daily totals of a period, and how much of it they cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodTotal {
    /// The period.
    pub period: Period,
    /// Sum of the daily totals that are held, in Wh.
    pub watt_hours: u64,
    /// Days whose total is held.
    pub days_held: u32,
    /// Days of the period.
    pub days: u32,
}

impl PeriodTotal {
    /// Whether some day of the period has no total.
    pub fn is_partial(&self) -> bool {
        self.days_held < self.days
    }

    /// How far a source's own figure for the period is from ours, in Wh;
    /// `None` while ours is partial, since the two then speak of different days.
    pub fn difference(&self, source_watt_hours: u64) -> Option<i64> {
        (!self.is_partial()).then(|| source_watt_hours as i64 - self.watt_hours as i64)
    }
}

/// Sums daily totals (Wh) over a period.
pub fn total(period: Period, daily: &BTreeMap<Date, u64>) -> PeriodTotal {
    let held = daily.range(period.first()..period.end());
    let (watt_hours, days_held) = held.fold((0, 0), |(sum, n), (_, wh)| (sum + wh, n + 1));
    PeriodTotal {
        period,
        watt_hours,
        days_held,
        days: paris::days_between(period.first(), period.end()).unsigned_abs(),
    }
}

/// The energy of one hour of the local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourTotal {
    /// The instant at which the hour begins.
    pub start: Timestamp,
    /// Energy of the minutes that are covered.
    pub energy: WattMinutes,
    /// Covered minutes, 60 when the hour is complete.
    pub minutes: u32,
}

/// Sums intervals by clock hour, pro-rated by the minute where a step crosses one.
///
/// Paris is always a whole number of hours from UTC, so that clock hours begin
/// at whole hours of UTC; hours without any interval are left out.
pub fn hours(intervals: &[Interval]) -> Vec<HourTotal> {
    let mut hours: BTreeMap<i64, (u64, u32)> = BTreeMap::new();
    for interval in intervals {
        let end = interval.end().as_second();
        let mut at = interval.start.as_second();
        while at < end {
            let hour = at.div_euclid(3600);
            let until = end.min((hour + 1) * 3600);
            let minutes = ((until - at) / 60) as u32;
            let entry = hours.entry(hour).or_default();
            entry.0 += u64::from(interval.watts) * u64::from(minutes);
            entry.1 += minutes;
            at = until;
        }
    }
    hours
        .into_iter()
        .filter_map(|(hour, (energy, minutes))| {
            Some(HourTotal {
                start: Timestamp::from_second(hour * 3600).ok()?,
                energy: WattMinutes(energy),
                minutes,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Step;

    #[test]
    fn a_month_with_a_missing_day_is_partial_and_not_extrapolated() {
        let month = Period::containing(Granularity::Month, date(2024, 2, 10));
        let mut daily: BTreeMap<_, _> = month.days().map(|day| (day, 1000)).collect();
        assert_eq!(total(month, &daily).watt_hours, 29_000);
        assert!(!total(month, &daily).is_partial());
        assert_eq!(total(month, &daily).difference(29_010), Some(10));
        daily.remove(&date(2024, 2, 29));
        let partial = total(month, &daily);
        assert_eq!((partial.watt_hours, partial.days_held), (28_000, 28));
        assert!(partial.is_partial());
        assert_eq!(partial.difference(29_000), None);
    }

    #[test]
    fn the_autumn_day_has_25_hours() {
        let day = date(2022, 10, 30);
        let mut intervals = Vec::new();
        let mut start = paris::day_start(day);
        while start < paris::day_end(day) {
            intervals.push(Interval {
                start,
                step: Step::HALF_HOUR,
                watts: 250,
            });
            start += Step::HALF_HOUR.duration();
        }
        let hours = hours(&intervals);
        assert_eq!(hours.len(), 25);
        assert!(
            hours
                .iter()
                .all(|hour| hour.minutes == 60 && hour.energy.watt_hours() == Some(250))
        );
    }

    #[test]
    fn a_week_across_new_year_belongs_to_both_years() {
        let week = Period::containing(Granularity::Week, date(2027, 1, 1));
        assert_eq!(week.first(), date(2026, 12, 28));
        assert_eq!(week.days().count(), 7);
    }
}
