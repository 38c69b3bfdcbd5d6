//! The curve: one row a step, dated at its end.
//!
//! Jeedom keeps one row per local date. Where the autumn clock shows a date
//! twice the row is the mean of the two, so that the curve keeps its shape; the
//! daily energy carries the exact total.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use meter::{Interval, Marks, curve, paris, stamps};

use super::{Row, always, evening};
use crate::jeedom::decimal::Decimal;
use crate::jeedom::profile::Dating;

/// The rows of the steps that begin on a day or later.
pub(super) fn rows(intervals: &[Interval], dating: Dating, first: Date) -> Vec<Row> {
    let from = paris::day_start(first);
    let mut sums: BTreeMap<DateTime, (u64, u64)> = BTreeMap::new();
    for interval in intervals.iter().filter(|interval| interval.start >= from) {
        let sum = sums.entry(stamp(interval, dating)).or_default();
        sum.0 += interval.energy().0;
        sum.1 += u64::from(interval.step.minutes());
    }
    let mean = |(energy, minutes): (u64, u64)| Decimal::ratio(energy, minutes * 1000);
    sums.into_iter()
        .map(|(at, sum)| always(at, mean(sum)))
        .collect()
}

/// The step that ends at midnight belongs to the evening in the dating of 2020.
fn stamp(interval: &Interval, dating: Dating) -> DateTime {
    let end = stamps::stamp_of(interval, Marks::End);
    match (dating, end.time() == Time::midnight()) {
        (Dating::Evening, true) => evening(paris::add_days(end.date(), -1)),
        _ => end,
    }
}

/// Percent of each day's minutes that are held, from the first day to the last.
pub(super) fn completeness(intervals: &[Interval]) -> BTreeMap<Date, Decimal> {
    let days = curve::by_day(intervals);
    let held: BTreeMap<Date, u32> = days.map(|day| (day.day, day.minutes())).collect();
    let (Some((first, _)), Some((last, _))) = (held.first_key_value(), held.last_key_value())
    else {
        return BTreeMap::new();
    };
    let days = paris::days(*first, paris::add_days(*last, 1));
    let percent = |day: Date| {
        let minutes = held.get(&day).copied().unwrap_or(0);
        let whole = paris::day_minutes(day);
        Decimal::ratio(u64::from(minutes.min(whole)) * 100, u64::from(whole))
    };
    days.map(|day| (day, percent(day))).collect()
}
