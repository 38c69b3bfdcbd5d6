//! How a series fares in a run, and the note that stands at it afterwards.

use enedis::Problem;
use jiff::Timestamp;
use ledger::SeriesNote;

use super::Patience;
use crate::policy::{back_off, is_far_ahead, may_be_cured_by_hand};

/// How a series fares in one round of a run.
#[derive(Debug, Clone, Default)]
pub(super) struct Fare {
    /// It gave an answer, if only an empty one.
    pub answered: bool,
    /// The last problem.
    pub problem: Option<Problem>,
    /// Problems since the last answer.
    pub failures_in_a_row: u32,
    /// Not asked any more in this run.
    pub closed: bool,
    /// Not asked any more in this round.
    pub replan: bool,
    /// When to ask again, where the problem says so.
    pub ask_at: Option<Timestamp>,
    /// Not before this instant, where an answer said so.
    pub not_before: Option<Timestamp>,
}

impl Fare {
    /// Not asked any more in this run, and not before that instant.
    pub(super) fn close(&mut self, problem: Problem, until: Timestamp) {
        self.closed = true;
        self.problem = Some(problem);
        self.ask_at = Some(until);
    }

    /// Whether the note has to be written.
    pub(super) fn is_news(&self) -> bool {
        self.answered || self.problem.is_some()
    }

    /// What the next round begins with.
    pub(super) fn next_round(&self) -> Self {
        Self {
            closed: self.closed,
            ..Self::default()
        }
    }

    /// The note that stands after the round.
    pub(super) fn note(&self, before: &SeriesNote, now: Timestamp) -> SeriesNote {
        let succeeded_at = if self.answered {
            Some(now)
        } else {
            before.succeeded_at
        };
        let Some(problem) = &self.problem else {
            return SeriesNote {
                succeeded_at,
                inactive_until: before.inactive_until,
                ..SeriesNote::default()
            };
        };
        let fresh = SeriesNote {
            inactive_until: before.inactive_until,
            ..SeriesNote::default()
        };
        // A series that has answered in between begins to fail anew.
        let before = if self.answered { &fresh } else { before };
        let backed_off = Some(back_off(before.failures, now)).max(self.not_before);
        SeriesNote {
            succeeded_at,
            ask_at: self.ask_at.or(backed_off),
            ..failed(before, problem, now)
        }
    }
}

/// The note of one more failure; when to ask again stays as it was.
pub(super) fn failed(before: &SeriesNote, problem: &Problem, now: Timestamp) -> SeriesNote {
    SeriesNote {
        problem: serde_json::to_value(problem).ok(),
        problem_at: before.problem_at.or(Some(now)),
        failures: before.failures + 1,
        ..*before
    }
}

/// Whether a note still asks to wait.
pub(super) fn waits(note: &SeriesNote, now: Timestamp, patience: Patience) -> bool {
    let standing = note.ask_at.is_some_and(|at| at > now)
        && !note.problem_at.is_some_and(|said| is_far_ahead(said, now));
    let cured = || kept_problem(note).is_some_and(|problem| may_be_cured_by_hand(&problem));
    standing && !(patience == Patience::Tries && cured())
}

/// The problem that a note keeps.
pub(super) fn kept_problem(note: &SeriesNote) -> Option<Problem> {
    serde_json::from_value(note.problem.clone()?).ok()
}
