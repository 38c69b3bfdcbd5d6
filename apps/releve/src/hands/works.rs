//! Work that goes on behind a page, as far as it has come.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use collector::planner::Window;
use collector::{Observer, Trouble};
use dashboard::work::{Failed, Work, WorkKind};
use jiff::Timestamp;
use ledger::SeriesKey;
use service::SharedClock;

use super::Hand;
use crate::words::Words;

/// How many pieces of work are remembered.
const REMEMBERED: usize = 20;

/// Every piece of work of this process, the newest last.
#[derive(Debug, Default)]
pub(crate) struct Works(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    all: VecDeque<Work>,
    begun: u64,
}

impl Works {
    /// Begins a piece of work; none where one like it goes on.
    pub fn begin(&self, kind: WorkKind, about: &str, now: Timestamp) -> Option<u64> {
        let mut memory = self.memory();
        let same = |work: &Work| work.goes_on() && work.kind == kind && work.about == about;
        if memory.all.iter().any(same) {
            return None;
        }
        memory.begun += 1;
        let id = memory.begun;
        memory.all.push_back(Work {
            id,
            kind,
            about: about.to_owned(),
            begun: now,
            ended: None,
            planned: 0,
            done: 0,
            now: None,
            lines: Vec::new(),
            failed: None,
        });
        // What goes on is not forgotten.
        if memory.all.len() > REMEMBERED
            && let Some(at) = memory.all.iter().position(|work| !work.goes_on())
        {
            memory.all.remove(at);
        }
        Some(id)
    }

    /// Changes a piece of work.
    pub fn change(&self, id: u64, change: impl FnOnce(&mut Work)) {
        let mut memory = self.memory();
        if let Some(work) = memory.all.iter_mut().find(|work| work.id == id) {
            change(work);
        }
    }

    /// Ends a piece of work with what came of it.
    pub fn end(&self, id: u64, now: Timestamp, came: Result<Vec<String>, Failed>) {
        self.change(id, |work| {
            work.ended = Some(now);
            work.now = None;
            match came {
                Ok(lines) => work.lines = lines,
                Err(failed) => work.failed = Some(failed),
            }
        });
    }

    /// Everything that is remembered, the newest first.
    pub fn all(&self) -> Vec<Work> {
        self.memory().all.iter().rev().cloned().collect()
    }

    /// The piece of work of a kind that goes on.
    pub fn going_on(&self, kind: WorkKind, about: &str) -> Option<u64> {
        let memory = self.memory();
        let mut all = memory.all.iter();
        all.find(|work| work.goes_on() && work.kind == kind && work.about == about)
            .map(|work| work.id)
    }

    /// The newest of some kinds.
    pub fn newest(&self, kinds: &[WorkKind]) -> Option<Work> {
        let memory = self.memory();
        let mut all = memory.all.iter().rev();
        all.find(|work| kinds.contains(&work.kind)).cloned()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Watches a sync for the pages.
pub(crate) struct Watcher {
    pub works: Arc<Works>,
    pub id: u64,
    pub words: Words,
}

impl Observer for Watcher {
    fn planned(&mut self, calls: usize) {
        self.works.change(self.id, |work| {
            work.planned = work.done + calls as u64;
        });
    }

    fn answered(&mut self, key: SeriesKey, window: Window) {
        let words = self.words;
        let kind = words.t(&format!("kind-{}", key.kind));
        let args = [
            ("point", key.usage_point.masked()),
            ("kind", kind),
            ("from", words.date(window.from)),
            ("to", words.date(window.to)),
        ];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        let now = words.say("sync-progress", &args);
        self.works.change(self.id, |work| {
            work.done += 1;
            work.now = Some(now);
        });
    }

    fn troubled(&mut self, _: &Trouble) {
        self.works.change(self.id, |work| work.done += 1);
    }
}

/// Watches the rounds of the daemon: a piece of work begins with its first call.
pub(crate) struct Rounds {
    watcher: Watcher,
    clock: SharedClock,
}

impl Rounds {
    pub fn of(hand: &Hand, words: Words) -> Self {
        Self {
            watcher: Watcher {
                works: Arc::clone(hand.all_works()),
                id: 0,
                words,
            },
            clock: hand.clock().clone(),
        }
    }
}

impl Observer for Rounds {
    fn planned(&mut self, calls: usize) {
        let works = &self.watcher.works;
        if calls > 0 {
            let begun = works.begin(WorkKind::Sync, "", self.clock.now());
            if let Some(id) = begun.or_else(|| works.going_on(WorkKind::Sync, "")) {
                self.watcher.id = id;
            }
            self.watcher.planned(calls);
        }
    }

    fn answered(&mut self, key: SeriesKey, window: Window) {
        self.watcher.answered(key, window);
    }

    fn troubled(&mut self, trouble: &Trouble) {
        self.watcher.troubled(trouble);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_work_is_not_begun_twice_and_what_goes_on_is_not_forgotten() {
        let at: Timestamp = "2026-11-21T11:00:00Z".parse().unwrap();
        let works = Works::default();
        let sync = works.begin(WorkKind::Sync, "", at).unwrap();
        assert_eq!(works.begin(WorkKind::Sync, "", at), None);
        for number in 0..30 {
            let about = number.to_string();
            let id = works.begin(WorkKind::Push, &about, at).unwrap();
            works.end(id, at, Ok(vec![about]));
        }
        assert!(works.all().len() <= REMEMBERED);
        assert_eq!(works.going_on(WorkKind::Sync, ""), Some(sync));
        works.end(sync, at, Ok(Vec::new()));
        assert!(works.begin(WorkKind::Sync, "", at).is_some());
    }
}
