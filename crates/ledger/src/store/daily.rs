//! What comes once a day: energy, maximum power, registers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{DailyEnergy, DailyMaximum, PeakInstant, Phase, Register, paris};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::{Judge, Origin, Store, day_from_number, day_number, instant};
use crate::error::LedgerError;
use crate::state::{Coverage, SeriesKey, Written};

/// A reading that belongs to a day, and how it is kept.
trait DailyRow: Serialize + PartialEq + Sized {
    fn day(&self) -> Date;
    /// Whether both would stand in the same row.
    fn same_row(&self, other: &Self) -> bool;
    fn put(&self, store: &Store, series: i64) -> Result<(), LedgerError>;
}

impl DailyRow for DailyEnergy {
    fn day(&self) -> Date {
        self.day
    }
    fn same_row(&self, other: &Self) -> bool {
        self.day == other.day
    }
    fn put(&self, store: &Store, series: i64) -> Result<(), LedgerError> {
        store
            .connection
            .prepare_cached(
                "INSERT OR REPLACE INTO daily (series, day, watt_hours) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![series, day_number(self.day), self.watt_hours])?;
        Ok(())
    }
}

impl DailyRow for DailyMaximum {
    fn day(&self) -> Date {
        self.day
    }
    fn same_row(&self, other: &Self) -> bool {
        (self.day, self.phase) == (other.day, other.phase)
    }
    fn put(&self, store: &Store, series: i64) -> Result<(), LedgerError> {
        let (at, later) = match self.at {
            PeakInstant::Known { at } => (at, None),
            PeakInstant::Either { earlier, later } => (earlier, Some(later.as_second())),
        };
        store
            .connection
            .prepare_cached(
                "INSERT OR REPLACE INTO maximum (series, day, phase, volt_amperes, at, later)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                series,
                day_number(self.day),
                self.phase.number(),
                self.volt_amperes,
                at.as_second(),
                later
            ])?;
        Ok(())
    }
}

impl DailyRow for Register {
    fn day(&self) -> Date {
        self.day
    }
    fn same_row(&self, other: &Self) -> bool {
        (self.day, &self.calendar, &self.class) == (other.day, &other.calendar, &other.class)
    }
    fn put(&self, store: &Store, series: i64) -> Result<(), LedgerError> {
        let class = store.ensure_class(&self.calendar, &self.class)?;
        store
            .connection
            .prepare_cached(
                "INSERT OR REPLACE INTO register (series, day, class, watt_hours)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                series,
                day_number(self.day),
                class,
                self.watt_hours
            ])?;
        Ok(())
    }
}

impl Store {
    /// Keeps daily totals, and what their answer makes of each day it speaks of.
    pub fn write_daily(
        &mut self,
        key: SeriesKey,
        totals: &[DailyEnergy],
        days: &[Date],
        source: &str,
        at: Timestamp,
        judge: &Judge,
    ) -> Result<Written, LedgerError> {
        self.write_rows(key, totals, days, source, at, judge, |store, from, to| {
            let held = store.daily(key, from, to)?;
            Ok(held
                .into_iter()
                .map(|(day, watt_hours)| DailyEnergy { day, watt_hours })
                .collect())
        })
    }

    /// Keeps daily maxima, and what their answer makes of each day it speaks of.
    pub fn write_maxima(
        &mut self,
        key: SeriesKey,
        maxima: &[DailyMaximum],
        days: &[Date],
        source: &str,
        at: Timestamp,
        judge: &Judge,
    ) -> Result<Written, LedgerError> {
        self.write_rows(key, maxima, days, source, at, judge, |store, from, to| {
            store.maxima(key, from, to)
        })
    }

    /// Keeps register readings, and what their answer makes of each day it speaks of.
    pub fn write_registers(
        &mut self,
        key: SeriesKey,
        registers: &[Register],
        days: &[Date],
        source: &str,
        at: Timestamp,
        judge: &Judge,
    ) -> Result<Written, LedgerError> {
        self.write_rows(
            key,
            registers,
            days,
            source,
            at,
            judge,
            |store, from, to| store.registers(key, from, to),
        )
    }

