//! Enedis says that there is no consent. Once may be an error of theirs: the
//! consent is in doubt, a second refusal a day later ends it, and when many
//! fail at once none is believed (gateway design, sections 4.2 F20 and F21, 4.3).

use enedis::Problem;
use jiff::SignedDuration;

use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::oauth::Access;
use crate::store::consents::{self, Ending};
use crate::store::{StoreError, Tx, counters};

/// Between the first refusal and the one that is believed.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// More consents in doubt than this, and more than one in twenty: Enedis is out
/// of order. Who is refused for good is in doubt for a day or so, and no longer.
const MANY: i64 = 20;
/// The guard has no end of its own.
const AGES: SignedDuration = SignedDuration::from_hours(24 * 366 * 100);

/// What a problem means for the consent, and what the box is told.
pub(super) async fn weigh(
    app: &App,
    access: &Access,
    problem: Problem,
) -> Result<Problem, StoreError> {
    if !matches!(problem, Problem::NoConsent | Problem::NotHolder) {
        return Ok(problem);
    }
    let consent = access.consent.clone();
    let ended = app
        .store
        .transact(move |tx| {
            let consent = consent.clone();
            Box::pin(async move { refused(tx, &consent).await })
        })
        .await?;
    Ok(if ended {
        problem
    } else {
        Problem::ConsentInDoubt
    })
}

/// A good answer: whatever was doubted is not.
pub(super) async fn lift(tx: &mut dyn Tx, id: &[u8]) -> Result<(), StoreError> {
    let now = tx.now();
    let sql = "UPDATE consent SET status = 'active', status_at = $1
               WHERE id = $2 AND status = 'suspect'";
    if tx.execute(sql, vec![now.into(), id.into()]).await? == 0 {
        return Ok(());
    }
    let entry = Entry {
        consent: Some(id),
        ..Entry::default()
    };
    audit::record(tx, Event::DoubtLifted, entry).await
}

/// Notes a refusal; whether it ended the consent.
async fn refused(tx: &mut dyn Tx, id: &[u8]) -> Result<bool, StoreError> {
    let now = tx.now();
    let sql = "UPDATE consent SET status = 'suspect', status_at = $1
               WHERE id = $2 AND status = 'active'";
    if tx.execute(sql, vec![now.into(), id.into()]).await? == 1 {
        let entry = Entry {
            consent: Some(id),
            detail: Some("refused once by Enedis"),
            ..Entry::default()
        };
        audit::record(tx, Event::Doubted, entry).await?;
        return Ok(false);
    }
    let sql = "SELECT status_at FROM consent WHERE id = $1 AND status = 'suspect'";
    let rows = tx.lock(sql, vec![id.into()]).await?;
    let Some(row) = rows.first() else {
        // It has ended meanwhile, by another hand.
        return Ok(true);
    };
    if now.duration_since(row.instant(0)?) < DAY || guard(tx).await? {
        return Ok(false);
    }
    match consents::find(tx, id).await? {
        Some(consent) => {
            let by = "refused twice by Enedis, a day apart";
            consents::end(tx, &consent, Ending::Revoked, by).await
        }
        None => Ok(true),
    }
}

/// Whether none is believed, because too many consents are in doubt at once; the
/// beginning and the end of that are written down, and rise as an alarm.
pub(crate) async fn guard(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let sql = "SELECT coalesce(sum(CASE WHEN status = 'suspect' THEN 1 ELSE 0 END), 0), count(*)
               FROM consent WHERE status IN ('active', 'suspect')";
    let rows = tx.query(sql, Vec::new()).await?;
    let row = rows.first().ok_or(StoreError::Corrupt("no count"))?;
    let (doubted, all) = (row.int(0)?, row.int(1)?);
    let many = doubted > MANY && doubted * 20 > all;
    let name = counters::name("mass guard", b"everybody");
    match (many, counters::peek(tx, &name).await?.n) {
        (true, 0) => {
            counters::count(tx, &name, 1, AGES).await?;
            tracing::error!(doubted, all, "Enedis refuses many: no consent ends by it");
            audit::record(tx, Event::MassGuardOn, Entry::default()).await?;
        }
        (false, on) if on > 0 => {
            counters::count(tx, &name, -on, AGES).await?;
            tracing::info!(doubted, all, "Enedis refuses few again");
            audit::record(tx, Event::MassGuardOff, Entry::default()).await?;
        }
        _ => {}
    }
    Ok(many)
}
