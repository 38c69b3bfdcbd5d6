//! Where two sources differ about a day: told for as long as they do.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{Concerned, LedgerError, Notice, NoticeKind, SeriesKey, Store};
use meter::{Interval, paris};

use super::{covers, of_day};
use crate::source::Answer;

/// A difference that nobody finds again for so long is over: its day is read no
/// more, and the more trusted source's word stands.
const STANDS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Tells where an answer differs from what other sources have told, by day, and
/// takes that back once they agree. `first` is the most trusted source.
pub(super) fn tell(
    store: &mut Store,
    key: SeriesKey,
    (answer, others): (&Answer, &BTreeMap<Date, String>),
    (first, source, at): (&str, &str, Timestamp),
) -> Result<(), LedgerError> {
    let concerned = Concerned::point(first, key.usage_point);
    if let Some((day, other)) = differing(store, key, answer, others)? {
        let detail = format!("{} {other} ≠ {source}", named(key, day));
        let until = at.saturating_add(STANDS).unwrap_or(at);
        let notice = Notice::new(concerned, NoticeKind::SourcesDiffer, at);
        return store.set_notice(&notice.detail(detail).until(until));
    }
    let mut standing = store.notices()?.into_iter();
    let standing = standing
        .find(|notice| notice.kind == NoticeKind::SourcesDiffer && notice.concerned == concerned);
    let Some(standing) = standing else {
        return Ok(());
    };
    let detail = standing.detail.unwrap_or_default();
    let agrees = |day: &Date| covers(answer, *day) && detail.starts_with(&named(key, *day));
    if others.keys().any(agrees) || standing.until.is_none_or(|until| until <= at) {
        store.clear_notice(&concerned, &[NoticeKind::SourcesDiffer])?;
    }
    Ok(())
}

/// A day of a series, as a notice names it.
fn named(key: SeriesKey, day: Date) -> String {
    format!("{day} ({}, {}):", key.kind, key.direction)
}

/// The last day of which another source holds something else.
fn differing(
    store: &Store,
    key: SeriesKey,
    answer: &Answer,
    others: &BTreeMap<Date, String>,
) -> Result<Option<(Date, String)>, LedgerError> {
    for (day, other) in others.iter().rev() {
        let (day, next) = (*day, paris::add_days(*day, 1));
        let differs = match answer {
            Answer::Curve(resolved) => {
                let held = store.curve(key, paris::day_start(day), paris::day_end(day))?;
                of_day(&resolved.intervals, day).iter().any(|new| {
                    let same = |old: &&Interval| (old.start, old.step) == (new.start, new.step);
                    held.iter()
                        .find(same)
                        .is_some_and(|old| old.watts != new.watts)
                })
            }
            Answer::Daily(totals) | Answer::Energies(totals, _) => {
                let held = store.daily(key, day, next)?.remove(&day);
                let new = totals.iter().find(|total| total.day == day);
                new.zip(held)
                    .is_some_and(|(new, held)| new.watt_hours != held)
            }
            Answer::Maxima(maxima) => {
                let held = store.maxima(key, day, next)?;
                let new = maxima.iter().filter(|new| new.day == day);
                new.into_iter().any(|new| {
                    let same = held.iter().find(|old| old.phase == new.phase);
                    same.is_some_and(|old| old.volt_amperes != new.volt_amperes)
                })
            }
            Answer::Registers(registers) => {
                let held = store.registers(key, day, next)?;
                let new = registers.iter().filter(|new| new.day == day);
                new.into_iter().any(|new| {
                    let mut held = held.iter();
                    let same =
                        held.find(|old| (&old.calendar, &old.class) == (&new.calendar, &new.class));
                    same.is_some_and(|old| old.watt_hours != new.watt_hours)
                })
            }
        };
        if differs {
            return Ok(Some((day, other.clone())));
        }
    }
    Ok(None)
}
