//! What nobody says and the days themselves show.

use enedis::Problem;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{DayRecord, DayState, LedgerError, SeriesKey, SeriesNote, Store};
use meter::{Direction, Kind, paris};

use super::agenda::offered;
use super::note::kept_problem;
use super::run::Run;
use crate::rhythm::Rhythm;

/// Days with a total and without any curve that show that none is recorded.
const WITHOUT_CURVE: usize = 3;

/// What the days of a usage point show.
struct Shown {
    key: SeriesKey,
    note: SeriesNote,
    problem: Problem,
}

impl Run<'_> {
    /// Notes what the days show: a curve that is not recorded, a meter of which
    /// nothing was ever published.
    pub(super) async fn infer(&mut self) -> Result<(), LedgerError> {
        for usage_point in self.collector.usage_points.clone() {
            let scope = self.collector.wishes.scope(usage_point);
            let source = self.collector.source.as_ref();
            let series: Vec<SeriesKey> = offered(source, usage_point, &scope)
                .filter(|key| key.direction == Direction::Consumption)
                .collect();
            let (now, rhythm) = (self.now(), self.collector.rhythm);
            let shown = self
                .call(move |store| {
                    let shown = shown(store, &series, &rhythm, now)?;
                    if let Some(shown) = &shown {
                        store.set_note(shown.key, &shown.note)?;
                    }
                    Ok(shown)
                })
                .await?;
            if let Some(Shown { key, problem, .. }) = shown {
                self.report(Some(key.usage_point), Some(key), problem);
            }
        }
        Ok(())
    }
}

fn shown(
    store: &Store,
    series: &[SeriesKey],
    rhythm: &Rhythm,
    now: Timestamp,
) -> Result<Option<Shown>, LedgerError> {
    let of = |kind| series.iter().copied().find(|key| key.kind == kind);
    if let (Some(curve), Some(daily)) = (of(Kind::Curve), of(Kind::Daily))
        && let Some(since) = without_curve(store, curve, daily, now)?
    {
        let (problem, since) = (Problem::CurveNotActivated, rhythm.first_try(since));
        let ask_at = Some(now + SignedDuration::from_hours(24));
        return note(store, curve, problem, since, ask_at);
    }
    let first = of(Kind::Daily).or(of(Kind::Curve));
    match first {
        Some(key) => match never_published(store, key, series)? {
            Some(since) => note(store, key, Problem::NothingPublished, since, None),
            None => Ok(None),
        },
        None => Ok(None),
    }
}

/// The note of what is shown, unless a problem stands there already.
fn note(
    store: &Store,
    key: SeriesKey,
    problem: Problem,
    since: Timestamp,
    ask_at: Option<Timestamp>,
) -> Result<Option<Shown>, LedgerError> {
    let before = store.note(key)?;
    if before.problem.is_some() {
        return Ok(None);
    }
    let note = SeriesNote {
        problem: serde_json::to_value(&problem).ok(),
        problem_at: Some(since),
        ask_at,
        ..before
    };
    Ok(Some(Shown { key, note, problem }))
}

/// The first of the last days with a total, where they all lack any curve.
fn without_curve(
    store: &Store,
    curve: SeriesKey,
    daily: SeriesKey,
    now: Timestamp,
) -> Result<Option<Date>, LedgerError> {
    if kept_problem(&store.note(curve)?).is_some() {
        return Ok(None);
    }
    let today = paris::day_of(now);
    let from = paris::add_days(today, -10);
    let totals = store.days(daily, from, today)?;
    let held = |record: &&DayRecord| record.state == DayState::Complete;
    let newest: Vec<Date> = totals
        .iter()
        .rev()
        .filter(held)
        .map(|record| record.day)
        .take(WITHOUT_CURVE)
        .collect();
    let Some(first) = newest.last().filter(|_| newest.len() == WITHOUT_CURVE) else {
        return Ok(None);
    };
    let curve = store.days(curve, *first, today)?;
    let none = |day: &Date| {
        let record = curve.iter().find(|record| record.day == *day);
        let state = record.map(|record| record.state);
        matches!(state, Some(DayState::Awaited | DayState::AbsentAtSource))
    };
    Ok(newest.iter().all(none).then_some(*first))
}

/// When it was first asked in vain of a usage point of which nothing is held.
fn never_published(
    store: &Store,
    key: SeriesKey,
    series: &[SeriesKey],
) -> Result<Option<Timestamp>, LedgerError> {
    for key in series {
        if store.holds(*key)? {
            return Ok(None);
        }
    }
    let days = store.days(key, Date::MIN, Date::MAX)?;
    let asked =
        |record: &&DayRecord| matches!(record.state, DayState::Awaited | DayState::AbsentAtSource);
    Ok(days.iter().filter(asked).map(|record| record.said_at).min())
}
