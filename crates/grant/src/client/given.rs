//! Tokens are held: used, renewed in time, and never dropped on a doubt.
//!
//! A refusal to renew may be a mistake of the server, or of the one behind it.
//! It is believed when it is repeated at least a day later, and even then the
//! tokens stay in the file until a person forgets them.

use jiff::{SignedDuration, Timestamp};
use meter::UsagePoint;
use serde::{Deserialize, Serialize};

use super::secret::Secret;
use super::tokens::{Heard, Refusal, Tokens};
use super::waiting::later;
use super::{Consent, Next, Over, Why};

/// An access token is renewed so long before its end, or in its last tenth.
const MARGIN: SignedDuration = SignedDuration::from_mins(10);

/// A refusal is believed when it is repeated so much later.
const CONFIRMED_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// No failure makes us wait for longer.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(12);

/// Tokens that are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What goes with each call.
    pub access: Secret,
    /// What renews it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<Secret>,
    /// When the access token came.
    pub renewed_at: Timestamp,
    /// When the access token ends.
    pub expires_at: Timestamp,
    /// When the consent was given.
    pub since: Timestamp,
    /// What was granted, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Whose readings it covers; empty: it was not said.
    #[serde(default)]
    pub usage_points: Vec<UsagePoint>,
    /// Renewals that failed, since the last that did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// A refusal that may be a mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
}

/// Renewals that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// How many in a row.
    pub failures: u32,
    /// When to try again.
    pub again_at: Timestamp,
}

/// A refusal that may be a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// When it was said first.
    pub since: Timestamp,
}

impl Given {
    /// Tokens that came just now.
    pub fn new(tokens: Tokens, now: Timestamp) -> Self {
        Self {
            access: tokens.access,
            refresh: tokens.refresh,
            renewed_at: now,
            expires_at: later(now, tokens.lifetime),
            since: now,
            scope: tokens.scope,
            usage_points: tokens.usage_points.unwrap_or_default(),
            trouble: None,
            doubt: None,
        }
    }

    /// Whether a usage point's readings are covered, as far as was said.
    pub fn covers(&self, usage_point: UsagePoint) -> bool {
        self.usage_points.is_empty() || self.usage_points.contains(&usage_point)
    }

    /// A call was refused for its access token, though it should be good: it is
    /// renewed before the next. One that was renewed just now cannot be better.
    pub fn distrust(&mut self, now: Timestamp) {
        self.expires_at = self.expires_at.min(now);
    }

    pub(super) fn next(&self, now: Timestamp) -> Next {
        let left = self.expires_at.duration_since(now);
        if left > self.margin() {
            return Next::Use;
        }
        if self.refresh.is_none() {
            return if left.is_positive() {
                Next::Use
            } else {
                // The driver hears the end by asking in vain.
                Next::Refresh
            };
        }
        match self.trouble {
            // A clock that was set back must not make it wait for days.
            Some(Trouble { again_at, .. })
                if again_at > now && again_at.duration_since(now) <= LONGEST_WAIT =>
            {
                if left.is_positive() {
                    Next::Use
                } else {
                    Next::Wait(again_at)
                }
            }
            _ => Next::Refresh,
        }
    }

    pub(super) fn heard(self, heard: Heard, now: Timestamp) -> Consent {
        let refusal = match heard {
            Heard::Tokens(tokens) => return Consent::Given(self.renewed(tokens, now)),
            Heard::Trouble => return Consent::Given(self.failed(now)),
            Heard::Refused(refusal) => refusal,
        };
        match refusal {
            _ if self.refresh.is_none() => self.over(Why::Expired, now),
            Refusal::InvalidGrant
            | Refusal::InvalidRequest
            | Refusal::Denied
            | Refusal::Expired => self.refused(now),
            // Not about this consent: our client, our pace, their mood.
            Refusal::Pending(_) | Refusal::SlowDown(_) | Refusal::Other(_) => {
                Consent::Given(self.failed(now))
            }
        }
    }

    fn renewed(self, tokens: Tokens, now: Timestamp) -> Self {
        let fresh = Self::new(tokens, now);
        Self {
            // Servers that do not rotate, and those that say it once only.
            refresh: fresh.refresh.or(self.refresh),
            scope: fresh.scope.or(self.scope),
            usage_points: if fresh.usage_points.is_empty() {
                self.usage_points
            } else {
                fresh.usage_points
            },
            since: self.since,
            ..fresh
        }
    }

    fn failed(mut self, now: Timestamp) -> Self {
        let failures = self
            .trouble
            .map_or(1, |trouble| trouble.failures.saturating_add(1));
        let minutes = 1_i64 << failures.min(10);
        let wait = SignedDuration::from_mins(minutes).min(LONGEST_WAIT);
        self.trouble = Some(Trouble {
            failures,
            again_at: later(now, wait),
        });
        self
    }

    fn refused(mut self, now: Timestamp) -> Consent {
        let since = self.doubt.map_or(now, |doubt| doubt.since);
        if now.duration_since(since) >= CONFIRMED_AFTER {
            return self.over(Why::Withdrawn, now);
        }
        // A doubt of the future is a clock's: the day begins anew.
        self.doubt = Some(Doubt {
            since: since.min(now),
        });
        let mut given = self.failed(now);
        if let Some(trouble) = &mut given.trouble {
            // Six hours apart, so that the day's end is not missed by much.
            let wait = SignedDuration::from_hours(6);
            trouble.again_at = later(now, wait);
        }
        Consent::Given(given)
    }

    fn over(self, why: Why, now: Timestamp) -> Consent {
        Consent::Over(Over {
            why,
            since: now,
            kept: Some(Box::new(self)),
        })
    }

    fn margin(&self) -> SignedDuration {
        let life = self.expires_at.duration_since(self.renewed_at);
        // Below nothing where the clock was set back since and the token refused.
        (life / 10).clamp(SignedDuration::ZERO, MARGIN)
    }
}
