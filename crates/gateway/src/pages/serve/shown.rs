//! What a person is shown for what the binding says, as two tables.

use grant::server::Failure;

use crate::binding::{CodeTrouble, Outcome};
use crate::pages::{CodeFault, Ending};

/// The tables.
pub(super) struct Shown;

impl Shown {
    /// A code that led nowhere: a fault beside its field, or a page of its own.
    pub fn of(trouble: &CodeTrouble) -> Result<CodeFault, Ending> {
        match trouble {
            CodeTrouble::NotACode => Ok(CodeFault::Malformed),
            CodeTrouble::Unknown => Ok(CodeFault::Unknown),
            CodeTrouble::Expired => Err(Ending::CodeExpired),
            CodeTrouble::Taken => Err(Ending::CodeUsed),
            CodeTrouble::TooMany { .. } => Err(Ending::TooMany),
            CodeTrouble::NothingChosen => Err(Ending::StaleForm),
            CodeTrouble::Store(_) => Err(Ending::Trouble),
        }
    }

    /// Where a flow stands; a challenge has a page of its own.
    pub fn ending(outcome: &Outcome) -> Ending {
        match outcome {
            Outcome::Begun => Ending::AtEnedis,
            Outcome::Working | Outcome::Challenged(_) => Ending::InProgress,
            Outcome::Approved => Ending::Approved,
            Outcome::Denied => Ending::Refused,
            Outcome::Expired => Ending::CodeExpired,
            Outcome::Failed(Failure::Enedis) => Ending::EnedisUnavailable,
            Outcome::Failed(Failure::NotRecorded) => Ending::NotRecorded,
            Outcome::Failed(Failure::NotYours) => Ending::NotYours,
            Outcome::Failed(Failure::Unproved) => Ending::Unproved,
            Outcome::Failed(Failure::Empty) => Ending::Empty,
            Outcome::OtherBrowser => Ending::OtherBrowser,
            Outcome::Unknown => Ending::UnknownReturn,
            Outcome::Refused => Ending::OtherAnswer,
        }
    }
}
