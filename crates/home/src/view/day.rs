//! One local day: its intervals, its energy, and whether they agree.

use collector::rhythm::LATE_DAYS;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayRecord, DayState, LedgerError, Store};
use meter::{DayCurve, Kind, WattMinutes, paris};

use crate::json::show::{Day, Hole, Interval, StateNote, Subject};

/// Reads a day as it stands at an instant.
pub fn read(
    store: &Store,
    subject: Subject,
    day: Date,
    now: Timestamp,
) -> Result<Day, LedgerError> {
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
        let asked = store.note(subject.key(kind))?.succeeded_at.is_some();
        Ok(StateNote::on(records.first(), day, asked, now))
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
    /// What is known of a day, with a record or without: one to come is not
    /// lacking, and a young one of a series that is asked is awaited. `None`:
    /// never asked.
    pub fn on(record: Option<&DayRecord>, day: Date, asked: bool, now: Timestamp) -> Option<Self> {
        let today = paris::day_of(now);
        let young = paris::days_between(day, today) <= i32::from(LATE_DAYS);
        let awaited = |reason: &str| Self {
            state: DayState::Awaited,
            reason: Some(reason.to_owned()),
        };
        match record {
            Some(record) => Some(Self::of(record)),
            None if day >= today => Some(awaited("to-come")),
            None => (asked && young).then(|| awaited("not-yet-asked")),
        }
    }

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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_to_come_or_not_yet_asked_is_awaited_and_not_lacking() {
        // Half past one in Paris.
        let now = "2026-11-22T00:30:00Z".parse().unwrap();
        let reason = |day, asked| {
            let note = StateNote::on(None, day, asked, now)?;
            assert_eq!(note.state, DayState::Awaited);
            note.reason
        };
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(reason(date(2026, 11, 21), true), said("not-yet-asked"));
        assert_eq!(reason(date(2026, 11, 22), false), said("to-come"));
        assert_eq!(reason(date(2027, 1, 1), true), said("to-come"));
        assert_eq!(reason(date(2026, 11, 21), false), None);
        assert_eq!(reason(date(2026, 11, 1), true), None);
    }
}
