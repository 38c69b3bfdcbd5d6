//! Proved consents: their usage points, their proof, their end.

mod upkeep;

use grant::Scopes;
use jiff::{SignedDuration, Timestamp};

use super::tokens::{self, Family};
use super::{Row, StoreError, Tx, Value, places};
use crate::audit::{self, Entry, Event};

pub use upkeep::{by_state, expire, forget, sweep, wrapped_otherwise};

/// A consent's row.
#[derive(Debug, Clone)]
pub struct ConsentRow {
    /// Its identifier.
    pub id: Vec<u8>,
    /// The application.
    pub client: String,
    /// What may be read.
    pub scopes: Scopes,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Whether it is in force (perhaps in doubt).
    pub active: bool,
    /// Its data key, wrapped; gone with the data.
    pub dek: Option<Vec<u8>>,
    /// The browser that gave it.
    pub browser_hash: Option<Vec<u8>>,
}

/// Whether there was ever a consent: its rows are worth nothing without the
/// keys that they were written with.
pub async fn any(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let rows = tx.query("SELECT 1 FROM consent LIMIT 1", Vec::new());
    Ok(!rows.await?.is_empty())
}

/// A usage point of a consent, as its row keeps it.
#[derive(Debug, Clone)]
pub struct PointRow {
    /// Its hash.
    pub hash: Vec<u8>,
    /// Itself, sealed; gone with the key.
    pub sealed: Option<Vec<u8>>,
    /// `consumption`, `production`, or both with a space.
    pub directions: String,
}

/// A consent that was just proved.
pub struct NewConsent<'a> {
    /// Its identifier.
    pub id: &'a [u8],
    /// The flow that led to it.
    pub flow: &'a super::flows::FlowRow,
    /// The generation of Enedis.
    pub generation: &'a str,
    /// The number of the callback (2026).
    pub autorisation_id: Option<i64>,
    /// What may be read.
    pub scopes: Scopes,
    /// Until when.
    pub until: Timestamp,
    /// Its data key, wrapped.
    pub dek: &'a [u8],
    /// Its usage points.
    pub points: Vec<PointRow>,
    /// How it was proved.
    pub proved_by: &'a str,
}

const COLUMNS: &str = "id, client, scopes, from_at, until_at, status, dek, browser_hash";

/// Writes a consent with its points and its proof. False when the number of the
/// callback has led to a consent before.
pub async fn insert(tx: &mut dyn Tx, new: &NewConsent<'_>) -> Result<bool, StoreError> {
    let now = tx.now();
    let sql = "INSERT INTO consent (id, flow, client, generation, autorisation_id, scopes, from_at,
                 until_at, status, status_at, dek, browser_hash)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', $9, $10, $11)
               ON CONFLICT DO NOTHING";
    let values = vec![
        new.id.into(),
        new.flow.id.as_slice().into(),
        new.flow.client.as_str().into(),
        new.generation.into(),
        new.autorisation_id.into(),
        new.scopes.to_string().into(),
        now.into(),
        new.until.into(),
        now.into(),
        new.dek.into(),
        new.flow.browser_hash.clone().into(),
    ];
    if tx.execute(sql, values).await? == 0 {
        return Ok(false);
    }
    for (ordinal, point) in (0..).zip(&new.points) {
        insert_point(tx, new.id, ordinal, point).await?;
    }
    insert_proof(tx, new).await?;
    Ok(true)
}

async fn insert_point(
    tx: &mut dyn Tx,
    consent: &[u8],
    ordinal: i64,
    point: &PointRow,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO consent_point (consent, ordinal, point_hash, point_sealed, directions)
               VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        consent.into(),
        ordinal.into(),
        point.hash.as_slice().into(),
        point.sealed.clone().into(),
        point.directions.as_str().into(),
    ];
    tx.execute(sql, values).await.map(|_| ())
}

async fn insert_proof(tx: &mut dyn Tx, new: &NewConsent<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let flow = new.flow;
    let rows = tx
        .query(
            "SELECT page FROM flow WHERE id = $1",
            vec![flow.id.as_slice().into()],
        )
        .await?;
    let page = rows
        .first()
        .map_or(Ok(None), |row| row.opt_text(0))?
        .unwrap_or_default();
    let digest = ring::digest::digest(&ring::digest::SHA256, page.as_bytes());
    let sql = "INSERT INTO proof (consent, page_sha256, page, scopes, duration, autorisation_id,
                 begun_at, confirmed_at, left_at, back_at, approved_at, network, agent, proved_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let confirmed = flow.confirmed_at.unwrap_or(flow.flow.created);
    let values = vec![
        new.id.into(),
        digest.as_ref().into(),
        page.into(),
        new.scopes.to_string().into(),
        flow.duration.clone().unwrap_or_default().into(),
        new.autorisation_id.into(),
        flow.flow.created.into(),
        confirmed.into(),
        flow.left_at.unwrap_or(confirmed).into(),
        flow.back_at.into(),
        now.into(),
        flow.browser_network.clone().unwrap_or_default().into(),
        flow.browser_agent.clone().unwrap_or_default().into(),
        new.proved_by.into(),
    ];
    tx.execute(sql, values).await.map(|_| ())
}

