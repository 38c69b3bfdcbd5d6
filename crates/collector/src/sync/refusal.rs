//! What a refusal leads to: a day, a series, a usage point or the source is left.

use enedis::{Problem, Unreachable};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{ContractRecord, DayState, LedgerError, SeriesKey, SeriesNote};
use meter::{UsagePoint, paris};

use super::Trouble;
use super::agenda::{Request, offered};
use super::note::{failed, waits};
use super::run::Run;
use crate::policy::{Policy, back_off, policy};

/// How often the contract is read again.
const CONTRACT_EVERY: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How soon, when a part of it did not answer.
const CONTRACT_AGAIN: SignedDuration = SignedDuration::from_hours(6);

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
            Policy::Direction(until) => {
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
        for key in offered(self.collector.source.as_ref(), usage_point) {
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
        fare.closed |= fare.failures_in_a_row >= FAILURES_IN_A_ROW;
        let first = fare.problem.replace(problem.clone()).is_none();
        if first {
            self.report(Some(key.usage_point), Some(key), problem.clone());
        }
        if self.is_everyone_failing() {
            let failures = self.failures_before(&problem, key, 0).await?;
            self.halt(problem, back_off(failures, self.now())).await?;
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

    /// Reads the contract when it is due. One that cannot be read stops nothing
    /// but what concerns everyone.
    pub(super) async fn read_contract(
        &mut self,
        usage_point: UsagePoint,
    ) -> Result<(), LedgerError> {
        let now = self.now();
        let note = self
            .call(move |store| store.contract_note(usage_point))
            .await?;
        if self.halted || waits(&note, now, self.collector.patience) {
            return Ok(());
        }
        if !self.collector.source.tells_contracts() || self.spend(usage_point).await?.is_some() {
            return Ok(());
        }
        let before = self.collector.source.calls();
        let told = self.collector.source.contract(usage_point).await;
        self.count_calls(usage_point, None, before);
        let contract = match told {
            Ok(contract) => contract,
            Err(problem) => return self.contract_refused(usage_point, &note, problem).await,
        };
        let source = self.source_name();
        let wait = if contract.missing.iter().all(is_settled) {
            CONTRACT_EVERY
        } else {
            CONTRACT_AGAIN
        };
        self.call(move |store| {
            let mut facts = contract.facts;
            // A part that did not answer this time takes nothing back.
            if !contract.missing.is_empty()
                && let Some(held) = store.contract(usage_point)?
                && let Ok(held) = serde_json::from_value(held.facts)
            {
                facts.merge(held);
            }
            let record = ContractRecord {
                facts: serde_json::to_value(&facts).unwrap_or_default(),
                source,
                said_at: now,
            };
            store.set_contract(usage_point, &record, now + wait)
        })
        .await
    }

    async fn contract_refused(
        &mut self,
        usage_point: UsagePoint,
        note: &SeriesNote,
        problem: Problem,
    ) -> Result<(), LedgerError> {
        let now = self.now();
        let until = match policy(&problem, note.failures, now) {
            // Readings may be served where contracts are not: only what refuses
            // every call stops them.
            Policy::Source(until) if concerns_every_call(&problem) => {
                return self.halt(problem, until).await;
            }
            Policy::UsagePoint(until) | Policy::Series(until) => until,
            _ => back_off(note.failures, now),
        };
        let note = SeriesNote {
            ask_at: Some(until),
            ..failed(note, &problem, now)
        };
        self.report(Some(usage_point), None, problem);
        self.call(move |store| store.set_contract_problem(usage_point, &note))
            .await
    }
}

/// Whether asking again soon would change nothing.
fn is_settled(problem: &Problem) -> bool {
    matches!(problem, Problem::ApiNotSubscribed | Problem::NoData)
}

/// Whether every other call would end in the same way.
fn concerns_every_call(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::TokenExpired
            | Problem::BadCredentials
            | Problem::Quota { .. }
            | Problem::AddressBlocked
            | Problem::Unreachable {
                cause: Unreachable::Connect
            }
    )
}
