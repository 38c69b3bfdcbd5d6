//! One question to Enedis: a permit, a call, and an answer that is about what
//! was asked and nothing else.

use std::sync::Arc;

use enedis::{Curve, Daily, Limits, Malformed, Maxima, Problem, Registers};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use meter::{Direction, Kind, UsagePoint, paris};

use super::flights::Outcome;
use crate::app::App;
use crate::metrics::{Api, Upstream};
use crate::points;
use crate::quota::{self, Class, Wanted};

/// How long a box may wait for its turn (gateway design, section 3.2).
const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

/// What is asked; also the name under which identical questions meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Ask {
    /// Of which usage point.
    pub prm: UsagePoint,
    /// Which series.
    pub kind: Kind,
    /// Which way the energy flows.
    pub direction: Direction,
    /// The first Paris day.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
}

/// What Enedis said, not yet placed in UTC: the older path writes the stamps
/// back as they were.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// A load curve.
    Curve(Curve),
    /// Daily energies.
    Daily(Daily),
    /// Daily maxima.
    Maxima(Maxima),
    /// Registers at midnights.
    Registers(Registers),
}

/// Asks, together with whoever asks the same.
pub(super) async fn ask(app: &App, ask: Ask) -> Outcome {
    let today = paris::day_of(app.clock.now());
    if let Err(problem) = Limits::check(ask.kind, today, ask.from, ask.to) {
        return Ok(Err(problem));
    }
    app.flights.join(ask, call(app, ask)).await
}

async fn call(app: &App, ask: Ask) -> Outcome {
    let wanted = Wanted {
        api: Api::Measures,
        class: Class::Readings,
        patience: PATIENCE,
        point: Some(points::hashes(&app.keys, ask.prm)),
    };
    let answer = quota::call(app, &wanted, || async move {
        fetch(app, ask).await.and_then(|found| ask.only(found))
    });
    let answer = answer.await?;
    count(app, &answer);
    Ok(answer.map(Arc::new))
}

async fn fetch(app: &App, ask: Ask) -> Result<Found, Problem> {
    let Ask {
        prm,
        kind,
        direction,
        from,
        to,
    } = ask;
    let enedis = &app.enedis;
    Ok(match kind {
        Kind::Curve => Found::Curve(enedis.curve(prm, direction, from, to).await?),
        Kind::Daily => Found::Daily(enedis.daily(prm, direction, from, to).await?),
        Kind::Maximum => Found::Maxima(enedis.maxima(prm, direction, from, to).await?),
        Kind::Index => Found::Registers(enedis.registers(prm, direction, from, to).await?),
    })
}

impl Ask {
    /// The part of an answer that was asked for. Enedis may say more than it was
    /// asked; an answer of which nothing was asked for is none.
    fn only(self, found: Found) -> Result<Found, Problem> {
        let (before, after) = match found {
            Found::Curve(mut curve) => {
                let before = curve.points.len();
                // Stamps mark the END of their interval.
                curve.points.retain(|point| self.holds_end(point.stamp));
                curve.nulls.retain(|stamp| self.holds_end(*stamp));
                let after = curve.points.len();
                return judged(before, after, Found::Curve(curve));
            }
            Found::Daily(mut daily) => {
                let before = daily.days.len();
                daily.days.retain(|day| self.holds(day.day));
                daily.nulls.retain(|day| self.holds(*day));
                let after = daily.days.len();
                return judged(before, after, Found::Daily(daily));
            }
            Found::Maxima(mut maxima) => {
                let before = maxima.maxima.len();
                maxima.maxima.retain(|maximum| self.holds(maximum.day));
                maxima.nulls.retain(|day| self.holds(*day));
                let after = maxima.maxima.len();
                return judged(before, after, Found::Maxima(maxima));
            }
            Found::Registers(ref registers) => {
                (registers.registers.len(), registers.registers.len())
            }
        };
        judged(before, after, found)
    }

    fn holds(self, day: Date) -> bool {
        self.from <= day && day < self.to
    }

    fn holds_end(self, stamp: DateTime) -> bool {
        let midnight = jiff::civil::Time::midnight();
        self.from.to_datetime(midnight) < stamp && stamp <= self.to.to_datetime(midnight)
    }
}

fn judged(before: usize, after: usize, found: Found) -> Result<Found, Problem> {
    match (before, after) {
        (0, _) => Err(Problem::NoData),
        (_, 0) => Err(Problem::Malformed {
            detail: Malformed::OtherPeriod.to_string(),
        }),
        _ => {
            if after < before {
                tracing::warn!(left_out = before - after, "points beyond what was asked");
            }
            Ok(found)
        }
    }
}

fn count(app: &App, answer: &Result<Found, Problem>) {
    let outcome = match answer {
        Ok(_) => "ok",
        Err(Problem::Quota { .. }) => "quota",
        Err(Problem::NoConsent | Problem::NotHolder | Problem::ConsentInDoubt) => "consent",
        Err(problem) if !problem.is_retryable() => "refused",
        Err(_) => "outage",
    };
    let api = Api::Measures;
    app.metrics
        .upstream
        .get_or_create(&Upstream { api, outcome })
        .inc();
}
