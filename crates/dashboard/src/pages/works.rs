//! What goes on behind the pages, as they tell it.

use home::Words;

use super::parts::Say;
use crate::house::House;
use crate::work::Work;

/// Pieces of work, the newest first.
#[derive(Debug, Clone, Default)]
pub struct Works {
    /// Each of them.
    pub all: Vec<WorkRow>,
}

/// A piece of work.
#[derive(Debug, Clone)]
pub struct WorkRow {
    /// What it is, and whether it goes on.
    pub say: Say,
    /// How far it has come, in hundredths, while it goes on.
    pub percent: Option<u64>,
    /// Whether it goes on.
    pub goes_on: bool,
}

impl Works {
    /// Whether the page should look again.
    pub fn go_on(&self) -> bool {
        self.all.iter().any(|work| work.goes_on)
    }
}

/// How many are told.
const TOLD: usize = 3;

/// What goes on, or went on lately.
pub fn works(house: &House, words: Words) -> Works {
    let all = house.hands().works();
    Works {
        all: all.iter().take(TOLD).map(|work| row(words, work)).collect(),
    }
}

fn row(words: Words, work: &Work) -> WorkRow {
    let name = words.t(&format!("data-work-{}", work.kind.as_str()));
    let begun = words.instant(work.begun);
    let args = [
        ("work", name.as_str()),
        ("about", &work.about),
        ("at", &begun),
    ];
    let title = words.say("data-work", &args);
    let mut lines: Vec<String> = work
        .now
        .iter()
        .filter(|_| work.goes_on())
        .cloned()
        .collect();
    lines.extend(work.lines.iter().cloned());
    let tone = match (&work.failed, work.goes_on()) {
        (Some(_), _) => "bad",
        (None, true) => "info",
        (None, false) => "good",
    };
    lines.extend(work.failed.iter().map(|failed| failed.message.clone()));
    WorkRow {
        say: Say {
            tone,
            title,
            lines,
            advice: work
                .failed
                .as_ref()
                .and_then(|failed| failed.advice.clone()),
            link: None,
        },
        percent: work.percent().filter(|_| work.goes_on()),
        goes_on: work.goes_on(),
    }
}
