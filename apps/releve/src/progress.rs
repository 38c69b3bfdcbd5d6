//! A progress bar on a terminal, while a sync asks.

use collector::planner::Window;
use collector::{Observer, Trouble};
use indicatif::{ProgressBar, ProgressStyle};
use ledger::SeriesKey;

use crate::words::Words;

/// Draws on standard error, and clears itself when done.
pub struct Progress {
    words: Words,
    bar: ProgressBar,
    asked: usize,
}

impl Progress {
    /// A bar whose length is told later.
    pub fn new(words: Words) -> Self {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Self {
            words,
            bar,
            asked: 0,
        }
    }
}

impl Observer for Progress {
    fn planned(&mut self, calls: usize) {
        self.bar.set_length(self.asked as u64 + calls as u64);
    }

    fn answered(&mut self, key: SeriesKey, window: Window) {
        self.asked += 1;
        let kind = self.words.t(&format!("kind-{}", key.kind));
        let message = self.words.say(
            "sync-progress",
            &[
                ("point", &key.usage_point.masked()),
                ("kind", &kind),
                ("from", &self.words.date(window.from)),
                ("to", &self.words.date(window.to)),
            ],
        );
        self.bar.set_message(message);
        self.bar.inc(1);
    }

    fn troubled(&mut self, _: &Trouble) {
        self.asked += 1;
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The same while values are sent to a destination.
pub struct Sending {
    bar: ProgressBar,
}

impl Sending {
    /// A bar whose length is told later.
    pub fn new(words: Words) -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        bar.set_message(words.t("jeedom-sending"));
        Self { bar }
    }
}

impl outputs::jeedom::Observer for Sending {
    fn planned(&mut self, events: usize) {
        self.bar.set_length(events as u64);
    }

    fn sent(&mut self) {
        self.bar.inc(1);
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
