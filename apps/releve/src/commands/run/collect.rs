//! A stretch of collecting: everything that is at work beside the dashboard, until
//! it is to stop or the configuration changes.

use std::cell::Cell;
use std::sync::Arc;

use collector::Requests;
use collector::consents::{self, News};
use collector::schedule::{self, Wakes};
use jiff::SignedDuration;
use ledger::LedgerError;
use outputs::schedule::Outcome;
use service::{SharedClock, lifecycle};
use tokio::sync::Notify;

use super::{Ended, Stop};
use crate::commands::sync::{self, colours, told_of_migration};
use crate::commands::{consent, delivery, inbox};
use crate::config::Settings;
use crate::hands::{AtWork, Hand, Rounds};
use crate::notify::Teller;
use crate::session::{self, Collecting};
use crate::{App, Failure, World};

/// Collects with these settings.
pub(super) async fn collect(
    app: &App,
    (settings, collecting): (&Settings, Collecting),
    hand: &Hand,
    world: &World<'_>,
    stop: Stop<'_>,
) -> Result<Ended, Failure> {
    let (words, clock) = (app.words, &world.clock);
    told_of_migration(collecting.ledger.migrated(), words);
    let destinations = session::destinations(settings, words.lang)?;
    let ledger = Arc::clone(&collecting.ledger);
    let context = session::context(settings, ledger, clock.clone(), words.lang);
    let (woken, news) = at_work(hand, &collecting);
    let tidings = Notify::new();
    let teller = session::teller(settings, &collecting, clock, words)?;
    let told = |name: &str, outcome: &Outcome| {
        delivery::log(words, name, outcome);
        hand.delivered(name, outcome, words);
    };
    let ended = Cell::new(Ended::Stopped);
    let requests = Requests::of(&settings.data_dir);
    let wakes = Wakes {
        every: every(settings),
        woken: &woken,
        requests: &requests,
    };
    let rounds = Notify::new();
    let mut watcher = Rounds::of(hand, words);
    let mut asked = 0;
    let collect = schedule::run(
        &collecting.collectors,
        &wakes,
        over(stop, hand, &ended),
        &mut watcher,
        |summary| {
            sync::log(words, summary);
            hand.round_ended(summary, asked == 0, words);
            news.notify_one();
            tidings.notify_one();
            // One source's date says less than that of all of them.
            asked += 1;
            if asked % collecting.collectors.len() == 0 {
                rounds.notify_one();
            }
        },
    );
    let timed = noted_clock(&collecting, clock, &rounds);
    let coloured = colours::forever(collecting.colours.as_ref(), words, || {
        news.notify_one();
        tidings.notify_one();
    });
    let consented = |source: &str, news: News<'_>| consent::log(words, source, &news);
    let consents = consents::watch(&collecting.consents, clock, &woken, &consented);
    let filed = inbox::forever(
        &collecting.inboxes,
        &collecting.ledger,
        clock,
        words,
        || news.notify_one(),
    );
    lifecycle::ready();
    // A delivery that is cut off by the stop goes on at the next start.
    tokio::select! {
        biased;
        done = collect => done?,
        done = outputs::schedule::run(&destinations, &context, &news, &told) => done?,
        () = coloured => {}
        done = tell(teller.as_ref(), &tidings) => done?,
        () = lifecycle::watchdog() => {}
        () = consents => {}
        done = filed => done?,
        done = timed => done?,
        () = requests.watch(clock, &woken) => {}
    }
    Ok(ended.get())
}

/// How often something is looked for.
fn every(settings: &Settings) -> SignedDuration {
    let every = SignedDuration::try_from(settings.schedule.every);
    every.unwrap_or(SignedDuration::from_hours(1))
}

/// Shows the dashboard who is at work; what wakes them, and what tells of news.
fn at_work(hand: &Hand, collecting: &Collecting) -> (Arc<Notify>, Arc<Notify>) {
    let (woken, news) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    hand.at_work(Some(AtWork {
        ledger: Arc::clone(&collecting.ledger),
        woken: Arc::clone(&woken),
        news: Arc::clone(&news),
    }));
    (woken, news)
}

/// Until the process is to stop or the configuration has changed.
async fn over(stop: Stop<'_>, hand: &Hand, ended: &Cell<Ended>) {
    tokio::select! {
        biased;
        _ = stop => {}
        () = hand.changed() => ended.set(Ended::Changed),
    }
}

/// Tells people what they asked to be told; nobody, where nobody asked.
async fn tell(teller: Option<&Teller>, tidings: &Notify) -> Result<(), LedgerError> {
    match teller {
        Some(teller) => teller.forever(tidings).await,
        None => std::future::pending().await,
    }
}

/// After each round, what its answers have shown of our clock.
async fn noted_clock(
    collecting: &Collecting,
    clock: &SharedClock,
    rounds: &Notify,
) -> Result<(), LedgerError> {
    loop {
        rounds.notified().await;
        collecting.note_clock(clock.now()).await?;
    }
}
