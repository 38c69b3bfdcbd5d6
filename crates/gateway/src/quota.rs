//! What Enedis allows, as rows that every node shares and that survive a
//! restart: a pace, a number of calls a clock hour, and the time until which
//! Enedis itself has closed an interface (gateway design, section 3.1).

use enedis::{Generation, Problem, QuotaKind};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::metrics::{Api, OfApi};
use crate::store::{StoreError, Tx};

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

/// Waits for a permit as long as `patience` allows; a quota that is used up is
/// told as the problem that it is. The token is seen to before: permits that
/// waited for it together would leave together, as a burst.
pub async fn permit(
    app: &App,
    api: Api,
    class: Class,
    patience: SignedDuration,
) -> Result<Result<(), Problem>, StoreError> {
    if let Err(problem) = app.enedis.ready().await {
        return Ok(Err(problem));
    }
    let allowance = Allowance::of(app);
    let mut waited = SignedDuration::ZERO;
    loop {
        let taken = app
            .store
            .transact(move |tx| Box::pin(take(tx, api, class, allowance)))
            .await?;
        match taken {
            Permit::Granted(used) => {
                app.metrics
                    .quota_used
                    .get_or_create(&OfApi { api })
                    .set(used);
                let cap = app.metrics.quota_cap.get_or_create(&OfApi { api });
                cap.set(allowance.per_hour);
                return Ok(Ok(()));
            }
            Permit::Exhausted(until) => return Ok(Err(exhausted(until))),
            Permit::Wait(wait) if waited + wait > patience => {
                let soon = app.store.ping().await?;
                return Ok(Err(exhausted(soon + patience)));
            }
            Permit::Wait(wait) => {
                waited += wait;
                app.clock.sleep(wait).await;
            }
        }
    }
}

/// Takes note of what Enedis answered: a quota closes the interface for all.
pub async fn note(app: &App, api: Api, problem: &Problem) -> Result<Problem, StoreError> {
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
