//! The tables, version by version: expand, migrate, contract. Each version is
//! one file for each engine, applied in one transaction.

use rusqlite::Connection;

use super::StoreError;

const SQLITE: [&str; 5] = [
    include_str!("../../migrations/sqlite/1.sql"),
    include_str!("../../migrations/sqlite/2.sql"),
    include_str!("../../migrations/sqlite/3.sql"),
    include_str!("../../migrations/sqlite/4.sql"),
    include_str!("../../migrations/sqlite/5.sql"),
];
const POSTGRES: [&str; 5] = [
    include_str!("../../migrations/postgres/1.sql"),
    include_str!("../../migrations/postgres/2.sql"),
    include_str!("../../migrations/postgres/3.sql"),
    include_str!("../../migrations/postgres/4.sql"),
    include_str!("../../migrations/postgres/5.sql"),
];

/// An arbitrary number of ours, under which nodes take turns.
const LOCK: i64 = 0x7265_6c65_7665;

/// What is still to be applied to tables of version `found`.
fn pending<'m>(all: &'m [&'m str], found: i64) -> Result<Vec<(i64, &'m str)>, StoreError> {
    let known = all.len() as i64;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    let pending = all.iter().zip(1..).filter(|(_, version)| *version > found);
    Ok(pending.map(|(sql, version)| (version, *sql)).collect())
}

pub(super) fn sqlite(connection: &mut Connection) -> Result<(), StoreError> {
    // Tables of today are not waited for: somebody else may be writing.
    let found = connection.query_row("PRAGMA user_version", (), |row| row.get(0))?;
    if pending(&SQLITE, found)?.is_empty() {
        return Ok(());
    }
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found = transaction.query_row("PRAGMA user_version", (), |row| row.get(0))?;
    for (version, sql) in pending(&SQLITE, found)? {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(transaction.commit()?)
}

pub(super) async fn postgres(client: &mut deadpool_postgres::Client) -> Result<(), StoreError> {
    let transaction = client.transaction().await?;
    transaction
        .execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])
        .await?;
    transaction
        .batch_execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        .await?;
    let found = "SELECT coalesce(max(version), 0)::bigint FROM schema_version";
    let found: i64 = transaction.query_one(found, &[]).await?.try_get(0)?;
    for (version, sql) in pending(&POSTGRES, found)? {
        transaction.batch_execute(sql).await?;
        let record = "INSERT INTO schema_version (version) VALUES ($1)";
        transaction.execute(record, &[&version]).await?;
    }
    Ok(transaction.commit().await?)
}
