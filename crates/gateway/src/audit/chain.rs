//! The chain over the audit: each row's hash covers the row before it, so that
//! none can be changed, removed or slipped in unnoticed. One task seals within
//! a second; the transactions themselves never wait for it.

use ring::digest::{Context, SHA256};

use crate::store::{Row, StoreError, Tx};

/// Rows sealed in one transaction: others wait for no more than some milliseconds.
const STEP: usize = 200;

const COLUMNS: &str = "id, at, event, client, flow, consent, subject_hash, network, detail";

/// Where the chain stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many rows are sealed.
    pub seq: i64,
    /// The hash of the last.
    pub hash: Vec<u8>,
}

/// What is wrong with the chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A row is missing.
    #[error("row {0} of the chain is missing")]
    Missing(i64),
    /// A row is not as it was when it was sealed.
    #[error("row {0} of the chain was changed")]
    Changed(i64),
    /// The chain ends elsewhere than its head says.
    #[error("the chain ends at row {found}, its head says {head}")]
    Cut {
        /// The last row that is there.
        found: i64,
        /// The last row that was sealed.
        head: i64,
    },
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Where the chain stands. To keep this elsewhere is to notice even a chain
    /// that was rewritten as a whole.
    pub head: Head,
    /// Rows that are not sealed yet: those of the last second.
    pub unsealed: i64,
}

/// Seals rows that are not yet; how many. Nodes take turns by the head's row.
pub async fn seal(tx: &mut dyn Tx) -> Result<usize, StoreError> {
    let head = head(tx).await?;
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq IS NULL ORDER BY id LIMIT {STEP}");
    let rows = tx.query(&sql, Vec::new()).await?;
    let mut last = head;
    for row in &rows {
        last = Head {
            seq: last.seq + 1,
            hash: link(&last, row)?,
        };
        let sql = "UPDATE audit SET seq = $1, hash = $2 WHERE id = $3 AND seq IS NULL";
        let values = vec![
            last.seq.into(),
            last.hash.as_slice().into(),
            row.int(0)?.into(),
        ];
        if tx.execute(sql, values).await? == 0 {
            return Err(StoreError::Contended);
        }
    }
    if !rows.is_empty() {
        let sql = "UPDATE audit_head SET seq = $1, hash = $2 WHERE only_row = 1";
        tx.execute(sql, vec![last.seq.into(), last.hash.into()])
            .await?;
    }
    Ok(rows.len())
}

async fn head(tx: &mut dyn Tx) -> Result<Head, StoreError> {
    let sql = "SELECT seq, hash FROM audit_head WHERE only_row = 1";
    let rows = tx.lock(sql, Vec::new()).await?;
    let row = rows
        .first()
        .ok_or(StoreError::Corrupt("the chain has no head"))?;
    Ok(Head {
        seq: row.int(0)?,
        hash: row.bytes(1)?.to_vec(),
    })
}

/// Walks the whole chain from its beginning, or from where older rows were
/// deleted.
pub async fn verify(tx: &mut dyn Tx) -> Result<Result<Verified, Broken>, StoreError> {
    let head = head(tx).await?;
    let mut last = anchor(tx).await?;
    loop {
        let sql = format!(
            "SELECT {COLUMNS}, seq, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT {STEP}"
        );
        let rows = tx.query(&sql, vec![last.seq.into()]).await?;
        for row in &rows {
            let seq = row.int(9)?;
            if seq != last.seq + 1 {
                return Ok(Err(Broken::Missing(last.seq + 1)));
            }
            let hash = link(&last, row)?;
            if hash != row.bytes(10)? {
                return Ok(Err(Broken::Changed(seq)));
            }
            last = Head { seq, hash };
        }
        if rows.len() < STEP {
            break;
        }
    }
    if last != head {
        return Ok(Err(Broken::Cut {
            found: last.seq,
            head: head.seq,
        }));
    }
    let unsealed = unsealed(tx).await?;
    Ok(Ok(Verified { head, unsealed }))
}

/// How many rows wait to be sealed.
pub async fn unsealed(tx: &mut dyn Tx) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM audit WHERE seq IS NULL";
    let rows = tx.query(sql, Vec::new()).await?;
    rows.first().map_or(Ok(0), |row| row.int(0))
}

async fn anchor(tx: &mut dyn Tx) -> Result<Head, StoreError> {
    let sql = "SELECT seq, hash FROM audit_anchor ORDER BY seq DESC LIMIT 1";
    let rows = tx.query(sql, Vec::new()).await?;
    match rows.first() {
        Some(row) => Ok(Head {
            seq: row.int(0)?,
            hash: row.bytes(1)?.to_vec(),
        }),
        None => Ok(Head {
            seq: 0,
            hash: Vec::new(),
        }),
    }
}

/// Deletes sealed rows older than that; the chain goes on from the last of them.
/// Their places in the chain stay proved by the anchor.
pub async fn prune(tx: &mut dyn Tx, before: jiff::Timestamp) -> Result<u64, StoreError> {
    let sql = "SELECT seq, hash FROM audit WHERE at < $1 AND seq IS NOT NULL
               ORDER BY at DESC, seq DESC LIMIT 1";
    let rows = tx.query(sql, vec![before.into()]).await?;
    let Some(row) = rows.first() else {
        return Ok(0);
    };
    let (seq, now) = (row.int(0)?, tx.now());
    let sql = "INSERT INTO audit_anchor (seq, hash, deleted_at) VALUES ($1, $2, $3)
               ON CONFLICT (seq) DO NOTHING";
    tx.execute(sql, vec![seq.into(), row.bytes(1)?.into(), now.into()])
        .await?;
    tx.execute("DELETE FROM audit WHERE seq <= $1", vec![seq.into()])
        .await
}

/// SHA-256 over the hash before and every field, each with its length, so that
/// no two rows are written alike.
fn link(before: &Head, row: &Row) -> Result<Vec<u8>, StoreError> {
    let mut sum = Context::new(&SHA256);
    sum.update(&before.hash);
    sum.update(&(before.seq + 1).to_be_bytes());
    sum.update(&row.int(1)?.to_be_bytes());
    let mut field = |bytes: Option<&[u8]>| match bytes {
        Some(bytes) => {
            sum.update(&(bytes.len() as u64 + 1).to_be_bytes());
            sum.update(bytes);
        }
        None => sum.update(&0_u64.to_be_bytes()),
    };
    for column in [2, 3] {
        field(row.opt_text(column)?.map(str::as_bytes));
    }
    for column in [4, 5, 6] {
        field(row.opt_bytes(column)?);
    }
    for column in [7, 8] {
        field(row.opt_text(column)?.map(str::as_bytes));
    }
    Ok(sum.finish().as_ref().to_vec())
}
