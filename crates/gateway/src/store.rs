//! The rows: one trait, two engines.
//!
//! An [`Engine`] runs a whole transaction; what the transaction does is written
//! once, in the plain SQL that both engines understand (numbered parameters that
//! first appear in order, `ON CONFLICT`, `RETURNING`). Only the tables' types
//! differ: `migrations/sqlite` and `migrations/postgres` stand side by side.

mod migrations;
mod postgres;
mod sqlite;
mod value;
mod watched;

pub mod claims;
pub mod clients;
pub mod consents;
pub mod counters;
pub mod flows;
pub mod tokens;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
pub use service::clock::BoxFuture;

pub use postgres::{DatabaseUrlError, Postgres, PostgresOptions};
pub use sqlite::{IN_MEMORY, Sqlite};
pub use value::{Row, Value};
pub use watched::Noted;

use crate::audit::Event;
use crate::metrics::Metrics;
use watched::Watched;

/// Why the rows gave no answer. What was asked for did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is away, full or too busy; the same request may succeed later.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// Two transactions got in each other's way, more often than is tried again.
    #[error("the transaction was abandoned")]
    Contended,
    /// A row is not as this program writes it.
    #[error("a row is malformed: {0}")]
    Corrupt(&'static str),
    /// There are no random bytes, or a sealed text does not open.
    #[error("the keys do not serve: {0}")]
    Keys(String),
    /// The tables were made by a newer version of this program.
    #[error("the tables are of version {found}; this program knows {known}")]
    TooNew {
        /// What the database holds.
        found: i64,
        /// What this program knows.
        known: i64,
    },
}

impl From<crate::random::NoRandomness> for StoreError {
    fn from(error: crate::random::NoRandomness) -> Self {
        Self::Keys(error.to_string())
    }
}

impl From<crate::keys::SealError> for StoreError {
    fn from(error: crate::keys::SealError) -> Self {
        Self::Keys(error.to_string())
    }
}

/// A transaction that runs.
pub trait Tx: Send {
    /// The instant by which this transaction decides: the database's on
    /// PostgreSQL, the process' on SQLite. Tests set both.
    fn now(&self) -> Timestamp;

    /// The rows of a statement.
    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>>;

    /// The rows of a `SELECT`, which stay as they are until the transaction
    /// ends: nobody else changes or locks them.
    fn lock<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>>;

    /// How many rows a statement changed.
    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<u64, StoreError>>;

    /// How many rows each statement changed; they go to the database together,
    /// in their order.
    fn execute_all(&mut self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<u64>, StoreError>>;

    /// Something to be counted that leaves no audit row of its own.
    fn note(&mut self, _: Noted) {}
}

/// A statement that writes, with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    sql: &'static str,
    values: Vec<Value>,
    event: Option<Event>,
}

impl Write {
    /// This statement with these values.
    pub fn new(sql: &'static str, values: Vec<Value>) -> Self {
        Self {
            sql,
            values,
            event: None,
        }
    }

    /// The row of that event.
    #[must_use]
    pub fn of(self, event: Event) -> Self {
        Self {
            event: Some(event),
            ..self
        }
    }
}

/// What a transaction does; run again when it got in another's way.
pub type Job =
    Box<dyn for<'t> Fn(&'t mut dyn Tx) -> BoxFuture<'t, Result<(), StoreError>> + Send + Sync>;

/// A database.
pub trait Engine: Send + Sync {
    /// Runs a transaction: all of it is on the disk when this returns, or nothing.
    fn run(&self, job: Job) -> BoxFuture<'_, Result<(), StoreError>>;

    /// The tests' clock: from now on every transaction decides by this instant.
    fn set_time(&self, now: Timestamp) -> BoxFuture<'_, Result<(), StoreError>>;

    /// The engine's name, for messages.
    fn name(&self) -> &'static str;
}

/// The rows, shared.
#[derive(Clone)]
pub struct Store {
    engine: Arc<dyn Engine>,
    metrics: Option<Arc<Metrics>>,
}

impl Store {
    /// A store on this engine, whose tables are made.
    pub fn new(engine: impl Engine + 'static) -> Self {
        Self {
            engine: Arc::new(engine),
            metrics: None,
        }
    }

    /// The same, counting what is committed.
    #[must_use]
    pub fn counting(self, metrics: Arc<Metrics>) -> Self {
        Self {
            metrics: Some(metrics),
            ..self
        }
    }

    /// Runs a transaction and gives what it found. The closure may run more
    /// than once; only what its last run did is kept.
    pub async fn transact<T: Send + 'static>(
        &self,
        work: impl for<'t> Fn(&'t mut dyn Tx) -> BoxFuture<'t, Result<T, StoreError>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T, StoreError> {
        let found = Arc::new(Mutex::new(None));
        let slot = found.clone();
        let work = Arc::new(work);
        self.engine
            .run(Box::new(move |tx| {
                let (slot, work) = (slot.clone(), work.clone());
                Box::pin(async move {
                    let mut watched = Watched::new(tx);
                    let value = work(&mut watched).await?;
                    let outcome = Some((value, watched.noted));
                    *slot.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
                    Ok(())
                })
            }))
            .await?;
        let outcome = found.lock().unwrap_or_else(PoisonError::into_inner).take();
        let none = StoreError::Corrupt("a transaction without an outcome");
        let (value, noted) = outcome.ok_or(none)?;
        if let Some(metrics) = &self.metrics {
            for noted in noted {
                metrics.count(noted);
            }
        }
        Ok(value)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<Timestamp, StoreError> {
        self.transact(|tx| Box::pin(async move { Ok(tx.now()) }))
            .await
    }

    /// See [`Engine::set_time`].
    pub async fn set_time(&self, now: Timestamp) -> Result<(), StoreError> {
        self.engine.set_time(now).await
    }

    /// The engine's name, for messages.
    pub fn engine_name(&self) -> &'static str {
        self.engine.name()
    }
}

/// `$2, $3, $4` for values from `first` on.
pub fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    places.join(", ")
}
