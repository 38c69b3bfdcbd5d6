//! What was delivered to whom: one fingerprint a piece, written as soon as the
//! destination holds the piece.
//!
//! What a target, a piece and a fingerprint are is the destination's to say; the
//! ledger only compares. A piece without a fingerprint was never delivered, or
//! may have been: to deliver it again must do no harm.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Store, instant};
use crate::error::LedgerError;

/// How the last attempts at a destination ended, and when the next may be made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeliveryNote {
    /// The last time everything was delivered.
    pub succeeded_at: Option<Timestamp>,
    /// The problem that stands, as the destination serialises it; `None` when
    /// the last attempt went well.
    pub problem: Option<serde_json::Value>,
    /// Since when.
    pub problem_at: Option<Timestamp>,
    /// Failures in a row, for the back-off.
    pub failures: u32,
    /// No attempt before this instant.
    pub ask_at: Option<Timestamp>,
}

impl Store {
    /// The fingerprints of what a target of a destination holds, by piece.
    pub fn deliveries(
        &self,
        destination: &str,
        target: &str,
    ) -> Result<BTreeMap<String, String>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT piece, fingerprint FROM delivery WHERE destination = ?1 AND target = ?2",
        )?;
        let rows = query.query_map([destination, target], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Remembers that a target now holds these pieces, in one transaction:
    /// (piece, fingerprint).
    pub fn record_deliveries(
        &mut self,
        destination: &str,
        target: &str,
        pieces: &[(String, String)],
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        self.together(|store| {
            let mut put = store.connection.prepare_cached(
                "INSERT OR REPLACE INTO delivery
                 (destination, target, piece, fingerprint, delivered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (piece, fingerprint) in pieces {
                put.execute(params![
                    destination,
                    target,
                    piece,
                    fingerprint,
                    at.as_second()
                ])?;
            }
            Ok(())
        })
    }

    /// Forgets pieces that a target no longer holds, in one transaction.
    pub fn forget_deliveries(
        &mut self,
        destination: &str,
        target: &str,
        pieces: &[String],
    ) -> Result<(), LedgerError> {
        self.together(|store| {
            let mut delete = store.connection.prepare_cached(
                "DELETE FROM delivery WHERE destination = ?1 AND target = ?2 AND piece = ?3",
            )?;
            for piece in pieces {
                delete.execute([destination, target, piece])?;
            }
            Ok(())
        })
    }

    /// Every target of a destination with what is remembered of it.
    pub fn delivery_targets(
        &self,
        destination: &str,
    ) -> Result<BTreeMap<String, serde_json::Value>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT target, facts FROM delivery_target WHERE destination = ?1")?;
        let rows = query.query_map([destination], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (target, facts) = row?;
            Ok((target, json(&facts)?))
        })
        .collect()
    }

    /// Remembers something of a target.
    pub fn set_delivery_target(
        &mut self,
        destination: &str,
        target: &str,
        facts: &serde_json::Value,
    ) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO delivery_target (destination, target, facts)
                 VALUES (?1, ?2, ?3)",
            )?
            .execute([destination, target, &facts.to_string()])?;
        Ok(())
    }

    /// Forgets a target with all its fingerprints, in one transaction.
    pub fn forget_delivery_target(
        &mut self,
        destination: &str,
        target: &str,
    ) -> Result<(), LedgerError> {
        self.together(|store| {
            for table in ["delivery", "delivery_target"] {
                let sql = format!("DELETE FROM {table} WHERE destination = ?1 AND target = ?2");
                store.connection.execute(&sql, [destination, target])?;
            }
            Ok(())
        })
    }

    /// How the last attempts at a destination ended.
    pub fn delivery_note(&self, destination: &str) -> Result<DeliveryNote, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT succeeded_at, problem, problem_at, failures, ask_at
             FROM delivery_note WHERE destination = ?1",
        )?;
        let row = query.query_row([destination], |row| {
            Ok((
                row.get::<_, Option<i64>>(0)?,
                row.get::<_, Option<String>>(1)?,
                row.get::<_, Option<i64>>(2)?,
                row.get::<_, u32>(3)?,
                row.get::<_, Option<i64>>(4)?,
            ))
        });
        let Some((succeeded, problem, problem_at, failures, ask_at)) = row.optional()? else {
            return Ok(DeliveryNote::default());
        };
        Ok(DeliveryNote {
            succeeded_at: succeeded.map(instant).transpose()?,
            problem: problem.as_deref().map(json).transpose()?,
            problem_at: problem_at.map(instant).transpose()?,
            failures,
            ask_at: ask_at.map(instant).transpose()?,
        })
    }

    /// Keeps how the last attempt at a destination ended.
    pub fn set_delivery_note(
        &mut self,
        destination: &str,
        note: &DeliveryNote,
    ) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO delivery_note
                 (destination, succeeded_at, problem, problem_at, failures, ask_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                destination,
                note.succeeded_at.map(Timestamp::as_second),
                note.problem.as_ref().map(ToString::to_string),
                note.problem_at.map(Timestamp::as_second),
                note.failures,
                note.ask_at.map(Timestamp::as_second),
            ])?;
        Ok(())
    }
}

fn json(text: &str) -> Result<serde_json::Value, LedgerError> {
    serde_json::from_str(text).map_err(|error| LedgerError::Row(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Access;

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join(crate::FILE_NAME), Access::Write).unwrap();
        (dir, store)
    }

    fn piece(name: &str, fingerprint: &str) -> (String, String) {
        (name.to_owned(), fingerprint.to_owned())
    }

    #[test]
    fn a_target_holds_its_own_pieces_until_they_or_it_are_forgotten() {
        let (_dir, mut store) = store();
        let at: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let first = [piece("day/1", "a"), piece("day/2", "b")];
        store.record_deliveries("box", "A", &first, at).unwrap();
        store
            .record_deliveries("box", "B", &[piece("day/1", "z")], at)
            .unwrap();
        store
            .record_deliveries("box", "A", &[piece("day/2", "c")], at)
            .unwrap();
        let held = store.deliveries("box", "A").unwrap();
        assert_eq!(
            held,
            BTreeMap::from([piece("day/1", "a"), piece("day/2", "c")])
        );
        let gone = ["day/1".to_owned()];
        store.forget_deliveries("box", "A", &gone).unwrap();
        assert_eq!(store.deliveries("box", "A").unwrap().len(), 1);
        let facts = serde_json::json!({ "idx": 7 });
        store.set_delivery_target("box", "A", &facts).unwrap();
        let targets = store.delivery_targets("box").unwrap();
        assert_eq!(targets, BTreeMap::from([("A".to_owned(), facts)]));
        store.forget_delivery_target("box", "A").unwrap();
        assert!(store.deliveries("box", "A").unwrap().is_empty());
        assert!(store.delivery_targets("box").unwrap().is_empty());
        assert_eq!(store.deliveries("box", "B").unwrap().len(), 1);
    }

    #[test]
    fn a_note_comes_back_as_it_was_kept_and_none_is_an_empty_one() {
        let (_dir, mut store) = store();
        assert_eq!(store.delivery_note("box").unwrap(), DeliveryNote::default());
        let note = DeliveryNote {
            succeeded_at: None,
            problem: Some(serde_json::json!({ "name": "unreachable" })),
            problem_at: Some("2026-11-20T08:00:00Z".parse().unwrap()),
            failures: 3,
            ask_at: Some("2026-11-20T08:30:00Z".parse().unwrap()),
        };
        store.set_delivery_note("box", &note).unwrap();
        assert_eq!(store.delivery_note("box").unwrap(), note);
    }
}