impl ConsentRow {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Self::read_at(row, 0)
    }

    fn read_at(row: &Row, first: usize) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.bytes(first)?.to_vec(),
            client: row.text(first + 1)?.to_owned(),
            scopes: Scopes::parse(row.text(first + 2)?),
            from: row.instant(first + 3)?,
            until: row.instant(first + 4)?,
            active: matches!(row.text(first + 5)?, "active" | "suspect"),
            dek: row.opt_bytes(first + 6)?.map(<[u8]>::to_vec),
            browser_hash: row.opt_bytes(first + 7)?.map(<[u8]>::to_vec),
        })
    }
}

/// A family of tokens with its consent; neither is locked.
pub async fn of_family(tx: &mut dyn Tx, id: &[u8]) -> Result<(Family, ConsentRow), StoreError> {
    let sql = "SELECT f.id, f.consent, f.client, f.scopes, f.status, f.presented,
                 c.id, c.client, c.scopes, c.from_at, c.until_at, c.status, c.dek, c.browser_hash
               FROM family f JOIN consent c ON c.id = f.consent WHERE f.id = $1";
    let rows = tx.query(sql, vec![id.into()]).await?;
    let row = rows
        .first()
        .ok_or(StoreError::Corrupt("a token without a family"))?;
    Ok((Family::read(row)?, ConsentRow::read_at(row, 6)?))
}

/// The consent of that identifier, locked.
pub async fn find(tx: &mut dyn Tx, id: &[u8]) -> Result<Option<ConsentRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM consent WHERE id = $1");
    let rows = tx.lock(&sql, vec![id.into()]).await?;
    rows.first().map(ConsentRow::read).transpose()
}

/// Whether a consent is in force, its tokens live and its application not shut
/// out.
pub async fn stands(tx: &mut dyn Tx, id: &[u8]) -> Result<bool, StoreError> {
    let now = tx.now();
    let sql = "SELECT c.id FROM consent c JOIN family f ON f.consent = c.id
                 JOIN client k ON k.id = c.client
               WHERE c.id = $1 AND c.until_at > $2 AND c.status IN ('active', 'suspect')
                 AND f.status = 'live' AND k.status = 'active'";
    let values = vec![id.into(), now.into()];
    Ok(!tx.query(sql, values).await?.is_empty())
}

/// The highest number that had led to a consent by then.
pub async fn highest_number(tx: &mut dyn Tx, by: Timestamp) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT max(autorisation_id) FROM consent WHERE from_at <= $1";
    let rows = tx.query(sql, vec![by.into()]).await?;
    rows.first().map_or(Ok(None), |row| row.opt_int(0))
}

/// The consent that a flow led to.
pub async fn of_flow(tx: &mut dyn Tx, flow: &[u8]) -> Result<Option<ConsentRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM consent WHERE flow = $1");
    let rows = tx.query(&sql, vec![flow.into()]).await?;
    rows.first().map(ConsentRow::read).transpose()
}

/// The consents that a browser gave, the newest first.
pub async fn of_browser(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Vec<ConsentRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM consent WHERE browser_hash IN ({}) ORDER BY from_at DESC LIMIT 100",
        places(1, hashes.len())
    );
    let values = hashes.into_iter().map(Value::from).collect();
    let rows = tx.query(&sql, values).await?;
    rows.iter().map(ConsentRow::read).collect()
}

/// The usage points of a consent, in order.
pub async fn points(tx: &mut dyn Tx, consent: &[u8]) -> Result<Vec<PointRow>, StoreError> {
    let sql = "SELECT point_hash, point_sealed, directions FROM consent_point
               WHERE consent = $1 ORDER BY ordinal";
    let rows = tx.query(sql, vec![consent.into()]).await?;
    let read = |row: &Row| {
        Ok(PointRow {
            hash: row.bytes(0)?.to_vec(),
            sealed: row.opt_bytes(1)?.map(<[u8]>::to_vec),
            directions: row.text(2)?.to_owned(),
        })
    };
    rows.iter().map(read).collect()
}

