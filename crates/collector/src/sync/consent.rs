//! Refusals that may or may not mean that a consent is gone.
//!
//! One that is said in doubt counts once it has been repeated a day later. One
//! that strikes everybody at once is an outage, unless it lasts a day.

use enedis::Problem;
use jiff::SignedDuration;
use ledger::{LedgerError, SeriesKey, SeriesNote, Store};
use meter::UsagePoint;

use super::agenda::offered;
use super::note::kept_problem;
use super::run::Run;
use crate::policy::{back_off, by_the_hour, concerns_consent};

/// For how long a refusal may be a mistake.
const DOUBT: SignedDuration = SignedDuration::from_hours(24);

impl Run<'_> {
    /// What a problem is called, given the hour and what came before.
    pub(super) async fn named(
        &self,
        key: SeriesKey,
        problem: Problem,
    ) -> Result<Problem, LedgerError> {
        let now = self.now();
        if problem != Problem::ConsentInDoubt {
            return Ok(by_the_hour(problem, now));
        }
        let note = self.call(move |store| store.note(key)).await?;
        let lasts = note.problem_at.is_some_and(|since| since + DOUBT <= now);
        Ok(match kept_problem(&note) {
            Some(Problem::ConsentInDoubt) if lasts => Problem::NoConsent,
            Some(Problem::NoConsent) => Problem::NoConsent,
            _ => problem,
        })
    }

    /// Takes refusals of everybody at once for what they are.
    pub(super) async fn weigh_refusals(&mut self) -> Result<(), LedgerError> {
        let everyone = self.collector.usage_points.len();
        let answered = self.fares.values().any(|fare| fare.answered);
        if self.halted || answered || everyone < 2 || self.refused.len() < everyone {
            return Ok(());
        }
        let series = self.series_by_point();
        let newly = self
            .call(move |store| newly_refused(store, &series))
            .await?;
        if newly < 2 {
            return Ok(());
        }
        let (source, now) = (self.source_name(), self.now());
        let pause = self.call(move |store| store.source_pause(&source)).await?;
        let pause = pause.filter(|pause| kept_problem(pause) == Some(Problem::MassRefusal));
        let since = pause.as_ref().and_then(|pause| pause.problem_at);
        if since.is_some_and(|since| since + DOUBT <= now) {
            // It has lasted a day: each is told what to do for itself.
            let source = self.source_name();
            return self
                .call(move |store| store.set_source_pause(&source, None))
                .await;
        }
        self.forget_refusals().await?;
        let failures = pause.map_or(0, |pause| pause.failures);
        self.halt(Problem::MassRefusal, back_off(failures, now))
            .await
    }

    fn series_by_point(&self) -> Vec<Vec<SeriesKey>> {
        let of_point = |point: &UsagePoint| {
            let scope = self.collector.wishes.scope(*point);
            offered(self.collector.source.as_ref(), *point, &scope).collect()
        };
        self.collector.usage_points.iter().map(of_point).collect()
    }

    /// Nobody's note says that a consent is gone.
    async fn forget_refusals(&mut self) -> Result<(), LedgerError> {
        for fare in self.fares.values_mut() {
            if fare.problem.as_ref().is_some_and(concerns_consent) {
                (fare.problem, fare.ask_at) = (None, None);
            }
        }
        let mut troubles = std::mem::take(&mut self.summary.troubles);
        troubles.retain(|trouble| !concerns_consent(&trouble.problem));
        self.summary.troubles = troubles;
        let (points, now) = (self.collector.usage_points.clone(), self.now());
        self.call(move |store| {
            for point in points {
                let note = store.contract_note(point)?;
                if kept_problem(&note).is_some_and(|problem| concerns_consent(&problem)) {
                    let note = SeriesNote {
                        problem: serde_json::to_value(Problem::MassRefusal).ok(),
                        ask_at: Some(back_off(0, now)),
                        ..note
                    };
                    store.set_contract_problem(point, &note)?;
                }
            }
            Ok(())
        })
        .await
    }
}

/// How many usage points were served until now.
fn newly_refused(store: &mut Store, points: &[Vec<SeriesKey>]) -> Result<usize, LedgerError> {
    let mut newly = 0;
    for series in points {
        let mut was_served = false;
        for key in series {
            let note = store.note(*key)?;
            let refused = kept_problem(&note).is_some_and(|problem| concerns_consent(&problem));
            was_served |= note.succeeded_at.is_some() && !refused;
        }
        newly += usize::from(was_served);
    }
    Ok(newly)
}
