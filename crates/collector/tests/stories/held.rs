//! What a ledger holds, and what was told on the way to it.

use std::collections::BTreeMap;

use collector::Summary;
use jiff::civil::Date;
use ledger::{DayState, SeriesKey, Store};
use meter::{Direction, Kind, WattMinutes, curve, paris};

use crate::world::{World, key, troubles, true_days};

pub fn states(store: &Store, key: SeriesKey) -> BTreeMap<Date, DayState> {
    store
        .days(key, Date::MIN, Date::MAX)
        .unwrap()
        .into_iter()
        .map(|record| (record.day, record.state))
        .collect()
}

/// Both directions are held as they were, the curve to the interval and the totals
/// to the watt-hour.
pub fn assert_true(world: &World, number: u64, (floor, today): (Date, Date)) {
    let store = world.reader("a.db");
    for direction in Direction::ALL {
        let curve = key(number, direction, Kind::Curve);
        let (start, end) = (paris::day_start(floor), paris::day_start(today));
        let held = store.curve(curve, start, end).unwrap();
        let truth = true_days(world, number, direction, floor, today);
        assert!(held == truth, "{direction}");
        let daily = key(number, direction, Kind::Daily);
        let daily = store.daily(daily, Date::MIN, Date::MAX).unwrap();
        for day in curve::by_day(&truth) {
            assert_eq!(day.energy(), WattMinutes::from_watt_hours(daily[&day.day]));
        }
    }
}

/// The troubles of a sync, as they are.
pub fn told(summary: &Summary) -> String {
    troubles(summary, |problem| format!("{problem:?}"))
}

/// Until when the daily totals of a usage point wait, and why.
pub fn noted(world: &World, number: u64) -> String {
    let daily = key(number, Direction::Consumption, Kind::Daily);
    let note = world.reader("a.db").note(daily).unwrap();
    match (note.problem, note.ask_at) {
        (Some(problem), Some(at)) => format!("  noted: {} until {at}\n", problem["problem"]),
        _ => String::new(),
    }
}
