//! Local stamps without an offset become UTC intervals, by their order.
//!
//! In autumn the stamps 02:00 and 02:30 come twice. Sources write them in one
//! of three ways: twice in order, once (the others dropped), or with the first
//! repeated hour labelled an hour off. Order and count tell them apart where
//! they can be told apart; what is left is a [`Doubt`], reported and not kept.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::interval::{Interval, Step};
use crate::paris::{self, DayCache, Instants};

/// Which end of its interval a stamp marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Marks {
    /// The end: Data Connect, the classic CSV export, EDF's files.
    End,
    /// The start: the customer portal's own JSON and XLSX.
    Start,
}

/// A value as a source wrote it: wall clock, step, watts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalPoint {
    /// The wall-clock stamp, without an offset.
    pub stamp: DateTime,
    /// The step of this very point.
    pub step: Step,
    /// Mean power in watts.
    pub watts: u32,
}

/// A point that could not be placed, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The point as the source wrote it.
    pub point: LocalPoint,
    /// Why it could not be placed.
    pub reason: DoubtReason,
}

/// Why a point could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtReason {
    /// Its stamp is in the repeated autumn hour, and nothing says which one.
    RepeatedHour,
    /// Its stamp is in the hour that spring skips.
    SkippedHour,
    /// Another point claims some of the same minutes with another value.
    Conflict,
}

/// Points that became intervals, and those that could not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Resolved {
    /// Sorted by start, none overlapping another.
    pub intervals: Vec<Interval>,
    /// What could not be placed.
    pub doubts: Vec<Doubt>,
    /// How many points only repeated an earlier one.
    pub duplicates: usize,
}

/// Places points in UTC. They may be in ascending or descending order; within
/// the repeated hour their order decides.
///
/// ```
/// use jiff::civil::datetime;
/// use meter::{LocalPoint, Marks, Step, stamps};
///
/// // 30 October 2022: 02:00 comes twice.
/// let point = |hour, minute, watts| LocalPoint {
///     stamp: datetime(2022, 10, 30, hour, minute, 0, 0), step: Step::HALF_HOUR, watts,
/// };
/// let points = [point(2, 0, 256), point(2, 30, 188), point(2, 0, 318), point(2, 30, 216)];
/// let resolved = stamps::resolve(&points, Marks::End);
/// let starts: Vec<_> = resolved.intervals.iter().map(|i| i.start.to_string()).collect();
/// assert_eq!(starts[0], "2022-10-29T23:30:00Z"); // ends at 02:00 summer time
/// assert_eq!(starts[2], "2022-10-30T00:30:00Z"); // ends at 02:00 winter time
/// ```
pub fn resolve(points: &[LocalPoint], marks: Marks) -> Resolved {
    if descending(points) {
        let ascending: Vec<_> = points.iter().rev().copied().collect();
        return Resolver::new(marks).run(&ascending);
    }
    Resolver::new(marks).run(points)
}

/// The stamp that a source of this kind writes for an interval.
pub fn stamp_of(interval: &Interval, marks: Marks) -> DateTime {
    paris::local(match marks {
        Marks::End => interval.end(),
        Marks::Start => interval.start,
    })
}

fn descending(points: &[LocalPoint]) -> bool {
    matches!((points.first(), points.last()), (Some(first), Some(last)) if first.stamp > last.stamp)
}

struct Resolver {
    marks: Marks,
    cache: DayCache,
    placed: Vec<(Interval, LocalPoint)>,
    doubts: Vec<Doubt>,
}

impl Resolver {
    fn new(marks: Marks) -> Self {
        Self {
            marks,
            cache: DayCache::default(),
            placed: Vec::new(),
            doubts: Vec::new(),
        }
    }

    fn run(mut self, points: &[LocalPoint]) -> Resolved {
        self.placed.reserve(points.len());
        let mut rest = points;
        while let Some(first) = rest.first() {
            let day = self.day_of_stamp(first.stamp);
            if is_long_day(day) {
                let count = rest
                    .iter()
                    .take_while(|point| self.day_of_stamp(point.stamp) == day)
                    .count();
                let (group, after) = rest.split_at(count);
                self.place_long_day(day, group);
                rest = after;
            } else {
                self.place_plainly(*first);
                rest = &rest[1..];
            }
        }
        self.finish()
    }

