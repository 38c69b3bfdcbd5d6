//! Asking again, and asking at all: the daemon's own loop does it where there is
//! one, here or in another process; else this process does, for as long as it
//! takes and no longer.

use std::sync::Arc;

use collector::{Patience, Requests, Summary};
use dashboard::hands::Wish;
use dashboard::work::{Failed, WorkKind};
use ledger::WriterLock;
use meter::{UsagePoint, paris};
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use super::{COMMAND, Hand, Watcher};
use crate::commands::sync as command;
use crate::exit::{Exit, Failure, Said};
use crate::session::Collecting;
use crate::words::Words;

impl Hand {
    /// Reopens days and has them asked; how that goes is seen in the works.
    pub(crate) fn ask_again(&self, mut wish: Wish, words: Words) -> Result<(), Failure> {
        wish.to = wish.to.min(paris::day_of(self.0.clock.now()));
        if self.daemon().is_some() || self.other_daemon() {
            return self.leave(&wish, words);
        }
        self.behind((WorkKind::Repair, ""), |hand, id| {
            alone(
                words,
                move || async move { hand.again(&wish, id, words).await },
            )
        });
        Ok(())
    }

    /// Asks for everything that is due.
    pub(crate) fn ask_now(&self, words: Words) {
        if let Some(daemon) = self.daemon() {
            daemon.woken.notify_one();
            return;
        }
        if self.other_daemon() {
            // It asks by itself for whatever is due.
            self.tell_left(WorkKind::Sync, words);
            return;
        }
        self.behind((WorkKind::Sync, ""), |hand, id| {
            alone(words, move || async move { hand.now(id, words).await })
        });
    }

    async fn again(&self, wish: &Wish, id: u64, words: Words) -> Result<Vec<String>, Failure> {
        let collecting = self.collecting(&wish.usage_points)?;
        let mut reopened = 0;
        for collector in &collecting.collectors {
            reopened += collector.reopen((wish.from, wish.to), wish.all).await?;
        }
        let days = words.number(reopened as u64);
        let mut lines = vec![words.say("repair-reopened", &[("days", &days)])];
        lines.extend(self.ask(&collecting, id, words).await?);
        Ok(lines)
    }

    async fn now(&self, id: u64, words: Words) -> Result<Vec<String>, Failure> {
        let collecting = self.collecting(&[])?;
        self.ask(&collecting, id, words).await
    }

    fn collecting(&self, only: &[UsagePoint]) -> Result<Collecting, Failure> {
        let settings = self.settings();
        Collecting::open(&settings, only, &self.0.clock, COMMAND, Patience::Tries)
    }

    /// A round of the daemon has ended; the first is told whatever it did.
    pub(crate) fn round_ended(&self, summary: &Summary, first: bool, words: Words) {
        let (all, now) = (self.all_works(), self.0.clock.now());
        let begun = all.going_on(WorkKind::Sync, "");
        let id = begun.or_else(|| {
            let told = first || !summary.troubles.is_empty();
            told.then(|| all.begin(WorkKind::Sync, "", now)).flatten()
        });
        if let Some(id) = id {
            all.end(id, now, Ok(command::lines(words, summary)));
        }
    }

    async fn ask(
        &self,
        collecting: &Collecting,
        id: u64,
        words: Words,
    ) -> Result<Vec<String>, Failure> {
        let mut watcher = Watcher {
            works: Arc::clone(self.all_works()),
            id,
            words,
        };
        let mut summary = Summary::nothing();
        for collector in &collecting.collectors {
            summary.join(collector.sync(&mut watcher).await?);
        }
        collecting.note_clock(self.0.clock.now()).await?;
        Ok(command::lines(words, &summary))
    }

    /// Whether a daemon of another process writes this ledger.
    fn other_daemon(&self) -> bool {
        let holder = WriterLock::holder(&self.settings().data_dir);
        let own = std::process::id();
        holder.is_some_and(|holder| holder.command == "run" && holder.pid != own)
    }

    /// Leaves the wish for the daemon, which looks for such within seconds.
    fn leave(&self, wish: &Wish, words: Words) -> Result<(), Failure> {
        let data_dir = self.settings().data_dir.clone();
        let left = Requests::of(&data_dir).leave(&collector::Repair {
            from: wish.from,
            to: wish.to,
            all: wish.all,
            usage_points: wish.usage_points.clone(),
        });
        left.map_err(|error| {
            let folder = data_dir.join(collector::requests::FOLDER);
            let said = Said::new("repair-not-left").path(&folder).cause(&error);
            Failure::new(Exit::Data, said)
        })?;
        if let Some(daemon) = self.daemon() {
            daemon.woken.notify_one();
        }
        self.tell_left(WorkKind::Repair, words);
        Ok(())
    }

    fn tell_left(&self, kind: WorkKind, words: Words) {
        let now = self.0.clock.now();
        if let Some(id) = self.0.works.begin(kind, "", now) {
            let line = words.t("dash-work-left");
            self.0.works.end(id, now, Ok(vec![line]));
        }
    }
}

/// Asks on a thread of its own, which the end of the process does not wait for:
/// every answer that was received has been kept or will be asked again.
async fn alone<F>(
    words: Words,
    work: impl FnOnce() -> F + Send + 'static,
) -> Result<Vec<String>, Failed>
where
    F: Future<Output = Result<Vec<String>, Failure>>,
{
    let (tell, told) = oneshot::channel();
    let thread = move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        let came = match runtime {
            Ok(runtime) => runtime.block_on(work()),
            Err(error) => Err(error.into()),
        };
        // Nobody listens once the process is going.
        let _ = tell.send(came.map_err(|failure| Failed::of(&failure, words.lang)));
    };
    let begun = std::thread::Builder::new()
        .name("asking".to_owned())
        .spawn(thread);
    if let Err(error) = begun {
        return Err(Failed::of(&error.into(), words.lang));
    }
    told.await.unwrap_or_else(|_| {
        let broke = Failure::new(Exit::Data, Said::new("dash-work-broke"));
        Err(Failed::of(&broke, words.lang))
    })
}