/// Consents in force for a usage point.
pub async fn of_point(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Vec<ConsentRow>, StoreError> {
    let now = tx.now();
    let sql = format!(
        "SELECT {COLUMNS} FROM consent WHERE until_at > $1 AND status IN ('active', 'suspect')
           AND id IN (SELECT consent FROM consent_point WHERE point_hash IN ({}))",
        places(2, hashes.len())
    );
    let mut values = vec![now.into()];
    values.extend(hashes.into_iter().map(Value::from));
    let rows = tx.query(&sql, values).await?;
    rows.iter().map(ConsentRow::read).collect()
}

/// Whether a usage point's consent ended here and may still run at Enedis; the
/// consent that it was.
pub async fn tombstone(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<Vec<u8>>, StoreError> {
    let now = tx.now();
    let sql = format!(
        "SELECT consent FROM tombstone WHERE until_at > $1 AND point_hash IN ({})",
        places(2, hashes.len())
    );
    let mut values = vec![now.into()];
    values.extend(hashes.into_iter().map(Value::from));
    let rows = tx.query(&sql, values).await?;
    rows.first()
        .map(|row| row.bytes(0).map(<[u8]>::to_vec))
        .transpose()
}

/// Whether a callback's number has led to a consent before.
pub async fn has_number(tx: &mut dyn Tx, number: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM consent WHERE autorisation_id = $1";
    Ok(!tx.query(sql, vec![number.into()]).await?.is_empty())
}

/// How a consent ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Withdrawn by its holder, its box, or an operator.
    Revoked,
    /// Its time is over.
    Expired,
}

/// Ends a consent: its tokens die, its data key is destroyed and with it all
/// that it sealed, and a tombstone stays until the consent could have ended at
/// Enedis. False when it had ended before.
pub async fn end(
    tx: &mut dyn Tx,
    consent: &ConsentRow,
    how: Ending,
    by: &str,
) -> Result<bool, StoreError> {
    let now = tx.now();
    let (status, event) = match how {
        Ending::Revoked => ("revoked", Event::Revoked),
        Ending::Expired => ("expired", Event::ConsentEnded),
    };
    let sql = "UPDATE consent SET status = $1, status_at = $2, ended_by = $3, dek = NULL,
                 browser_hash = NULL
               WHERE id = $4 AND status IN ('active', 'suspect')";
    let id = || Value::from(consent.id.as_slice());
    let values = vec![status.into(), now.into(), by.into(), id()];
    if tx.execute(sql, values).await? == 0 {
        return Ok(false);
    }
    if let Some(family) = tokens::of_consent(tx, &consent.id).await? {
        tokens::revoke(tx, &family, event, by).await?;
    } else {
        let entry = Entry {
            client: Some(&consent.client),
            consent: Some(&consent.id),
            detail: Some(by),
            ..Entry::default()
        };
        audit::record(tx, event, entry).await?;
    }
    bury(tx, consent).await?;
    let entry = Entry {
        client: Some(&consent.client),
        consent: Some(&consent.id),
        detail: Some("key destroyed"),
        ..Entry::default()
    };
    audit::record(tx, Event::Deleted, entry).await?;
    Ok(true)
}

async fn bury(tx: &mut dyn Tx, consent: &ConsentRow) -> Result<(), StoreError> {
    let id = || Value::from(consent.id.as_slice());
    for point in points(tx, &consent.id).await? {
        let sql = "INSERT INTO tombstone (point_hash, until_at, consent) VALUES ($1, $2, $3)
                   ON CONFLICT (point_hash) DO UPDATE SET
                     until_at = CASE WHEN tombstone.until_at > excluded.until_at
                       THEN tombstone.until_at ELSE excluded.until_at END,
                     consent = excluded.consent";
        let values = vec![point.hash.into(), consent.until.into(), id()];
        tx.execute(sql, values).await?;
    }
    let sql = "UPDATE consent_point SET point_sealed = NULL WHERE consent = $1";
    tx.execute(sql, vec![id()]).await?;
    let sql = "UPDATE flow SET dek = NULL, finding = NULL, value_sealed = NULL, page = NULL
               WHERE id IN (SELECT flow FROM consent WHERE id = $1)";
    tx.execute(sql, vec![id()]).await.map(|_| ())
}

/// How long a consent of a period such as `P3Y` lasts at most, in days; what is
/// not understood counts as three years.
pub fn longest(duration: &str) -> SignedDuration {
    let span: Option<jiff::Span> = duration.parse().ok();
    let days = span.map_or(3 * 366, |span| {
        i64::from(span.get_years()) * 366
            + i64::from(span.get_months()) * 31
            + i64::from(span.get_weeks()) * 7
            + i64::from(span.get_days())
    });
    SignedDuration::from_hours(24 * days)
}
