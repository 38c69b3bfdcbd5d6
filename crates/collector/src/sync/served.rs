//! Whether a direction of a usage point exists, as far as contract and answers tell.

use enedis::ContractFacts;
use jiff::SignedDuration;
use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::Direction;

use super::agenda::{Line, Outline};

/// Whether a direction is served, and since when.
pub(super) struct Service {
    pub exists: bool,
    /// The contract says so; else it is found out by asking.
    pub is_certain: bool,
    pub since: Option<Date>,
}

impl Service {
    pub(super) fn read(store: &Store, line: &Line, outline: &Outline) -> Result<Self, LedgerError> {
        let key = line.key;
        let record = store.contract(key.usage_point)?;
        let said_at = record.as_ref().map(|record| record.said_at);
        let facts: ContractFacts = record
            .and_then(|record| serde_json::from_value(record.facts).ok())
            .unwrap_or_default();
        let produces = facts.production_activated.is_some() || facts.production_segment.is_some();
        let consumes = facts.consumption_activated.is_some() || !produces;
        let (told, since) = match key.direction {
            Direction::Consumption => (consumes, facts.consumption_activated),
            Direction::Production => (produces, facts.production_activated),
        };
        // A contract that cannot be read any more says no for ever: after a
        // while it is asked whether that still holds.
        let grace = SignedDuration::from_hours(48);
        let age = said_at.map(|at| outline.now.duration_since(at));
        let fresh = age.is_some_and(|age| age < patience(outline) + grace);
        let tells = outline.tells_directions && facts != ContractFacts::default();
        let is_certain = tells && (told || fresh);
        // What has been answered exists, whatever an older contract leaves out:
        // those of v5 do not speak of production.
        let exists = told || !is_certain || is_held(store, line)?;
        Ok(Self {
            exists,
            is_certain,
            since,
        })
    }

    /// Whether a direction that nothing has shown to exist is left for later:
    /// one kind is asked once in a while, the others wait for its readings.
    pub(super) fn waits_for_proof(
        &self,
        store: &Store,
        line: &Line,
        outline: &Outline,
    ) -> Result<bool, LedgerError> {
        if self.is_certain || is_held(store, line)? {
            return Ok(false);
        }
        let note = store.note(line.sibling(line.probe))?;
        // Its first day is being looked for.
        if note.inactive_until.is_some() {
            return Ok(false);
        }
        let asked = note.succeeded_at;
        let lately = asked.is_some_and(|at| outline.now.duration_since(at) < patience(outline));
        Ok(line.key.kind != line.probe || lately)
    }
}

fn is_held(store: &Store, line: &Line) -> Result<bool, LedgerError> {
    store.holds(line.sibling(line.probe))
}

/// For how long a no is believed.
fn patience(outline: &Outline) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(outline.wishes.cadence.production))
}
