//! The contract: read once in a while, and never in the way of readings.

use enedis::{Problem, Unreachable};
use jiff::SignedDuration;
use ledger::{ContractRecord, LedgerError, SeriesNote};
use meter::UsagePoint;

use super::note::{failed, waits};
use super::run::Run;
use crate::policy::{Policy, back_off, by_the_hour, policy};
use crate::source::Contract;

/// How soon it is read again when a part of it did not answer.
const CONTRACT_AGAIN: SignedDuration = SignedDuration::from_hours(6);

impl Run<'_> {
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
        let source = self.source_name();
        let helps = self.collector.wishes.trust.is_second(usage_point, &source);
        if helps
            || !self.collector.source.tells_contracts()
            || self.spend(usage_point).await?.is_some()
        {
            return Ok(());
        }
        let before = self.collector.source.calls();
        let told = self.ask_contract(usage_point).await;
        self.count_calls(usage_point, None, before);
        let contract = match told {
            Ok(contract) => contract,
            Err(problem) => return self.contract_refused(usage_point, &note, problem).await,
        };
        let source = self.source_name();
        let wait = if contract.missing.iter().all(is_settled) {
            let days = self.collector.wishes.cadence.contract;
            SignedDuration::from_hours(24 * i64::from(days))
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

    /// One call, repeated where it was too fast, as those for readings are.
    async fn ask_contract(&self, usage_point: UsagePoint) -> Result<Contract, Problem> {
        let mut repeats = 0;
        loop {
            let answer = self.collector.source.contract(usage_point).await;
            let now = self.now();
            let wait = |problem| match policy(problem, repeats, now) {
                Policy::Again(wait) => Some(wait),
                _ => None,
            };
            let again = match &answer {
                Ok(contract) => contract.missing.iter().find_map(wait),
                Err(problem) => wait(problem),
            };
            match again {
                Some(wait) => self.collector.clock.sleep(wait).await,
                None => return answer.map_err(|problem| by_the_hour(problem, now)),
            }
            repeats += 1;
        }
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
            | Problem::NightClosure
            | Problem::Unreachable {
                cause: Unreachable::Connect
            }
    )
}
