//! Several sources for one usage point, the most trusted first: what a more
//! trusted one has told whole stays, the others fill what it lacks, and what
//! differs is told.

mod differ;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayState, LedgerError, SeriesKey, Store};
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

    /// Whether one source is trusted less than another.
    pub(crate) fn is_after(&self, usage_point: UsagePoint, one: &str, other: &str) -> bool {
        let order = self.order(usage_point);
        let rank = |name: &str| order.iter().position(|known| known == name);
        rank(one)
            .zip(rank(other))
            .is_some_and(|(one, other)| one > other)
    }

    /// Takes out of an answer what a more trusted source has told; the days that
    /// are left, and a notice where two sources differ. The days that it takes
    /// over, whole, from less trusted sources.
    pub(crate) fn sift(
        &self,
        store: &mut Store,
        key: SeriesKey,
        (answer, days): (&mut Answer, &mut Vec<Date>),
        (source, at): (&str, Timestamp),
    ) -> Result<Vec<Date>, LedgerError> {
        let order = self.order(key.usage_point);
        let rank = |name: &str| order.iter().position(|other| other == name);
        let (Some(mine), Some(first), Some(last)) =
            (rank(source), days.iter().min(), days.iter().max())
        else {
            return Ok(Vec::new());
        };
        let records = store.days(key, *first, paris::add_days(*last, 1))?;
        let mut settled = BTreeSet::new();
        let mut taken = Vec::new();
        let mut others = BTreeMap::new();
        for record in records {
            let held = matches!(record.state, DayState::Complete | DayState::Partial);
            let Some(theirs) = rank(&record.source).filter(|rank| held && *rank != mine) else {
                continue;
            };
            if theirs < mine && record.state == DayState::Complete {
                settled.insert(record.day);
            }
            if theirs > mine && covers(answer, record.day) {
                taken.push(record.day);
            }
            others.insert(record.day, record.source);
        }
        differ::tell(store, key, (answer, &others), (&order[0], source, at))?;
        days.retain(|day| !settled.contains(day));
        let more_trusted = |day: Date| {
            let other = others.get(&day).and_then(|other| rank(other));
            other.is_some_and(|rank| rank < mine)
        };
        drop_settled(store, key, answer, &settled, &more_trusted)?;
        Ok(taken)
    }
}

/// Whether an answer tells a day whole.
fn covers(answer: &Answer, day: Date) -> bool {
    match answer {
        Answer::Curve(resolved) => {
            let intervals = of_day(&resolved.intervals, day).iter();
            let minutes: u32 = intervals.map(|one| u32::from(one.step.minutes())).sum();
            minutes == paris::day_minutes(day)
        }
        Answer::Daily(totals) | Answer::Energies(totals, _) => {
            totals.iter().any(|total| total.day == day)
        }
        Answer::Maxima(maxima) => maxima.iter().any(|one| one.day == day),
        Answer::Registers(registers) => registers.iter().any(|one| one.day == day),
    }
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
