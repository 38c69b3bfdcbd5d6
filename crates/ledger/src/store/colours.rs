//! The colours of days (Tempo, EJP) as each source last told them.
//!
//! Calendars, colours and sources are words here: what they mean, and which
//! source prevails, is not the ledger's to say.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Store, day_from_number, day_number, instant};
use crate::error::LedgerError;
use crate::state::{ColourNote, Written};

/// One source's word on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColourRecord {
    /// The colour day.
    pub day: Date,
    /// The colour, in our own word for it.
    pub colour: String,
    /// Who said so.
    pub source: String,
    /// When it was first said.
    pub said_at: Timestamp,
}

impl Store {
    /// Keeps what a source says of days of a calendar (`tempo`, `ejp`), in one
    /// transaction. A word that changes becomes a revision; other sources' words
    /// stay as they are.
    pub fn write_colours(
        &mut self,
        calendar: &str,
        days: &[(Date, &str)],
        source: &str,
        at: Timestamp,
    ) -> Result<Written, LedgerError> {
        self.together(|store| {
            let source = store.ensure_source(source)?;
            let mut written = Written::default();
            for (day, colour) in days {
                match store.colour_of(calendar, *day, source)? {
                    Some((held, _)) if held == *colour => written.unchanged += 1,
                    Some(held) => {
                        store.revise_colour(calendar, *day, source, &held, at)?;
                        store.put_colour(calendar, *day, source, colour, at)?;
                        written.revised += 1;
                    }
                    None => {
                        store.put_colour(calendar, *day, source, colour, at)?;
                        written.inserted += 1;
                    }
                }
            }
            Ok(written)
        })
    }

    /// Every source's word on the days in `[from, to)`, by day and source.
    pub fn colours(
        &self,
        calendar: &str,
        from: Date,
        to: Date,
    ) -> Result<Vec<ColourRecord>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT day, colour, source.name, said_at FROM colour
             JOIN source ON source.id = source
             WHERE calendar = ?1 AND day >= ?2 AND day < ?3 ORDER BY day, source.id",
        )?;
        let mut rows = query.query(params![calendar, day_number(from), day_number(to)])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record(row)?);
        }
        Ok(records)
    }

    /// What sources said before they changed their minds, oldest first.
    pub fn colour_revisions(&self, calendar: &str) -> Result<Vec<ColourRecord>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT day, colour, source.name, said_at FROM colour_revision
             JOIN source ON source.id = source
             WHERE calendar = ?1 ORDER BY colour_revision.id",
        )?;
        let mut rows = query.query([calendar])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record(row)?);
        }
        Ok(records)
    }

    /// How the last questions about a calendar ended; none: never asked.
    pub fn colour_note(&self, calendar: &str) -> Result<Option<ColourNote>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT asked_at, ask_at, searched_from, searched_at, failures, problems
             FROM colour_note WHERE calendar = ?1",
        )?;
        let mut rows = query.query([calendar])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let searched: (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
        let searched = match searched {
            (Some(from), Some(at)) => Some((day_from_number(from), instant(at)?)),
            _ => None,
        };
        let problems: String = row.get(5)?;
        Ok(Some(ColourNote {
            asked_at: instant(row.get(0)?)?,
            ask_at: instant(row.get(1)?)?,
            searched,
            failures: row.get(4)?,
            problems: serde_json::from_str(&problems)
                .map_err(|error| LedgerError::Row(error.to_string()))?,
        }))
    }

    /// Notes how questions about a calendar ended.
    pub fn set_colour_note(
        &mut self,
        calendar: &str,
        note: &ColourNote,
    ) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO colour_note
             (calendar, asked_at, ask_at, searched_from, searched_at, failures, problems)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                calendar,
                note.asked_at.as_second(),
                note.ask_at.as_second(),
                note.searched.map(|(from, _)| day_number(from)),
                note.searched.map(|(_, at)| at.as_second()),
                note.failures,
                note.problems.to_string()
            ],
        )?;
        Ok(())
    }

    fn colour_of(
        &self,
        calendar: &str,
        day: Date,
        source: i64,
    ) -> Result<Option<(String, i64)>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT colour, said_at FROM colour WHERE calendar = ?1 AND day = ?2 AND source = ?3",
        )?;
        let held = query.query_row(params![calendar, day_number(day), source], |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
        Ok(held.optional()?)
    }

    fn put_colour(
        &self,
        calendar: &str,
        day: Date,
        source: i64,
        colour: &str,
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO colour (calendar, day, source, colour, said_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                calendar,
                day_number(day),
                source,
                colour,
                at.as_second()
            ])?;
        Ok(())
    }

    fn revise_colour(
        &self,
        calendar: &str,
        day: Date,
        source: i64,
        (held, said_at): &(String, i64),
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "INSERT INTO colour_revision (calendar, day, source, colour, said_at, replaced_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                calendar,
                day_number(day),
                source,
                held,
                said_at,
                at.as_second()
            ])?;
        Ok(())
    }
}

