//! One sync: ask what the planner says, keep each answer before the next counts.
//!
//! Every answer is one transaction, so that a sync that is killed goes on where
//! it was. The ledger's thread writes while the next answer is on its way.

mod agenda;
mod allowance;
mod consent;
mod contract;
mod infer;
mod keep;
mod note;
mod refusal;
mod run;
mod served;

use std::sync::Arc;

use enedis::Problem;
use ledger::{Ledger, LedgerError, SeriesKey, Written};
use meter::UsagePoint;
use serde::Serialize;
use service::SharedClock;
use service::dates::Dates;

use crate::planner::Window;
use crate::rhythm::Rhythm;
use crate::source::Source;
use crate::wishes::Wishes;

/// What a sync needs.
#[derive(Clone)]
pub struct Collector {
    /// Where answers are kept.
    pub ledger: Arc<Ledger>,
    /// Who is asked.
    pub source: Arc<dyn Source>,
    /// What time it is.
    pub clock: SharedClock,
    /// For whom, in the order in which they matter.
    pub usage_points: Vec<UsagePoint>,
    /// Whether somebody is waiting.
    pub patience: Patience,
    /// When calls are made.
    pub rhythm: Rhythm,
    /// What is asked for, and how often.
    pub wishes: Wishes,
    /// What the source's answers show of our clock.
    pub dates: Dates,
}

/// Whether a sync waits for what a person may have cured in the meantime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patience {
    /// It started by itself: it waits until the ledger says so.
    #[default]
    Waits,
    /// A person started it: it tries what may have been cured.
    Tries,
}

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Calls made, tokens included.
    pub calls: u64,
    /// What changed in the ledger.
    pub written: Written,
    /// Problems met, each once per series (or usage point, or source).
    pub troubles: Vec<Trouble>,
    /// Whether nothing that is due now is left.
    pub finished: bool,
}

impl Summary {
    /// What the sync of no source does.
    pub fn nothing() -> Self {
        Self {
            finished: true,
            ..Self::default()
        }
    }

    /// Adds what the sync of one more source did.
    pub fn join(&mut self, other: Self) {
        self.calls += other.calls;
        self.written += other.written;
        self.troubles.extend(other.troubles);
        self.finished &= other.finished;
    }
}

/// A problem, and whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// The usage point, unless the whole source is concerned.
    pub usage_point: Option<UsagePoint>,
    /// The series, unless the whole usage point is concerned.
    pub series: Option<SeriesKey>,
    /// What happened.
    pub problem: Problem,
}

/// Who watches a sync: a progress bar, a log.
pub trait Observer: Send {
    /// So many more calls are planned.
    fn planned(&mut self, _calls: usize) {}
    /// A window was answered.
    fn answered(&mut self, _key: SeriesKey, _window: Window) {}
    /// A problem came up.
    fn troubled(&mut self, _trouble: &Trouble) {}
}

/// Watches nothing.
#[derive(Debug, Default, Clone, Copy)]
pub struct Unwatched;

impl Observer for Unwatched {}

impl Collector {
    /// Every series that is wanted and offered.
    pub(crate) fn series(&self) -> Vec<SeriesKey> {
        let points = self.usage_points.iter();
        let series = points.flat_map(|point| {
            let scope = self.wishes.scope(*point);
            agenda::offered(self.source.as_ref(), *point, &scope).collect::<Vec<_>>()
        });
        series.collect()
    }

    /// Asks for everything that is due and keeps the answers.
    ///
    /// Problems of the source are part of the summary; only the ledger's own
    /// failures are errors.
    pub async fn sync(&self, observer: &mut dyn Observer) -> Result<Summary, LedgerError> {
        let hindered = self.source.prepare(&self.usage_points).await;
        let mut ready = self.clone();
        ready
            .usage_points
            .retain(|point| hindered.iter().all(|(other, _)| other != point));
        let mut run = run::Run::new(&ready, observer);
        for (usage_point, problem) in hindered {
            run.report(Some(usage_point), None, problem);
        }
        if ready.usage_points.is_empty() && !self.usage_points.is_empty() {
            return Ok(run.summary);
        }
        run.run().await
    }
}
