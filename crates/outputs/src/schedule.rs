//! Delivering again and again: when readings are new, and on each destination's
//! own rhythm. What failed, and when to try again, is in the ledger, so that a
//! restart changes nothing.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ledger::{Concerned, DeliveryNote, LedgerError, Notice, NoticeKind, Store};
use service::Lang;
use service::clock::BoxFuture;
use tokio::sync::Notify;

use crate::destination::{Context, Delivered, DeliveryError, Destination, Mode};
use crate::trouble::Trouble;

/// How a push ended, for whoever logs it.
pub type Outcome = Result<Delivered, Trouble>;

/// Delivers to every destination now and whenever `news` are notified, and to
/// each on its rhythm, for ever; failures of the ledger end it.
pub async fn run(
    destinations: &[Arc<dyn Destination>],
    context: &Context,
    news: &Notify,
    after: &(dyn Fn(&str, &Outcome) + Sync),
) -> Result<(), LedgerError> {
    if destinations.is_empty() {
        return std::future::pending().await;
    }
    loop {
        for destination in destinations {
            if let Some(outcome) = deliver(destination.as_ref(), context).await? {
                after(destination.name(), &outcome);
            }
        }
        let now = context.clock.now();
        let wait = next(destinations, context, now).await?;
        tokio::select! {
            biased;
            () = news.notified() => {}
            () = context.clock.sleep(wait) => {}
        }
    }
}

/// One push, unless the last failure asks for patience; its end is noted.
pub async fn deliver(
    destination: &dyn Destination,
    context: &Context,
) -> Result<Option<Outcome>, LedgerError> {
    let note = note(destination, context).await?;
    let now = context.clock.now();
    if note.ask_at.is_some_and(|ask_at| now < ask_at) {
        return Ok(None);
    }
    let outcome = match destination.push(context, Mode::Write).await {
        Ok(delivered) => Ok(delivered),
        Err(DeliveryError::Trouble(trouble)) => Err(trouble),
        Err(DeliveryError::Ledger(error)) => return Err(error),
    };
    remember(destination, context, &note, &outcome).await?;
    Ok(Some(outcome))
}

/// Keeps how a push ended, for the back-off and for whoever asks how it goes.
pub async fn remember(
    destination: &dyn Destination,
    context: &Context,
    before: &DeliveryNote,
    outcome: &Outcome,
) -> Result<(), LedgerError> {
    let now = context.clock.now();
    let note = noted(before, outcome, now);
    if note == *before {
        return Ok(());
    }
    let name = destination.name().to_owned();
    let lacks = lacks(&name, &note, outcome, context.lang);
    let set = move |store: &mut Store| {
        store.set_delivery_note(&name, &note)?;
        match &lacks {
            Some(notice) => store.set_notice(notice),
            None => store.clear_notice(&Concerned::source(&name), &[NoticeKind::DestinationLacks]),
        }
    };
    context.ledger.call(set).await
}

/// What a person is told once it has lasted: a restart is no news.
fn lacks(name: &str, note: &DeliveryNote, outcome: &Outcome, lang: Lang) -> Option<Notice> {
    const LASTS: u32 = 4;
    let trouble = stands(outcome).filter(|_| note.failures >= LASTS)?;
    let since = note.problem_at?;
    let notice = Notice::new(Concerned::source(name), NoticeKind::DestinationLacks, since);
    Some(notice.detail(trouble.explanation(lang)))
}

fn stands(outcome: &Outcome) -> Option<&Trouble> {
    match outcome {
        Ok(delivered) => delivered.troubles.first(),
        Err(trouble) => Some(trouble),
    }
}

/// How the last attempts at a destination ended.
pub fn note<'a>(
    destination: &'a dyn Destination,
    context: &'a Context,
) -> BoxFuture<'a, Result<DeliveryNote, LedgerError>> {
    let name = destination.name().to_owned();
    Box::pin(context.ledger.call(move |store| store.delivery_note(&name)))
}

fn noted(before: &DeliveryNote, outcome: &Outcome, now: Timestamp) -> DeliveryNote {
    let Some(trouble) = stands(outcome) else {
        return DeliveryNote {
            succeeded_at: Some(now),
            ..DeliveryNote::default()
        };
    };
    let failures = before.failures.saturating_add(1);
    DeliveryNote {
        succeeded_at: before.succeeded_at,
        problem: serde_json::to_value(trouble).ok(),
        problem_at: before.problem_at.or(Some(now)),
        failures,
        ask_at: Some(now.saturating_add(patience(failures)).unwrap_or(now)),
    }
}

/// A minute, then longer, half an hour at most: most cures are a person's.
fn patience(failures: u32) -> SignedDuration {
    let minutes = [1, 2, 5, 10, 20];
    let nth = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    SignedDuration::from_mins(minutes.get(nth).copied().unwrap_or(30))
}

/// How long until some destination is due, a minute at least.
async fn next(
    destinations: &[Arc<dyn Destination>],
    context: &Context,
    now: Timestamp,
) -> Result<SignedDuration, LedgerError> {
    let mut wait = SignedDuration::from_hours(24);
    for destination in destinations {
        let note = note(destination.as_ref(), context).await?;
        let due = match note.ask_at {
            Some(ask_at) => ask_at.duration_since(now),
            None => destination.rhythm(),
        };
        wait = wait.min(due);
    }
    Ok(wait.max(SignedDuration::from_secs(5)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_grows_with_failures_and_one_success_ends_it() {
        let at: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let failed: Outcome = Err(Trouble::new("x"));
        let mut note = DeliveryNote::default();
        let mut waits = Vec::new();
        for _ in 0..7 {
            note = noted(&note, &failed, at);
            waits.push(note.ask_at.unwrap().duration_since(at).as_mins());
        }
        assert_eq!(waits, [1, 2, 5, 10, 20, 30, 30]);
        assert_eq!(note.problem_at, Some(at));
        let well = noted(&note, &Ok(Delivered::default()), at);
        assert_eq!((well.failures, well.ask_at, well.problem), (0, None, None));
    }
}
