//! What Enedis allows, as rows that every node shares and that survive a
//! restart: a pace, a number of calls a clock hour, and the time until which
//! Enedis itself has closed an interface (gateway design, section 3.1).

mod permit;

use std::future::Future;
use std::sync::Arc;

use enedis::{Generation, Problem, QuotaKind};
use jiff::{SignedDuration, Timestamp};

pub use permit::{Guarded, InHand};

use crate::app::App;
use crate::metrics::{Api, OfApi};
use crate::store::{StoreError, Tx, consents};

/// Who waits for the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A person is at the consent page: the whole hour is theirs.
    Consent,
    /// A box wants readings: a tenth of each hour is kept for consents.
    Readings,
}

/// The answer to who wants to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// Call now; so many calls of this hour are used, this one included.
    Granted(i64),
    /// Ask again after this.
    Wait(SignedDuration),
    /// Nothing is left before this instant.
    Exhausted(Timestamp),
}

/// What may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Between two calls.
    pub interval: SignedDuration,
    /// Calls in a clock hour, for all classes together.
    pub per_hour: i64,
}

/// Longer than to the next full hour no quota of Enedis lasts.
const LONGEST: SignedDuration = SignedDuration::from_mins(65);
/// After too many calls within a second.
const BURST: SignedDuration = SignedDuration::from_secs(2);
const HOUR: i64 = 3600;
/// How often a node may stand still on the way to one call.
const TRIES: usize = 3;
/// Longer than this no transaction waits for a row.
const LOCKED: SignedDuration = SignedDuration::from_secs(30);

impl Allowance {
    /// What Enedis allows this application (Enedis reference, section 2.4), less
    /// a margin: one call a second and one in twenty stay unused.
    pub fn of(app: &App) -> Self {
        let config = &app.config;
        let by_generation = match app.generation() {
            Generation::V2026 => 1000,
            Generation::V5 => 10_000,
        };
        let stated = config.limits.calls_per_hour.unwrap_or(by_generation);
        let interval = match config.enedis.calls_per_second {
            None => SignedDuration::ZERO,
            Some(calls) => SignedDuration::from_millis(1000 / i64::from(calls.max(2) - 1)),
        };
        Self {
            interval,
            per_hour: stated * 95 / 100,
        }
    }

    fn of_class(self, class: Class) -> i64 {
        match class {
            Class::Consent => self.per_hour,
            Class::Readings => self.per_hour * 90 / 100,
        }
    }
}

/// Takes a call from what is left, or says when to come back.
pub async fn take(
    tx: &mut dyn Tx,
    api: Api,
    class: Class,
    allowance: Allowance,
) -> Result<Permit, StoreError> {
    let now = tx.now();
    let row = row(tx, api).await?;
    let hour = now.as_second().div_euclid(HOUR);
    let used = if row.hour == hour { row.used } else { 0 };
    if row.blocked_until > now {
        return Ok(Permit::Exhausted(row.blocked_until));
    }
    if used >= allowance.of_class(class) {
        return Ok(Permit::Exhausted(next_hour(now)));
    }
    let wait = row.next_at.duration_since(now);
    // Another node may have taken its permit while this transaction waited for
    // the row: its instant is then later than ours. A database whose clock was
    // set back further must not hold calls up.
    if wait.is_positive() && wait <= allowance.interval + LOCKED {
        return Ok(Permit::Wait(wait.min(allowance.interval)));
    }
    let next_at = now.saturating_add(allowance.interval).unwrap_or(now);
    let sql = "UPDATE upstream SET next_at = $1, hour = $2, used = $3 WHERE api = $4";
    let values = vec![
        next_at.into(),
        hour.into(),
        (used + 1).into(),
        name(api).into(),
    ];
    tx.execute(sql, values).await?;
    Ok(Permit::Granted(used + 1))
}

/// Closes an interface because Enedis said so. Its time is believed within
/// reason: else the next full hour counts, or two seconds after a burst.
pub async fn close(
    tx: &mut dyn Tx,
    api: Api,
    kind: QuotaKind,
    until: Option<Timestamp>,
) -> Result<Timestamp, StoreError> {
    let now = tx.now();
    let believed = until.filter(|until| *until > now && until.duration_since(now) <= LONGEST);
    let until = believed.unwrap_or_else(|| match kind {
        QuotaKind::Burst => now.saturating_add(BURST).unwrap_or(now),
        _ => next_hour(now),
    });
    row(tx, api).await?;
    let sql = "UPDATE upstream SET blocked_until = $1 WHERE api = $2 AND blocked_until < $3";
    tx.execute(sql, vec![until.into(), name(api).into(), until.into()])
        .await?;
    Ok(until)
}

/// A call that is wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Of which interface.
    pub api: Api,
    /// By whom.
    pub class: Class,
    /// How long they wait for their turn.
    pub patience: SignedDuration,
    /// The hashes of the usage point that it is about, where there is a consent
    /// for it: once that is withdrawn nobody is asked.
    pub point: Option<Vec<Vec<u8>>>,
}

