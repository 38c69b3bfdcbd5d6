//! Telling people by e-mail or webhook what concerns them, each thing once.
//!
//! What is to be told is read from the ledger, and so is what has been told: a
//! restart tells nothing twice. What could not be told is tried at the next look.

mod news;
mod send;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ledger::{Ledger, LedgerError};
use service::{SharedClock, SharedHttp};
use tokio::sync::Notify;

use crate::config::Settings;
use crate::words::Words;

pub(crate) use news::News;
pub(crate) use send::{Way, ways};

/// What was told is remembered for longer than any of it can come again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 800);

/// How often is looked where nothing new has been collected: consents end and
/// clocks are found out by themselves.
const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Tells what there is to tell.
pub(crate) struct Teller {
    settings: Settings,
    ledger: Arc<Ledger>,
    clock: SharedClock,
    words: Words,
    ways: Vec<Way>,
}

impl Teller {
    /// A teller for the configured ways; none: nobody is to be told.
    pub(crate) fn new(
        settings: &Settings,
        ledger: &Arc<Ledger>,
        clock: &SharedClock,
        http: &SharedHttp,
        words: Words,
    ) -> Option<Self> {
        let ways = ways(&settings.notifications, http);
        (!ways.is_empty()).then(|| Self {
            settings: settings.clone(),
            ledger: Arc::clone(ledger),
            clock: clock.clone(),
            words,
            ways,
        })
    }

    /// Tells at every piece of news, and once in a while.
    pub(crate) async fn forever(&self, collected: &Notify) -> Result<(), LedgerError> {
        loop {
            self.tell().await?;
            tokio::select! {
                () = collected.notified() => {}
                () = self.clock.sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Tells once what has not been told. Only the ledger's own failures are errors.
    pub(crate) async fn tell(&self) -> Result<(), LedgerError> {
        let now = self.clock.now();
        let (settings, words) = (self.settings.clone(), self.words);
        let news = self
            .ledger
            .call(move |store| news::all(store, &settings, now, words))
            .await?;
        for way in &self.ways {
            for one in &news {
                self.tell_one(way, one, now).await?;
            }
        }
        if let Ok(before) = now.checked_sub(REMEMBERED) {
            self.ledger
                .call(move |store| store.forget_told(before))
                .await?;
        }
        Ok(())
    }

    async fn tell_one(&self, way: &Way, news: &News, now: Timestamp) -> Result<(), LedgerError> {
        if self.settings.notifications.mute.contains(&news.topic) {
            return Ok(());
        }
        let (what, name) = (news.what.clone(), way.name());
        let told = self
            .ledger
            .call(move |store| store.told_at(&what, name))
            .await?;
        if told.is_some() {
            return Ok(());
        }
        match way.send(news, now).await {
            Ok(()) => {
                let what = news.what.clone();
                self.ledger
                    .call(move |store| store.set_told(&what, name, now))
                    .await
            }
            Err(error) => {
                let args = [("way", name), ("cause", &error)];
                tracing::warn!("{}", self.words.say("notify-failed", &args));
                Ok(())
            }
        }
    }
}
