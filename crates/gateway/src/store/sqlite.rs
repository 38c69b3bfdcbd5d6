//! SQLite: one file, one writer thread. Transactions that wait together are
//! committed together, so that one `fsync` serves many.

mod copier;

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use jiff::Timestamp;
use rusqlite::{Connection, params_from_iter};
use service::SharedClock;
use tokio::sync::{mpsc, oneshot};

use copier::Copier;

use super::{BoxFuture, Engine, Job, Row, StoreError, Tx, Value, Write, migrations};

/// Transactions that may wait before others are turned away.
const QUEUE: usize = 4096;
/// Pages kept in memory, in KiB: a whole commit's, so that none is written twice.
const CACHE: i64 = 16 << 10;
/// Pages of the log, should nobody copy them meanwhile: 128 MB.
const LONGEST_LOG: i64 = 32 << 10;
/// Bytes of the log that stay on the disk once it begins anew.
const LOG_ON_DISK: i64 = 80 << 20;
/// Transactions in one commit at most.
const GROUP: usize = 256;

/// The default engine: one file in the data folder.
pub struct Sqlite {
    queue: mpsc::Sender<Waiting>,
    time: Time,
}

struct Waiting {
    job: Job,
    done: oneshot::Sender<Result<(), StoreError>>,
}

/// The process' clock, unless a test set another instant.
#[derive(Clone)]
struct Time {
    clock: SharedClock,
    set: Arc<Mutex<Option<Timestamp>>>,
}

impl Time {
    fn now(&self) -> Timestamp {
        let set = *self.set.lock().unwrap_or_else(PoisonError::into_inner);
        set.unwrap_or_else(|| self.clock.now())
    }
}

impl Sqlite {
    /// Opens or makes the file and its tables.
    pub fn open(path: &Path, clock: SharedClock) -> Result<Self, StoreError> {
        private(path)?;
        let mut connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;",
        )?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        connection.pragma_update(None, "wal_autocheckpoint", LONGEST_LOG)?;
        connection.pragma_update(None, "journal_size_limit", LOG_ON_DISK)?;
        connection.set_prepared_statement_cache_capacity(256);
        migrations::sqlite(&mut connection)?;
        // What a savepoint may undo: in a file it costs more writes than the rows
        // themselves. Migrations sort whole tables and keep to files.
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        let (queue, waiting) = mpsc::channel(QUEUE);
        let time = Time {
            clock,
            set: Arc::default(),
        };
        let writer = Writer {
            copier: Copier::start(path)?,
            connection,
            time: time.clone(),
        };
        std::thread::Builder::new()
            .name("gateway-writer".to_owned())
            .spawn(move || writer.serve(waiting))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { queue, time })
    }
}

/// The path of rows that end with the process.
pub const IN_MEMORY: &str = ":memory:";

/// Makes the file for its owner alone where there is none; the engine gives its
/// logs the same mode.
fn private(path: &Path) -> Result<(), StoreError> {
    if path == Path::new(IN_MEMORY) {
        return Ok(());
    }
    let made = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path);
    made.map(drop)
        .map_err(|error| StoreError::Unavailable(error.to_string()))
}

impl Engine for Sqlite {
    fn run(&self, job: Job) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let (done, outcome) = oneshot::channel();
            self.queue
                .try_send(Waiting { job, done })
                .map_err(|_| StoreError::Unavailable("too many wait".to_owned()))?;
            outcome
                .await
                .map_err(|_| StoreError::Unavailable("the writer has stopped".to_owned()))?
        })
    }

    fn set_time(&self, now: Timestamp) -> BoxFuture<'_, Result<(), StoreError>> {
        *self.time.set.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Box::pin(async { Ok(()) })
    }

    fn name(&self) -> &'static str {
        "SQLite"
    }
}

struct Writer {
    connection: Connection,
    copier: Copier,
    time: Time,
}

impl Writer {
    fn serve(mut self, mut waiting: mpsc::Receiver<Waiting>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut group = vec![first];
            while group.len() < GROUP
                && let Ok(next) = waiting.try_recv()
            {
                group.push(next);
            }
            self.commit(group, &waiting);
        }
    }

    /// Runs a group in one transaction, each job in a savepoint of its own.
    fn commit(&mut self, group: Vec<Waiting>, others: &mpsc::Receiver<Waiting>) {
        let outcomes = self.attempt(&group);
        for (at, waiting) in group.into_iter().enumerate() {
            let outcome = match &outcomes {
                Ok(outcomes) => outcomes[at].clone(),
                Err(error) => Err(error.clone()),
            };
            // Who does not wait any more does not mind.
            let _ = waiting.done.send(outcome);
        }
        self.copier
            .after_commit(&self.connection, !others.is_empty());
    }

    fn attempt(&mut self, group: &[Waiting]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let outcomes = self.run_all(group);
        let ended = match &outcomes {
            Ok(_) => self.connection.execute_batch("COMMIT"),
            Err(_) => Ok(()),
        };
        if outcomes.is_err() || ended.is_err() {
            // A transaction that the engine has already given up is no error here.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        ended?;
        outcomes
    }

    fn run_all(&mut self, group: &[Waiting]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let mut outcomes = Vec::with_capacity(group.len());
        for waiting in group {
            self.connection
                .prepare_cached("SAVEPOINT job")?
                .execute(())?;
            let mut tx = Running {
                connection: &mut self.connection,
                now: self.time.now(),
            };
            let outcome = at_once((waiting.job)(&mut tx));
            if outcome.is_err() {
                self.connection
                    .prepare_cached("ROLLBACK TO job")?
                    .execute(())?;
            }
            self.connection.prepare_cached("RELEASE job")?.execute(())?;
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }
}

/// Every step of a job is answered on the spot here, so that its future is
/// ready at the first poll.
fn at_once<T>(job: BoxFuture<'_, Result<T, StoreError>>) -> Result<T, StoreError> {
    let mut job = pin!(job);
    match job.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Err(StoreError::Corrupt(
            "a transaction waits for something else",
        )),
    }
}

struct Running<'c> {
    connection: &'c mut Connection,
    now: Timestamp,
}

impl Running<'_> {
    fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|at| Value::try_from(row.get_ref(at)?));
            found.push(Row(values.collect::<Result<_, _>>()?));
        }
        Ok(found)
    }

    fn change(&self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.execute(params_from_iter(values))? as u64)
    }
}

impl Tx for Running<'_> {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        let rows = self.rows(sql, &values);
        Box::pin(async { rows })
    }

    fn lock<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        // There is one writer: every row is its own.
        self.query(sql, values)
    }

    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        let changed = self.change(sql, &values);
        Box::pin(async { changed })
    }

    fn execute_all(&mut self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<u64>, StoreError>> {
        let changed = writes
            .iter()
            .map(|write| self.change(write.sql, &write.values))
            .collect();
        Box::pin(async { changed })
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // Never the statement's values: they may be secrets.
        let text = match error {
            rusqlite::Error::SqliteFailure(code, _) => code.to_string(),
            rusqlite::Error::SqlInputError { msg, .. } => msg,
            other => other.to_string(),
        };
        Self::Unavailable(text)
    }
}

#[cfg(test)]
mod tests {
    use service::VirtualClock;

    use super::*;

    #[test]
    fn rows_in_memory_leave_no_file() {
        let clock = VirtualClock::at("2026-11-21T09:00:00Z".parse().unwrap());
        Sqlite::open(Path::new(IN_MEMORY), std::sync::Arc::new(clock)).unwrap();
        assert!(!Path::new(IN_MEMORY).exists());
    }
}
