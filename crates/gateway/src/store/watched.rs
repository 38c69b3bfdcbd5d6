//! A transaction that remembers what it did, so that it is counted once it is
//! committed, and only then.

use jiff::Timestamp;

use super::{BoxFuture, Row, StoreError, Tx, Value, Write};
use crate::audit::Event;

/// Something that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// An audit row was written.
    Audited(Event),
    /// A callback brought a value that nobody had brought before.
    UnknownValue,
}

pub(super) struct Watched<'t> {
    tx: &'t mut dyn Tx,
    pub(super) noted: Vec<Noted>,
}

impl<'t> Watched<'t> {
    pub(super) fn new(tx: &'t mut dyn Tx) -> Self {
        Self {
            tx,
            noted: Vec::new(),
        }
    }
}

impl Tx for Watched<'_> {
    fn now(&self) -> Timestamp {
        self.tx.now()
    }

    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        self.tx.query(sql, values)
    }

    fn lock<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        self.tx.lock(sql, values)
    }

    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.tx.execute(sql, values)
    }

    fn execute_all(&mut self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<u64>, StoreError>> {
        let events = writes.iter().filter_map(|write| write.event);
        self.noted.extend(events.map(Noted::Audited));
        self.tx.execute_all(writes)
    }

    fn note(&mut self, noted: Noted) {
        self.noted.push(noted);
    }
}