/// Makes a call to Enedis within the quota, and takes note of what is said about
/// that. `request` is made again when this node stood still with its permit.
pub async fn call<T, F>(
    app: &App,
    wanted: &Wanted,
    request: impl Fn() -> F,
) -> Result<Result<T, Problem>, StoreError>
where
    F: Future<Output = Result<T, Problem>>,
{
    for _ in 0..TRIES {
        let permit = match permit(app, wanted).await? {
            Ok(permit) => permit,
            Err(problem) => return Ok(Err(problem)),
        };
        let answer = permit.cover(request()).await;
        if permit.has_lapsed() {
            continue;
        }
        return match answer {
            Ok(answer) => Ok(Ok(answer)),
            Err(problem) => Ok(Err(note(app, wanted.api, &problem).await?)),
        };
    }
    let soon = app.store.ping().await?;
    Ok(Err(exhausted(soon + wanted.patience)))
}

/// Waits for a permit as long as is wanted; a quota that is used up is told as
/// the problem that it is. The token is seen to before: permits that waited for
/// it together would leave together, as a burst.
pub async fn permit(
    app: &App,
    wanted: &Wanted,
) -> Result<Result<Arc<InHand>, Problem>, StoreError> {
    if let Err(problem) = app.enedis.ready().await {
        return Ok(Err(problem));
    }
    let (api, allowance) = (wanted.api, Allowance::of(app));
    let mut spent = SignedDuration::ZERO;
    loop {
        let asked = app.clock.steady();
        let work = wanted.clone();
        let taken = app
            .store
            .transact(move |tx| {
                let wanted = work.clone();
                Box::pin(async move { take_wanted(tx, wanted, allowance).await })
            })
            .await?;
        let wait = match taken {
            None => return Ok(Err(Problem::NoConsent)),
            Some(Permit::Exhausted(until)) => return Ok(Err(exhausted(until))),
            Some(Permit::Granted(used)) => {
                let of_api = OfApi { api };
                app.metrics.quota_used.get_or_create(&of_api).set(used);
                let cap = app.metrics.quota_cap.get_or_create(&of_api);
                cap.set(allowance.per_hour);
                if let Some(permit) = InHand::granted(asked, &*app.clock) {
                    return Ok(Ok(permit));
                }
                // Lost: the rows have gone on meanwhile.
                spent += app.clock.steady() - asked;
                SignedDuration::ZERO
            }
            Some(Permit::Wait(wait)) => wait,
        };
        if spent + wait > wanted.patience {
            let soon = app.store.ping().await?;
            return Ok(Err(exhausted(soon + wanted.patience)));
        }
        spent += wait;
        app.clock.sleep(wait).await;
    }
}

/// The permit, unless nobody has a right to the call any more.
async fn take_wanted(
    tx: &mut dyn Tx,
    wanted: Wanted,
    allowance: Allowance,
) -> Result<Option<Permit>, StoreError> {
    if let Some(point) = wanted.point
        && consents::of_point(tx, point).await?.is_empty()
    {
        return Ok(None);
    }
    take(tx, wanted.api, wanted.class, allowance)
        .await
        .map(Some)
}

/// Takes note of what Enedis answered: a quota closes the interface for all.
async fn note(app: &App, api: Api, problem: &Problem) -> Result<Problem, StoreError> {
    let Problem::Quota { kind, until } = problem else {
        return Ok(problem.clone());
    };
    let (kind, until) = (*kind, *until);
    let closed = app
        .store
        .transact(move |tx| Box::pin(close(tx, api, kind, until)))
        .await?;
    Ok(Problem::Quota {
        kind,
        until: Some(closed),
    })
}

fn exhausted(until: Timestamp) -> Problem {
    Problem::Quota {
        kind: QuotaKind::Own,
        until: Some(until),
    }
}

struct Standing {
    next_at: Timestamp,
    hour: i64,
    used: i64,
    blocked_until: Timestamp,
}

async fn row(tx: &mut dyn Tx, api: Api) -> Result<Standing, StoreError> {
    let make = "INSERT INTO upstream (api, next_at, hour, used, blocked_until)
                VALUES ($1, 0, 0, 0, 0) ON CONFLICT (api) DO NOTHING";
    tx.execute(make, vec![name(api).into()]).await?;
    let sql = "SELECT next_at, hour, used, blocked_until FROM upstream WHERE api = $1";
    let rows = tx.lock(sql, vec![name(api).into()]).await?;
    let row = rows.first().ok_or(StoreError::Corrupt("no quota row"))?;
    Ok(Standing {
        next_at: row.instant(0)?,
        hour: row.int(1)?,
        used: row.int(2)?,
        blocked_until: row.instant(3)?,
    })
}

/// Enedis counts in clock hours.
fn next_hour(now: Timestamp) -> Timestamp {
    let next = (now.as_second().div_euclid(HOUR) + 1) * HOUR;
    Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
}

fn name(api: Api) -> &'static str {
    match api {
        Api::Measures => "measures",
        Api::Services => "services",
        Api::Token => "token",
    }
}
