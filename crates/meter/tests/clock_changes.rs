//! Any run of intervals over any clock change survives being written as local
//! stamps and read back.

use jiff::civil::{Date, date};
use meter::{Interval, LocalPoint, Marks, Step, paris, stamps};
use proptest::prelude::*;

/// A day around a clock change, or any day of two decades.
fn any_day() -> impl Strategy<Value = Date> {
    let change =
        (2010_i16..2037, prop::bool::ANY, -1_i32..=1).prop_map(|(year, autumn, beside)| {
            let month = if autumn { 10 } else { 3 };
            let last = date(year, month, 31);
            let sunday = paris::add_days(last, -i32::from(last.weekday().to_sunday_zero_offset()));
            paris::add_days(sunday, beside)
        });
    let plain = (0_i32..9000).prop_map(|n| paris::add_days(date(2010, 1, 1), n));
    prop_oneof![3 => change, 1 => plain]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop::sample::select(vec![
        Step::FIVE,
        Step::TEN,
        Step::QUARTER,
        Step::HALF_HOUR,
        Step::HOUR,
    ])
}

/// Whole local days, each hour with a step of its own.
fn any_days() -> impl Strategy<Value = Vec<Interval>> {
    let steps = prop::collection::vec(any_step(), 25);
    (any_day(), 1_i32..4, steps, any::<u32>()).prop_map(|(first, count, steps, seed)| {
        let end = paris::day_start(paris::add_days(first, count));
        let mut intervals: Vec<Interval> = Vec::new();
        let mut at = paris::day_start(first);
        while at < end {
            let hours = (at.as_second() / 3600).unsigned_abs() as usize;
            let step = steps[hours % steps.len()];
            let watts = seed.wrapping_mul(intervals.len() as u32 + 1) % 9001;
            intervals.push(Interval {
                start: at,
                step,
                watts,
            });
            at += step.duration();
        }
        intervals
    })
}

fn written(intervals: &[Interval], marks: Marks) -> Vec<LocalPoint> {
    let point = |interval: &Interval| LocalPoint {
        stamp: stamps::stamp_of(interval, marks),
        step: interval.step,
        watts: interval.watts,
    };
    intervals.iter().map(point).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn complete_days_survive_local_stamps_in_either_order(
        intervals in any_days(),
        newest_first: bool,
    ) {
        for marks in [Marks::End, Marks::Start] {
            let mut points = written(&intervals, marks);
            if newest_first {
                points.reverse();
            }
            let resolved = stamps::resolve(&points, marks);
            prop_assert_eq!(&resolved.doubts, &[]);
            prop_assert_eq!(&resolved.intervals, &intervals);
            prop_assert_eq!(written(&resolved.intervals, marks), written(&intervals, marks));
        }
    }

    #[test]
    fn with_holes_every_interval_is_right_or_reported(
        intervals in any_days(),
        kept in prop::collection::vec(prop::bool::weighted(0.8), 4 * 25 * 12),
    ) {
        let left: Vec<Interval> = intervals
            .iter()
            .zip(kept)
            .filter_map(|(interval, kept)| kept.then_some(*interval))
            .collect();
        let resolved = stamps::resolve(&written(&left, Marks::End), Marks::End);
        prop_assert_eq!(resolved.intervals.len() + resolved.doubts.len(), left.len());
        for interval in &resolved.intervals {
            prop_assert!(left.contains(interval), "{interval:?} was never written");
        }
        for doubt in &resolved.doubts {
            let repeated = matches!(paris::instants(doubt.point.stamp), paris::Instants::Two(..));
            prop_assert!(repeated, "{:?} could have been told apart", doubt);
        }
    }

    #[test]
    fn any_points_at_all_give_sorted_intervals_that_do_not_overlap(
        day in any_day(),
        points in prop::collection::vec((0_i8..24, 0_i8..60, any_step(), 0_u32..100), 0..120),
    ) {
        let points: Vec<LocalPoint> = points
            .into_iter()
            .map(|(hour, minute, step, watts)| LocalPoint {
                stamp: day.at(hour, minute, 0, 0),
                step,
                watts,
            })
            .collect();
        let resolved = stamps::resolve(&points, Marks::End);
        prop_assert!(resolved.intervals.windows(2).all(|pair| pair[0].end() <= pair[1].start));
        let told = resolved.intervals.len() + resolved.doubts.len() + resolved.duplicates;
        prop_assert_eq!(told, points.len());
    }
}
