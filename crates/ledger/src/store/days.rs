//! The state of every day, and the note that stands at each series.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};

use super::{Judge, Origin, Store, day_from_number, day_number, instant};
use crate::error::LedgerError;
use crate::state::{Coverage, DayRecord, DayState, SeriesKey, SeriesNote, StateCounts, Written};

impl Store {
    /// The records of the days in `[from, to)`, oldest first.
    pub fn days(
        &self,
        key: SeriesKey,
        from: Date,
        to: Date,
    ) -> Result<Vec<DayRecord>, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(Vec::new());
        };
        let mut query = self.connection.prepare_cached(
            "SELECT day, state, reason, source.name, said_at, ask_at FROM day
             JOIN source ON source.id = source
             WHERE series = ?1 AND day >= ?2 AND day < ?3 ORDER BY day",
        )?;
        let mut rows = query.query(params![series, day_number(from), day_number(to)])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push(day_record(row)?);
        }
        Ok(days)
    }

    /// Whether every day in `[from, to)` has a record and none is to be asked
    /// again by `now`: nothing to plan. What was said later than `believed`, by a
    /// clock that was far ahead, is to be asked again too.
    pub fn is_settled(
        &self,
        key: SeriesKey,
        from: Date,
        to: Date,
        now: Timestamp,
        believed: Timestamp,
    ) -> Result<bool, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(to <= from);
        };
        let mut query = self.connection.prepare_cached(
            "SELECT count(*), count(*) FILTER (WHERE ask_at <= ?4
                OR (ask_at IS NOT NULL AND said_at > ?5)) FROM day
             WHERE series = ?1 AND day >= ?2 AND day < ?3",
        )?;
        let bounds = params![
            series,
            day_number(from),
            day_number(to),
            now.as_second(),
            believed.as_second()
        ];
        let (days, due): (i64, i64) =
            query.query_row(bounds, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(due == 0 && days == i64::from(meter::paris::days_between(from, to).max(0)))
    }

    /// Whether anything is held of a series.
    pub fn holds(&self, key: SeriesKey) -> Result<bool, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(false);
        };
        let mut query = self
            .connection
            .prepare_cached("SELECT 1 FROM day WHERE series = ?1 AND state <= 2 LIMIT 1")?;
        Ok(query.exists([series])?)
    }

    /// Reopens the days of a series in `[from, to)` that lack something, or all
    /// of them: they are asked again from `at` on, and nothing of them is
    /// discarded. How many there are.
    pub fn reopen(
        &mut self,
        key: SeriesKey,
        (from, to): (Date, Date),
        all: bool,
        at: Timestamp,
    ) -> Result<usize, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(0);
        };
        let mut reopen = self.connection.prepare_cached(
            "UPDATE day SET ask_at = ?4
             WHERE series = ?1 AND day >= ?2 AND day < ?3 AND (?5 OR state NOT IN (1, 6))",
        )?;
        Ok(reopen.execute(params![
            series,
            day_number(from),
            day_number(to),
            at.as_second(),
            all
        ])?)
    }

    /// The last day of which anything of a series is held.
    pub fn last_held(&self, key: SeriesKey) -> Result<Option<Date>, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(None);
        };
        let mut query = self.connection.prepare_cached(
            "SELECT day FROM day WHERE series = ?1 AND state <= 2 ORDER BY day DESC LIMIT 1",
        )?;
        let day = query.query_row([series], |row| row.get(0)).optional()?;
        Ok(day.map(day_from_number))
    }

    /// How many of the days in `[from, to)` have a record.
    pub fn count_days(&self, key: SeriesKey, from: Date, to: Date) -> Result<u32, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(0);
        };
        let mut query = self.connection.prepare_cached(
            "SELECT count(*) FROM day WHERE series = ?1 AND day >= ?2 AND day < ?3",
        )?;
        let bounds = params![series, day_number(from), day_number(to)];
        Ok(query.query_row(bounds, |row| row.get(0))?)
    }

    /// How many of the days in `[from, to)` are in each state; those without a
    /// record are in none.
    pub fn states(
        &self,
        key: SeriesKey,
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<DayState, u32>, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(BTreeMap::new());
        };
        let mut query = self.connection.prepare_cached(
            "SELECT state, count(*) FROM day
             WHERE series = ?1 AND day >= ?2 AND day < ?3 GROUP BY state",
        )?;
        let mut rows = query.query(params![series, day_number(from), day_number(to)])?;
        let mut states = BTreeMap::new();
        while let Some(row) = rows.next()? {
            states.insert(state(row.get(0)?)?, row.get(1)?);
        }
        Ok(states)
    }

    /// How many days of a series are in each state.
    pub fn state_counts(&self, key: SeriesKey) -> Result<StateCounts, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(StateCounts::default());
        };
        // To group the rows, SQLite would sort them first.
        let mut query = self
            .connection
            .prepare_cached("SELECT state, day, ask_at FROM day WHERE series = ?1")?;
        let mut rows = query.query([series])?;
        let mut counts = StateCounts::default();
        let (mut held, mut next): (Option<(i64, i64)>, Option<i64>) = (None, None);
        while let Some(row) = rows.next()? {
            let (state, day) = (state(row.get(0)?)?, row.get(1)?);
            *counts.days.entry(state).or_default() += 1;
            if matches!(state, DayState::Complete | DayState::Partial) {
                let (first, last) = held.unwrap_or((day, day));
                held = Some((first.min(day), last.max(day)));
            }
            if let Some(ask_at) = row.get::<_, Option<i64>>(2)? {
                next = Some(next.map_or(ask_at, |at| at.min(ask_at)));
            }
        }
        counts.first_held = held.map(|(first, _)| day_from_number(first));
        counts.last_held = held.map(|(_, last)| day_from_number(last));
        counts.ask_at = next.map(instant).transpose()?;
        Ok(counts)
    }

    /// The note that stands at a series.
    pub fn note(&self, key: SeriesKey) -> Result<SeriesNote, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(SeriesNote::default());
        };
        let mut query = self.connection.prepare_cached(
            "SELECT succeeded_at, problem, problem_at, failures, ask_at, inactive_until
             FROM series WHERE id = ?1",
        )?;
        let mut rows = query.query([series])?;
        match rows.next()? {
            Some(row) => note(row),
            None => Ok(SeriesNote::default()),
        }
    }

    /// Changes the note that stands at a series.
    pub fn set_note(&mut self, key: SeriesKey, note: &SeriesNote) -> Result<(), LedgerError> {
        let series = self.ensure_series(key)?;
        let problem = note.problem.as_ref().map(ToString::to_string);
        self.connection
            .prepare_cached(
                "UPDATE series SET succeeded_at = ?2, problem = ?3, problem_at = ?4,
                 failures = ?5, ask_at = ?6, inactive_until = ?7 WHERE id = ?1",
            )?
            .execute(params![
                series,
                note.succeeded_at.map(Timestamp::as_second),
                problem,
                note.problem_at.map(Timestamp::as_second),
                note.failures,
                note.ask_at.map(Timestamp::as_second),
                note.inactive_until.map(day_number),
            ])?;
        Ok(())
    }

    /// Judges days without any new reading (a refusal, a floor).
    pub fn write_days(
        &mut self,
        key: SeriesKey,
        days: &[Date],
        source: &str,
        at: Timestamp,
        judge: &Judge,
    ) -> Result<Written, LedgerError> {
        self.in_transaction(key, source, at, |store, series, origin| {
            let held = store.held_days(series)?;
            let days: Vec<Date> = days
                .iter()
                .copied()
                .filter(|day| !held.contains_key(day))
                .collect();
            let empty = |day| Coverage {
                minutes: 0,
                day_minutes: meter::paris::day_minutes(day),
            };
            Ok(Written {
                days: store.judge_days(series, &days, origin, judge, empty)?,
                ..Written::default()
            })
        })
    }

    /// Says that these days are from now on a source's word: it has told all of
    /// them again. Their states stay.
    pub fn take_over(
        &mut self,
        key: SeriesKey,
        days: &[Date],
        source: &str,
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        if days.is_empty() {
            return Ok(());
        }
        self.in_transaction(key, source, at, |store, series, origin| {
            let mut update = store.connection.prepare_cached(
                "UPDATE day SET source = ?3, said_at = ?4 WHERE series = ?1 AND day = ?2",
            )?;
            for day in days {
                let at = origin.at.as_second();
                update.execute(params![series, day_number(*day), origin.source, at])?;
            }
            Ok(())
        })
    }

    /// Runs several writes as one transaction: either all of it is kept or
    /// nothing. One inside another joins it.
    pub fn together<R>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, LedgerError>,
    ) -> Result<R, LedgerError> {
        if !self.connection.is_autocommit() {
            return work(self);
        }
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let known = self.series.clone();
        let result = work(self);
        let ended = match &result {
            Ok(_) => self.connection.execute_batch("COMMIT"),
            Err(_) => self.connection.execute_batch("ROLLBACK"),
        };
        if result.is_err() || ended.is_err() {
            self.series = known;
            // A commit that failed leaves its transaction open; some failures
            // have rolled back by themselves.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        let value = result?;
        ended?;
        Ok(value)
    }

    /// Runs one write as one transaction, for a series and a source that exist.
    pub(super) fn in_transaction<R>(
        &mut self,
        key: SeriesKey,
        source: &str,
        at: Timestamp,
        work: impl FnOnce(&mut Self, i64, Origin) -> Result<R, LedgerError>,
    ) -> Result<R, LedgerError> {
        self.together(|store| {
            let series = store.ensure_series(key)?;
            let source = store.ensure_source(source)?;
            work(store, series, Origin { source, at })
        })
    }

    /// Writes what the judge says of each day where it differs from what stands.
    pub(super) fn judge_days(
        &self,
        series: i64,
        days: &[Date],
        origin: Origin,
        judge: &Judge,
        coverage: impl Fn(Date) -> Coverage,
    ) -> Result<usize, LedgerError> {
        let mut standing = self.connection.prepare_cached(
            "SELECT state, reason, ask_at FROM day WHERE series = ?1 AND day = ?2",
        )?;
        let mut write = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO day (series, day, state, reason, source, said_at, ask_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut changed = 0;
        for day in days.iter().rev() {
            let verdict = judge(*day, coverage(*day));
            let number = day_number(*day);
            let ask_at = verdict.ask_at.map(Timestamp::as_second);
            let same = standing
                .query_row(params![series, number], |row| {
                    Ok(row.get::<_, u8>(0)? == verdict.state.code()
                        && row.get::<_, Option<String>>(1)? == verdict.reason
                        && row.get::<_, Option<i64>>(2)? == ask_at)
                })
                .optional()?
                .unwrap_or(false);
            if same {
                continue;
            }
            write.execute(params![
                series,
                number,
                verdict.state.code(),
                verdict.reason,
                origin.source,
                origin.at.as_second(),
                ask_at
            ])?;
            changed += 1;
        }
        Ok(changed)
    }

    fn held_days(&self, series: i64) -> Result<BTreeMap<Date, DayState>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT day, state FROM day WHERE series = ?1 AND state <= 2")?;
        let mut rows = query.query([series])?;
        let mut held = BTreeMap::new();
        while let Some(row) = rows.next()? {
            held.insert(day_from_number(row.get(0)?), state(row.get(1)?)?);
        }
        Ok(held)
    }
}

fn state(code: u8) -> Result<DayState, LedgerError> {
    DayState::from_code(code).ok_or_else(|| LedgerError::Row(format!("day state {code}")))
}

fn day_record(row: &Row) -> Result<DayRecord, LedgerError> {
    Ok(DayRecord {
        day: day_from_number(row.get(0)?),
        state: state(row.get(1)?)?,
        reason: row.get(2)?,
        source: row.get(3)?,
        said_at: instant(row.get(4)?)?,
        ask_at: row.get::<_, Option<i64>>(5)?.map(instant).transpose()?,
    })
}

fn note(row: &Row) -> Result<SeriesNote, LedgerError> {
    let at = |index| -> Result<Option<Timestamp>, LedgerError> {
        row.get::<_, Option<i64>>(index)?.map(instant).transpose()
    };
    let problem = row
        .get::<_, Option<String>>(1)?
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| LedgerError::Row(error.to_string()))?;
    Ok(SeriesNote {
        succeeded_at: at(0)?,
        problem,
        problem_at: at(2)?,
        failures: row.get(3)?,
        ask_at: at(4)?,
        inactive_until: row.get::<_, Option<i64>>(5)?.map(day_from_number),
    })
}
