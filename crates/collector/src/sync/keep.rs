//! Keeping one answer: readings, and what it makes of each day it speaks of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Coverage, DayState, LedgerError, SeriesKey, SeriesNote, Store, Verdict, Written};
use meter::{DoubtReason, Kind, Resolved, paris};

use crate::planner::Window;
use crate::source::Answer;
use crate::verdict::{Flaw, verdict};

/// Keeps an answer in one transaction.
///
/// Sources answer what they were asked, and sometimes more: what lies outside
/// the window was not asked for, and may be cut in the middle of a day.
pub(super) fn keep(
    store: &mut Store,
    key: SeriesKey,
    window: Window,
    answer: &Answer,
    source: &str,
    now: Timestamp,
) -> Result<Written, LedgerError> {
    store.together(|store| {
        note_success(store, key, now)?;
        write(store, key, window, answer, source, now)
    })
}

/// With the answer itself, not at the end of the round: a sync that is killed
/// in between finds nothing due afterwards that would make good for it.
fn note_success(store: &mut Store, key: SeriesKey, now: Timestamp) -> Result<(), LedgerError> {
    let note = SeriesNote {
        succeeded_at: Some(now),
        ..store.note(key)?
    };
    store.set_note(key, &note)
}

fn write(
    store: &mut Store,
    key: SeriesKey,
    window: Window,
    answer: &Answer,
    source: &str,
    now: Timestamp,
) -> Result<Written, LedgerError> {
    let days: Vec<Date> = window.days().collect();
    let plain = |day: Date, coverage: Coverage| verdict(day, coverage, Flaw::Holes, now);
    match answer {
        Answer::Curve(resolved) => {
            let flaws = flaws(resolved);
            let judge = |day: Date, coverage: Coverage| -> Verdict {
                let flaw = flaws.get(&day).copied().unwrap_or(Flaw::Holes);
                verdict(day, coverage, flaw, now)
            };
            let intervals = inside(resolved, window);
            store.write_curve(key, intervals, &days, source, now, &judge)
        }
        Answer::Daily(totals) => {
            let totals = of_window(totals, window, |total| total.day);
            store.write_daily(key, &totals, &days, source, now, &plain)
        }
        Answer::Maxima(maxima) => {
            let maxima = of_window(maxima, window, |maximum| maximum.day);
            store.write_maxima(key, &maxima, &days, source, now, &plain)
        }
        Answer::Registers(registers) => {
            let registers = of_window(registers, window, |register| register.day);
            store.write_registers(key, &registers, &days, source, now, &plain)
        }
    }
}

/// An answer without data, in the shape of its kind.
pub(super) fn empty(kind: Kind) -> Answer {
    match kind {
        Kind::Curve => Answer::Curve(Resolved::default()),
        Kind::Daily => Answer::Daily(Vec::new()),
        Kind::Maximum => Answer::Maxima(Vec::new()),
        Kind::Index => Answer::Registers(Vec::new()),
    }
}

/// Marks days that need no call: before the service, or no longer kept.
pub(super) fn mark(
    store: &mut Store,
    key: SeriesKey,
    days: &[Date],
    state: DayState,
    source: &str,
    now: Timestamp,
) -> Result<Written, LedgerError> {
    if days.is_empty() {
        return Ok(Written::default());
    }
    store.write_days(key, days, source, now, &|_, _| Verdict {
        state,
        reason: None,
        ask_at: None,
    })
}

fn of_window<T: Clone>(rows: &[T], window: Window, day: impl Fn(&T) -> Date) -> Vec<T> {
    let asked = window.from..window.to;
    let inside = rows.iter().filter(|row| asked.contains(&day(row)));
    inside.cloned().collect()
}

fn inside(resolved: &Resolved, window: Window) -> &[meter::Interval] {
    let before = |day| {
        let instant = paris::day_start(day);
        resolved
            .intervals
            .partition_point(|interval| interval.start < instant)
    };
    &resolved.intervals[before(window.from)..before(window.to)]
}

/// Why a day of this curve is not complete, when it is not.
fn flaws(resolved: &Resolved) -> BTreeMap<Date, Flaw> {
    let flaw = |reason| match reason {
        DoubtReason::RepeatedHour => Flaw::RepeatedHour,
        DoubtReason::SkippedHour => Flaw::Holes,
        DoubtReason::Conflict => Flaw::Conflict,
    };
    let doubts = resolved.doubts.iter();
    doubts
        .map(|doubt| (doubt.point.stamp.date(), flaw(doubt.reason)))
        .collect()
}
