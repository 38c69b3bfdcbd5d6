//! One local day: its intervals, its energy, and whether they agree.

use jiff::civil::Date;
use ledger::{DayRecord, LedgerError, Store};
use meter::{DayCurve, Kind, WattMinutes, paris};

use crate::json::show::{Day, Hole, Interval, StateNote, Subject};

/// Reads a day.
pub fn read(store: &Store, subject: Subject, day: Date) -> Result<Day, LedgerError> {
    let next = paris::add_days(day, 1);
    let (from, to) = (paris::day_start(day), paris::day_end(day));
    let intervals = store.curve(subject.key(Kind::Curve), from, to)?;
    let curve = DayCurve {
        day,
        intervals: &intervals,
    };
    let daily = store.daily(subject.key(Kind::Daily), day, next)?;
    let watt_hours = daily.get(&day).copied();
    let note = |kind| -> Result<Option<StateNote>, LedgerError> {
        let records = store.days(subject.key(kind), day, next)?;
        Ok(records.first().map(StateNote::of))
    };
    Ok(Day {
        day,
        minutes: paris::day_minutes(day),
        watt_hours,
        curve_watt_minutes: curve.energy().0,
        curve_minutes: curve.minutes(),
        difference_watt_minutes: watt_hours
            .filter(|_| curve.is_complete())
            .map(|watt_hours| difference(watt_hours, curve.energy())),
        curve_state: note(Kind::Curve)?,
        daily_state: note(Kind::Daily)?,
        holes: curve.gaps().into_iter().map(Hole::from).collect(),
        intervals: intervals.iter().map(Interval::from).collect(),
        subject,
    })
}

fn difference(watt_hours: u64, curve: WattMinutes) -> i64 {
    WattMinutes::from_watt_hours(watt_hours).0 as i64 - curve.0 as i64
}

impl StateNote {
    /// What a record says.
    pub fn of(record: &DayRecord) -> Self {
        Self {
            state: record.state,
            reason: record.reason.clone(),
        }
    }
}

impl From<meter::Gap> for Hole {
    fn from(gap: meter::Gap) -> Self {
        Self {
            from: gap.from,
            to: gap.to,
        }
    }
}

impl From<&meter::Interval> for Interval {
    fn from(interval: &meter::Interval) -> Self {
        Self {
            start: interval.start,
            step_minutes: interval.step.minutes(),
            watts: interval.watts,
        }
    }
}
