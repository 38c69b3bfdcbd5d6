//! The applications that may ask.

use grant::Scopes;

use super::{Row, StoreError, Tx, Value};

/// An application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientRow {
    /// `client_id`.
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// The hash of its secret; nothing for a public client.
    pub secret_hash: Option<Vec<u8>>,
    /// Whether it is shut out.
    pub banned: bool,
    /// What it may ask for.
    pub scopes: Scopes,
    /// Open flows at a time.
    pub max_pending: i64,
    /// Whether it speaks the older proxy's dialect.
    pub legacy: bool,
}

/// The two identifiers of the older plugin, registered from the start.
pub const LEGACY: [(&str, &str); 2] = [
    ("d198fd52-61c0-4b77-8725-06a1ef90da9f", "DomoticzLinky"),
    (
        "9c551777-9d1b-447c-9e68-bfe6896ee002",
        "DomoticzLinky (essais)",
    ),
];

/// Relevé at home, registered from the start as well.
pub const HOME: (&str, &str) = ("releve", "Relevé");

/// Open flows of one application at a time, unless the operator says otherwise.
pub const MAX_PENDING: i64 = 5000;

const COLUMNS: &str = "id, name, secret_hash, status, scopes, max_pending, legacy";

impl ClientRow {
    /// A public client with everything at its default.
    pub fn public(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            secret_hash: None,
            banned: false,
            scopes: Scopes::ALL,
            max_pending: MAX_PENDING,
            legacy: false,
        }
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.text(0)?.to_owned(),
            name: row.text(1)?.to_owned(),
            secret_hash: row.opt_bytes(2)?.map(<[u8]>::to_vec),
            banned: row.text(3)? == "banned",
            scopes: Scopes::parse(row.text(4)?),
            max_pending: row.int(5)?,
            legacy: row.flag(6)?,
        })
    }
}

/// The application of that identifier.
pub async fn find(tx: &mut dyn Tx, id: &str) -> Result<Option<ClientRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM client WHERE id = $1");
    let rows = tx.query(&sql, vec![id.into()]).await?;
    rows.first().map(ClientRow::read).transpose()
}

/// All applications, by name.
pub async fn all(tx: &mut dyn Tx) -> Result<Vec<ClientRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM client ORDER BY name, id");
    let rows = tx.query(&sql, Vec::new()).await?;
    rows.iter().map(ClientRow::read).collect()
}

/// Registers an application; false when its identifier is taken.
pub async fn add(tx: &mut dyn Tx, client: &ClientRow) -> Result<bool, StoreError> {
    let sql =
        "INSERT INTO client (id, name, secret_hash, status, scopes, max_pending, legacy, created)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING";
    let values: Vec<Value> = vec![
        client.id.as_str().into(),
        client.name.as_str().into(),
        client.secret_hash.clone().into(),
        status(client.banned).into(),
        client.scopes.to_string().into(),
        client.max_pending.into(),
        client.legacy.into(),
        tx.now().into(),
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Registers Relevé at home and the older plugin where they are missing; what an
/// operator changed about them stays.
pub async fn add_known(tx: &mut dyn Tx) -> Result<(), StoreError> {
    add(tx, &ClientRow::public(HOME.0, HOME.1)).await?;
    for (id, name) in LEGACY {
        let client = ClientRow {
            legacy: true,
            ..ClientRow::public(id, name)
        };
        add(tx, &client).await?;
    }
    Ok(())
}

/// Shuts an application out, or lets it in again; false when there is none.
/// Shut out, its tokens are refused from this instant on, on every node.
pub async fn ban(tx: &mut dyn Tx, id: &str, banned: bool) -> Result<bool, StoreError> {
    let sql = "UPDATE client SET status = $1 WHERE id = $2";
    let values = vec![status(banned).into(), id.into()];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Sets how many open flows an application may have; false when there is none.
pub async fn limit(tx: &mut dyn Tx, id: &str, max_pending: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE client SET max_pending = $1 WHERE id = $2";
    Ok(tx.execute(sql, vec![max_pending.into(), id.into()]).await? == 1)
}

fn status(banned: bool) -> &'static str {
    if banned { "banned" } else { "active" }
}
