//! Events counted against a limit, in windows that begin with their first one.

use jiff::{SignedDuration, Timestamp};

use super::{StoreError, Tx};

/// A count and the end of its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many there were.
    pub n: i64,
    /// When the window ends.
    pub until: Timestamp,
}

/// The name of a count: what is counted, and for whom.
pub fn name(what: &str, whom: &[u8]) -> Vec<u8> {
    [what.as_bytes(), b"\0", whom].concat()
}

/// Counts `by` more events (none leaves a trace too, so that the two cases take
/// the same time).
pub async fn count(
    tx: &mut dyn Tx,
    name: &[u8],
    by: i64,
    window: SignedDuration,
) -> Result<Count, StoreError> {
    let now = tx.now();
    let end = now.saturating_add(window).unwrap_or(Timestamp::MAX);
    let sql = "INSERT INTO counter (name, begun, expires, n) VALUES ($1, $2, $3, $4)
               ON CONFLICT (name) DO UPDATE SET
                 n = CASE WHEN counter.expires <= excluded.begun THEN excluded.n
                          ELSE counter.n + excluded.n END,
                 begun = CASE WHEN counter.expires <= excluded.begun THEN excluded.begun
                              ELSE counter.begun END,
                 expires = CASE WHEN counter.expires <= excluded.begun THEN excluded.expires
                                ELSE counter.expires END
               RETURNING n, expires";
    let values = vec![name.into(), now.into(), end.into(), by.into()];
    let rows = tx.query(sql, values).await?;
    let row = rows.first().ok_or(StoreError::Corrupt("no count"))?;
    Ok(Count {
        n: row.int(0)?,
        until: row.instant(1)?,
    })
}

/// How many events there were in the window that runs, if any.
pub async fn peek(tx: &mut dyn Tx, name: &[u8]) -> Result<Count, StoreError> {
    let now = tx.now();
    let sql = "SELECT n, expires FROM counter WHERE name = $1 AND expires > $2";
    let rows = tx.query(sql, vec![name.into(), now.into()]).await?;
    match rows.first() {
        Some(row) => Ok(Count {
            n: row.int(0)?,
            until: row.instant(1)?,
        }),
        None => Ok(Count { n: 0, until: now }),
    }
}

/// Throws away windows that have ended.
pub async fn sweep(tx: &mut dyn Tx) -> Result<u64, StoreError> {
    let now = tx.now();
    tx.execute("DELETE FROM counter WHERE expires <= $1", vec![now.into()])
        .await
}
