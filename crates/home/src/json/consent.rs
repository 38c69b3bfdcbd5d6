//! `consent --json`: consents without their tokens.

use collector::consents::Record;
use grant::client::{Consent, Why};
use jiff::Timestamp;
use meter::UsagePoint;
use schemars::JsonSchema;
use serde::Serialize;

use super::Prm;

/// Consents, and how each stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Consents {
    /// Oldest first.
    pub consents: Vec<ConsentEntry>,
}

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConsentEntry {
    /// Its name, for `renew` and `forget`.
    pub id: String,
    /// The source that it is for.
    pub source: String,
    /// How it stands.
    pub state: ConsentState,
    /// Since when.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub since: Timestamp,
    /// When the code lapses, or the consent ends; null: it was not said.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub until: Option<Timestamp>,
    /// Whose readings it covers; empty: it was not said.
    #[schemars(with = "Vec<Prm>")]
    pub usage_points: Vec<UsagePoint>,
    /// Where a person answers, while it waits.
    pub link: Option<String>,
    /// What the person types there.
    pub code: Option<String>,
    /// What the gateway said of a request that it does not want.
    pub error: Option<String>,
}

/// How a consent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentState {
    /// A code waits to be answered.
    Waiting,
    /// It is given.
    Given,
    /// It is given; the gateway has refused its tokens once.
    InDoubt,
    /// The code lapsed before anyone answered.
    Lapsed,
    /// The person said no.
    Refused,
    /// The gateway does not want such a request.
    Rejected,
    /// Its tokens were refused twice, a day apart.
    Withdrawn,
    /// It has come to its end.
    Expired,
}

impl ConsentEntry {
    /// A consent without its tokens.
    pub fn of(record: &Record) -> Self {
        let mut entry = Self {
            id: record.id.clone(),
            source: record.source.clone(),
            state: ConsentState::Waiting,
            since: Timestamp::UNIX_EPOCH,
            until: record.ends,
            usage_points: Vec::new(),
            link: None,
            code: None,
            error: None,
        };
        match &record.consent {
            Consent::Waiting(waiting) => {
                entry.since = waiting.since;
                entry.until = Some(waiting.until);
                entry.link = Some(waiting.best_link().to_owned());
                entry.code = Some(waiting.user_code.clone());
            }
            Consent::Given(given) => {
                entry.state = match given.doubt {
                    Some(_) => ConsentState::InDoubt,
                    None => ConsentState::Given,
                };
                entry.since = given.since;
                entry.usage_points.clone_from(&given.usage_points);
            }
            Consent::Over(over) => {
                entry.since = over.since;
                entry.state = match &over.why {
                    Why::Lapsed => ConsentState::Lapsed,
                    Why::Refused => ConsentState::Refused,
                    Why::Rejected(error) => {
                        entry.error = Some(error.clone());
                        ConsentState::Rejected
                    }
                    Why::Withdrawn => ConsentState::Withdrawn,
                    Why::Expired => ConsentState::Expired,
                };
                if let Some(kept) = &over.kept {
                    entry.usage_points.clone_from(&kept.usage_points);
                }
            }
        }
        entry
    }
}

impl ConsentState {
    /// The word in JSON and in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Given => "given",
            Self::InDoubt => "in-doubt",
            Self::Lapsed => "lapsed",
            Self::Refused => "refused",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}
