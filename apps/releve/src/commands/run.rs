//! `releve run` asks again and again, delivers, and serves the dashboard beside,
//! until the process is told to stop. A configuration that the set-up writes is
//! taken up without a new start.

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::sync::Arc;

use collector::consents::{self, News};
use collector::schedule::{self, Wakes};
use collector::{Patience, Requests};
use jiff::SignedDuration;
use ledger::LedgerError;
use outputs::schedule::Outcome;
use service::lifecycle::Signal;
use service::{SharedClock, lifecycle};
use tokio::sync::Notify;

use super::sync::{self, colours, told_of_migration};
use super::{consent, delivery, inbox};
use crate::config::Settings;
use crate::hands::{AtWork, Hand, Rounds};
use crate::page::Page;
use crate::session::{self, Collecting};
use crate::{App, Exit, Failure, World, config};

/// Why a stretch of collecting has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// The process is to stop.
    Stopped,
    /// The configuration has changed.
    Changed,
}

type Stop<'a> = Pin<&'a mut (dyn Future<Output = Signal> + Send)>;

/// Collects until the process is told to stop.
pub(super) async fn run(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    let loaded = config::load_or_empty(&app.asked, world.env)?;
    let asked = (app.asked.clone(), world.env);
    let hand = Hand::new(asked, &loaded, world.clock.clone(), true);
    let mut settings = hand.settings();
    let serves = settings.dashboard.enabled;
    // Who holds the ledger is told before anything is begun.
    let begins = can_collect(&settings) || !serves || has_nobody(&hand);
    let mut collecting = if begins {
        Some(open(&settings, &world.clock)?)
    } else {
        None
    };
    let mut stop = pin!(lifecycle::shutdown_signal()?);
    greet(app, &settings, world)?;
    let page = if serves {
        page(app, &hand, world).await?
    } else {
        None
    };
    loop {
        let ended = match collecting.take() {
            Some(collecting) => {
                let ended =
                    collect(app, (&settings, collecting), &hand, world, stop.as_mut()).await;
                hand.at_work(None);
                ended?
            }
            None => wait(&hand, stop.as_mut()).await,
        };
        if ended == Ended::Stopped {
            break;
        }
        settings = hand.settings();
        if can_collect(&settings) {
            collecting = Some(open(&settings, &world.clock)?);
        }
    }
    lifecycle::stopping();
    if let Some(page) = page {
        page.close().await;
    }
    if !app.globals.quiet {
        writeln!(world.err, "{}", app.words.t("run-end"))?;
    }
    Ok(Exit::Ok)
}

fn can_collect(settings: &Settings) -> bool {
    !settings.sources.is_empty() && !settings.usage_points.is_empty()
}

/// Whether a configuration names no usage point: that is a mistake, and no set-up.
fn has_nobody(hand: &Hand) -> bool {
    hand.is_configured() && hand.settings().usage_points.is_empty()
}

fn open(settings: &Settings, clock: &SharedClock) -> Result<Collecting, Failure> {
    Collecting::open(settings, &[], clock, "run", Patience::Waits)
}

fn greet(app: &App, settings: &Settings, world: &mut World<'_>) -> Result<(), Failure> {
    if app.globals.quiet {
        return Ok(());
    }
    let minutes = (settings.schedule.every.as_secs() / 60).to_string();
    let line = app.words.say("run-begin", &[("every", &minutes)]);
    writeln!(world.err, "{line}")?;
    let path = settings.log.folder.display().to_string();
    writeln!(
        world.err,
        "{}",
        app.words.say("run-log", &[("path", &path)])
    )?;
    Ok(())
}

/// The dashboard, unless it cannot be served: collecting goes on without it.
async fn page(app: &App, hand: &Hand, world: &mut World<'_>) -> Result<Option<Page>, Failure> {
    let words = app.words;
    match Page::open(hand, None, &world.clock).await {
        Ok(page) => {
            let line = words.say("serve-at", &[("address", &page.address)]);
            tracing::info!("{line}");
            if !app.globals.quiet {
                writeln!(world.err, "{line}")?;
                if !hand.is_configured() {
                    writeln!(world.err, "{}", words.t("serve-awaits"))?;
                }
            }
            Ok(Some(page))
        }
        // Without anything to collect there would be nothing left to do.
        Err(failure) if !can_collect(&hand.settings()) => Err(failure),
        Err(failure) => {
            let what = failure.message(words.lang);
            let line = words.say("serve-not", &[("what", &what)]);
            tracing::error!("{line}");
            if !app.globals.quiet {
                writeln!(world.err, "{line}")?;
            }
            Ok(None)
        }
    }
}

/// Nothing can be collected yet: the dashboard alone is at work.
async fn wait(hand: &Hand, stop: Stop<'_>) -> Ended {
    lifecycle::ready();
    tokio::select! {
        biased;
        _ = stop => Ended::Stopped,
        () = hand.changed() => Ended::Changed,
        () = lifecycle::watchdog() => Ended::Stopped,
    }
}

/// Collects with these settings.
async fn collect(
    app: &App,
    (settings, collecting): (&Settings, Collecting),
    hand: &Hand,
    world: &World<'_>,
    stop: Stop<'_>,
) -> Result<Ended, Failure> {
    let (words, clock) = (app.words, &world.clock);
    told_of_migration(collecting.ledger.migrated(), words);
    let every = settings.schedule.every;
    let every = SignedDuration::try_from(every).unwrap_or(SignedDuration::from_hours(1));
    let destinations = session::destinations(settings, words.lang)?;
    let ledger = Arc::clone(&collecting.ledger);
    let context = session::context(settings, ledger, clock.clone(), words.lang);
    let (woken, news) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    hand.at_work(Some(AtWork {
        ledger: Arc::clone(&collecting.ledger),
        woken: Arc::clone(&woken),
        news: Arc::clone(&news),
    }));
    let tidings = Notify::new();
    let teller = session::teller(settings, &collecting, clock, words)?;
    let told = |name: &str, outcome: &Outcome| {
        delivery::log(words, name, outcome);
        hand.delivered(name, outcome, words);
    };
    let ended = Cell::new(Ended::Stopped);
    let over = async {
        tokio::select! {
            biased;
            _ = stop => {}
            () = hand.changed() => ended.set(Ended::Changed),
        }
    };
    let requests = Requests::of(&settings.data_dir);
    let wakes = Wakes {
        every,
        woken: &woken,
        requests: &requests,
    };
    let rounds = Notify::new();
    let mut watcher = Rounds::of(hand, words);
    let mut asked = 0;
    let collect = schedule::run(
        &collecting.collectors,
        &wakes,
        over,
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
    let telling = async {
        match &teller {
            Some(teller) => teller.forever(&tidings).await,
            None => std::future::pending().await,
        }
    };
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
        done = telling => done?,
        () = lifecycle::watchdog() => {}
        () = consents => {}
        done = filed => done?,
        done = timed => done?,
        () = requests.watch(clock, &woken) => {}
    }
    Ok(ended.get())
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
