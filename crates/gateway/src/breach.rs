//! Whom a breach concerns: the consents that were touched in a time, by an
//! application, under a key or with a token.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::store::{Row, StoreError, Tx, Value, places};

/// What was reached.
#[derive(Debug, Clone, Default)]
pub struct Range {
    /// From when.
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
    /// By which application.
    pub client: Option<String>,
    /// Under which wrapping key.
    pub key: Option<u16>,
    /// With which token: the hashes under which it may stand.
    pub token: Option<Vec<Vec<u8>>>,
}

/// A consent that is concerned.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Concerned {
    /// Its identifier.
    pub consent: String,
    /// The application.
    pub client: String,
    /// Where it stands: `active`, `suspect`, `revoked`, `expired`.
    pub status: String,
    /// The first event in the range.
    pub first: Timestamp,
    /// The last event in the range.
    pub last: Timestamp,
}

/// The consents concerned, in the order in which they were first touched.
pub async fn concerned(tx: &mut dyn Tx, range: &Range) -> Result<Vec<Concerned>, StoreError> {
    let from = range.from.unwrap_or(Timestamp::UNIX_EPOCH);
    let until = range.until.unwrap_or_else(|| tx.now());
    let mut more = Vec::new();
    let sql = "SELECT c.id, c.client, c.status, min(a.at), max(a.at)
                   FROM consent c JOIN audit a ON a.consent = c.id OR a.flow = c.flow
                   WHERE a.at >= $1 AND a.at <= $2";
    let mut values: Vec<Value> = vec![from.into(), until.into()];
    if let Some(client) = &range.client {
        more.push(format!("AND c.client = ${}", values.len() + 1));
        values.push(client.as_str().into());
    }
    if let Some(key) = range.key {
        let place = values.len() + 1;
        more.push(format!("AND c.dek >= ${place} AND c.dek < ${}", place + 1));
        values.push(key.to_be_bytes().to_vec().into());
        values.push(key.saturating_add(1).to_be_bytes().to_vec().into());
    }
    if let Some(hashes) = &range.token {
        let first = values.len() + 1;
        let these = places(first, hashes.len());
        let of = |table: &str| format!("SELECT family FROM {table} WHERE hash IN ({these})");
        let (access, refresh) = (of("access_token"), of("refresh_token"));
        more.push(format!(
            "AND c.id IN (SELECT consent FROM family WHERE id IN ({access} UNION {refresh}))"
        ));
        values.extend(hashes.iter().map(|hash| Value::from(hash.as_slice())));
    }
    let more = more.join(" ");
    let sql = format!("{sql} {more} GROUP BY c.id, c.client, c.status ORDER BY min(a.at), c.id");
    let rows = tx.query(&sql, values).await?;
    let read = |row: &Row| {
        Ok(Concerned {
            consent: HEXLOWER.encode(row.bytes(0)?),
            client: row.text(1)?.to_owned(),
            status: row.text(2)?.to_owned(),
            first: row.instant(3)?,
            last: row.instant(4)?,
        })
    };
    rows.iter().map(read).collect()
}
