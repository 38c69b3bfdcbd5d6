//! What a refusal leads to: a day, a series, a usage point or the source is left.

use enedis::Problem;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{DayState, LedgerError, SeriesKey, SeriesNote};
use meter::{UsagePoint, paris};

use super::Trouble;
use super::agenda::{Request, offered};
use super::note::failed;
use super::run::Run;
use crate::policy::{Policy, back_off, concerns_consent};

/// Failures in a row after which a series is left for later in this run.
const FAILURES_IN_A_ROW: u32 = 3;

impl Run<'_> {
    pub(super) async fn refused(
        &mut self,
        request: Request,
        problem: Problem,
        policy: Policy,
    ) -> Result<(), LedgerError> {
        let key = request.key;
        match policy {
            Policy::Border => self.found_inactive(request).await?,
            Policy::Beyond => {
                self.mark_beyond(request);
                self.found_inactive(request).await?;
            }
            Policy::Direction(_) => {
                let days = i64::from(self.collector.wishes.cadence.production);
                let until = self.now() + SignedDuration::from_hours(24 * days);
                // Most homes do not produce: this is an answer, not a trouble.
                self.closed_directions
                    .insert((key.usage_point, key.direction));
                self.fares.entry(key).or_default().close(problem, until);
            }
            Policy::Series(until) => {
                if problem == Problem::CurveNotActivated {
                    let days: Vec<Date> = request.window.days().collect();
                    self.mark(key, &days, DayState::Refused, Some(problem.code()));
                }
                let fare = self.fares.entry(key).or_default();
                fare.close(problem.clone(), until);
                self.report(Some(key.usage_point), Some(key), problem);
            }
            Policy::UsagePoint(until) => self.leave_usage_point(key.usage_point, problem, until),
            Policy::Source(until) => self.halt(problem, until).await?,
            Policy::Skip | Policy::Again(_) | Policy::Empty => self.skip(key, problem).await?,
        }
        Ok(())
    }

    /// How often a problem has come before: within this call for a quota, in
    /// earlier runs for the rest.
    pub(super) async fn failures_before(
        &self,
        problem: &Problem,
        key: SeriesKey,
        repeats: u32,
    ) -> Result<u32, LedgerError> {
        if matches!(problem, Problem::Quota { .. }) {
            return Ok(repeats);
        }
        let source = self.source_name();
        self.call(move |store| match store.source_pause(&source)? {
            Some(pause) => Ok(pause.failures),
            None => Ok(store.note(key)?.failures),
        })
        .await
    }

    /// The window's first day is older than what is served, and so are all
    /// before it; days that are held stay as they are.
    fn mark_beyond(&mut self, request: Request) {
        let Request { key, window } = request;
        let today = paris::day_of(self.now());
        let floor = self.collector.source.floor(key.kind, today);
        let days: Vec<Date> = paris::days(floor, paris::add_days(window.from, 1)).collect();
        self.mark(key, &days, DayState::BeyondHistory, None);
    }

    /// The window's first day lies before what is served, and so do all older
    /// ones; the days after it are planned anew in the next round.
    async fn found_inactive(&mut self, request: Request) -> Result<(), LedgerError> {
        let Request { key, window } = request;
        let fare = self.fares.entry(key).or_default();
        (fare.answered, fare.replan) = (true, true);
        self.call(move |store| {
            let mut note = store.note(key)?;
            note.inactive_until = note.inactive_until.max(Some(window.from));
            store.set_note(key, &note)
        })
        .await
    }

    fn leave_usage_point(&mut self, usage_point: UsagePoint, problem: Problem, until: Timestamp) {
        if concerns_consent(&problem) {
            self.refused.insert(usage_point);
        }
        let scope = self.collector.wishes.scope(usage_point);
        for key in offered(self.collector.source.as_ref(), usage_point, &scope) {
            let fare = self.fares.entry(key).or_default();
            fare.close(problem.clone(), until);
        }
        self.report(Some(usage_point), None, problem);
    }

    /// One window fails: the others may not. After some in a row, none will.
    async fn skip(&mut self, key: SeriesKey, problem: Problem) -> Result<(), LedgerError> {
        *self.failures.entry(key.usage_point).or_default() += 1;
        let fare = self.fares.entry(key).or_default();
        fare.failures_in_a_row += 1;
        fare.not_before = fare.not_before.max(problem.said_until());
        fare.closed |= fare.failures_in_a_row >= FAILURES_IN_A_ROW;
        let first = fare.problem.replace(problem.clone()).is_none();
        if first {
            self.report(Some(key.usage_point), Some(key), problem.clone());
        }
        if self.is_everyone_failing() {
            let failures = self.failures_before(&problem, key, 0).await?;
            let until = back_off(failures, self.now());
            let until = problem.said_until().map_or(until, |said| said.max(until));
            self.halt(problem, until).await?;
        }
        Ok(())
    }

    /// Whether it is the source that fails: at more than one usage point, where
    /// there are several, since no one's trouble may delay another.
    fn is_everyone_failing(&self) -> bool {
        let several = self.collector.usage_points.len().min(2);
        let failing = self.failures.values();
        let failing = failing.filter(|failures| **failures >= FAILURES_IN_A_ROW);
        let everyone = self.collector.usage_points.len().clamp(2, 4) as u32;
        failing.count() >= several
            && self.failures.values().sum::<u32>() > FAILURES_IN_A_ROW * everyone
    }

    /// Leaves the source in peace until an instant.
    pub(super) async fn halt(
        &mut self,
        problem: Problem,
        until: Timestamp,
    ) -> Result<(), LedgerError> {
        self.halted = true;
        let (source, now, cause) = (self.source_name(), self.now(), problem.clone());
        // A source that has answered in this run begins to fail anew.
        let answered = self.fares.values().any(|fare| fare.answered);
        self.call(move |store| {
            let before = store.source_pause(&source)?.filter(|_| !answered);
            let before = before.unwrap_or_default();
            let note = SeriesNote {
                ask_at: Some(until),
                ..failed(&before, &cause, now)
            };
            store.set_source_pause(&source, Some(&note))
        })
        .await?;
        self.report(None, None, problem);
        Ok(())
    }

    pub(super) fn report(
        &mut self,
        usage_point: Option<UsagePoint>,
        series: Option<SeriesKey>,
        problem: Problem,
    ) {
        let trouble = Trouble {
            usage_point,
            series,
            problem,
        };
        // Contract and readings may be refused for the one same reason.
        if !self.summary.troubles.contains(&trouble) {
            self.observer.troubled(&trouble);
            self.summary.troubles.push(trouble);
        }
    }
}
