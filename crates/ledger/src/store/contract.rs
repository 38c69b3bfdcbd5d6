//! What sources say about contracts, their own totals, and when to leave them in peace.

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, Granularity, UsagePoint};
use rusqlite::{OptionalExtension, params};

use super::{Store, day_number, instant};
use crate::error::LedgerError;
use crate::state::{ContractRecord, ContractVersion, SeriesNote, SourceTotal};

impl Store {
    /// What is known of a usage point's contract and meter.
    pub fn contract(&self, prm: UsagePoint) -> Result<Option<ContractRecord>, LedgerError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT facts, source.name, said_at FROM contract
                 JOIN usage_point ON usage_point.id = usage_point
                 JOIN source ON source.id = source WHERE prm = ?1 AND facts IS NOT NULL",
            )?
            .query_row([prm.to_string()], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, i64>(2)?,
                ))
            })
            .optional()?;
        row.map(|(facts, source, said_at)| {
            Ok(ContractRecord {
                facts: parse(&facts)?,
                source,
                said_at: instant(said_at)?,
            })
        })
        .transpose()
    }

    /// Keeps what a source says about a contract, and when to ask again. An answer
    /// unlike the one before is one more version; the earlier ones stay.
    pub fn set_contract(
        &mut self,
        prm: UsagePoint,
        record: &ContractRecord,
        ask_at: Timestamp,
    ) -> Result<(), LedgerError> {
        self.together(|store| {
            let source = store.ensure_source(&record.source)?;
            let usage_point = store.ensure_usage_point(prm)?;
            store.put_version((usage_point, source), record)?;
            store.put_contract((usage_point, source), record, ask_at)
        })
    }

    /// Every different answer about a contract, the oldest first.
    pub fn contract_history(&self, prm: UsagePoint) -> Result<Vec<ContractVersion>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT facts, source.name, first_said_at, last_said_at FROM contract_version
             JOIN usage_point ON usage_point.id = usage_point
             JOIN source ON source.id = source WHERE prm = ?1 ORDER BY contract_version.id",
        )?;
        let mut rows = query.query([prm.to_string()])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push(ContractVersion {
                facts: parse(&row.get::<_, String>(0)?)?,
                source: row.get(1)?,
                first_said_at: instant(row.get(2)?)?,
                last_said_at: instant(row.get(3)?)?,
            });
        }
        Ok(versions)
    }

    /// The same answer again is the same version, said once more.
    fn put_version(
        &self,
        (usage_point, source): (i64, i64),
        record: &ContractRecord,
    ) -> Result<(), LedgerError> {
        let (facts, at) = (record.facts.to_string(), record.said_at.as_second());
        let latest = self
            .connection
            .prepare_cached(
                "SELECT id FROM contract_version WHERE usage_point = ?1 AND facts = ?2
                 AND source = ?3 AND id =
                 (SELECT max(id) FROM contract_version WHERE usage_point = ?1)",
            )?
            .query_row(params![usage_point, facts, source], |row| {
                row.get::<_, i64>(0)
            })
            .optional()?;
        match latest {
            Some(id) => self
                .connection
                .prepare_cached("UPDATE contract_version SET last_said_at = ?2 WHERE id = ?1")?
                .execute(params![id, at])?,
            None => self
                .connection
                .prepare_cached(
                    "INSERT INTO contract_version
                     (usage_point, facts, source, first_said_at, last_said_at)
                     VALUES (?1, ?2, ?3, ?4, ?4)",
                )?
                .execute(params![usage_point, facts, source, at])?,
        };
        Ok(())
    }

    fn put_contract(
        &self,
        (usage_point, source): (i64, i64),
        record: &ContractRecord,
        ask_at: Timestamp,
    ) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT INTO contract (usage_point, facts, source, said_at, ask_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (usage_point) DO UPDATE SET facts = ?2, source = ?3, said_at = ?4,
             ask_at = ?5, problem = NULL, problem_at = NULL, failures = 0",
            params![
                usage_point,
                record.facts.to_string(),
                source,
                record.said_at.as_second(),
                ask_at.as_second()
            ],
        )?;
        Ok(())
    }

    /// How the last attempt to read the contract ended.
    pub fn contract_note(&self, prm: UsagePoint) -> Result<SeriesNote, LedgerError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT said_at, problem, problem_at, failures, ask_at FROM contract
                 JOIN usage_point ON usage_point.id = usage_point WHERE prm = ?1",
            )?
            .query_row([prm.to_string()], |row| {
                Ok((
                    row.get::<_, Option<i64>>(0)?,
                    row.get::<_, Option<String>>(1)?,
                    row.get::<_, Option<i64>>(2)?,
                    row.get::<_, u32>(3)?,
                    row.get::<_, Option<i64>>(4)?,
                ))
            })
            .optional()?;
        let Some((said_at, problem, problem_at, failures, ask_at)) = row else {
            return Ok(SeriesNote::default());
        };
        Ok(SeriesNote {
            succeeded_at: said_at.map(instant).transpose()?,
            problem: problem.as_deref().map(parse).transpose()?,
            problem_at: problem_at.map(instant).transpose()?,
            failures,
            ask_at: ask_at.map(instant).transpose()?,
            inactive_until: None,
        })
    }

    /// Notes that the contract could not be read; the facts that are held stay.
    pub fn set_contract_problem(
        &mut self,
        prm: UsagePoint,
        note: &SeriesNote,
    ) -> Result<(), LedgerError> {
        let usage_point = self.ensure_usage_point(prm)?;
        self.connection.execute(
            "INSERT INTO contract (usage_point, problem, problem_at, failures, ask_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (usage_point) DO UPDATE SET problem = ?2, problem_at = ?3,
             failures = ?4, ask_at = ?5",
            params![
                usage_point,
                note.problem.as_ref().map(ToString::to_string),
                note.problem_at.map(Timestamp::as_second),
                note.failures,
                note.ask_at.map(Timestamp::as_second)
            ],
        )?;
        Ok(())
    }

    /// Keeps a month's or year's energy that a source states itself.
    pub fn set_source_total(
        &mut self,
        prm: UsagePoint,
        direction: Direction,
        total: &SourceTotal,
    ) -> Result<(), LedgerError> {
        let source = self.ensure_source(&total.source)?;
        let usage_point = self.ensure_usage_point(prm)?;
        self.connection.execute(
            "INSERT OR REPLACE INTO source_total
             (usage_point, direction, granularity, first, watt_hours, source, said_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                usage_point,
                direction.as_str(),
                granularity_name(total.granularity),
                day_number(total.first),
                total.watt_hours,
                source,
                total.said_at.as_second()
            ],
        )?;
        Ok(())
    }

    /// A source's own figure for the period that begins on `first`.
    pub fn source_total(
        &self,
        prm: UsagePoint,
        direction: Direction,
        granularity: Granularity,
        first: Date,
    ) -> Result<Option<SourceTotal>, LedgerError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT watt_hours, source.name, said_at FROM source_total
                 JOIN usage_point ON usage_point.id = usage_point
                 JOIN source ON source.id = source
                 WHERE prm = ?1 AND direction = ?2 AND granularity = ?3 AND first = ?4",
            )?
            .query_row(
                params![
                    prm.to_string(),
                    direction.as_str(),
                    granularity_name(granularity),
                    day_number(first)
                ],
                |row| {
                    Ok((
                        row.get::<_, u64>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, i64>(2)?,
                    ))
                },
            )
            .optional()?;
        row.map(|(watt_hours, source, said_at)| {
            Ok(SourceTotal {
                granularity,
                first,
                watt_hours,
                source,
                said_at: instant(said_at)?,
            })
        })
        .transpose()
    }

    /// Why a whole source is left in peace, and until when.
    pub fn source_pause(&self, source: &str) -> Result<Option<SeriesNote>, LedgerError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT problem, since, failures, ask_at FROM source_pause
                 JOIN source ON source.id = source WHERE name = ?1",
            )?
            .query_row([source], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, u32>(2)?,
                    row.get::<_, i64>(3)?,
                ))
            })
            .optional()?;
        row.map(|(problem, since, failures, ask_at)| {
            Ok(SeriesNote {
                problem: Some(parse(&problem)?),
                problem_at: Some(instant(since)?),
                failures,
                ask_at: Some(instant(ask_at)?),
                ..SeriesNote::default()
            })
        })
        .transpose()
    }

    /// Leaves a source in peace until an instant, or takes it up again (`None`).
    pub fn set_source_pause(
        &mut self,
        source: &str,
        pause: Option<&SeriesNote>,
    ) -> Result<(), LedgerError> {
        let id = self.ensure_source(source)?;
        match pause {
            None => self
                .connection
                .execute("DELETE FROM source_pause WHERE source = ?1", [id])?,
            Some(note) => self.connection.execute(
                "INSERT OR REPLACE INTO source_pause (source, problem, since, failures, ask_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    id,
                    note.problem.clone().unwrap_or_default().to_string(),
                    note.problem_at.map_or(0, Timestamp::as_second),
                    note.failures,
                    note.ask_at.map_or(0, Timestamp::as_second)
                ],
            )?,
        };
        Ok(())
    }
}

fn granularity_name(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Day => "day",
        Granularity::Week => "week",
        Granularity::Month => "month",
        Granularity::Year => "year",
    }
}

fn parse(text: &str) -> Result<serde_json::Value, LedgerError> {
    serde_json::from_str(text).map_err(|error| LedgerError::Row(error.to_string()))
}
