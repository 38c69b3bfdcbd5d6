//! What a ledger holds, and what was told on the way to it.

use std::collections::BTreeMap;

use collector::Summary;
use jiff::civil::Date;
use ledger::{DayState, SeriesKey, Store};
use meter::{Direction, Kind};

use crate::world::{World, key, troubles};

pub fn states(store: &Store, key: SeriesKey) -> BTreeMap<Date, DayState> {
    store
        .days(key, Date::MIN, Date::MAX)
        .unwrap()
        .into_iter()
        .map(|record| (record.day, record.state))
        .collect()
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