    /// An end stamp of midnight belongs to the day before.
    fn day_of_stamp(&self, stamp: DateTime) -> Date {
        let midnight = stamp.time() == jiff::civil::Time::midnight();
        if self.marks == Marks::End && midnight {
            return stamp.date().yesterday().unwrap_or(stamp.date());
        }
        stamp.date()
    }

    fn place_plainly(&mut self, point: LocalPoint) {
        match self.cache.instants(point.stamp) {
            Instants::One(at) => self.place(point, at),
            Instants::Two(..) => self.doubt(point, DoubtReason::RepeatedHour),
            Instants::None => self.doubt(point, DoubtReason::SkippedHour),
        }
    }

    /// The autumn day, whose points are taken together.
    fn place_long_day(&mut self, day: Date, group: &[LocalPoint]) {
        if mislabelled(day, group, self.marks) {
            return self.place_by_position(day, group);
        }
        let (repeated, plain): (Vec<LocalPoint>, Vec<LocalPoint>) = group
            .iter()
            .partition(|point| matches!(paris::instants(point.stamp), Instants::Two(..)));
        for point in plain {
            self.place_plainly(point);
        }
        for (point, side) in repeated.iter().zip(sides(&repeated)) {
            match (side, paris::instants(point.stamp)) {
                (Some(Side::Summer), Instants::Two(summer, _)) => self.place(*point, summer),
                (Some(Side::Winter), Instants::Two(_, winter)) => self.place(*point, winter),
                _ => self.doubt(*point, DoubtReason::RepeatedHour),
            }
        }
    }

    /// The points fill the 25 hours exactly: each follows the one before.
    fn place_by_position(&mut self, day: Date, group: &[LocalPoint]) {
        let mut start = paris::day_start(day);
        for point in group {
            let interval = Interval {
                start,
                step: point.step,
                watts: point.watts,
            };
            self.placed.push((interval, *point));
            start = interval.end();
        }
    }

    fn place(&mut self, point: LocalPoint, at: Timestamp) {
        let start = match self.marks {
            Marks::End => at - point.step.duration(),
            Marks::Start => at,
        };
        let interval = Interval {
            start,
            step: point.step,
            watts: point.watts,
        };
        self.placed.push((interval, point));
    }

    fn doubt(&mut self, point: LocalPoint, reason: DoubtReason) {
        self.doubts.push(Doubt { point, reason });
    }

    fn finish(mut self) -> Resolved {
        if !self.placed.is_sorted_by_key(|(interval, _)| interval.start) {
            self.placed.sort_by_key(|(interval, _)| interval.start);
        }
        let before = self.placed.len();
        self.placed.dedup_by(|a, b| a.0 == b.0);
        let duplicates = before - self.placed.len();
        let intervals = drop_conflicts(&self.placed, &mut self.doubts);
        Resolved {
            intervals,
            doubts: self.doubts,
            duplicates,
        }
    }
}

/// Two different claims to the same minutes: neither is kept.
fn drop_conflicts(placed: &[(Interval, LocalPoint)], doubts: &mut Vec<Doubt>) -> Vec<Interval> {
    let mut kept = Vec::with_capacity(placed.len());
    let mut covered_to = Timestamp::MIN;
    for (index, (interval, point)) in placed.iter().enumerate() {
        let next_clashes = placed
            .get(index + 1)
            .is_some_and(|(next, _)| next.start < interval.end());
        if interval.start < covered_to || next_clashes {
            doubts.push(Doubt {
                point: *point,
                reason: DoubtReason::Conflict,
            });
        } else {
            kept.push(*interval);
        }
        covered_to = covered_to.max(interval.end());
    }
    kept
}

fn is_long_day(day: Date) -> bool {
    // Only the last Sunday of October is: look the zone up on few days.
    day.month() == 10 && day.day() >= 25 && paris::day_minutes(day) > 24 * 60
}

