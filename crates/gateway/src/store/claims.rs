//! Ways to Enedis and back, and who claims which number or usage point.

use grant::server::Flow;
use jiff::Timestamp;

use super::flows::FlowRow;
use super::{Row, StoreError, Tx, Value, places};

/// A browser's way to Enedis.
#[derive(Debug, Clone)]
pub struct Departure {
    /// The hash of its `state`.
    pub state_hash: Vec<u8>,
    /// The flow.
    pub flow: Vec<u8>,
    /// The browser's cookie, hashed.
    pub browser_hash: Vec<u8>,
    /// When it left.
    pub left: Timestamp,
    /// Until when it may come back.
    pub expires: Timestamp,
    /// What it came back with first.
    pub value_hash: Option<Vec<u8>>,
}

/// A browser leaves.
pub async fn depart(
    tx: &mut dyn Tx,
    state_hash: &[u8],
    flow: &[u8],
    browser_hash: &[u8],
    until: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO departure (state_hash, flow, browser_hash, left_at, expires)
               VALUES ($1, $2, $3, $4, $5)";
    let now = tx.now();
    let values = vec![
        state_hash.into(),
        flow.into(),
        browser_hash.into(),
        now.into(),
        until.into(),
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// The way of a `state`, locked.
pub async fn departure(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<Departure>, StoreError> {
    let sql = format!(
        "SELECT state_hash, flow, browser_hash, left_at, expires, value_hash FROM departure
         WHERE state_hash IN ({})",
        places(1, hashes.len())
    );
    let values = hashes.into_iter().map(Value::from).collect();
    let rows = tx.lock(&sql, values).await?;
    let read = |row: &Row| {
        Ok(Departure {
            state_hash: row.bytes(0)?.to_vec(),
            flow: row.bytes(1)?.to_vec(),
            browser_hash: row.bytes(2)?.to_vec(),
            left: row.instant(3)?,
            expires: row.instant(4)?,
            value_hash: row.opt_bytes(5)?.map(<[u8]>::to_vec),
        })
    };
    rows.first().map(read).transpose()
}

/// Keeps the first answer of a way; false when it had one.
pub async fn answered(
    tx: &mut dyn Tx,
    state_hash: &[u8],
    value_hash: &[u8],
) -> Result<bool, StoreError> {
    let now = tx.now();
    let sql = "UPDATE departure SET value_hash = $1, answered_at = $2
               WHERE state_hash = $3 AND value_hash IS NULL";
    let values = vec![value_hash.into(), now.into(), state_hash.into()];
    Ok(tx.execute(sql, values).await? == 1)
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A callback's number.
    Number,
    /// A usage point.
    Point,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Number => "autorisation",
            Self::Point => "point",
        }
    }
}

/// Another's claim to the same value.
#[derive(Debug, Clone)]
pub struct Rival {
    /// Whose flow.
    pub flow: Vec<u8>,
    /// Whether it has won: its consent was proved.
    pub won: bool,
}

/// Writes a claim down, once.
pub async fn claim(
    tx: &mut dyn Tx,
    kind: Kind,
    value_hash: &[u8],
    flow: &[u8],
) -> Result<(), StoreError> {
    let now = tx.now();
    let sql = "INSERT INTO claim (kind, value_hash, flow, claimed_at, status)
               VALUES ($1, $2, $3, $4, 'open') ON CONFLICT DO NOTHING";
    let values = vec![
        kind.as_str().into(),
        value_hash.into(),
        flow.into(),
        now.into(),
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Who else claims the value: flows that are still under way, or that won.
pub async fn rivals(
    tx: &mut dyn Tx,
    kind: Kind,
    hashes: &[Vec<u8>],
    flow: &[u8],
) -> Result<Vec<Rival>, StoreError> {
    let sql = format!(
        "SELECT c.flow, c.status FROM claim c LEFT JOIN flow f ON f.id = c.flow
         WHERE c.kind = $1 AND c.flow <> $2 AND (c.status = 'won' OR f.is_open = 1)
           AND c.value_hash IN ({})",
        places(3, hashes.len())
    );
    let mut values = vec![kind.as_str().into(), flow.into()];
    values.extend(hashes.iter().map(|hash| Value::from(hash.as_slice())));
    let rows = tx.query(&sql, values).await?;
    let read = |row: &Row| {
        Ok(Rival {
            flow: row.bytes(0)?.to_vec(),
            won: row.text(1)? == "won",
        })
    };
    rows.iter().map(read).collect()
}

/// Whether anybody else claims the value, or did without proving it.
pub async fn is_contested(
    tx: &mut dyn Tx,
    kind: Kind,
    hashes: &[Vec<u8>],
    flow: &[u8],
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 FROM claim WHERE kind = $1 AND flow <> $2 AND status <> 'won'
           AND value_hash IN ({})",
        places(3, hashes.len())
    );
    let mut values = vec![kind.as_str().into(), flow.into()];
    values.extend(hashes.iter().map(|hash| Value::from(hash.as_slice())));
    Ok(!tx.query(&sql, values).await?.is_empty())
}

/// A flow's claims have led to a consent; they stay for ever.
pub async fn win(tx: &mut dyn Tx, flow: &[u8]) -> Result<(), StoreError> {
    let sql = "UPDATE claim SET status = 'won' WHERE flow = $1";
    tx.execute(sql, vec![flow.into()]).await.map(|_| ())
}

/// Keeps what the callback brought, sealed, and when to go on with it.
pub async fn keep_value(
    tx: &mut dyn Tx,
    flow: &[u8],
    dek: &[u8],
    sealed: &[u8],
) -> Result<(), StoreError> {
    let now = tx.now();
    let sql = "UPDATE flow SET dek = $1, value_sealed = $2, due = $3, attempts = 0 WHERE id = $4";
    let values = vec![dek.into(), sealed.into(), now.into(), flow.into()];
    tx.execute(sql, values).await.map(|_| ())
}

/// Keeps what Enedis said, sealed.
pub async fn keep_finding(tx: &mut dyn Tx, flow: &[u8], sealed: &[u8]) -> Result<(), StoreError> {
    let sql = "UPDATE flow SET finding = $1 WHERE id = $2";
    tx.execute(sql, vec![sealed.into(), flow.into()])
        .await
        .map(|_| ())
}

/// Remembers why a further proof is asked for; the first reason stays.
pub async fn freeze(
    tx: &mut dyn Tx,
    flow: &[u8],
    why: &str,
    days: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE flow SET challenge = $1, challenge_days = $2
               WHERE id = $3 AND challenge IS NULL AND is_open = 1";
    let values = vec![why.into(), days.into(), flow.into()];
    Ok(tx.execute(sql, values).await? == 1)
}

/// When a node is to go on with a flow; never, with nothing.
pub async fn schedule(
    tx: &mut dyn Tx,
    flow: &[u8],
    due: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE flow SET due = $1, lease = NULL WHERE id = $2";
    tx.execute(sql, vec![due.into(), flow.into()])
        .await
        .map(|_| ())
}

/// Takes the next flow that is due, for a while: if this node dies, another goes
/// on with it when the lease is over. The lease proves whose turn it is.
pub async fn take_due(
    tx: &mut dyn Tx,
    until: Timestamp,
) -> Result<Option<(Vec<u8>, Timestamp)>, StoreError> {
    let now = tx.now();
    let sql = "SELECT id FROM flow WHERE due <= $1 AND (lease IS NULL OR lease <= $1)
               ORDER BY due LIMIT 1";
    let rows = tx.lock(sql, vec![now.into()]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let id = row.bytes(0)?.to_vec();
    let sql = "UPDATE flow SET lease = $1, attempts = attempts + 1
               WHERE id = $2 AND (lease IS NULL OR lease <= $3)";
    let values = vec![until.into(), id.as_slice().into(), now.into()];
    let taken = tx.execute(sql, values).await? == 1;
    Ok(taken.then_some((id, until)))
}

/// Whether a lease is still this node's.
pub async fn holds(tx: &mut dyn Tx, flow: &[u8], lease: Timestamp) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM flow WHERE id = $1 AND lease = $2";
    let values = vec![flow.into(), lease.into()];
    Ok(!tx.query(sql, values).await?.is_empty())
}

/// What a person decided on the confirmation page, with their browser.
pub struct Confirmation<'a> {
    /// The browser's cookie, hashed.
    pub browser_hash: &'a [u8],
    /// Its network, truncated.
    pub network: &'a str,
    /// What it calls itself.
    pub agent: &'a str,
    /// What they agreed to.
    pub chosen: grant::Scopes,
    /// For how long.
    pub duration: &'a str,
    /// The page as it was shown.
    pub page: &'a str,
}

/// Writes the confirmation beside the flow.
pub async fn confirm(
    tx: &mut dyn Tx,
    row: &FlowRow,
    confirmation: &Confirmation<'_>,
) -> Result<(), StoreError> {
    let now = tx.now();
    let sql = "UPDATE flow SET browser_hash = $1, browser_network = $2, browser_agent = $3,
                 confirmed_at = $4, chosen = $5, duration = $6, page = $7 WHERE id = $8";
    let values = vec![
        confirmation.browser_hash.into(),
        confirmation.network.into(),
        confirmation.agent.into(),
        now.into(),
        confirmation.chosen.to_string().into(),
        confirmation.duration.into(),
        confirmation.page.into(),
        row.id.as_slice().into(),
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// A flow that was read again after a change.
pub fn with_flow(row: &FlowRow, flow: Flow) -> FlowRow {
    FlowRow {
        flow,
        ..row.clone()
    }
}
