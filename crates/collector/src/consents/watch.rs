//! Beside the schedule of `run`: a code that waits is polled at its own pace,
//! and the schedule is woken when somebody has said yes.

use std::collections::BTreeMap;
use std::sync::Arc;

use enedis::Problem;
use grant::client::{Consent, Next};
use jiff::SignedDuration;
use service::SharedClock;
use tokio::sync::Notify;

use super::{Consents, Record};

/// How often it looks whether another process has begun something.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// How long a gateway that gave no code is left in peace, restarts included.
const BEGIN_AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// What people should hear of.
#[derive(Debug)]
pub enum News<'a> {
    /// A code waits to be answered.
    Waiting(&'a Record),
    /// Somebody said yes.
    Given(&'a Record),
    /// A code came to nothing.
    Over(&'a Record),
    /// No code could be had, or none be polled.
    Trouble(&'a Problem),
}

/// Watches over the consents of all sources, for ever.
///
/// A source that has never had a consent gets a code; one that lapsed or was
/// refused is not replaced: that is for a person to do.
pub async fn watch(
    all: &[Arc<Consents>],
    clock: &SharedClock,
    woken: &Notify,
    tell: &(dyn Fn(&str, News<'_>) + Sync),
) {
    if all.is_empty() {
        // No source takes consents.
        return std::future::pending().await;
    }
    let mut watch = Watch {
        clock,
        woken,
        tell,
        known: None,
    };
    loop {
        let mut known = BTreeMap::new();
        let mut wait = LOOK_EVERY;
        for consents in all {
            wait = wait.min(watch.look(consents, &mut known).await);
        }
        watch.known = Some(known);
        let least = SignedDuration::from_millis(200);
        clock.sleep(wait.max(least)).await;
    }
}

/// How a consent stands, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waiting,
    Given,
    Over,
}

impl Phase {
    fn of(consent: &Consent) -> Self {
        match consent {
            Consent::Waiting(_) => Self::Waiting,
            Consent::Given(_) => Self::Given,
            Consent::Over(_) => Self::Over,
        }
    }
}

struct Watch<'a> {
    clock: &'a SharedClock,
    woken: &'a Notify,
    tell: &'a (dyn Fn(&str, News<'_>) + Sync),
    /// What was seen at the last look; none: this is the first.
    known: Option<BTreeMap<String, Phase>>,
}

impl Watch<'_> {
    /// Does what is due for a source; how long nothing will be.
    async fn look(
        &self,
        consents: &Consents,
        known: &mut BTreeMap<String, Phase>,
    ) -> SignedDuration {
        let source = &consents.source;
        if consents.needs_first_code().await {
            // Before it is asked: a process that is killed has asked.
            consents.remember_asking().await;
            if let Err(problem) = consents.begin().await {
                (self.tell)(source, News::Trouble(&problem));
            }
        }
        let mut wait = LOOK_EVERY;
        for mut record in consents.records() {
            if Phase::of(&record.consent) == Phase::Waiting
                && record.consent.next(self.clock.now()) == Next::Poll
            {
                match consents.tend(&record.id).await {
                    Ok(after) => record = after,
                    Err(problem) => (self.tell)(source, News::Trouble(&problem)),
                }
            }
            self.compare(source, &record);
            known.insert(record.id.clone(), Phase::of(&record.consent));
            if let (Consent::Waiting(_), Next::Wait(until)) =
                (&record.consent, record.consent.next(self.clock.now()))
            {
                wait = wait.min(until.duration_since(self.clock.now()));
            }
        }
        wait
    }

    /// Tells what has changed since the last look, whoever changed it.
    fn compare(&self, source: &str, record: &Record) {
        let phase = Phase::of(&record.consent);
        let before = self.known.as_ref().map(|known| known.get(&record.id));
        match (before, phase) {
            (Some(Some(before)), phase) if *before == phase => {}
            (_, Phase::Waiting) => (self.tell)(source, News::Waiting(record)),
            // What stood before the start is no news.
            (None, _) => {}
            (Some(_), Phase::Given) => {
                (self.tell)(source, News::Given(record));
                self.woken.notify_one();
            }
            (Some(_), Phase::Over) => (self.tell)(source, News::Over(record)),
        }
    }
}

impl Consents {
    /// Whether nothing was ever asked here, nor lately in vain.
    async fn needs_first_code(&self) -> bool {
        if !self.records().is_empty() || self.folder.unreadable(&self.source).is_some() {
            return false;
        }
        let Some(ledger) = &self.ledger else {
            return true;
        };
        let what = self.asking();
        let told = ledger
            .call(move |store| store.told_at(&what, "begin"))
            .await;
        let now = self.clock.now();
        told.ok().flatten().is_none_or(|at| {
            let since = now.duration_since(at);
            since.is_negative() || since >= BEGIN_AGAIN
        })
    }

    async fn remember_asking(&self) {
        let Some(ledger) = &self.ledger else { return };
        let (what, now) = (self.asking(), self.clock.now());
        let kept = ledger
            .call(move |store| store.set_told(&what, "begin", now))
            .await;
        if let Err(error) = kept {
            tracing::debug!(%error, "not remembered");
        }
        self.tell().await;
    }

    fn asking(&self) -> String {
        format!("a code of {}", self.source)
    }
}
