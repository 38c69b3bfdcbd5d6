//! Delivering again: by the daemon's own round where it runs in this process,
//! else here, beside nobody.

use std::sync::Arc;

use dashboard::work::{Failed, WorkKind};
use home::json::outputs::Differences;
use ledger::{Access, DeliveryNote, Ledger, Store};
use outputs::schedule::{self, Outcome};
use outputs::{DeliveryError, Destination, Mode, Trouble};

use super::Hand;
use crate::exit::{Failure, Said};
use crate::session;
use crate::words::Words;

impl Hand {
    /// Has a destination get everything that differs, however often it failed
    /// before; how that goes is seen in the works.
    pub(crate) async fn deliver_again(&self, name: &str, words: Words) -> Result<(), Failure> {
        let destination = self.destination(name, words)?;
        let Some(daemon) = self.daemon() else {
            self.deliver_here(destination, words);
            return Ok(());
        };
        let now = self.0.clock.now();
        if self.0.works.begin(WorkKind::Push, name, now).is_none() {
            return Ok(());
        }
        let key = name.to_owned();
        let told = daemon.ledger.call(move |store| {
            let before = store.delivery_note(&key)?;
            let note = DeliveryNote {
                ask_at: None,
                ..before
            };
            store.set_delivery_note(&key, &note)
        });
        told.await?;
        daemon.news.notify_one();
        Ok(())
    }

    /// Asks a destination what it holds, and compares; nothing is changed.
    pub(crate) async fn compare_with(
        &self,
        name: &str,
        words: Words,
    ) -> Result<Differences, Failure> {
        let destination = self.destination(name, words)?;
        let settings = self.settings();
        let path = settings.data_dir.join(ledger::FILE_NAME);
        let ledger = Arc::new(Ledger::of(Store::open(&path, Access::Read)?)?);
        let clock = self.0.clock.clone();
        let context = session::context(&settings, ledger, clock, words.lang);
        let verified = destination.verify(&context).await?;
        let said = |all: &[Trouble]| {
            let said = all.iter().map(|one| one.explanation(words.lang));
            said.collect()
        };
        Ok(Differences {
            output: name.to_owned(),
            compared: verified.compared,
            notices: said(&verified.notices),
            troubles: said(&verified.troubles),
            differences: verified.differences,
        })
    }

    /// The daemon has delivered: what was asked for here is done.
    pub(crate) fn delivered(&self, name: &str, outcome: &Outcome, words: Words) {
        if let Some(id) = self.0.works.going_on(WorkKind::Push, name) {
            let came = came(outcome, words);
            self.0.works.end(id, self.0.clock.now(), came);
        }
    }

    fn deliver_here(&self, destination: Arc<dyn Destination>, words: Words) {
        let name = destination.name().to_owned();
        self.behind((WorkKind::Push, &name), |hand, _| async move {
            let outcome = hand.push_to(destination.as_ref(), words).await;
            match outcome {
                Ok(outcome) => came(&outcome, words),
                Err(failure) => Err(Failed::of(&failure, words.lang)),
            }
        });
    }

    /// One push, whose end is noted for the daemon's back-off.
    async fn push_to(
        &self,
        destination: &dyn Destination,
        words: Words,
    ) -> Result<Outcome, Failure> {
        let right = self.right("push").await?;
        let ledger = Arc::clone(&right.ledger);
        let clock = self.0.clock.clone();
        let context = session::context(&self.settings(), ledger, clock, words.lang);
        let before = schedule::note(destination, &context).await?;
        let outcome: Outcome = match destination.push(&context, Mode::Write).await {
            Ok(delivered) => Ok(delivered),
            Err(DeliveryError::Trouble(trouble)) => Err(trouble),
            Err(DeliveryError::Ledger(error)) => return Err(error.into()),
        };
        schedule::remember(destination, &context, &before, &outcome).await?;
        Ok(outcome)
    }

    fn destination(&self, name: &str, words: Words) -> Result<Arc<dyn Destination>, Failure> {
        let all = session::destinations(&self.settings(), words.lang)?;
        let mut all = all.into_iter();
        all.find(|one| one.name() == name)
            .ok_or_else(|| Failure::usage(Said::new("dash-output-unknown").with("name", name)))
    }
}

/// What came of a push, in words.
fn came(outcome: &Outcome, words: Words) -> Result<Vec<String>, Failed> {
    let delivered = match outcome {
        Ok(delivered) => delivered,
        Err(trouble) => {
            return Err(Failed {
                message: trouble.explanation(words.lang),
                advice: Some(trouble.advice(words.lang)),
            });
        }
    };
    let (written, deleted) = (
        words.number(delivered.written),
        words.number(delivered.deleted),
    );
    let args = [("written", written.as_str()), ("deleted", &deleted)];
    let mut lines = vec![words.say("dash-work-delivered", &args)];
    for trouble in delivered.troubles.iter().chain(&delivered.notices) {
        lines.push(trouble.explanation(words.lang));
        lines.push(trouble.advice(words.lang));
    }
    Ok(lines)
}
