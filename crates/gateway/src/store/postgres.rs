//! PostgreSQL 15 or later: several nodes on one database, its clock for all.

mod options;

use std::error::Error;
use std::time::Duration;

use deadpool_postgres::{
    Manager, ManagerConfig, Pool, RecyclingMethod, Runtime, Timeouts, Transaction,
};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

pub use options::{DatabaseUrlError, PostgresOptions};

use super::{BoxFuture, Engine, Job, Row, StoreError, Tx, Value, Write, migrations};

/// How long a request waits for a connection before it is turned away.
const PATIENCE: Duration = Duration::from_secs(4);
/// How often a transaction that got in another's way is tried.
const ATTEMPTS: u32 = 5;

/// A pool of connections to one database.
pub struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// Connects (`postgres://user@host/database` or `key=value` pairs) and makes
    /// the tables.
    pub async fn open(url: &str, connections: usize) -> Result<Self, StoreError> {
        let options = PostgresOptions::read(url, None)
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Self::connect(options, connections).await
    }

    /// Connects with as many connections at most, and makes the tables.
    pub async fn connect(options: PostgresOptions, connections: usize) -> Result<Self, StoreError> {
        let mut config = options.config;
        config
            .connect_timeout(PATIENCE)
            .application_name("releve-gateway")
            .options("-c statement_timeout=5000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=10000");
        let recycling = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let manager = match options.tls {
            None => Manager::from_config(config, NoTls, recycling),
            Some(tls) => Manager::from_config(config, MakeRustlsConnect::new(tls), recycling),
        };
        let pool = Pool::builder(manager)
            .max_size(connections)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts {
                wait: Some(PATIENCE),
                create: Some(PATIENCE),
                recycle: Some(PATIENCE),
            })
            .build()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let store = Self { pool };
        let mut connection = store.connection().await?;
        migrations::postgres(&mut connection).await?;
        Ok(store)
    }

    async fn connection(&self) -> Result<deadpool_postgres::Client, StoreError> {
        self.pool.get().await.map_err(|error| match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            other => StoreError::Unavailable(other.to_string()),
        })
    }

    async fn attempt(&self, job: &Job) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let transaction = connection
            .build_transaction()
            .isolation_level(IsolationLevel::ReadCommitted)
            .start()
            .await?;
        let now = transaction.prepare_cached("SELECT gateway_now()").await?;
        let now: i64 = transaction.query_one(&now, &[]).await?.try_get(0)?;
        let now = Timestamp::from_microsecond(now)
            .map_err(|_| StoreError::Corrupt("the database has no time"))?;
        let mut running = Running { transaction, now };
        job(&mut running).await?;
        Ok(running.transaction.commit().await?)
    }
}

impl Engine for Postgres {
    fn run(&self, job: Job) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            for _ in 1..ATTEMPTS {
                match self.attempt(&job).await {
                    Err(StoreError::Contended) => {}
                    outcome => return outcome,
                }
            }
            self.attempt(&job).await
        })
    }

    fn set_time(&self, now: Timestamp) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let connection = self.connection().await?;
            connection
                .execute(
                    "INSERT INTO test_clock (only_row, now_at) VALUES (1, $1)
                     ON CONFLICT (only_row) DO UPDATE SET now_at = excluded.now_at",
                    &[&now.as_microsecond()],
                )
                .await?;
            Ok(())
        })
    }

    fn name(&self) -> &'static str {
        "PostgreSQL"
    }
}

struct Running<'c> {
    transaction: Transaction<'c>,
    now: Timestamp,
}

impl Running<'_> {
    async fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let statement = self.transaction.prepare_cached(sql).await?;
        let rows = self
            .transaction
            .query(&statement, &parameters(values))
            .await?;
        rows.iter().map(Row::try_from).collect()
    }
}

impl Tx for Running<'_> {
    fn execute_all(&mut self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<u64>, StoreError>> {
        Box::pin(execute_all(&self.transaction, writes))
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(async move { self.rows(sql, &values).await })
    }

    fn lock<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(async move { self.rows(&format!("{sql} FOR UPDATE"), &values).await })
    }

    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(async move {
            let statement = self.transaction.prepare_cached(sql).await?;
            Ok(self
                .transaction
                .execute(&statement, &parameters(&values))
                .await?)
        })
    }
}

/// Statements are prepared one after the other (once a connection), then sent
/// together: the answers are waited for once.
async fn execute_all(
    transaction: &Transaction<'_>,
    writes: Vec<Write>,
) -> Result<Vec<u64>, StoreError> {
    let mut running = Vec::with_capacity(writes.len());
    for write in &writes {
        let statement = transaction.prepare_cached(write.sql).await?;
        running.push(async move {
            transaction
                .execute(&statement, &parameters(&write.values))
                .await
        });
    }
    Ok(try_join_all(running).await?)
}

fn parameters(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        // Never `Display` of the whole error: its detail may hold values.
        match error.code() {
            Some(&SqlState::T_R_DEADLOCK_DETECTED | &SqlState::T_R_SERIALIZATION_FAILURE) => {
                Self::Contended
            }
            Some(code) => {
                let message = error.as_db_error().map(|error| error.message().to_owned());
                Self::Unavailable(format!("{} {}", code.code(), message.unwrap_or_default()))
            }
            None => Self::Unavailable(connection(&error)),
        }
    }
}

/// Why there is no connection; what the system or TLS says names no secret.
fn connection(error: &tokio_postgres::Error) -> String {
    let why = error
        .source()
        .and_then(|why| why.downcast_ref::<std::io::Error>());
    why.map_or_else(|| "the connection failed".to_owned(), ToString::to_string)
}
