//! The client's half: how a box asks, shows a code, polls, and keeps its tokens.
//!
//! A [`Consent`] is everything that outlives a restart; it is a value that time
//! and answers move on. Whoever drives it asks [`Consent::next`] what to do,
//! does it, and hands back what was [`Heard`].

mod answer;
mod form;
mod given;
mod secret;
mod tokens;
mod waiting;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use answer::{Code, Unusable, read_code};
pub use form::{DEVICE_GRANT, REFRESH_GRANT, form};
pub use given::{Doubt, Given, Trouble};
pub use secret::Secret;
pub use tokens::{Heard, Refusal, Tokens, read_token};
pub use waiting::Waiting;

/// Where a consent stands, as it is kept on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Consent {
    /// A code is shown, and a person is awaited.
    Waiting(Waiting),
    /// Tokens are held.
    Given(Given),
    /// Nothing is asked any more until a person begins again.
    Over(Over),
}

/// A consent that has come to nothing, or to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// Why.
    pub why: Why,
    /// Since when.
    pub since: Timestamp,
    /// The tokens that it had: they are not thrown away, whatever was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Box<Given>>,
}

/// Why a consent is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The code lapsed before anyone used it (RFC 8628, `expired_token`).
    Lapsed,
    /// The person said no (`access_denied`).
    Refused,
    /// The server wants no such request from us; its error code.
    Rejected(String),
    /// The tokens were refused twice, a day apart.
    Withdrawn,
    /// The last token expired, and there is none to renew it with.
    Expired,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Ask the token endpoint whether the person has answered.
    Poll,
    /// The access token can be used.
    Use,
    /// Renew the access token first.
    Refresh,
    /// Nothing before that instant.
    Wait(Timestamp),
    /// Nothing at all.
    Nothing,
}

impl Consent {
    /// What may be done now.
    pub fn next(&self, now: Timestamp) -> Next {
        match self {
            Self::Waiting(waiting) => waiting.next(now),
            Self::Given(given) => given.next(now),
            Self::Over(_) => Next::Nothing,
        }
    }

    /// Where it stands after the token endpoint has answered, or has not.
    #[must_use]
    pub fn heard(self, heard: Heard, now: Timestamp) -> Self {
        match self {
            Self::Waiting(waiting) => waiting.heard(heard, now),
            Self::Given(given) => given.heard(heard, now),
            over @ Self::Over(_) => over,
        }
    }
}

impl Over {
    pub(crate) fn at(why: Why, since: Timestamp) -> Consent {
        Consent::Over(Self {
            why,
            since,
            kept: None,
        })
    }
}
