//! Families of tokens: pairs, their parents, and what was ever presented.

use grant::Scopes;
use grant::server::Chain;
use jiff::Timestamp;

use super::{Row, StoreError, Tx, Value, Write, places};
use crate::audit::{self, Entry, Event};

/// The tokens of one consent.
#[derive(Debug, Clone)]
pub struct Family {
    /// Its identifier.
    pub id: Vec<u8>,
    /// The consent.
    pub consent: Vec<u8>,
    /// Whose tokens they are.
    pub client: String,
    /// What they may read.
    pub scopes: Scopes,
    /// Whether they are worth anything.
    pub live: bool,
    /// When any of them was first used.
    pub presented: Option<Timestamp>,
}

/// A refresh token's row.
#[derive(Debug, Clone)]
pub struct RefreshRow {
    /// Its hash.
    pub hash: Vec<u8>,
    /// Its family.
    pub family: Vec<u8>,
    /// The refresh token that it came of.
    pub parent: Option<Vec<u8>>,
    /// How many refreshes lie before it.
    pub generation: i64,
    /// What its rules need.
    pub chain: Chain,
}

/// A pair that is issued.
pub struct Pair<'a> {
    /// Its family.
    pub family: &'a [u8],
    /// The refresh token that it comes of.
    pub parent: Option<&'a [u8]>,
    /// How many refreshes lie before it.
    pub generation: i64,
    /// The hash of the access token.
    pub access: &'a [u8],
    /// The hash of the refresh token.
    pub refresh: &'a [u8],
    /// When the access token ends.
    pub expires: Timestamp,
    /// What the access token may read.
    pub scopes: Scopes,
}

const FAMILY: &str = "id, consent, client, scopes, status, presented";

/// Begins the family of a consent.
pub async fn begin(
    tx: &mut dyn Tx,
    id: &[u8],
    consent: &[u8],
    client: &str,
    scopes: Scopes,
) -> Result<(), StoreError> {
    let now = tx.now();
    let sql = "INSERT INTO family (id, consent, client, scopes, status, status_at)
               VALUES ($1, $2, $3, $4, 'live', $5)";
    let values = vec![
        id.into(),
        consent.into(),
        client.into(),
        scopes.to_string().into(),
        now.into(),
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// The family of a consent.
pub async fn of_consent(tx: &mut dyn Tx, consent: &[u8]) -> Result<Option<Family>, StoreError> {
    let sql = format!("SELECT {FAMILY} FROM family WHERE consent = $1");
    let rows = tx.lock(&sql, vec![consent.into()]).await?;
    rows.first().map(Family::read).transpose()
}

/// The family of that identifier; the row is not locked.
pub async fn family(tx: &mut dyn Tx, id: &[u8]) -> Result<Family, StoreError> {
    let sql = format!("SELECT {FAMILY} FROM family WHERE id = $1");
    let rows = tx.query(&sql, vec![id.into()]).await?;
    let row = rows
        .first()
        .ok_or(StoreError::Corrupt("a token without a family"))?;
    Family::read(row)
}

impl Family {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.bytes(0)?.to_vec(),
            consent: row.bytes(1)?.to_vec(),
            client: row.text(2)?.to_owned(),
            scopes: Scopes::parse(row.text(3)?),
            live: row.text(4)? == "live",
            presented: row.opt_instant(5)?,
        })
    }
}

/// Writes a pair.
pub async fn issue(tx: &mut dyn Tx, pair: &Pair<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let writes = pair.writes(now).into();
    tx.execute_all(writes).await.map(|_| ())
}

impl Pair<'_> {
    /// The two rows, to be written with others.
    pub fn writes(&self, now: Timestamp) -> [Write; 2] {
        let refresh = Write::new(
            "INSERT INTO refresh_token (hash, family, parent, generation, issued)
             VALUES ($1, $2, $3, $4, $5)",
            vec![
                self.refresh.into(),
                self.family.into(),
                self.parent.into(),
                self.generation.into(),
                now.into(),
            ],
        );
        let access = Write::new(
            "INSERT INTO access_token
               (hash, family, parent, generation, issued, expires, scopes, twin)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            vec![
                self.access.into(),
                self.family.into(),
                self.parent.into(),
                self.generation.into(),
                now.into(),
                self.expires.into(),
                self.scopes.to_string().into(),
                self.refresh.into(),
            ],
        );
        [refresh, access]
    }
}