/// Whether all 25 hours are there, and only the first repeated hour is labelled
/// an hour off: the one slip of this kind that sources make.
fn mislabelled(day: Date, group: &[LocalPoint], marks: Marks) -> bool {
    let total: u32 = group.iter().map(|p| u32::from(p.step.minutes())).sum();
    if total != paris::day_minutes(day) {
        return false;
    }
    let mut start = paris::day_start(day);
    let mut slips = Vec::new();
    for point in group {
        let expected = Interval {
            start,
            step: point.step,
            watts: point.watts,
        };
        start = expected.end();
        let right = stamp_of(&expected, marks);
        if right == point.stamp {
            continue;
        }
        let minutes = point.stamp.duration_since(right).as_mins();
        let repeated = matches!(paris::instants(right), Instants::Two(..));
        if !repeated || minutes.abs() != 60 {
            return false;
        }
        slips.push(minutes);
    }
    !slips.is_empty() && slips.iter().all(|slip| *slip == slips[0])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Summer,
    Winter,
}

/// For each point of the repeated hour, the side that every consistent reading gives it.
///
/// A consistent reading takes a first run as summer, the rest as winter, and
/// then strictly advances. When several are consistent, only what they agree on
/// is known; when none is, stamps that come exactly twice are read as pairs.
fn sides(repeated: &[LocalPoint]) -> Vec<Option<Side>> {
    let readings: Vec<usize> = (0..=repeated.len())
        .filter(|summer| advances(&repeated[..*summer]) && advances(&repeated[*summer..]))
        .collect();
    if readings.is_empty() {
        return pairs(repeated);
    }
    let first = readings.iter().min().copied().unwrap_or(0);
    let last = readings.iter().max().copied().unwrap_or(0);
    (0..repeated.len())
        .map(|index| match index {
            index if index < first => Some(Side::Summer),
            index if index >= last => Some(Side::Winter),
            _ => None,
        })
        .collect()
}

fn advances(run: &[LocalPoint]) -> bool {
    run.is_sorted_by(|a, b| a.stamp < b.stamp)
}

