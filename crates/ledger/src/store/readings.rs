//! The load curve: one row per interval.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::{Interval, Step, curve, paris};
use rusqlite::params;

use super::{Judge, Origin, Store};
use crate::error::LedgerError;
use crate::state::{Coverage, SeriesKey, Written};

impl Store {
    /// Keeps the intervals of one answer, and what it makes of each day it speaks of.
    ///
    /// `intervals` are sorted and do not overlap; `days` are the local days the
    /// answer speaks of, also those it has nothing for. One transaction: either
    /// all of it is kept or nothing.
    pub fn write_curve(
        &mut self,
        key: SeriesKey,
        intervals: &[Interval],
        days: &[Date],
        source: &str,
        at: Timestamp,
        judge: &Judge,
    ) -> Result<Written, LedgerError> {
        self.in_transaction(key, source, at, |store, series, origin| {
            let held = store.held_around(series, intervals)?;
            let mut written = store.merge(series, intervals, &held, origin)?;
            let minutes = store.day_minutes(series, days, intervals, held.is_empty())?;
            written.days = store.judge_days(series, days, origin, judge, |day| Coverage {
                minutes: minutes.get(&day).copied().unwrap_or(0),
                day_minutes: paris::day_minutes(day),
            })?;
            Ok(written)
        })
    }

    /// The intervals that begin in `[from, to)`, oldest first.
    pub fn curve(
        &self,
        key: SeriesKey,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Interval>, LedgerError> {
        match self.find_series(key)? {
            Some(series) => self.intervals(series, from, to),
            None => Ok(Vec::new()),
        }
    }

    fn intervals(
        &self,
        series: i64,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Interval>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT start, step, watts FROM reading
             WHERE series = ?1 AND start >= ?2 AND start < ?3 ORDER BY start",
        )?;
        let mut rows = query.query(params![series, ceil_minute(from), ceil_minute(to)])?;
        let mut intervals = Vec::new();
        while let Some(row) = rows.next()? {
            intervals.push(interval(row.get(0)?, row.get(1)?, row.get(2)?)?);
        }
        Ok(intervals)
    }

    /// What is already held where the new intervals go, oldest first.
    fn held_around(
        &self,
        series: i64,
        intervals: &[Interval],
    ) -> Result<Vec<Interval>, LedgerError> {
        match (intervals.first(), intervals.last()) {
            (Some(first), Some(last)) => {
                // A longer step that began before may reach into the first interval.
                let from = first.start - SignedDuration::from_mins(60);
                self.intervals(series, from, last.end())
            }
            _ => Ok(Vec::new()),
        }
    }

    fn merge(
        &mut self,
        series: i64,
        intervals: &[Interval],
        held: &[Interval],
        origin: Origin,
    ) -> Result<Written, LedgerError> {
        let mut written = Written::default();
        let mut insert = Vec::with_capacity(intervals.len());
        let mut rest = held;
        for interval in intervals {
            let past = rest.partition_point(|old| old.end() <= interval.start);
            rest = &rest[past..];
            let overlapping = &rest[..rest.partition_point(|old| old.start < interval.end())];
            match overlapping {
                [] => written.inserted += 1,
                [same] if same == interval => {
                    written.unchanged += 1;
                    continue;
                }
                held if !may_replace(intervals, interval, held) => {
                    written.unchanged += 1;
                    continue;
                }
                replaced => {
                    self.replace(series, replaced, origin)?;
                    written.revised += 1;
                }
            }
            insert.push(*interval);
        }
        self.insert(series, &insert)?;
        Ok(written)
    }

    fn replace(
        &self,
        series: i64,
        replaced: &[Interval],
        origin: Origin,
    ) -> Result<(), LedgerError> {
        for old in replaced {
            let deleted = self
                .connection
                .prepare_cached("DELETE FROM reading WHERE series = ?1 AND start = ?2")?
                .execute(params![series, minute(old.start)?])?;
            // An hour may reach under two new half hours: it is kept once.
            if deleted > 0 {
                self.keep_revision(series, paris::day_of(old.start), old, origin)?;
            }
        }
        Ok(())
    }

    fn insert(&self, series: i64, intervals: &[Interval]) -> Result<(), LedgerError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO reading (series, start, step, watts) VALUES (?1, ?2, ?3, ?4)",
        )?;
        // The key's own order: pages fill up instead of splitting.
        for interval in intervals.iter().rev() {
            insert.execute(params![
                series,
                minute(interval.start)?,
                interval.step.minutes(),
                interval.watts
            ])?;
        }
        Ok(())
    }

    fn day_minutes(
        &self,
        series: i64,
        days: &[Date],
        fresh: &[Interval],
        only_fresh: bool,
    ) -> Result<BTreeMap<Date, u32>, LedgerError> {
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
            return Ok(BTreeMap::new());
        };
        if only_fresh && !fresh.is_empty() && !self.holds_elsewhere(series, *first, *last, fresh)? {
            return Ok(covered_minutes(fresh));
        }
        let held = self.intervals(series, paris::day_start(*first), paris::day_end(*last))?;
        Ok(covered_minutes(&held))
    }

    /// Whether the days hold more than what was just written.
    fn holds_elsewhere(
        &self,
        series: i64,
        first: Date,
        last: Date,
        fresh: &[Interval],
    ) -> Result<bool, LedgerError> {
        let count: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM reading WHERE series = ?1 AND start >= ?2 AND start < ?3",
            )?
            .query_row(
                params![
                    series,
                    ceil_minute(paris::day_start(first)),
                    ceil_minute(paris::day_end(last))
                ],
                |row| row.get(0),
            )?;
        Ok(count != fresh.len() as i64)
    }
}

/// Whether a new interval may take the place of those it overlaps: not where
/// finer ones say it all already, nor where a part of an older one would be
/// left without a reading.
fn may_replace(new: &[Interval], interval: &Interval, held: &[Interval]) -> bool {
    let minutes =
        |some: &[Interval]| -> u32 { some.iter().map(|i| u32::from(i.step.minutes())).sum() };
    let inside = held
        .iter()
        .all(|old| old.start >= interval.start && old.end() <= interval.end());
    if inside {
        let says_it_all = minutes(held) == u32::from(interval.step.minutes());
        return held.len() == 1 || !says_it_all;
    }
    held.iter().all(|old| {
        let first = new.partition_point(|new| new.end() <= old.start);
        let after = new.partition_point(|new| new.start < old.end());
        minutes(&new[first..after]) >= u32::from(old.step.minutes())
    })
}

fn covered_minutes(intervals: &[Interval]) -> BTreeMap<Date, u32> {
    curve::by_day(intervals)
        .map(|day| (day.day, day.minutes()))
        .collect()
}

fn interval(start: i64, step: u16, watts: u32) -> Result<Interval, LedgerError> {
    Ok(Interval {
        start: super::instant(start * 60)?,
        step: Step::from_minutes(step)
            .ok_or_else(|| LedgerError::Row(format!("a step of {step} min")))?,
        watts,
    })
}

/// The whole minute at which an interval begins.
fn minute(start: Timestamp) -> Result<i64, LedgerError> {
    let whole = start.as_second() % 60 == 0 && start.subsec_nanosecond() == 0;
    whole
        .then_some(start.as_second() / 60)
        .ok_or(LedgerError::OddStart(start))
}

fn ceil_minute(instant: Timestamp) -> i64 {
    instant.as_second().div_euclid(60) + i64::from(instant.as_second().rem_euclid(60) > 0)
}