/// The row of a refresh token, locked.
pub async fn find_refresh(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<RefreshRow>, StoreError> {
    let sql = format!(
        "SELECT hash, family, parent, generation, issued, used, siblings, child_seen, child_used,
           put_aside FROM refresh_token WHERE hash IN ({})",
        places(1, hashes.len())
    );
    let values = hashes.into_iter().map(Value::from).collect();
    let rows = tx.lock(&sql, values).await?;
    rows.first().map(RefreshRow::read).transpose()
}

impl RefreshRow {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.bytes(0)?.to_vec(),
            family: row.bytes(1)?.to_vec(),
            parent: row.opt_bytes(2)?.map(<[u8]>::to_vec),
            generation: row.int(3)?,
            chain: Chain {
                issued: row.instant(4)?,
                used: row.opt_instant(5)?,
                siblings: row.int(6)?,
                child_seen: row.flag(7)?,
                child_used: row.flag(8)?,
                put_aside: row.flag(9)?,
            },
        })
    }
}

/// Marks a refresh token as used for the first time. Its siblings die with it,
/// and its parent knows that the answer arrived. False when another was faster.
pub async fn use_first(tx: &mut dyn Tx, row: &RefreshRow) -> Result<bool, StoreError> {
    let now = tx.now();
    let mut writes = vec![Write::new(
        "UPDATE refresh_token SET used = $1, siblings = 0 WHERE hash = $2 AND used IS NULL",
        vec![now.into(), row.hash.as_slice().into()],
    )];
    if let Some(parent) = &row.parent {
        writes.push(Write::new(
            "UPDATE refresh_token SET child_seen = 1, child_used = 1 WHERE hash = $1",
            vec![parent.as_slice().into()],
        ));
        for sql in [
            "UPDATE refresh_token SET put_aside = 1
             WHERE family = $1 AND parent = $2 AND hash <> $3 AND put_aside = 0",
            "UPDATE access_token SET put_aside = 1
             WHERE family = $1 AND parent = $2 AND twin <> $3 AND put_aside = 0",
        ] {
            let others = [&row.family, parent, &row.hash].map(|bytes| bytes.as_slice().into());
            writes.push(Write::new(sql, others.into()));
        }
    }
    // What follows is undone with the rest when another was faster.
    Ok(tx.execute_all(writes).await?.first() == Some(&1))
}

/// One more pair for a token that was used just now.
pub async fn add_sibling(tx: &mut dyn Tx, row: &RefreshRow) -> Result<(), StoreError> {
    let sql = "UPDATE refresh_token SET siblings = siblings + 1 WHERE hash = $1";
    tx.execute(sql, vec![row.hash.as_slice().into()])
        .await
        .map(|_| ())
}

/// The pairs that came of a token and were never seen die; it may be used again.
pub async fn recover(tx: &mut dyn Tx, row: &RefreshRow) -> Result<(), StoreError> {
    let children = || [&row.family, &row.hash].map(|bytes| bytes.as_slice().into());
    let writes = vec![
        Write::new(
            "UPDATE refresh_token SET put_aside = 1
             WHERE family = $1 AND parent = $2 AND put_aside = 0",
            children().into(),
        ),
        Write::new(
            "UPDATE access_token SET put_aside = 1
             WHERE family = $1 AND parent = $2 AND put_aside = 0",
            children().into(),
        ),
        Write::new(
            "UPDATE refresh_token SET used = $1, siblings = 0 WHERE hash = $2",
            vec![tx.now().into(), row.hash.as_slice().into()],
        ),
    ];
    tx.execute_all(writes).await.map(|_| ())
}

/// All tokens of a family die, unseen; it may get others.
pub async fn put_all_aside(tx: &mut dyn Tx, family: &[u8]) -> Result<(), StoreError> {
    for sql in [
        "UPDATE refresh_token SET put_aside = 1 WHERE family = $1 AND put_aside = 0",
        "UPDATE access_token SET put_aside = 1 WHERE family = $1 AND put_aside = 0",
    ] {
        tx.execute(sql, vec![family.into()]).await?;
    }
    Ok(())
}

/// One of a family's tokens was used.
pub async fn mark_presented(tx: &mut dyn Tx, family: &Family) -> Result<(), StoreError> {
    if family.presented.is_some() {
        return Ok(());
    }
    let now = tx.now();
    let sql = "UPDATE family SET presented = $1 WHERE id = $2 AND presented IS NULL";
    tx.execute(sql, vec![now.into(), family.id.as_slice().into()])
        .await
        .map(|_| ())
}

