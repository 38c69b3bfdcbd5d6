//! Enedis says that there is no consent. Once may be an error of theirs: the
//! consent is in doubt, a second refusal a day later ends it, and when many
//! fail at once none is believed (gateway design, sections 4.2 F20 and F21, 4.3).

use enedis::Problem;
use jiff::SignedDuration;

use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::oauth::Access;
use crate::store::consents::{self, Ending};
use crate::store::{StoreError, Tx};

/// Between the first refusal and the one that is believed.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// More consents in doubt within an hour than this, and more than one in
/// twenty: Enedis is out of order.
const MANY: i64 = 20;

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
    tx.execute(sql, vec![now.into(), id.into()])
        .await
        .map(|_| ())
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
    if now.duration_since(row.instant(0)?) < DAY || mass_refusal(tx).await? {
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

/// Whether too many consents fell into doubt within an hour of each other.
async fn mass_refusal(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let hour_ago = tx.now() - SignedDuration::from_hours(1);
    let day_ago = tx.now() - SignedDuration::from_hours(25);
    let sql = "SELECT coalesce(sum(CASE WHEN status = 'suspect' AND (status_at > $1
                 OR status_at < $2) THEN 1 ELSE 0 END), 0), count(*)
               FROM consent WHERE status IN ('active', 'suspect')";
    let rows = tx.query(sql, vec![hour_ago.into(), day_ago.into()]).await?;
    let row = rows.first().ok_or(StoreError::Corrupt("no count"))?;
    let (doubted, all) = (row.int(0)?, row.int(1)?);
    Ok(doubted > MANY && doubted * 20 > all)
}
