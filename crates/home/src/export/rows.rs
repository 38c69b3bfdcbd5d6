//! The rows of each kind, read some weeks at a time.

use jiff::civil::Date;
use ledger::Store;
use meter::{Kind, paris};

use super::sink::Sink;
use super::{Export, Span};
use crate::exit::Failure;
use crate::json::export::{DailyRow, DayRow, IndexRow};
use crate::json::show::{Interval, Maximum};

/// Days that are in memory at once.
const CHUNK: i32 = 31;

/// The columns of a kind.
pub(super) fn headings(kind: Option<Kind>) -> &'static [&'static str] {
    match kind {
        Some(Kind::Curve) => &["start", "step_minutes", "watts"],
        Some(Kind::Daily) => &["day", "watt_hours"],
        Some(Kind::Maximum) => &["day", "phase", "volt_amperes", "at", "at_later"],
        Some(Kind::Index) => &["day", "calendar", "class", "watt_hours"],
        None => &[
            "day", "kind", "state", "reason", "source", "said_at", "ask_at",
        ],
    }
}

/// Writes the rows of the days, oldest first.
pub(super) fn write(
    store: &Store,
    export: &Export,
    days: Span,
    sink: &mut Sink,
) -> Result<(), Failure> {
    let mut first = days.first;
    while first < days.end {
        let end = paris::add_days(first, CHUNK).min(days.end);
        chunk(store, export, (first, end), sink)?;
        first = end;
    }
    Ok(())
}

fn chunk(
    store: &Store,
    export: &Export,
    (first, end): (Date, Date),
    sink: &mut Sink,
) -> Result<(), Failure> {
    let Some(kind) = export.kind else {
        return states(store, export, (first, end), sink);
    };
    let key = export.key(kind);
    match kind {
        Kind::Curve => {
            let (from, to) = (paris::day_start(first), paris::day_start(end));
            for interval in &store.curve(key, from, to)? {
                sink.row(&Interval::from(interval))?;
            }
        }
        Kind::Daily => {
            for (day, watt_hours) in store.daily(key, first, end)? {
                sink.row(&DailyRow { day, watt_hours })?;
            }
        }
        Kind::Maximum => {
            for maximum in &store.maxima(key, first, end)? {
                sink.row(&Maximum::from(maximum))?;
            }
        }
        Kind::Index => {
            for register in store.registers(key, first, end)? {
                sink.row(&IndexRow {
                    day: register.day,
                    calendar: register.calendar,
                    class: register.class,
                    watt_hours: register.watt_hours,
                })?;
            }
        }
    }
    Ok(())
}

fn states(
    store: &Store,
    export: &Export,
    (first, end): (Date, Date),
    sink: &mut Sink,
) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        let records = store.days(export.key(kind), first, end)?;
        rows.extend(records.into_iter().map(|record| DayRow {
            day: record.day,
            kind,
            state: record.state,
            reason: record.reason,
            source: record.source,
            said_at: record.said_at,
            ask_at: record.ask_at,
        }));
    }
    // Within a day the kinds keep their order.
    rows.sort_by_key(|row| row.day);
    for row in &rows {
        sink.row(row)?;
    }
    Ok(())
}
