//! Days in words: how each stands, why, and when it is asked again.

use home::Words;
use home::json::calendar::{CalendarDay, KindCalendar, Run};
use home::json::show::StateNote;
use home::say::capital;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::DayState;

use crate::pages::months::Cell;

/// A state with what marks it, and how many days are in it.
pub(super) struct Standing {
    pub class: &'static str,
    pub mark: &'static str,
    pub name: String,
    pub days: String,
}

pub(super) struct DayRow {
    pub day: Date,
    pub title: String,
    pub state: String,
    pub sentence: String,
    pub said: Option<String>,
    pub next: Option<String>,
}

pub(super) struct RunRow {
    pub first: Date,
    pub last: Date,
    pub title: String,
    pub days: String,
    pub mark: &'static str,
    pub state: String,
    pub sentence: String,
    pub next: Option<String>,
    pub can_be_asked: bool,
}

/// A state's class in style sheets, and its sign.
fn look(note: Option<&StateNote>) -> (&'static str, &'static str) {
    let Some(note) = note else {
        return ("is-never", "?");
    };
    if note.reason.as_deref() == Some("to-come") {
        return ("is-to-come", "");
    }
    match note.state {
        DayState::Complete => ("is-complete", ""),
        DayState::Partial => ("is-partial", "◐"),
        DayState::Awaited => ("is-awaited", "…"),
        DayState::AbsentAtSource => ("is-absent", "∅"),
        DayState::Refused => ("is-refused", "×"),
        DayState::BeforeActivation => ("is-before", "«"),
        DayState::BeyondHistory => ("is-beyond", "‹"),
    }
}

pub(super) fn cell(words: Words, day: &CalendarDay, link: &str) -> Cell {
    let (class, mark) = look(day.note.as_ref());
    let to_come = day.is_to_come();
    Cell {
        number: day.day.day(),
        class: class.to_owned(),
        mark: mark.to_owned(),
        words: words.state(day.note.as_ref()),
        href: (!to_come).then(|| format!("{link}&day={}#day", day.day)),
    }
}

/// Every state there is, so that a calendar explains itself.
pub(super) fn legend(words: Words, kind: &KindCalendar) -> Vec<Standing> {
    let notes = DayState::ALL.map(|state| {
        Some(StateNote {
            state,
            reason: None,
        })
    });
    let standing = |note: &Option<StateNote>| {
        let (class, mark) = look(note.as_ref());
        let state = note.as_ref().map(|note| note.state);
        let counts = kind.counts.iter();
        let days: u32 = counts
            .filter(|one| one.state == state && !one.to_come)
            .map(|one| one.days)
            .sum();
        Standing {
            class,
            mark,
            name: words.state(note.as_ref()),
            days: words.number(u64::from(days)),
        }
    };
    notes.iter().chain([&None]).map(standing).collect()
}

pub(super) fn day_row(words: Words, day: &CalendarDay, now: Timestamp) -> DayRow {
    let said = day.source.as_ref().zip(day.said_at).map(|(source, at)| {
        let at = words.instant(at);
        words.say("data-said", &[("source", source), ("at", &at)])
    });
    DayRow {
        day: day.day,
        title: words.day(day.day),
        state: capital(&words.state(day.note.as_ref())),
        sentence: words.why(day.note.as_ref()),
        said,
        next: words.next_try(day, now),
    }
}

pub(super) fn run_row(words: Words, run: &Run, now: Timestamp) -> RunRow {
    let (_, mark) = look(run.note.as_ref());
    let day = CalendarDay {
        day: run.first,
        note: run.note.clone(),
        source: run.source.clone(),
        said_at: None,
        next_try: run.next_try,
    };
    RunRow {
        first: run.first,
        last: run.last,
        title: words.days_title(run.first, run.last),
        days: words.say("data-days", &[("days", &run.days.to_string())]),
        mark,
        state: capital(&words.state(run.note.as_ref())),
        sentence: run.sentence.clone(),
        next: words.next_try(&day, now),
        can_be_asked: run.can_be_asked(),
    }
}
