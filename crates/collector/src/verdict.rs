//! What to make of a day, given how much of it is held and how old it is.
//!
//! Enedis publishes at J+1, sometimes days later; a body cannot tell "not yet"
//! from "never". Age decides: a young day is awaited, an old one is absent.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Coverage, DayState, Verdict};

use crate::rhythm::Rhythm;

/// Every state in which the collector leaves a day, with the reason beside it.
/// Whoever shows days has words for each of them.
pub const STANDINGS: [(DayState, Option<&str>); 9] = [
    (DayState::Complete, None),
    (DayState::Partial, Some(Flaw::Holes.code())),
    (DayState::Partial, Some(Flaw::RepeatedHour.code())),
    (DayState::Partial, Some(Flaw::Conflict.code())),
    (DayState::Awaited, Some(NO_DATA)),
    (DayState::AbsentAtSource, Some(NO_DATA)),
    (DayState::Refused, Some("curve-not-activated")),
    (DayState::BeforeActivation, None),
    (DayState::BeyondHistory, None),
];

/// An answer had nothing of the day.
const NO_DATA: &str = "no-data";

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
    pub const fn code(self) -> &'static str {
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
    let (state, reason) = match (coverage.is_empty(), rhythm.is_awaited(day, now)) {
        (false, _) => (DayState::Partial, flaw.code()),
        (true, true) => (DayState::Awaited, NO_DATA),
        (true, false) => (DayState::AbsentAtSource, NO_DATA),
    };
    Verdict {
        state,
        reason: Some(reason.to_owned()),
        ask_at: rhythm.ask_again(day, now),
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
        assert_eq!(young.ask_at, Some("2026-11-21T09:30:00Z".parse().unwrap()));
        let old = verdict(date(2026, 11, 1), EMPTY, Flaw::Holes, &RHYTHM, now);
        assert_eq!(old.state, DayState::AbsentAtSource);
        let a_month_old = "2026-12-01T08:30:00Z".parse().unwrap();
        assert_eq!(old.ask_at, Some(a_month_old));
    }

    #[test]
    fn an_old_day_with_a_hole_stays_partial_and_is_asked_about_ever_more_rarely() {
        let now = "2026-11-21T09:00:00Z".parse().unwrap();
        let some = Coverage {
            minutes: 1410,
            day_minutes: 1440,
        };
        let asked = |day| verdict(day, some, Flaw::Holes, &RHYTHM, now).ask_at;
        assert!(asked(date(2025, 1, 1)).is_some_and(|at| at > now));
        assert_eq!(asked(date(2024, 1, 1)), None);
        let verdict = verdict(date(2025, 1, 1), some, Flaw::Holes, &RHYTHM, now);
        assert_eq!(verdict.state, DayState::Partial);
        assert_eq!(verdict.reason.as_deref(), Some("holes"));
    }
}
