//! Beside the schedule of `run`: a code that waits is polled at its own pace,
//! and the schedule is woken when somebody has said yes.

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
    let mut shown: Vec<String> = Vec::new();
    loop {
        let mut wait = LOOK_EVERY;
        for consents in all {
            let next = look(consents, clock, woken, tell, &mut shown).await;
            wait = wait.min(next);
        }
        clock
            .sleep(wait.max(SignedDuration::from_millis(200)))
            .await;
    }
}

/// Does what is due for a source; how long nothing will be.
async fn look(
    consents: &Consents,
    clock: &SharedClock,
    woken: &Notify,
    tell: &(dyn Fn(&str, News<'_>) + Sync),
    shown: &mut Vec<String>,
) -> SignedDuration {
    let source = &consents.source;
    if consents.needs_first_code().await
        && let Err(problem) = consents.begin().await
    {
        consents.remember_trouble().await;
        tell(source, News::Trouble(&problem));
    }
    let mut wait = LOOK_EVERY;
    for record in consents.records() {
        if !matches!(record.consent, Consent::Waiting(_)) {
            continue;
        }
        if !shown.contains(&record.id) {
            shown.push(record.id.clone());
            tell(source, News::Waiting(&record));
        }
        match record.consent.next(clock.now()) {
            Next::Poll => {}
            Next::Wait(until) => {
                wait = wait.min(until.duration_since(clock.now()));
                continue;
            }
            _ => continue,
        }
        match consents.tend(&record.id).await {
            Ok(after) => {
                match &after.consent {
                    Consent::Given(_) => {
                        tell(source, News::Given(&after));
                        woken.notify_one();
                    }
                    Consent::Over(_) => tell(source, News::Over(&after)),
                    Consent::Waiting(_) => {}
                }
                if let Next::Wait(until) = after.consent.next(clock.now()) {
                    wait = wait.min(until.duration_since(clock.now()));
                }
            }
            Err(problem) => tell(source, News::Trouble(&problem)),
        }
    }
    wait
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
        let what = self.in_vain();
        let told = ledger
            .call(move |store| store.told_at(&what, "begin"))
            .await;
        let now = self.clock.now();
        told.ok().flatten().is_none_or(|at| {
            let since = now.duration_since(at);
            since.is_negative() || since >= BEGIN_AGAIN
        })
    }

    async fn remember_trouble(&self) {
        let Some(ledger) = &self.ledger else { return };
        let (what, now) = (self.in_vain(), self.clock.now());
        let kept = ledger
            .call(move |store| store.set_told(&what, "begin", now))
            .await;
        if let Err(error) = kept {
            tracing::debug!(%error, "not remembered");
        }
        self.tell().await;
    }

    fn in_vain(&self) -> String {
        format!("no code from {}", self.source)
    }
}
