//! The completeness calendar: how each day of each kind stands, why, and when it
//! is asked again.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::DayState;
use meter::Kind;
use schemars::JsonSchema;
use serde::Serialize;

use super::show::{StateNote, Subject};
use super::{KindWord, StateWord};

/// Some days of one usage point and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Calendar {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Each kind that was asked or imported.
    pub kinds: Vec<KindCalendar>,
}

/// One kind of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KindCalendar {
    /// What is measured.
    #[schemars(with = "KindWord")]
    pub kind: Kind,
    /// How many days are in each state, those of states without a day left out.
    pub counts: Vec<StateCount>,
    /// Every day, oldest first.
    pub days: Vec<CalendarDay>,
    /// Days in a row that are not complete and stand alike, newest first; those
    /// to come are left out.
    pub runs: Vec<Run>,
}

/// How many days stand alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StateCount {
    /// The state; null: never asked.
    #[schemars(with = "Option<StateWord>")]
    pub state: Option<DayState>,
    /// Whether these days are to come.
    pub to_come: bool,
    /// How many.
    pub days: u32,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarDay {
    /// The local day.
    pub day: Date,
    /// How it stands; null: never asked.
    pub note: Option<StateNote>,
    /// Who said so: a source, or `import`.
    pub source: Option<String>,
    /// When.
    pub said_at: Option<Timestamp>,
    /// When it is asked again; null: not by itself.
    pub next_try: Option<Timestamp>,
}

/// Days in a row that stand alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Run {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// How many there are.
    pub days: u32,
    /// How they stand; null: never asked.
    pub note: Option<StateNote>,
    /// Why, in the reader's language.
    pub sentence: String,
    /// Who said so, of the last of them.
    pub source: Option<String>,
    /// When the first of them is asked again; null: none by itself.
    pub next_try: Option<Timestamp>,
}

impl CalendarDay {
    /// Whether it has not passed yet.
    pub fn is_to_come(&self) -> bool {
        let note = self.note.as_ref();
        note.is_some_and(|note| note.reason.as_deref() == Some("to-come"))
    }

    /// Whether there is nothing more to have of it.
    pub fn is_complete(&self) -> bool {
        let note = self.note.as_ref();
        note.is_some_and(|note| note.state == DayState::Complete)
    }
}

impl Run {
    /// Whether asking again can bring something.
    pub fn can_be_asked(&self) -> bool {
        let state = self.note.as_ref().map(|note| note.state);
        !matches!(state, Some(DayState::BeforeActivation))
    }
}
