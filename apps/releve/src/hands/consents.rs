//! Consents, from a page: asked for, followed until somebody has answered, and
//! forgotten. The daemon, where there is one, does the rest.

use std::sync::Arc;

use collector::Consents;
use collector::consents::Record;
use enedis::Problem;
use grant::client::{Consent, Next};
use home::json::consent::ConsentEntry;
use jiff::SignedDuration;
use service::SharedClock;

use super::Hand;
use crate::commands::consent::failed;
use crate::exit::Failure;
use crate::session;
use crate::words::Words;

/// Polls are never closer than this, whatever a server says.
const LEAST: SignedDuration = SignedDuration::from_millis(100);

impl Hand {
    /// Every consent of every source; none where no source takes any.
    pub(crate) fn consent_entries(&self) -> Vec<ConsentEntry> {
        let desk = session::desk(&self.settings(), &self.0.clock);
        let records = desk.map(|desk| desk.records()).unwrap_or_default();
        records.iter().map(ConsentEntry::of).collect()
    }

    /// Asks for a consent, which a person is to give.
    pub(crate) async fn begin_consent_of(
        &self,
        source: Option<&str>,
        words: Words,
    ) -> Result<ConsentEntry, Failure> {
        let settings = self.settings();
        let mut desk = session::desk(&settings, &self.0.clock)?;
        let wanted = desk.source(source)?.source.clone();
        let at = desk.sources.iter().position(|one| one.source == wanted);
        let consents = Arc::new(desk.sources.swap_remove(at.unwrap_or_default()));
        let begun = consents.begin().await;
        let record = begun.map_err(|problem| failed(words, &problem))?;
        let entry = ConsentEntry::of(&record);
        let hand = self.clone();
        let clock = self.0.clock.clone();
        tokio::spawn(async move {
            let answered = follow(&consents, record, &clock).await;
            if let Ok(Consent::Given(_)) = answered.map(|record| record.consent) {
                hand.ask_now(words);
            }
        });
        Ok(entry)
    }

    /// Forgets a consent, here and at the gateway.
    pub(crate) async fn end_consent(&self, id: &str, words: Words) -> Result<(), Failure> {
        let settings = self.settings();
        let desk = session::desk(&settings, &self.0.clock)?;
        let (consents, _) = desk.owner(id)?;
        let forgotten = consents.forget(id).await;
        forgotten.map_err(|problem| failed(words, &problem))?;
        if self.daemon().is_none() {
            desk.tell(&settings, self.0.clock.now())?;
        }
        Ok(())
    }
}

impl Hand {
    /// Follows the codes that wait since before this process.
    pub(crate) fn follow_consents(&self) {
        let Ok(desk) = session::desk(&self.settings(), &self.0.clock) else {
            return;
        };
        for consents in desk.sources.into_iter().map(Arc::new) {
            for record in consents.records() {
                if !matches!(record.consent, Consent::Waiting(_)) {
                    continue;
                }
                let (consents, clock) = (Arc::clone(&consents), self.0.clock.clone());
                tokio::spawn(async move { follow(&consents, record, &clock).await });
            }
        }
    }
}

/// Polls until somebody has answered, or the code has lapsed. Another process may
/// do the same: they share the files and the pace.
pub(super) async fn follow(
    consents: &Consents,
    mut record: Record,
    clock: &SharedClock,
) -> Result<Record, Problem> {
    loop {
        match (&record.consent, record.consent.next(clock.now())) {
            (Consent::Waiting(_), Next::Wait(until)) => {
                let wait = until.duration_since(clock.now());
                clock.sleep(wait.max(LEAST)).await;
            }
            (Consent::Waiting(_), _) => record = consents.tend(&record.id).await?,
            _ => return Ok(record),
        }
    }
}
