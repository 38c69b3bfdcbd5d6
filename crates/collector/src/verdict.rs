//! What to make of a day, given how much of it is held and how old it is.
//!
//! Enedis publishes at J+1, sometimes days later; a body cannot tell "not yet"
//! from "never". Age decides: a young day is awaited, an old one is absent.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Coverage, DayState, Verdict};

use crate::rhythm::Rhythm;

/// For how many days a missing day may still be published (reference, 2.4:
/// "often +1-2 h, sometimes a day or several days late").
pub const LATE_DAYS: i32 = 14;

/// Why a day that is not complete is so, where only the answer knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Points are missing.
    Holes,
    /// Points of the repeated autumn hour could not be told apart.
    RepeatedHour,
    /// Two values claim the same minutes.
    Conflict,
}

impl Flaw {
    /// The reason kept in the ledger.
    pub fn code(self) -> &'static str {
        match self {
            Self::Holes => "holes",
            Self::RepeatedHour => "repeated-hour",
            Self::Conflict => "conflict",
        }
    }
}

/// The verdict on a day after an answer that speaks of it.
pub fn verdict(
    day: Date,
    coverage: Coverage,
    flaw: Flaw,
    rhythm: &Rhythm,
    now: Timestamp,
) -> Verdict {
    if coverage.is_complete() {
        return Verdict::complete();
    }
    let ask_at = rhythm.ask_again(day, now);
    let (state, reason) = match (coverage.is_empty(), ask_at) {
        (false, _) => (DayState::Partial, flaw.code()),
        (true, Some(_)) => (DayState::Awaited, "no-data"),
        (true, None) => (DayState::AbsentAtSource, "no-data"),
    };
    Verdict {
        state,
        reason: Some(reason.to_owned()),
        ask_at,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const RHYTHM: Rhythm = Rhythm::enedis(0);
    const EMPTY: Coverage = Coverage {
        minutes: 0,
        day_minutes: 1440,
    };

    #[test]
    fn the_same_silence_means_not_yet_for_a_young_day_and_never_for_an_old_one() {
        let now = "2026-11-21T09:00:00Z".parse().unwrap();
        let young = verdict(date(2026, 11, 20), EMPTY, Flaw::Holes, &RHYTHM, now);
        assert_eq!(young.state, DayState::Awaited);
        assert_eq!(young.ask_at, Some("2026-11-21T10:00:00Z".parse().unwrap()));
        let old = verdict(date(2026, 11, 1), EMPTY, Flaw::Holes, &RHYTHM, now);
        assert_eq!((old.state, old.ask_at), (DayState::AbsentAtSource, None));
    }

    #[test]
    fn an_old_day_with_a_hole_stays_partial_and_is_left_alone() {
        let now = "2026-11-21T09:00:00Z".parse().unwrap();
        let some = Coverage {
            minutes: 1410,
            day_minutes: 1440,
        };
        let verdict = verdict(date(2025, 1, 1), some, Flaw::Holes, &RHYTHM, now);
        assert_eq!(verdict.state, DayState::Partial);
        assert_eq!(verdict.reason.as_deref(), Some("holes"));
        assert_eq!(verdict.ask_at, None);
    }
}
