//! Three invented years of a home with panels, and what each history of it must
//! be, worked out day by day without the code under test.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use meter::{DailyMaximum, Direction, Interval, PeakInstant, Phase, Step, paris};
use outputs::jeedom::{Beside, Flow, Readings};

/// The first day that is held.
pub const FIRST: Date = date(2023, 11, 22);
/// The present day: the one before is held.
pub const TODAY: Date = date(2026, 11, 21);

pub fn now() -> Timestamp {
    "2026-11-21T11:00:00Z".parse().unwrap()
}

/// Wh of a day.
pub fn energy(direction: Direction, day: Date) -> u64 {
    let number = paris::days_between(FIRST, day).unsigned_abs();
    match direction {
        Direction::Consumption => 8_000 + u64::from(number * 37 % 9_001),
        Direction::Production => 500 + u64::from(number * 91 % 7_003),
    }
}

/// Watts of the half hour that begins at an instant.
pub fn watts(direction: Direction, start: Timestamp) -> u32 {
    let number = (start.as_second() / 1800).unsigned_abs() as u32;
    match direction {
        Direction::Consumption => 120 + number * 53 % 4_001,
        Direction::Production => number * 17 % 2_999,
    }
}

/// VA of a day's maximum, at 19:00 and as many minutes as the day of the month.
pub fn maximum(day: Date) -> u32 {
    3_000 + energy(Direction::Consumption, day) as u32 % 5_000
}

pub fn half_hours(direction: Direction, day: Date) -> Vec<Interval> {
    let mut at = paris::day_start(day);
    let mut intervals = Vec::new();
    while at < paris::day_end(day) {
        intervals.push(Interval {
            start: at,
            step: Step::HALF_HOUR,
            watts: watts(direction, at),
        });
        at += Step::HALF_HOUR.duration();
    }
    intervals
}

fn flow(direction: Direction) -> Flow {
    let days = || paris::days(FIRST, TODAY);
    let curve = days().filter(|day| *day >= date(2026, 9, 1));
    Flow {
        curve: curve.flat_map(|day| half_hours(direction, day)).collect(),
        daily: days().map(|day| (day, energy(direction, day))).collect(),
        in_service_since: None,
    }
}

/// All of it, as the ledger would give it.
pub fn readings() -> Readings {
    let days = || paris::days(FIRST, TODAY);
    let peak = |day| {
        let all = energy(Direction::Consumption, day) * 60;
        (day, (all - all / 3, all / 3))
    };
    Readings {
        consumption: flow(Direction::Consumption),
        production: flow(Direction::Production),
        maxima: days()
            .map(|day| DailyMaximum {
                day,
                phase: Phase::All,
                volt_amperes: maximum(day),
                at: PeakInstant::Known {
                    at: paris::day_start(day)
                        + jiff::SignedDuration::from_mins(19 * 60 + i64::from(day.day())),
                },
            })
            .collect(),
        beside: Beside {
            peak: days().map(peak).collect(),
            tempo: days()
                .map(|day| (day, i64::from(day.day() % 3) + 1))
                .collect(),
            cost: days()
                .map(|day| (day, 1_234_567 + i64::from(day.day())))
                .collect(),
            subscribed_kva: Some(9),
            problem: Some("aucun".to_owned()),
        },
    }
}

/// A history as text: date and value, sorted.
pub type Table = BTreeMap<String, String>;

/// Thousandths as PHP prints them.
pub fn thousandths(value: u64) -> String {
    let text = format!("{}.{:03}", value / 1000, value % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub fn sum(direction: Direction, first: Date, last: Date) -> u64 {
    let days = paris::days(first, paris::add_days(last, 1));
    days.map(|day| energy(direction, day)).sum()
}
