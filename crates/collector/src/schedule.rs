//! Syncing again and again, for as long as nobody says stop.
//!
//! What is due, and when, is the ledger's to say: waking up more often makes no
//! extra call, and a restart changes nothing.

use std::future::Future;
use std::pin::pin;

use jiff::{SignedDuration, Timestamp};
use ledger::LedgerError;
use tokio::sync::Notify;

use crate::sync::{Collector, Observer, Summary};

/// Syncs with each source, then looks again after `every`, earlier for the first
/// try of a day or when it is woken, until `stop` completes.
///
/// A sync under way is dropped at the stop: every answer that was received has
/// been kept or will be asked again. Failures of the ledger end the loop.
pub async fn run(
    collectors: &[Collector],
    (every, woken): (SignedDuration, &Notify),
    stop: impl Future<Output = ()>,
    observer: &mut dyn Observer,
    mut after: impl FnMut(&Summary),
) -> Result<(), LedgerError> {
    let mut stop = pin!(stop);
    loop {
        for collector in collectors {
            tokio::select! {
                biased;
                () = &mut stop => return Ok(()),
                summary = collector.sync(observer) => after(&summary?),
            }
        }
        let Some(first) = collectors.first() else {
            (&mut stop).await;
            return Ok(());
        };
        tokio::select! {
            biased;
            () = &mut stop => return Ok(()),
            () = woken.notified() => {}
            () = first.clock.sleep(pause(collectors, every, first.clock.now())) => {}
        }
    }
}

fn pause(collectors: &[Collector], every: SignedDuration, now: Timestamp) -> SignedDuration {
    let tries = collectors.iter();
    let tries = tries.map(|collector| collector.rhythm.next_first_try(now).duration_since(now));
    tries.fold(every, SignedDuration::min)
}
