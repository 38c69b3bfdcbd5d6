//! What upkeep asks of all consents, twice a minute: each statement goes by an
//! index, because boxes wait meanwhile.

use jiff::Timestamp;

use super::{COLUMNS, ConsentRow, Ending, end};
use crate::store::{Row, StoreError, Tx};

const ENDED: &str = "until_at <= $1 AND status IN ('active', 'suspect')
         ORDER BY until_at LIMIT 200";
const BY_STATE: &str = "SELECT status, count(*) FROM consent GROUP BY status";
const WRAPPED_OTHERWISE: &str = "SELECT id, dek FROM consent WHERE dek < $1 OR dek >= $2 LIMIT 200";
const TOMBSTONES: &str = "DELETE FROM tombstone WHERE until_at <= $1";

/// Ends consents whose time is over, some at a time; how many there were.
pub async fn expire(tx: &mut dyn Tx) -> Result<usize, StoreError> {
    let now = tx.now();
    let sql = format!("SELECT {COLUMNS} FROM consent WHERE {ENDED}");
    let rows = tx.lock(&sql, vec![now.into()]).await?;
    let mut ended = 0;
    for row in &rows {
        let consent = ConsentRow::read(row)?;
        ended += usize::from(end(tx, &consent, Ending::Expired, "its time").await?);
    }
    Ok(ended)
}

/// How many consents are in each state.
pub async fn by_state(tx: &mut dyn Tx) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx.query(BY_STATE, Vec::new()).await?;
    let state = |row: &Row| Ok((row.text(0)?.to_owned(), row.int(1)?));
    rows.iter().map(state).collect()
}

/// Consents whose wrapped key is not between these: their identifier and the
/// key, some at a time.
pub async fn wrapped_otherwise(
    tx: &mut dyn Tx,
    [low, high]: [Vec<u8>; 2],
) -> Result<Vec<Row>, StoreError> {
    tx.query(WRAPPED_OTHERWISE, vec![low.into(), high.into()])
        .await
}

/// Forgets whose consents they were that ended before then: usage points, tokens,
/// what was read, and at last the proof. The row itself stays, so that its number
/// never leads to another consent.
pub async fn forget(tx: &mut dyn Tx, before: Timestamp) -> Result<(), StoreError> {
    const OLD: &str = "FROM consent WHERE status IN ('revoked', 'expired') AND until_at <= $1";
    let family = format!("family IN (SELECT id FROM family WHERE consent IN (SELECT id {OLD}))");
    let consent = format!("consent IN (SELECT id {OLD})");
    for (table, theirs) in [
        ("access_token", &family),
        ("refresh_token", &family),
        ("family", &consent),
        ("consent_point", &consent),
        ("served", &consent),
        ("proof", &consent),
    ] {
        let sql = format!("DELETE FROM {table} WHERE {theirs}");
        tx.execute(&sql, vec![before.into()]).await?;
    }
    let sql = format!("DELETE FROM claim WHERE flow IN (SELECT flow {OLD})");
    tx.execute(&sql, vec![before.into()]).await.map(|_| ())
}

/// Removes tombstones that guard nothing any more.
pub async fn sweep(tx: &mut dyn Tx) -> Result<u64, StoreError> {
    let now = tx.now();
    tx.execute(TOMBSTONES, vec![now.into()]).await
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::migrations;

    #[test]
    fn no_statement_walks_through_all_consents() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrations::sqlite(&mut connection).unwrap();
        let ended = format!("SELECT {COLUMNS} FROM consent WHERE {ENDED}");
        for (sql, index) in [
            (&*ended, "consent_status (status=? AND until_at<?)"),
            (WRAPPED_OTHERWISE, "consent_dek (dek<?)"),
            (WRAPPED_OTHERWISE, "consent_dek (dek>?)"),
            (TOMBSTONES, "tombstone_until (until_at<?)"),
            (BY_STATE, "COVERING INDEX consent_status"),
        ] {
            let explain = format!("EXPLAIN QUERY PLAN {sql}");
            let mut plan = connection.prepare(&explain).unwrap();
            let count = plan.parameter_count();
            let values = rusqlite::params_from_iter(vec![0; count]);
            let lines = plan.query_map(values, |row| row.get(3)).unwrap();
            let lines: Vec<String> = lines.map(Result::unwrap).collect();
            assert!(lines.iter().any(|line| line.contains(index)), "{lines:?}");
        }
    }
}
