//! The task that asks Enedis about each callback, waits the quiet period, and
//! approves. A flow is taken with a lease, so that another node goes on with it
//! when this one dies.

use std::future::Future;

use enedis::Problem;
use grant::server::flow::QUIET;
use grant::server::{Failure, State};
use jiff::{SignedDuration, Timestamp};

use super::callback::{conflict, freeze_all, generation_of};
use super::challenge;
use super::finding::{Asked, Finding, ask};
use super::value::{Value, point_hashes};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::points;
use crate::store::claims::{self, Kind};
use crate::store::consents::{self, NewConsent};
use crate::store::flows::{self, FlowRow};
use crate::store::{Noted, StoreError, Tx, counters};

/// How long a node may keep a flow in hand.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long to wait after each empty answer: a consent appears at Enedis some
/// seconds after the callback. The value cannot be changed meanwhile.
const PATIENCE: [i64; 6] = [2, 4, 8, 15, 30, 60];
/// How long to wait while nothing is asked.
const PAUSE: SignedDuration = SignedDuration::from_secs(15);

/// Goes on with flows until the program stops.
pub async fn run(app: App, stop: impl Future<Output = ()>) {
    let work = async {
        loop {
            match resolve_due(&app).await {
                Ok(true) => {}
                Ok(false) => app.clock.sleep(SignedDuration::from_millis(500)).await,
                Err(error) => {
                    tracing::warn!(%error, "cannot go on with flows");
                    app.clock.sleep(SignedDuration::from_secs(2)).await;
                }
            }
        }
    };
    tokio::select! {
        () = work => {}
        () = stop => {}
    }
}

