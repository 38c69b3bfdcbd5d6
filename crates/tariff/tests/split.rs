//! The classes of a day sum to the day, to the watt-minute.

use jiff::civil::{Date, date};
use meter::{DailyEnergy, Interval, Step, WattMinutes, paris};
use proptest::prelude::*;
use tariff::split::{DaySplit, split_days};
use tariff::{MinuteRange, Windows};

/// 46, 48 and 50 half hours.
const DAYS: [Date; 3] = [date(2023, 3, 26), date(2023, 3, 27), date(2022, 10, 30)];

fn curve(day: Date, step: Step, watts: &[u32]) -> Vec<Interval> {
    let count = paris::day_minutes(day) / u32::from(step.minutes());
    let mut start = paris::day_start(day);
    let mut intervals = Vec::new();
    for n in 0..count as usize {
        let watts = watts[n % watts.len()];
        intervals.push(Interval { start, step, watts });
        start += step.duration();
    }
    intervals
}

fn energy(intervals: &[Interval]) -> WattMinutes {
    intervals.iter().map(Interval::energy).sum()
}

fn sum(split: &DaySplit) -> i64 {
    (split.peak + split.off_peak + split.unknown).0 as i64 + split.difference
}

/// The slow way: every minute by itself, its wall clock asked of the zone.
fn off_peak_by_minutes(intervals: &[Interval], windows: &Windows) -> u64 {
    let mut sum = 0;
    for interval in intervals {
        for n in 0..i64::from(interval.step.minutes()) {
            let at = paris::local(interval.start + jiff::SignedDuration::from_mins(n));
            let minute = at.hour() as u16 * 60 + at.minute() as u16;
            sum += u64::from(windows.contains(minute)) * u64::from(interval.watts);
        }
    }
    sum
}

fn windows() -> impl Strategy<Value = Windows> {
    proptest::collection::vec((0_u16..=1440, 0_u16..=1440), 0..4).prop_map(|ranges| {
        let range = |(from, to)| MinuteRange::new(from, to);
        ranges.into_iter().filter_map(range).collect()
    })
}

fn steps() -> impl Strategy<Value = Step> {
    proptest::sample::select(vec![
        Step::FIVE,
        Step::TEN,
        Step::QUARTER,
        Step::HALF_HOUR,
        Step::HOUR,
    ])
}

proptest! {
    #[test]
    fn classes_sum_to_the_day_and_agree_with_every_minute(
        day in proptest::sample::select(DAYS.to_vec()),
        step in steps(),
        watts in proptest::collection::vec(0_u32..40_000, 1..60),
        windows in windows(),
    ) {
        let intervals = curve(day, step, &watts);
        let split = split_days(&intervals, &[], |_| Some(windows.clone()));
        prop_assert_eq!(split.len(), 1);
        let split = split[0];
        prop_assert_eq!(split.peak + split.off_peak, energy(&intervals));
        prop_assert_eq!(split.off_peak.0, off_peak_by_minutes(&intervals, &windows));
        prop_assert_eq!(split.total, Some(energy(&intervals)));
        prop_assert_eq!((split.unknown, split.missing_minutes, split.difference), (WattMinutes(0), 0, 0));
    }

    #[test]
    fn a_day_with_holes_keeps_its_stated_total_and_tells_the_rest_unknown(
        day in proptest::sample::select(DAYS.to_vec()),
        watts in proptest::collection::vec(0_u32..40_000, 1..60),
        holes in proptest::collection::vec(any::<bool>(), 50),
        stated in 0_u64..2_000_000,
        windows in windows(),
    ) {
        let intervals: Vec<_> = curve(day, Step::HALF_HOUR, &watts)
            .into_iter()
            .zip(&holes)
            .filter_map(|(interval, hole)| (!hole).then_some(interval))
            .collect();
        let missing = paris::day_minutes(day) - intervals.len() as u32 * 30;
        let daily = [DailyEnergy { day, watt_hours: stated }];
        let split = split_days(&intervals, &daily, |_| Some(windows.clone()))[0];
        prop_assert_eq!(split.missing_minutes, missing);
        prop_assert_eq!(split.total, Some(WattMinutes::from_watt_hours(stated)));
        prop_assert_eq!(split.peak + split.off_peak, energy(&intervals));
        prop_assert_eq!(sum(&split), stated as i64 * 60);
    }
}

#[test]
fn a_day_without_a_curve_is_unknown_altogether() {
    let day = date(2026, 1, 15);
    let daily = [DailyEnergy {
        day,
        watt_hours: 12_345,
    }];
    let split = split_days(&[], &daily, |_| Some(Windows::whole_day()))[0];
    assert_eq!(split.unknown, WattMinutes(12_345 * 60));
    assert_eq!(
        (split.peak, split.off_peak),
        (WattMinutes(0), WattMinutes(0))
    );
    assert_eq!(split.missing_minutes, 1440);
}

#[test]
fn a_day_without_a_plan_is_unknown_and_its_neighbour_is_not() {
    let days = [date(2026, 1, 15), date(2026, 1, 16)];
    let intervals: Vec<_> = days
        .iter()
        .flat_map(|day| curve(*day, Step::HOUR, &[60]))
        .collect();
    let plan = |day| (day == days[1]).then(Windows::whole_day);
    let split = split_days(&intervals, &[], plan);
    assert_eq!(split[0].unknown, WattMinutes(24 * 60 * 60));
    assert_eq!(split[1].off_peak, WattMinutes(24 * 60 * 60));
    assert_eq!(split[0].total, split[1].total);
}

#[test]
fn a_total_that_contradicts_a_complete_curve_is_shown_as_a_difference() {
    let day = date(2026, 1, 15);
    let intervals = curve(day, Step::HALF_HOUR, &[100]);
    let daily = [DailyEnergy {
        day,
        watt_hours: 2_399,
    }];
    let split = split_days(&intervals, &daily, |_| Some(Windows::none()))[0];
    assert_eq!(
        (split.peak, split.unknown),
        (WattMinutes(144_000), WattMinutes(0))
    );
    assert_eq!(split.difference, -60);
    assert_eq!(split.total, Some(WattMinutes(143_940)));
}
