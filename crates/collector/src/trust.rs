//! Several sources for one usage point, the most trusted first: what a more
//! trusted one has told whole stays, the others fill what it lacks, and what
//! differs is told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Concerned, DayState, LedgerError, Notice, NoticeKind, SeriesKey, Store};
use meter::{Interval, UsagePoint, curve, paris};

use crate::source::Answer;

/// Whom to believe about each usage point; those with one source are not named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trust(BTreeMap<UsagePoint, Vec<String>>);

impl Trust {
    /// The order of sources of some usage points, the most trusted first.
    pub fn of(orders: impl IntoIterator<Item = (UsagePoint, Vec<String>)>) -> Self {
        let several = orders.into_iter().filter(|(_, order)| order.len() > 1);
        Self(several.collect())
    }

    fn order(&self, usage_point: UsagePoint) -> &[String] {
        self.0.get(&usage_point).map_or(&[], Vec::as_slice)
    }

    /// Whether a source only fills what more trusted ones lack.
    pub fn is_second(&self, usage_point: UsagePoint, source: &str) -> bool {
        let order = self.order(usage_point);
        order.iter().position(|name| name == source).unwrap_or(0) > 0
    }

    /// Takes out of an answer what a more trusted source has told; the days that
    /// are left, and a notice where two sources differ.
    pub(crate) fn sift(
        &self,
        store: &mut Store,
        key: SeriesKey,
        (answer, days): (&mut Answer, &mut Vec<Date>),
        (source, at): (&str, Timestamp),
    ) -> Result<(), LedgerError> {
        let order = self.order(key.usage_point);
        let rank = |name: &str| order.iter().position(|other| other == name);
        let (Some(mine), Some(first), Some(last)) =
            (rank(source), days.iter().min(), days.iter().max())
        else {
            return Ok(());
        };
        let records = store.days(key, *first, paris::add_days(*last, 1))?;
        let mut settled = BTreeSet::new();
        let mut others = BTreeMap::new();
        for record in records {
            let held = matches!(record.state, DayState::Complete | DayState::Partial);
            let Some(theirs) = rank(&record.source).filter(|rank| held && *rank != mine) else {
                continue;
            };
            if theirs < mine && record.state == DayState::Complete {
                settled.insert(record.day);
            }
            others.insert(record.day, record.source);
        }
        if let Some((day, other)) = differing(store, key, answer, &others)? {
            let detail = format!(
                "{day} ({}, {}): {other} ≠ {source}",
                key.kind, key.direction
            );
            let concerned = Concerned::point(&order[0], key.usage_point);
            let notice = Notice::new(concerned, NoticeKind::SourcesDiffer, at);
            store.set_notice(&notice.detail(detail))?;
        }
        days.retain(|day| !settled.contains(day));
        let more_trusted = |day: Date| {
            let other = others.get(&day).and_then(|other| rank(other));
            other.is_some_and(|rank| rank < mine)
        };
        drop_settled(store, key, answer, &settled, &more_trusted)
    }
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

fn of_day(intervals: &[Interval], day: Date) -> &[Interval] {
    let from = intervals.partition_point(|one| one.start < paris::day_start(day));
    let to = intervals.partition_point(|one| one.start < paris::day_end(day));
    &intervals[from..to]
}

/// Readings of settled days go; on days that a more trusted source has told in
/// part, only what it lacks stays.
fn drop_settled(
    store: &Store,
    key: SeriesKey,
    answer: &mut Answer,
    settled: &BTreeSet<Date>,
    more_trusted: &dyn Fn(Date) -> bool,
) -> Result<(), LedgerError> {
    match answer {
        Answer::Curve(resolved) => {
            let mut kept = Vec::with_capacity(resolved.intervals.len());
            for day in curve::by_day(&resolved.intervals) {
                if settled.contains(&day.day) {
                    continue;
                }
                if !more_trusted(day.day) {
                    kept.extend_from_slice(day.intervals);
                    continue;
                }
                let (from, to) = (paris::day_start(day.day), paris::day_end(day.day));
                let held = store.curve(key, from, to)?;
                let free = |new: &&Interval| {
                    let apart = |old: &Interval| old.end() <= new.start || new.end() <= old.start;
                    held.iter().all(apart)
                };
                kept.extend(day.intervals.iter().filter(free));
            }
            resolved.intervals = kept;
        }
        Answer::Daily(totals) | Answer::Energies(totals, _) => {
            totals.retain(|one| !settled.contains(&one.day));
        }
        Answer::Maxima(maxima) => maxima.retain(|one| !settled.contains(&one.day)),
        Answer::Registers(registers) => registers.retain(|one| !settled.contains(&one.day)),
    }
    Ok(())
}