/// Goes on with one flow that is due; false when there is none.
pub async fn resolve_due(app: &App) -> Result<bool, StoreError> {
    let step = {
        let app = app.clone();
        let work = app.clone();
        app.store
            .transact(move |tx| {
                let app = work.clone();
                Box::pin(async move { next_step(&app, tx).await })
            })
            .await?
    };
    let Some(step) = step else {
        return Ok(false);
    };
    let Step::Ask {
        flow,
        lease,
        value,
        left,
    } = step
    else {
        return Ok(true);
    };
    let asked = ask(app, &value, left).await?;
    let (work, asked) = (app.clone(), std::sync::Arc::new(asked));
    app.store
        .transact(move |tx| {
            let (app, flow, asked, value) =
                (work.clone(), flow.clone(), asked.clone(), value.clone());
            Box::pin(async move {
                if claims::holds(tx, &flow, lease).await? {
                    apply(&app, tx, &flow, &value, &asked).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(true)
}

enum Step {
    Done,
    Ask {
        flow: Vec<u8>,
        lease: Timestamp,
        value: Value,
        left: Timestamp,
    },
}

/// Takes the next flow, and does what needs no answer of Enedis.
async fn next_step(app: &App, tx: &mut dyn Tx) -> Result<Option<Step>, StoreError> {
    let until = tx.now().saturating_add(LEASE).unwrap_or(Timestamp::MAX);
    let Some((id, lease)) = claims::take_due(tx, until).await? else {
        return Ok(None);
    };
    let row = flows::by_id(tx, &id)
        .await?
        .ok_or(StoreError::Corrupt("a flow is gone"))?;
    if row.flow.is_overdue(tx.now()) {
        claims::schedule(tx, &id, None).await?;
        return Ok(Some(Step::Done));
    }
    let (row, left) = match row.flow.state {
        State::Returned { left, .. } => {
            let Ok(flow) = row.flow.clone().resolve() else {
                return Err(StoreError::Contended);
            };
            flows::advance(tx, &row, &flow, None).await?;
            (claims::with_flow(&row, flow), left)
        }
        State::Resolving {
            left,
            resolved: None,
        } => (row, left),
        State::Resolving { .. } => {
            conclude(app, tx, row).await?;
            return Ok(Some(Step::Done));
        }
        _ => {
            claims::schedule(tx, &id, None).await?;
            return Ok(Some(Step::Done));
        }
    };
    if let Some(until) = paused(app, tx).await? {
        postpone(tx, &id, until).await?;
        return Ok(Some(Step::Done));
    }
    let value = value_of(app, &row)?;
    Ok(Some(Step::Ask {
        flow: id,
        lease,
        value,
        left,
    }))
}

/// While the alarm rings, or answers that led nowhere have used up their part of
/// the quota, nobody is asked about.
async fn paused(app: &App, tx: &mut dyn Tx) -> Result<Option<Timestamp>, StoreError> {
    let now = tx.now();
    let soon = now.saturating_add(PAUSE).unwrap_or(Timestamp::MAX);
    let alarm = counters::peek(tx, &alarm()).await?;
    if alarm.n > 0 {
        return Ok(Some(alarm.until.min(soon)));
    }
    let wasted = counters::peek(tx, &wasted()).await?;
    let spent = wasted.n >= app.config.limits.resolutions_per_hour;
    Ok(spent.then(|| wasted.until.min(soon)))
}

/// Not now, and it does not count as a try.
async fn postpone(tx: &mut dyn Tx, flow: &[u8], until: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE flow SET due = $1, lease = NULL, attempts = attempts - 1 WHERE id = $2";
    tx.execute(sql, vec![until.into(), flow.into()])
        .await
        .map(|_| ())
}

async fn apply(
    app: &App,
    tx: &mut dyn Tx,
    id: &[u8],
    value: &Value,
    asked: &Asked,
) -> Result<(), StoreError> {
    let row = flows::by_id(tx, id)
        .await?
        .ok_or(StoreError::Corrupt("a flow is gone"))?;
    match asked {
        Asked::Found(finding) => found(app, tx, row, value, finding).await,
        Asked::Nothing => nothing(tx, row).await,
        Asked::NotYours(why) => {
            waste(tx).await?;
            conflict(tx, &row, &value.hashes(&app.keys)[0], why).await?;
            fail(tx, &row, Failure::NotYours).await
        }
        Asked::Trouble(problem) => {
            tracing::warn!(%problem, "Enedis did not say what a callback stands for");
            let wait = match problem {
                Problem::Quota {
                    until: Some(until), ..
                } => *until,
                _ => tx.now().saturating_add(PAUSE).unwrap_or(Timestamp::MAX),
            };
            postpone(tx, id, wait).await
        }
    }
}

async fn nothing(tx: &mut dyn Tx, row: FlowRow) -> Result<(), StoreError> {
    waste(tx).await?;
    let tried = usize::try_from(row.attempts - 1).unwrap_or_default();
    match PATIENCE.get(tried) {
        Some(seconds) => {
            let due = tx.now().saturating_add(SignedDuration::from_secs(*seconds));
            claims::schedule(tx, &row.id, due.ok()).await
        }
        None => fail(tx, &row, Failure::NotRecorded).await,
    }
}

async fn fail(tx: &mut dyn Tx, row: &FlowRow, why: Failure) -> Result<(), StoreError> {
    if let Ok(flow) = row.flow.clone().fail(why) {
        flows::advance(tx, row, &flow, None).await?;
    }
    claims::schedule(tx, &row.id, None).await
}

/// The quiet period begins; whoever else claims the same shows themselves in it.
async fn found(
    app: &App,
    tx: &mut dyn Tx,
    row: FlowRow,
    value: &Value,
    finding: &Finding,
) -> Result<(), StoreError> {
    let Ok(flow) = row.flow.clone().quiet(tx.now()) else {
        return claims::schedule(tx, &row.id, None).await;
    };
    remark(tx, &row, value).await?;
    let key = app
        .keys
        .unwrap_key(row.dek.as_deref().unwrap_or_default())?;
    let text = serde_json::to_vec(finding).unwrap_or_default();
    claims::keep_finding(tx, &row.id, &key.seal(&row.id, &text, &*app.random)?).await?;
    flows::advance(tx, &row, &flow, None).await?;
    let row = claims::with_flow(&row, flow);
    refund(tx, row.attempts - 1).await?;
    for point in &finding.points {
        let hashes = point_hashes(&app.keys, point.prm);
        claims::claim(tx, Kind::Point, &hashes[0], &row.id).await?;
        let entry = Entry {
            client: Some(&row.client),
            flow: Some(&row.id),
            subject: Some(&hashes[0]),
            ..Entry::default()
        };
        audit::record(tx, Event::Resolved, entry).await?;
    }
    check(app, tx, &row, value, finding).await?;
    let due = tx.now().saturating_add(QUIET);
    claims::schedule(tx, &row.id, due.ok()).await
}

/// Nobody knows yet whether Enedis' numbers only rise; a lower one than those of
/// before this browser left is remarked upon, and nothing follows from it.
async fn remark(tx: &mut dyn Tx, row: &FlowRow, value: &Value) -> Result<(), StoreError> {
    if let (Value::Number(number), Some(left)) = (value, row.left_at)
        && let Some(highest) = consents::highest_number(tx, left).await?
        && *number < highest
    {
        tracing::info!(
            below = highest - number,
            "a number below the highest so far"
        );
    }
    Ok(())
}

/// Freezes the flow when another claims the same, or the usage point is known.
async fn check(
    app: &App,
    tx: &mut dyn Tx,
    row: &FlowRow,
    value: &Value,
    finding: &Finding,
) -> Result<(), StoreError> {
    if let Value::Number(_) = value {
        freeze_all(app, tx, row, Kind::Number, &value.hashes(&app.keys)).await?;
    }
    for point in &finding.points {
        let hashes = point_hashes(&app.keys, point.prm);
        freeze_all(app, tx, row, Kind::Point, &hashes).await?;
        if is_a_strangers(tx, row, hashes.clone()).await? {
            let days = challenge::draw_days(app, tx.now())?;
            let why = "the usage point is known";
            if claims::freeze(tx, &row.id, why, &days).await? {
                conflict(tx, row, &hashes[0], why).await?;
            }
        }
    }
    Ok(())
}

/// Whether a usage point is known here and this browser or box is not the one
/// that had it.
pub(super) async fn is_a_strangers(
    tx: &mut dyn Tx,
    row: &FlowRow,
    hashes: Vec<Vec<u8>>,
) -> Result<bool, StoreError> {
    let known = consents::of_point(tx, hashes.clone()).await?;
    let own = |id: &[u8], browser: Option<&Vec<u8>>| {
        let same_browser = browser.is_some() && browser == row.browser_hash.as_ref();
        same_browser || row.previous.as_deref() == Some(id)
    };
    if !known.is_empty() {
        let mine = known
            .iter()
            .any(|one| own(&one.id, one.browser_hash.as_ref()));
        return Ok(!mine);
    }
    let buried = consents::tombstone(tx, hashes).await?;
    Ok(buried.is_some_and(|consent| !own(&consent, None)))
}

/// The quiet period is over: approved, unless something showed itself.
async fn conclude(app: &App, tx: &mut dyn Tx, row: FlowRow) -> Result<(), StoreError> {
    let value = value_of(app, &row)?;
    let finding = finding_of(app, &row)?;
    check(app, tx, &row, &value, &finding).await?;
    let row = flows::by_id(tx, &row.id)
        .await?
        .ok_or(StoreError::Corrupt("a flow is gone"))?;
    if row.challenge.is_some() {
        let Ok(flow) = row.flow.clone().challenge() else {
            return Err(StoreError::Contended);
        };
        flows::advance(tx, &row, &flow, row.challenge.as_deref()).await?;
        return claims::schedule(tx, &row.id, None).await;
    }
    let due = row.flow.clone().approve(tx.now()).is_err();
    if due {
        let soon = tx.now().saturating_add(SignedDuration::from_secs(1));
        return claims::schedule(tx, &row.id, soon.ok()).await;
    }
    finish(app, tx, row, "quiet").await
}

/// The consent is proved: its row, its points, its proof, and the flow approved,
/// in one transaction.
pub(super) async fn finish(
    app: &App,
    tx: &mut dyn Tx,
    row: FlowRow,
    proved_by: &str,
) -> Result<(), StoreError> {
    let value = value_of(app, &row)?;
    let finding = finding_of(app, &row)?;
    let scopes = row.chosen.unwrap_or_default();
    let Ok(flow) = row.flow.clone().approve(tx.now()) else {
        return Err(StoreError::Contended);
    };
    if scopes.is_empty() || finding.points.is_empty() || finding.until <= tx.now() {
        return fail(tx, &row, Failure::Empty).await;
    }
    let random = &*app.random;
    let id = random.bytes::<16>()?;
    let (key, dek) = app.keys.new_data_key(random)?;
    let new = NewConsent {
        id: &id,
        flow: &row,
        generation: generation_of(&value).as_str(),
        autorisation_id: match value {
            Value::Number(number) => Some(number),
            Value::Points(_) => None,
        },
        scopes,
        until: finding.until,
        dek: &dek,
        points: points::seal(&app.keys, &id, &key, &finding.points, random)?,
        proved_by,
    };
    if !consents::insert(tx, &new).await? {
        let subject = &value.hashes(&app.keys)[0];
        conflict(tx, &row, subject, "a number that was used").await?;
        return fail(tx, &row, Failure::NotYours).await;
    }
    flows::advance(tx, &row, &flow, Some(proved_by)).await?;
    claims::win(tx, &row.id).await?;
    defeat(app, tx, &row, &value, &finding).await?;
    let sql = "UPDATE flow SET dek = NULL, value_sealed = NULL, finding = NULL, page = NULL,
                 due = NULL, lease = NULL WHERE id = $1";
    tx.execute(sql, vec![row.id.as_slice().into()])
        .await
        .map(|_| ())
}

/// Whoever claimed the same and did not prove it has failed.
async fn defeat(
    app: &App,
    tx: &mut dyn Tx,
    row: &FlowRow,
    value: &Value,
    finding: &Finding,
) -> Result<(), StoreError> {
    let mut claimed = vec![(Kind::Number, value.hashes(&app.keys))];
    for point in &finding.points {
        claimed.push((Kind::Point, point_hashes(&app.keys, point.prm)));
    }
    for (kind, hashes) in claimed {
        for rival in claims::rivals(tx, kind, &hashes, &row.id).await? {
            if !rival.won
                && let Some(other) = flows::by_id(tx, &rival.flow).await?
            {
                fail(tx, &other, Failure::NotYours).await?;
            }
        }
    }
    Ok(())
}

pub(super) fn finding_of(app: &App, row: &FlowRow) -> Result<Finding, StoreError> {
    let sealed = row
        .finding
        .as_deref()
        .ok_or(StoreError::Corrupt("no finding"))?;
    let key = app
        .keys
        .unwrap_key(row.dek.as_deref().unwrap_or_default())?;
    let text = key.open(&row.id, sealed)?;
    serde_json::from_slice(&text).map_err(|_| StoreError::Corrupt("a malformed finding"))
}

pub(super) fn value_of(app: &App, row: &FlowRow) -> Result<Value, StoreError> {
    let sealed = row
        .value_sealed
        .as_deref()
        .ok_or(StoreError::Corrupt("no value"))?;
    let key = app
        .keys
        .unwrap_key(row.dek.as_deref().unwrap_or_default())?;
    let text = key.open(&row.id, sealed)?;
    serde_json::from_slice(&text).map_err(|_| StoreError::Corrupt("a malformed value"))
}

/// A call to Enedis led nowhere.
async fn waste(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let hour = SignedDuration::from_hours(1);
    counters::count(tx, &wasted(), 1, hour).await.map(|_| ())
}

/// The empty answers of a consent that appeared after all were not wasted: only
/// values that lead nowhere use up their part of the quota.
async fn refund(tx: &mut dyn Tx, calls: i64) -> Result<(), StoreError> {
    let spent = counters::peek(tx, &wasted()).await?.n;
    let back = calls.min(spent);
    if back > 0 {
        let hour = SignedDuration::from_hours(1);
        counters::count(tx, &wasted(), -back, hour).await?;
    }
    Ok(())
}

fn wasted() -> Vec<u8> {
    counters::name("wasted calls", b"everywhere")
}

/// The name of the alarm that makes resolution rest.
pub(super) fn alarm() -> Vec<u8> {
    counters::name("alarm", b"values")
}

/// Counts a value that nobody has brought before; too many in a minute ring the
/// alarm.
pub(super) async fn count_value(app: &App, tx: &mut dyn Tx) -> Result<(), StoreError> {
    tx.note(Noted::UnknownValue);
    let name = counters::name("unknown values", b"everywhere");
    let count = counters::count(tx, &name, 1, SignedDuration::from_mins(1)).await?;
    if count.n < app.config.limits.unknown_values_per_minute {
        return Ok(());
    }
    let rung = counters::count(tx, &alarm(), 1, SignedDuration::from_mins(10)).await?;
    if rung.n == 1 {
        tracing::error!("too many unknown callback values: nothing is resolved for ten minutes");
        audit::record(tx, Event::EnumerationAlarm, Entry::default()).await?;
    }
    Ok(())
}