/// Ends a family; its tokens are worth nothing from this transaction on.
/// False when it had ended before.
pub async fn revoke(
    tx: &mut dyn Tx,
    family: &Family,
    event: Event,
    by: &str,
) -> Result<bool, StoreError> {
    let now = tx.now();
    let sql = "UPDATE family SET status = 'revoked', status_at = $1, ended_by = $2
               WHERE id = $3 AND status = 'live'";
    let values = vec![now.into(), by.into(), family.id.as_slice().into()];
    if tx.execute(sql, values).await? == 0 {
        return Ok(false);
    }
    let entry = Entry {
        client: Some(&family.client),
        consent: Some(&family.consent),
        detail: Some(by),
        ..Entry::default()
    };
    audit::record(tx, event, entry).await?;
    Ok(true)
}

/// An access token with what it opens.
#[derive(Debug, Clone)]
pub struct AccessRow {
    /// Its hash.
    pub hash: Vec<u8>,
    /// The refresh token that it came of.
    pub parent: Option<Vec<u8>>,
    /// When it was issued.
    pub issued: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// Whether it was used before.
    pub seen: bool,
    /// What it may read.
    pub scopes: Scopes,
    /// Its family.
    pub family: Family,
    /// Whether it, its family, its consent and its client all stand.
    pub valid: bool,
    /// When the consent ends.
    pub until: Timestamp,
    /// The consent's data key, wrapped.
    pub dek: Option<Vec<u8>>,
}

/// Looks an access token up, with all that could make it worthless.
pub async fn find_access(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<AccessRow>, StoreError> {
    let now = tx.now();
    let sql = format!(
        "SELECT f.id, f.consent, f.client, f.scopes, f.status, f.presented, a.hash, a.parent, a.issued,
           a.expires, a.seen, a.scopes, a.put_aside, c.status, c.until_at, c.dek, k.status
         FROM access_token a JOIN family f ON f.id = a.family JOIN consent c ON c.id = f.consent
           JOIN client k ON k.id = f.client
         WHERE a.hash IN ({})",
        places(1, hashes.len())
    );
    let values = hashes.into_iter().map(Value::from).collect();
    let rows = tx.query(&sql, values).await?;
    rows.first()
        .map(|row| AccessRow::read(row, now))
        .transpose()
}

impl AccessRow {
    fn read(row: &Row, now: Timestamp) -> Result<Self, StoreError> {
        let family = Family::read(row)?;
        let (expires, until) = (row.instant(9)?, row.instant(14)?);
        let stands = matches!(row.text(13)?, "active" | "suspect") && row.text(16)? == "active";
        Ok(Self {
            valid: stands && family.live && !row.flag(12)? && now < expires && now < until,
            hash: row.bytes(6)?.to_vec(),
            parent: row.opt_bytes(7)?.map(<[u8]>::to_vec),
            issued: row.instant(8)?,
            seen: row.opt_instant(10)?.is_some(),
            scopes: Scopes::parse(row.text(11)?),
            dek: row.opt_bytes(15)?.map(<[u8]>::to_vec),
            family,
            expires,
            until,
        })
    }
}

/// An access token was used: what lies before it knows that the answer arrived.
pub async fn mark_seen(tx: &mut dyn Tx, row: &AccessRow) -> Result<(), StoreError> {
    if row.seen {
        return Ok(());
    }
    let now = tx.now();
    let sql = "UPDATE access_token SET seen = $1 WHERE hash = $2 AND seen IS NULL";
    tx.execute(sql, vec![now.into(), row.hash.as_slice().into()])
        .await?;
    if let Some(parent) = &row.parent {
        let sql = "UPDATE refresh_token SET child_seen = 1 WHERE hash = $1 AND child_seen = 0";
        tx.execute(sql, vec![parent.as_slice().into()]).await?;
    }
    mark_presented(tx, &row.family).await
}

/// One access token dies by itself.
pub async fn put_access_aside(tx: &mut dyn Tx, hash: &[u8]) -> Result<(), StoreError> {
    let sql = "UPDATE access_token SET put_aside = 1 WHERE hash = $1";
    tx.execute(sql, vec![hash.into()]).await.map(|_| ())
}

/// Removes access tokens that ended a day ago, and refresh tokens whose
/// successor was used ninety days ago, some at a time; how many.
pub async fn sweep(tx: &mut dyn Tx) -> Result<u64, StoreError> {
    let now = tx.now();
    let ago = |days: i64| Value::from(now - jiff::SignedDuration::from_hours(24 * days));
    let access = "DELETE FROM access_token WHERE hash IN
        (SELECT hash FROM access_token WHERE expires <= $1 ORDER BY expires LIMIT 200)";
    let removed = tx.execute(access, vec![ago(1)]).await?;
    let refresh = "DELETE FROM refresh_token WHERE hash IN
        (SELECT hash FROM refresh_token WHERE child_used = 1 AND used <= $1
         ORDER BY used LIMIT 200)";
    Ok(removed + tx.execute(refresh, vec![ago(90)]).await?)
}
