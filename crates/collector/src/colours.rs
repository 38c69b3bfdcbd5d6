//! The colours of Tempo and EJP days: sources asked in turn.
//!
//! Every answer is kept under its source's name; a source that fails, or leaves
//! days undecided, passes the question on to the next. What none tells stays
//! unknown.

mod asking;
mod fault;
mod file;
mod keep;
mod rte_api;
mod watch;

use std::ops::RangeInclusive;

use jiff::civil::{Date, time};
use jiff::{SignedDuration, Timestamp};
use meter::paris;
use service::HttpError;
use tariff::colour::{ReadError, Source};

pub use asking::{Addresses, ask};
pub use fault::{Fault, FaultKind};
pub use file::{ColourFile, recognise};
pub use keep::{calendar, keep, load};
pub use rte_api::RteAccount;
pub use watch::{Needed, Outcome, Watch};

/// Why a source gave no colours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColourProblem {
    /// No answer came.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// An answer with a status that is no success.
    #[error("status {0}")]
    Status(u16),
    /// An answer that is not as it should be.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// The source does not know this calendar, or cannot be asked.
    #[error("not offered")]
    NotOffered,
}

/// What a round of questions gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round<C> {
    /// Each source's answer: its days, or why there are none.
    pub answers: Vec<(Source, Result<tariff::colour::read::Days<C>, ColourProblem>)>,
    /// Wanted days that no source decided.
    pub undecided: Vec<Date>,
}

/// The last day whose colour may be published at an instant: tomorrow.
pub fn wanted(from: Date, now: Timestamp) -> RangeInclusive<Date> {
    from..=paris::add_days(paris::day_of(now), 1)
}

/// When to ask again: where tomorrow is known, after it is published for the day
/// after; else from 10:20 on, then every half hour.
pub fn ask_again(tomorrow_known: bool, now: Timestamp) -> Timestamp {
    let today = paris::day_of(now);
    match (tomorrow_known, published(today, now)) {
        (true, _) => published(paris::add_days(today, 1), now),
        (false, at) if now < at => at,
        // What is not told by then comes late, and nobody is to be pestered.
        (false, at) if at + SignedDuration::from_hours(6) < now => {
            now + SignedDuration::from_hours(2)
        }
        (false, _) => now + SignedDuration::from_mins(30),
    }
}

/// The same after so many rounds in which no source answered at all.
pub(crate) fn next(tomorrow_known: bool, failures: u32, now: Timestamp) -> Timestamp {
    let usual = ask_again(tomorrow_known, now);
    if failures == 0 {
        return usual;
    }
    let minutes = 30_i64 << failures.min(4).saturating_sub(1);
    now + SignedDuration::from_mins(minutes)
}

/// When a day's sources tell the colour of the day after.
fn published(day: Date, now: Timestamp) -> Timestamp {
    match paris::instants(day.to_datetime(time(10, 20, 0, 0))) {
        paris::Instants::One(at) | paris::Instants::Two(at, _) => at,
        paris::Instants::None => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_is_asked_from_ten_twenty_until_it_is_known() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let morning = at("2026-11-20T07:00:00Z");
        assert_eq!(ask_again(false, morning), at("2026-11-20T09:20:00Z"));
        let noon = at("2026-11-20T11:00:00Z");
        assert_eq!(ask_again(false, noon), at("2026-11-20T11:30:00Z"));
        assert_eq!(ask_again(true, noon), at("2026-11-21T09:20:00Z"));
        let night = at("2026-11-20T20:00:00Z");
        assert_eq!(ask_again(false, night), at("2026-11-20T22:00:00Z"));
        let spring = at("2026-03-28T11:00:00Z");
        assert_eq!(ask_again(true, spring), at("2026-03-29T08:20:00Z"));
    }

    #[test]
    fn sources_that_are_all_silent_are_asked_less_and_less() {
        let now: Timestamp = "2026-11-20T07:00:00Z".parse().unwrap();
        let waits: Vec<i64> = [1, 2, 3, 4, 50]
            .map(|failures| next(true, failures, now).duration_since(now).as_mins())
            .into();
        assert_eq!(waits, [30, 60, 120, 240, 240]);
    }
}