fn record(row: &rusqlite::Row) -> Result<ColourRecord, LedgerError> {
    Ok(ColourRecord {
        day: day_from_number(row.get(0)?),
        colour: row.get(1)?,
        source: row.get(2)?,
        said_at: instant(row.get(3)?)?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::store::Access;

    const DAY: Date = date(2026, 11, 20);
    const NEXT: Date = date(2026, 11, 21);

    fn at(hour: u8) -> Timestamp {
        format!("2026-11-20T{hour:02}:00:00Z").parse().unwrap()
    }

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join(crate::FILE_NAME), Access::Write).unwrap();
        (dir, store)
    }

    fn words(store: &Store) -> Vec<(Date, String, String)> {
        let records = store.colours("tempo", DAY, date(2026, 12, 1)).unwrap();
        let word = |record: ColourRecord| (record.day, record.colour, record.source);
        records.into_iter().map(word).collect()
    }

    #[test]
    fn sources_that_differ_are_kept_side_by_side() {
        let (_dir, mut store) = store();
        let days = [(DAY, "blue"), (NEXT, "white")];
        let first = store
            .write_colours("tempo", &days, "rte-page", at(10))
            .unwrap();
        assert_eq!((first.inserted, first.rows()), (2, 2));
        store
            .write_colours("tempo", &[(DAY, "red")], "edf", at(11))
            .unwrap();
        store
            .write_colours("ejp", &[(DAY, "peak")], "edf", at(11))
            .unwrap();
        assert_eq!(
            words(&store),
            [
                (DAY, "blue".into(), "rte-page".into()),
                (DAY, "red".into(), "edf".into()),
                (NEXT, "white".into(), "rte-page".into())
            ]
        );
        assert_eq!(store.colour_revisions("tempo").unwrap(), []);
    }

    #[test]
    fn when_to_ask_again_is_still_known_after_a_restart() {
        let (dir, mut store) = store();
        assert_eq!(store.colour_note("tempo").unwrap(), None);
        let note = ColourNote {
            asked_at: at(10),
            ask_at: at(11),
            searched: Some((DAY, at(10))),
            failures: 2,
            problems: serde_json::json!([{ "source": "edf", "problem": "page" }]),
        };
        store.set_colour_note("tempo", &note).unwrap();
        drop(store);
        let path = dir.path().join(crate::FILE_NAME);
        let store = Store::open(&path, Access::Read).unwrap();
        assert_eq!(store.colour_note("tempo").unwrap(), Some(note));
        assert_eq!(store.colour_note("ejp").unwrap(), None);
    }

    #[test]
    fn a_word_that_its_source_changes_becomes_a_revision_and_a_repeated_one_nothing() {
        let (_dir, mut store) = store();
        for (colour, hour) in [("white", 10), ("white", 11), ("red", 12)] {
            store
                .write_colours("tempo", &[(DAY, colour)], "rte-page", at(hour))
                .unwrap();
        }
        assert_eq!(words(&store), [(DAY, "red".into(), "rte-page".into())]);
        let old = store.colour_revisions("tempo").unwrap();
        assert_eq!(old.len(), 1);
        assert_eq!((old[0].colour.as_str(), old[0].said_at), ("white", at(10)));
        let again = store
            .write_colours("tempo", &[(DAY, "red")], "rte-page", at(13))
            .unwrap();
        assert_eq!((again.unchanged, again.rows()), (1, 0));
        let held = store.colours("tempo", DAY, NEXT).unwrap();
        assert_eq!(held[0].said_at, at(12));
    }
}
