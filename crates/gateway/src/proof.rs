//! What proves a consent: the page as it was shown, when, how, and every event
//! since.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::store::{Row, StoreError, Tx};

/// The proof of a consent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Proof {
    /// SHA-256 of the page, in hexadecimal.
    pub page_sha256: String,
    /// The page, as it was shown.
    pub page: String,
    /// What was agreed to: `daily`, `curve`, `max_power`, `production`, with spaces.
    pub scopes: String,
    /// For how long: an ISO 8601 period.
    pub duration: String,
    /// The number of Enedis' consent (2026).
    pub autorisation_id: Option<i64>,
    /// When the box began.
    pub begun: Timestamp,
    /// When the person confirmed.
    pub confirmed: Timestamp,
    /// When their browser left for Enedis.
    pub left: Timestamp,
    /// When it came back.
    pub back: Option<Timestamp>,
    /// When the consent was proved.
    pub approved: Timestamp,
    /// The browser's network, truncated.
    pub network: String,
    /// What the browser calls itself.
    pub agent: String,
    /// How it was proved: `quiet`, that nobody else claimed the same, or `knowledge`.
    pub proved_by: String,
}

/// One event of a consent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PastEvent {
    /// When.
    pub at: Timestamp,
    /// What, as the audit calls it.
    pub event: String,
    /// More.
    pub detail: Option<String>,
}

/// The proof of a consent, if there is one.
pub async fn of_consent(tx: &mut dyn Tx, consent: &[u8]) -> Result<Option<Proof>, StoreError> {
    let sql = "SELECT page_sha256, page, scopes, duration, autorisation_id, begun_at, confirmed_at,
                 left_at, back_at, approved_at, network, agent, proved_by
               FROM proof WHERE consent = $1";
    let rows = tx.query(sql, vec![consent.into()]).await?;
    rows.first().map(read).transpose()
}

fn read(row: &Row) -> Result<Proof, StoreError> {
    Ok(Proof {
        page_sha256: HEXLOWER.encode(row.bytes(0)?),
        page: row.text(1)?.to_owned(),
        scopes: row.text(2)?.to_owned(),
        duration: row.text(3)?.to_owned(),
        autorisation_id: row.opt_int(4)?,
        begun: row.instant(5)?,
        confirmed: row.instant(6)?,
        left: row.instant(7)?,
        back: row.opt_instant(8)?,
        approved: row.instant(9)?,
        network: row.text(10)?.to_owned(),
        agent: row.text(11)?.to_owned(),
        proved_by: row.text(12)?.to_owned(),
    })
}

/// What happened to a consent, and on the way to it.
pub async fn events(tx: &mut dyn Tx, consent: &[u8]) -> Result<Vec<PastEvent>, StoreError> {
    let sql = "SELECT at, event, detail FROM audit
               WHERE consent = $1 OR flow IN (SELECT flow FROM consent WHERE id = $1) ORDER BY id";
    let rows = tx.query(sql, vec![consent.into()]).await?;
    let read = |row: &Row| {
        Ok(PastEvent {
            at: row.instant(0)?,
            event: row.text(1)?.to_owned(),
            detail: row.opt_text(2)?.map(str::to_owned),
        })
    };
    rows.iter().map(read).collect()
}
