//! Keeping one answer: readings, and what it makes of each day it speaks of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{
    Coverage, DayState, LedgerError, SeriesKey, SeriesNote, SourceTotal, Store, Verdict, Written,
};
use meter::{DoubtReason, Kind, Resolved, paris};

use crate::planner::Window;
use crate::rhythm::Rhythm;
use crate::source::Answer;
use crate::trust::Trust;
use crate::verdict::{Flaw, verdict};

/// Who said something, and when.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub source: String,
    pub at: Timestamp,
    pub rhythm: Rhythm,
    pub trust: Trust,
}

/// Keeps an answer in one transaction.
///
/// Sources answer what they were asked, and sometimes more: what lies outside
/// the window was not asked for, and may be cut in the middle of a day.
pub(super) fn keep(
    store: &mut Store,
    key: SeriesKey,
    window: Window,
    answer: &Answer,
    said: &Said,
) -> Result<Written, LedgerError> {
    store.together(|store| {
        note_success(store, key, said.at)?;
        let mut days: Vec<Date> = window.days().collect();
        let mut sifted = answer.clone();
        let (source, at) = (said.source.as_str(), said.at);
        let parts = (&mut sifted, &mut days);
        let taken = said.trust.sift(store, key, parts, (source, at))?;
        let written = write(store, key, (window, &days), &sifted, said)?;
        store.take_over(key, &taken, source, at)?;
        Ok(written)
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
    (window, days): (Window, &[Date]),
    answer: &Answer,
    said: &Said,
) -> Result<Written, LedgerError> {
    let (source, at) = (said.source.as_str(), said.at);
    let judged = |day, coverage, flaw| verdict(day, coverage, flaw, &said.rhythm, at);
    let plain = |day: Date, coverage: Coverage| judged(day, coverage, Flaw::Holes);
    match answer {
        Answer::Curve(resolved) => {
            let flaws = flaws(resolved);
            let judge = |day: Date, coverage: Coverage| -> Verdict {
                let flaw = flaws.get(&day).copied().unwrap_or(Flaw::Holes);
                judged(day, coverage, flaw)
            };
            let intervals = inside(resolved, window);
            store.write_curve(key, intervals, days, source, at, &judge)
        }
        Answer::Daily(totals) => {
            let totals = of_window(totals, window, |total| total.day);
            store.write_daily(key, &totals, days, source, at, &plain)
        }
        Answer::Energies(totals, periods) => {
            for period in periods {
                let total = SourceTotal {
                    granularity: period.granularity,
                    first: period.first,
                    watt_hours: period.watt_hours,
                    source: said.source.clone(),
                    said_at: at,
                };
                store.set_source_total(key.usage_point, key.direction, &total)?;
            }
            let totals = of_window(totals, window, |total| total.day);
            store.write_daily(key, &totals, days, source, at, &plain)
        }
        Answer::Maxima(maxima) => {
            let maxima = of_window(maxima, window, |maximum| maximum.day);
            store.write_maxima(key, &maxima, days, source, at, &plain)
        }
        Answer::Registers(registers) => {
            let registers = of_window(registers, window, |register| register.day);
            store.write_registers(key, &registers, days, source, at, &plain)
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
    (state, reason): (DayState, Option<&'static str>),
    said: &Said,
) -> Result<Written, LedgerError> {
    store.write_days(key, days, &said.source, said.at, &|_, _| Verdict {
        state,
        reason: reason.map(str::to_owned),
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
        .map(|doubt| {
            // An end stamp of midnight belongs to the day before.
            let begins = doubt
                .point
                .stamp
                .saturating_sub(doubt.point.step.duration());
            (begins.date(), flaw(doubt.reason))
        })
        .collect()
}