    /// Daily totals in Wh of the days in `[from, to)`.
    pub fn daily(
        &self,
        key: SeriesKey,
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<Date, u64>, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(BTreeMap::new());
        };
        let mut query = self.connection.prepare_cached(
            "SELECT day, watt_hours FROM daily WHERE series = ?1 AND day >= ?2 AND day < ?3",
        )?;
        let rows = query.query_map(params![series, day_number(from), day_number(to)], |row| {
            Ok((day_from_number(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Daily maxima of the days in `[from, to)`, by day and phase.
    pub fn maxima(
        &self,
        key: SeriesKey,
        from: Date,
        to: Date,
    ) -> Result<Vec<DailyMaximum>, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(Vec::new());
        };
        let mut query = self.connection.prepare_cached(
            "SELECT day, phase, volt_amperes, at, later FROM maximum
             WHERE series = ?1 AND day >= ?2 AND day < ?3 ORDER BY day, phase",
        )?;
        let mut rows = query.query(params![series, day_number(from), day_number(to)])?;
        let mut maxima = Vec::new();
        while let Some(row) = rows.next()? {
            let at = instant(row.get(3)?)?;
            let phase: u8 = row.get(1)?;
            maxima.push(DailyMaximum {
                day: day_from_number(row.get(0)?),
                phase: Phase::from_number(phase)
                    .ok_or_else(|| LedgerError::Row(format!("phase {phase}")))?,
                volt_amperes: row.get(2)?,
                at: match row.get::<_, Option<i64>>(4)? {
                    Some(later) => PeakInstant::Either {
                        earlier: at,
                        later: instant(later)?,
                    },
                    None => PeakInstant::Known { at },
                },
            });
        }
        Ok(maxima)
    }

    /// Register readings of the days in `[from, to)`, by day, calendar and class.
    pub fn registers(
        &self,
        key: SeriesKey,
        from: Date,
        to: Date,
    ) -> Result<Vec<Register>, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(Vec::new());
        };
        let mut query = self.connection.prepare_cached(
            "SELECT day, calendar, name, watt_hours FROM register JOIN class ON class.id = class
             WHERE series = ?1 AND day >= ?2 AND day < ?3 ORDER BY day, calendar, name",
        )?;
        let rows = query.query_map(params![series, day_number(from), day_number(to)], |row| {
            Ok(Register {
                day: day_from_number(row.get(0)?),
                calendar: row.get(1)?,
                class: row.get(2)?,
                watt_hours: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn ensure_class(&self, calendar: &str, name: &str) -> Result<i64, LedgerError> {
        let found = self
            .connection
            .prepare_cached("SELECT id FROM class WHERE calendar = ?1 AND name = ?2")?
            .query_row([calendar, name], |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        self.connection.execute(
            "INSERT INTO class (calendar, name) VALUES (?1, ?2)",
            [calendar, name],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the public writers' own, and how to read back"
    )]
    fn write_rows<T: DailyRow>(
        &mut self,
        key: SeriesKey,
        rows: &[T],
        days: &[Date],
        source: &str,
        at: Timestamp,
        judge: &Judge,
        read: impl Fn(&Self, Date, Date) -> Result<Vec<T>, LedgerError>,
    ) -> Result<Written, LedgerError> {
        self.in_transaction(key, source, at, |store, series, origin| {
            let span = span(rows, days);
            let held = match span {
                Some((from, to)) => read(store, from, to)?,
                None => Vec::new(),
            };
            let mut written = store.put_rows(series, rows, &held, origin)?;
            let with_data: BTreeSet<Date> = rows.iter().chain(&held).map(DailyRow::day).collect();
            written.days = store.judge_days(series, days, origin, judge, |day| {
                let day_minutes = paris::day_minutes(day);
                let minutes = if with_data.contains(&day) {
                    day_minutes
                } else {
                    0
                };
                Coverage {
                    minutes,
                    day_minutes,
                }
            })?;
            Ok(written)
        })
    }

    fn put_rows<T: DailyRow>(
        &self,
        series: i64,
        rows: &[T],
        held: &[T],
        origin: Origin,
    ) -> Result<Written, LedgerError> {
        let by_day: BTreeMap<Date, Vec<&T>> = held.iter().fold(BTreeMap::new(), |mut map, row| {
            map.entry(row.day()).or_insert_with(Vec::new).push(row);
            map
        });
        let mut written = Written::default();
        // Newest first: the key's own order.
        let mut ordered: Vec<&T> = rows.iter().collect();
        ordered.sort_by_key(|row| std::cmp::Reverse(row.day()));
        for row in ordered {
            let old = by_day
                .get(&row.day())
                .and_then(|rows| rows.iter().find(|old| old.same_row(row)));
            match old {
                Some(old) if *old == row => written.unchanged += 1,
                Some(old) => {
                    self.keep_revision(series, row.day(), *old, origin)?;
                    row.put(self, series)?;
                    written.revised += 1;
                }
                None => {
                    row.put(self, series)?;
                    written.inserted += 1;
                }
            }
        }
        Ok(written)
    }
}

/// From the first day to after the last, of rows and days together.
fn span<T: DailyRow>(rows: &[T], days: &[Date]) -> Option<(Date, Date)> {
    let all = || rows.iter().map(DailyRow::day).chain(days.iter().copied());
    Some((all().min()?, paris::add_days(all().max()?, 1)))
}
