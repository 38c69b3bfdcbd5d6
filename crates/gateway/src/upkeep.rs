//! What the gateway does by itself: seals the audit, ends what has run out,
//! throws away what nobody needs, and follows its key file.

use std::future::Future;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::audit;
use crate::keys::{KeyFileError, KeySet};
use crate::random::Random;
use crate::store::{StoreError, Tx, Value, consents, counters, flows, tokens};

/// How long audit rows are kept: twelve months, as the law's usual measure of
/// logs; the proof of a consent stays longer.
const AUDIT: SignedDuration = SignedDuration::from_hours(24 * 366);
/// How long the proof of a consent stays after its end.
const PROOF: SignedDuration = SignedDuration::from_hours(24 * 365 * 5);
/// How often the rest is done, in seals.
const EVERY: u32 = 60;

/// Seals twice a second and tidies up twice a minute, until the program stops.
pub async fn run(app: App, stop: impl Future<Output = ()>) {
    let work = async {
        for round in 0_u32.. {
            if let Err(error) = round_of(&app, round).await {
                tracing::warn!(%error, "upkeep has to wait");
            }
            app.clock.sleep(SignedDuration::from_millis(500)).await;
        }
    };
    tokio::select! {
        () = work => {}
        () = stop => {}
    }
}

async fn round_of(app: &App, round: u32) -> Result<(), StoreError> {
    weigh(app).await?;
    while seal(app).await? > 0 {}
    weigh(app).await?;
    if round.is_multiple_of(EVERY) {
        tidy(app).await?;
    }
    Ok(())
}

/// Seals the rows that are not yet; how many of them in this step.
pub async fn seal(app: &App) -> Result<usize, StoreError> {
    app.store
        .transact(|tx| Box::pin(audit::chain::seal(tx)))
        .await
}

/// Tells the instruments how many rows wait to be sealed.
pub async fn weigh(app: &App) -> Result<(), StoreError> {
    let waiting = app
        .store
        .transact(|tx| Box::pin(audit::chain::unsealed(tx)))
        .await?;
    app.metrics.unsealed.set(waiting);
    Ok(())
}

/// Ends what has run out, throws away what nobody needs, and counts what is left.
pub async fn tidy(app: &App) -> Result<(), StoreError> {
    while app.store.transact(|tx| Box::pin(flows::expire(tx))).await? > 0 {}
    while app
        .store
        .transact(|tx| Box::pin(consents::expire(tx)))
        .await?
        > 0
    {}
    while app.store.transact(|tx| Box::pin(tokens::sweep(tx))).await? > 0 {}
    app.store.transact(|tx| Box::pin(sweep(tx))).await?;
    app.store
        .transact(|tx| Box::pin(crate::data::guard(tx)))
        .await?;
    while rewrap(app).await? > 0 {}
    let found = app
        .store
        .transact(|tx| Box::pin(consents::by_state(tx)))
        .await?;
    app.metrics.consents_by_state(&found);
    Ok(())
}

async fn sweep(tx: &mut dyn Tx) -> Result<(), StoreError> {
    flows::sweep(tx).await?;
    counters::sweep(tx).await?;
    consents::sweep(tx).await?;
    let now = tx.now();
    let (audit_end, proof_end) = (before(now, AUDIT), before(now, PROOF));
    audit::chain::prune(tx, audit_end).await?;
    consents::forget(tx, proof_end).await
}

fn before(now: Timestamp, age: SignedDuration) -> Timestamp {
    now.saturating_sub(age).unwrap_or(Timestamp::MIN)
}

/// Puts data keys under the wrapping key in use, some at a time; how many.
async fn rewrap(app: &App) -> Result<usize, StoreError> {
    let work = app.clone();
    app.store
        .transact(move |tx| {
            let app = work.clone();
            Box::pin(async move { rewrap_some(&app, tx).await })
        })
        .await
}

async fn rewrap_some(app: &App, tx: &mut dyn Tx) -> Result<usize, StoreError> {
    let rows = consents::wrapped_otherwise(tx, app.keys.wrapping_in_use()).await?;
    for row in &rows {
        let (id, old) = (row.bytes(0)?, row.bytes(1)?);
        let key = app.keys.unwrap_key(old)?;
        let new = app.keys.wrap(&key, &*app.random)?;
        let sql = "UPDATE consent SET dek = $1 WHERE id = $2 AND dek = $3";
        let values: Vec<Value> = vec![new.into(), id.into(), old.into()];
        tx.execute(sql, values).await?;
    }
    Ok(rows.len())
}

/// Adds a new key of each kind to the key file; running gateways take it over
/// within seconds, and nobody notices.
pub fn rotate(path: &Path, random: &dyn Random) -> Result<(), KeyFileError> {
    KeySet::read(path)?.rotated(random)?.write(path)
}

/// Follows the key file until the program stops.
pub async fn follow_keys(app: App, path: PathBuf, stop: impl Future<Output = ()>) {
    let work = async {
        loop {
            app.clock.sleep(SignedDuration::from_secs(5)).await;
            match KeySet::read(&path) {
                Ok(set) => app.keys.replace(set),
                Err(error) => tracing::warn!(%error, "the key file cannot be read again"),
            }
        }
    };
    tokio::select! {
        () = work => {}
        () = stop => {}
    }
}
