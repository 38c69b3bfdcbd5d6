//! What newer answers replaced: nothing that was held is ever forgotten.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Origin, Store, day_from_number, day_number, instant};
use crate::error::LedgerError;
use crate::state::SeriesKey;

/// A value that a newer answer replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The local day it belonged to.
    pub day: Date,
    /// The reading as it was held before.
    pub old: serde_json::Value,
    /// Who gave the newer value.
    pub replaced_by: String,
    /// When.
    pub replaced_at: Timestamp,
}

impl Store {
    /// The revisions of a series, oldest first.
    pub fn revisions(&self, key: SeriesKey) -> Result<Vec<Revision>, LedgerError> {
        let Some(series) = self.find_series(key)? else {
            return Ok(Vec::new());
        };
        let mut query = self.connection.prepare_cached(
            "SELECT day, old, source.name, replaced_at FROM revision
             JOIN source ON source.id = replaced_by WHERE series = ?1 ORDER BY revision.id",
        )?;
        let rows = query.query_map([series], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, i64>(3)?,
            ))
        })?;
        rows.map(|row| {
            let (day, old, replaced_by, at) = row?;
            Ok(Revision {
                day: day_from_number(day),
                old: serde_json::from_str(&old)
                    .map_err(|error| LedgerError::Row(error.to_string()))?,
                replaced_by,
                replaced_at: instant(at)?,
            })
        })
        .collect()
    }

    /// Keeps a value that is about to be replaced.
    pub(super) fn keep_revision(
        &self,
        series: i64,
        day: Date,
        old: &impl Serialize,
        origin: Origin,
    ) -> Result<(), LedgerError> {
        let old =
            serde_json::to_string(old).map_err(|error| LedgerError::Row(error.to_string()))?;
        self.connection
            .prepare_cached(
                "INSERT INTO revision (series, day, old, replaced_by, replaced_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                series,
                day_number(day),
                old,
                origin.source,
                origin.at.as_second()
            ])?;
        Ok(())
    }
}
