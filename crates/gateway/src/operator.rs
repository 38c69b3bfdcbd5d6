//! What an operator does to applications, each with its audit row in the same
//! transaction.

use data_encoding::HEXLOWER;

use crate::audit::{self, Entry, Event};
use crate::random::Random;
use crate::store::clients::{self, ClientRow};
use crate::store::{Store, StoreError, Tx};

/// Registers an application; false when its identifier is taken.
pub async fn add(store: &Store, client: ClientRow) -> Result<bool, StoreError> {
    store
        .transact(move |tx| {
            let client = client.clone();
            Box::pin(async move {
                let added = clients::add(tx, &client).await?;
                note(tx, added, &client.id, "client added").await
            })
        })
        .await
}

/// Every application, by name.
pub async fn list(store: &Store) -> Result<Vec<ClientRow>, StoreError> {
    store.transact(|tx| Box::pin(clients::all(tx))).await
}

/// Sets how many open requests an application may have; false when there is none.
pub async fn limit(store: &Store, id: String, max_pending: i64) -> Result<bool, StoreError> {
    store
        .transact(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                let done = clients::limit(tx, &id, max_pending).await?;
                note(tx, done, &id, "client limited").await
            })
        })
        .await
}

/// Shuts an application out, or lets it in again; false when there is none.
pub async fn ban(store: &Store, id: String, banned: bool) -> Result<bool, StoreError> {
    store
        .transact(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                let done = clients::ban(tx, &id, banned).await?;
                let what = if banned {
                    "client banned"
                } else {
                    "client allowed"
                };
                note(tx, done, &id, what).await
            })
        })
        .await
}

/// An identifier and a secret that nobody can guess, in hexadecimal.
pub fn fresh_name(random: &dyn Random) -> Result<String, StoreError> {
    let bytes: [u8; 16] = random.bytes()?;
    Ok(HEXLOWER.encode(&bytes))
}

async fn note(tx: &mut dyn Tx, done: bool, id: &str, what: &str) -> Result<bool, StoreError> {
    if done {
        let entry = Entry {
            client: Some(id),
            detail: Some(what),
            ..Entry::default()
        };
        audit::record(tx, Event::AdminAction, entry).await?;
    }
    Ok(done)
}
