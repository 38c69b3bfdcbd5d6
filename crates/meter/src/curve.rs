//! What a run of intervals says about one local day: how much of it is there.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::interval::{Interval, WattMinutes};
use crate::paris::{self, DayCache};

/// Minutes for which no interval is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Where the missing part begins.
    pub from: Timestamp,
    /// Where it ends.
    pub to: Timestamp,
}

/// The curve of one local day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCurve<'a> {
    /// The local day.
    pub day: Date,
    /// Its intervals, sorted by start, none overlapping another.
    pub intervals: &'a [Interval],
}

impl DayCurve<'_> {
    /// Energy of the intervals that are there.
    pub fn energy(&self) -> WattMinutes {
        self.intervals.iter().map(Interval::energy).sum()
    }

    /// How many minutes of the day are covered.
    pub fn minutes(&self) -> u32 {
        self.intervals
            .iter()
            .map(|interval| u32::from(interval.step.minutes()))
            .sum()
    }

    /// Whether every minute of the day is covered.
    pub fn is_complete(&self) -> bool {
        self.minutes() == paris::day_minutes(self.day)
    }

    /// The parts of the day that no interval covers.
    pub fn gaps(&self) -> Vec<Gap> {
        gaps(
            self.intervals,
            paris::day_start(self.day),
            paris::day_end(self.day),
        )
    }
}

/// Splits sorted intervals by the local day each begins in.
pub fn by_day(intervals: &[Interval]) -> impl Iterator<Item = DayCurve<'_>> {
    let mut rest = intervals;
    let mut cache = DayCache::default();
    std::iter::from_fn(move || {
        let day = cache.day_of(rest.first()?.start);
        let end = paris::day_end(day);
        let count = rest.partition_point(|interval| interval.start < end);
        let (intervals, after) = rest.split_at(count);
        rest = after;
        Some(DayCurve { day, intervals })
    })
}

/// The parts of `[from, to)` that no interval covers; intervals are sorted.
pub fn gaps(intervals: &[Interval], from: Timestamp, to: Timestamp) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut covered = from;
    for interval in intervals {
        if interval.start > covered {
            gaps.push(Gap {
                from: covered,
                to: interval.start.min(to),
            });
        }
        covered = covered.max(interval.end());
    }
    if covered < to {
        gaps.push(Gap { from: covered, to });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Step;

    fn half_hours(day: Date) -> Vec<Interval> {
        let mut start = paris::day_start(day);
        let mut out = Vec::new();
        while start < paris::day_end(day) {
            out.push(Interval {
                start,
                step: Step::HALF_HOUR,
                watts: 100,
            });
            start += Step::HALF_HOUR.duration();
        }
        out
    }

    #[test]
    fn days_of_46_48_and_50_half_hours_are_all_complete() {
        for (day, count) in [
            (date(2023, 3, 26), 46),
            (date(2023, 3, 27), 48),
            (date(2022, 10, 30), 50),
        ] {
            let intervals = half_hours(day);
            let days: Vec<_> = by_day(&intervals).collect();
            assert_eq!(days.len(), 1);
            assert_eq!(days[0].intervals.len(), count);
            assert!(days[0].is_complete());
            assert_eq!(days[0].gaps(), []);
            assert_eq!(days[0].energy(), WattMinutes(count as u64 * 100 * 30));
        }
    }

    #[test]
    fn a_missing_half_hour_is_a_gap_with_its_instants() {
        let mut intervals = half_hours(date(2022, 10, 30));
        let missing = intervals.remove(4);
        let last = intervals.pop().unwrap();
        let day = by_day(&intervals).next().unwrap();
        assert!(!day.is_complete());
        assert_eq!(
            day.gaps(),
            [
                Gap {
                    from: missing.start,
                    to: missing.end()
                },
                Gap {
                    from: last.start,
                    to: last.end()
                }
            ]
        );
    }
}
