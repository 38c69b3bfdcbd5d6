//! Syncing again and again, for as long as nobody says stop.
//!
//! What is due, and when, is the ledger's to say: waking up more often makes no
//! extra call, and a restart changes nothing.

use std::future::Future;
use std::pin::pin;

use jiff::{SignedDuration, Timestamp};
use ledger::LedgerError;
use tokio::sync::Notify;

use crate::requests::Requests;
use crate::sync::{Collector, Observer, Patience, Summary};

/// What makes the daemon look.
#[derive(Debug)]
pub struct Wakes<'a> {
    /// How often it looks by itself.
    pub every: SignedDuration,
    /// Who may wake it.
    pub woken: &'a Notify,
    /// What people wish meanwhile.
    pub requests: &'a Requests,
}

/// Syncs with each source, then looks again after a while, earlier for the first
/// try of a day or when it is woken, until `stop` completes. Where somebody
/// wishes to ask again, the round is one that a person has started.
///
/// A sync under way is dropped at the stop: every answer that was received has
/// been kept or will be asked again. Failures of the ledger end the loop.
pub async fn run(
    collectors: &[Collector],
    wakes: &Wakes<'_>,
    stop: impl Future<Output = ()>,
    observer: &mut dyn Observer,
    mut after: impl FnMut(&Summary),
) -> Result<(), LedgerError> {
    let mut stop = pin!(stop);
    loop {
        let wished = wakes.requests.serve(collectors).await?;
        for collector in collectors {
            let asked = Collector {
                patience: if wished {
                    Patience::Tries
                } else {
                    collector.patience
                },
                ..collector.clone()
            };
            tokio::select! {
                biased;
                () = &mut stop => return Ok(()),
                summary = asked.sync(observer) => after(&summary?),
            }
        }
        let Some(first) = collectors.first() else {
            (&mut stop).await;
            return Ok(());
        };
        let pause = pause(collectors, wakes.every, first.clock.now());
        tokio::select! {
            biased;
            () = &mut stop => return Ok(()),
            () = wakes.woken.notified() => {}
            () = first.clock.sleep(pause) => {}
        }
    }
}

fn pause(collectors: &[Collector], every: SignedDuration, now: Timestamp) -> SignedDuration {
    let tries = collectors.iter();
    let tries = tries.map(|collector| collector.rhythm.next_first_try(now).duration_since(now));
    tries.fold(every, SignedDuration::min)
}