fn pairs(repeated: &[LocalPoint]) -> Vec<Option<Side>> {
    let count = |stamp| repeated.iter().filter(|p| p.stamp == stamp).count();
    if repeated.iter().any(|point| count(point.stamp) != 2) {
        return vec![None; repeated.len()];
    }
    repeated
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let seen = repeated[..index].iter().any(|p| p.stamp == point.stamp);
            Some(if seen { Side::Winter } else { Side::Summer })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{date, datetime};

    use super::*;

    fn day(date: Date, step: Step) -> Vec<Interval> {
        let mut start = paris::day_start(date);
        let mut out = Vec::new();
        while start < paris::day_end(date) {
            out.push(Interval {
                start,
                step,
                watts: out.len() as u32 * 2,
            });
            start += step.duration();
        }
        out
    }

    fn written(intervals: &[Interval], marks: Marks) -> Vec<LocalPoint> {
        intervals
            .iter()
            .map(|i| LocalPoint {
                stamp: stamp_of(i, marks),
                step: i.step,
                watts: i.watts,
            })
            .collect()
    }

    const AUTUMN: Date = date(2022, 10, 30);
    const SPRING: Date = date(2023, 3, 26);

    #[test]
    fn duplicates_in_order_are_told_apart_at_every_step_and_either_mark() {
        for step in [Step::TEN, Step::QUARTER, Step::HALF_HOUR, Step::HOUR] {
            for marks in [Marks::End, Marks::Start] {
                let truth = day(AUTUMN, step);
                let resolved = resolve(&written(&truth, marks), marks);
                assert_eq!(resolved.intervals, truth, "{step:?} {marks:?}");
                assert!(resolved.doubts.is_empty());
            }
        }
    }

    #[test]
    fn a_file_written_newest_first_is_read_the_other_way_round() {
        let truth = day(AUTUMN, Step::HALF_HOUR);
        let mut points = written(&truth, Marks::End);
        points.reverse();
        assert_eq!(resolve(&points, Marks::End).intervals, truth);
    }

    #[test]
    fn stamps_sorted_into_pairs_are_told_apart() {
        let truth = day(AUTUMN, Step::HALF_HOUR);
        let mut points = written(&truth, Marks::End);
        points.sort_by_key(|point| point.stamp);
        // Midnight of the next day sorts last, as before.
        assert_eq!(resolve(&points, Marks::End).intervals, truth);
    }

    #[test]
    fn dropped_duplicates_are_doubts_and_never_intervals() {
        let truth = day(AUTUMN, Step::HALF_HOUR);
        let mut points = written(&truth, Marks::End);
        points.remove(5); // the second 02:00
        points.remove(5); // the second 02:30
        let resolved = resolve(&points, Marks::End);
        assert_eq!(resolved.intervals.len(), 46);
        let stamps: Vec<_> = resolved.doubts.iter().map(|d| d.point.stamp).collect();
        assert_eq!(
            stamps,
            [
                datetime(2022, 10, 30, 2, 0, 0, 0),
                datetime(2022, 10, 30, 2, 30, 0, 0)
            ]
        );
        assert!(
            resolved
                .doubts
                .iter()
                .all(|d| d.reason == DoubtReason::RepeatedHour)
        );
    }

    #[test]
    fn one_point_lost_in_the_repeated_hour_still_leaves_the_others_known() {
        let truth = day(AUTUMN, Step::HALF_HOUR);
        for lost in 3..7 {
            let mut points = written(&truth, Marks::End);
            points.remove(lost);
            let resolved = resolve(&points, Marks::End);
            for interval in &resolved.intervals {
                assert!(truth.contains(interval), "without {lost}: {interval:?}");
            }
            assert_eq!(resolved.intervals.len() + resolved.doubts.len(), 49);
        }
    }

    #[test]
    fn a_first_repeated_hour_labelled_an_hour_off_is_placed_by_position() {
        let truth = day(AUTUMN, Step::HALF_HOUR);
        for shift in [-60_i64, 60] {
            let mut points = written(&truth, Marks::End);
            for point in &mut points[3..5] {
                point.stamp = point.stamp.saturating_add(shift.minutes());
            }
            let resolved = resolve(&points, Marks::End);
            assert_eq!(resolved.intervals, truth, "shifted by {shift} min");
        }
    }

    #[test]
    fn a_day_that_is_off_in_another_way_is_never_placed_by_position() {
        let truth = day(AUTUMN, Step::HALF_HOUR);
        let mut points = written(&truth, Marks::End);
        // 05:00 twice, 10:00 missing: 25 hours in all, but not these.
        let lost = points.remove(21);
        points.insert(11, points[11]);
        let resolved = resolve(&points, Marks::End);
        assert_eq!((resolved.intervals.len(), resolved.duplicates), (49, 1));
        assert!(resolved.intervals.iter().all(|i| truth.contains(i)));
        assert!(!resolved.intervals.iter().any(|i| i.watts == lost.watts));
    }

    #[test]
    fn spring_jumps_from_0130_to_0300() {
        let truth = day(SPRING, Step::HALF_HOUR);
        let points = written(&truth, Marks::End);
        assert_eq!(points.len(), 46);
        assert_eq!(points[3].stamp, datetime(2023, 3, 26, 3, 0, 0, 0));
        assert_eq!(resolve(&points, Marks::End).intervals, truth);
    }

    #[test]
    fn a_stamp_in_the_skipped_hour_is_a_doubt() {
        let point = LocalPoint {
            stamp: datetime(2023, 3, 26, 2, 30, 0, 0),
            step: Step::HALF_HOUR,
            watts: 5,
        };
        let resolved = resolve(&[point], Marks::End);
        assert_eq!(resolved.intervals, []);
        assert_eq!(resolved.doubts[0].reason, DoubtReason::SkippedHour);
    }

    #[test]
    fn the_same_point_twice_counts_once_and_two_values_count_for_none() {
        let truth = day(date(2026, 1, 5), Step::HALF_HOUR);
        let mut points = written(&truth, Marks::End);
        points.insert(10, points[10]);
        let mut other = points[20];
        other.watts += 2;
        points.insert(21, other);
        let resolved = resolve(&points, Marks::End);
        assert_eq!(resolved.duplicates, 1);
        assert_eq!(resolved.intervals.len(), 47);
        assert_eq!(resolved.doubts.len(), 2);
        assert!(
            resolved
                .doubts
                .iter()
                .all(|d| d.reason == DoubtReason::Conflict)
        );
    }
}
