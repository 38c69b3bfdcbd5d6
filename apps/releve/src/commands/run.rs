//! `releve run` asks again and again, delivers, and serves the dashboard beside,
//! until the process is told to stop. A configuration that the set-up writes is
//! taken up without a new start.

mod collect;

use std::pin::{Pin, pin};

use collector::Patience;
use service::lifecycle::Signal;
use service::{SharedClock, lifecycle};

use crate::config::Settings;
use crate::hands::Hand;
use crate::page::Page;
use crate::session::Collecting;
use crate::{App, Exit, Failure, World, config};
use collect::collect;

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
            if app.globals.quiet {
                tracing::info!("{line}");
            } else {
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
