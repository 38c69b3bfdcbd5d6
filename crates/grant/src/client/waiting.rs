//! A code is shown; the token endpoint is polled by the letter of RFC 8628,
//! section 3.5, until somebody has answered or the code has lapsed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::answer::Code;
use super::given::Given;
use super::secret::Secret;
use super::tokens::{Heard, Refusal};
use super::{Consent, Next, Over, Why};

/// `slow_down` adds so much, for this and all later polls.
const SLOWER: SignedDuration = SignedDuration::from_secs(5);

/// No interval grows beyond this.
const SLOWEST: SignedDuration = SignedDuration::from_mins(5);

/// A server that cannot be asked at the end of the code is asked for so long
/// still: somebody may have said yes in time.
const GRACE: SignedDuration = SignedDuration::from_hours(1);

/// A consent that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// What we poll with.
    pub device_code: Secret,
    /// What the person types.
    pub user_code: String,
    /// Where the person goes.
    pub link: String,
    /// The same with the code in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_complete: Option<String>,
    /// When it began.
    pub since: Timestamp,
    /// When the code lapses.
    pub until: Timestamp,
    /// Seconds between polls.
    pub interval: i64,
    /// The next poll.
    pub poll_at: Timestamp,
    /// Polls without any answer, in a row.
    #[serde(default)]
    pub failures: u32,
}

impl Waiting {
    /// Waits for the outcome of a code that came just now.
    pub fn begin(code: Code, now: Timestamp) -> Self {
        Self {
            device_code: code.device_code,
            user_code: code.user_code,
            link: code.link,
            link_complete: code.link_complete,
            since: now,
            until: later(now, code.lifetime),
            interval: code.interval.as_secs(),
            poll_at: later(now, code.interval),
            failures: 0,
        }
    }

    /// The link that is worth a QR code.
    pub fn best_link(&self) -> &str {
        self.link_complete.as_deref().unwrap_or(&self.link)
    }

    pub(super) fn next(&self, now: Timestamp) -> Next {
        // A clock that was set back must not make a person wait for hours.
        let unlikely = self.poll_at.duration_since(now) > SLOWEST + SLOWER;
        if now >= self.poll_at || unlikely {
            return Next::Poll;
        }
        Next::Wait(self.poll_at)
    }

    pub(super) fn heard(mut self, heard: Heard, now: Timestamp) -> Consent {
        let refusal = match heard {
            Heard::Tokens(tokens) => return Consent::Given(Given::new(tokens, now)),
            Heard::Trouble => return self.patient(now),
            Heard::Refused(refusal) => refusal,
        };
        match refusal {
            Refusal::Pending(_) if now >= self.until => Over::at(Why::Lapsed, now),
            Refusal::Pending(told) => {
                self.slow_to(told.unwrap_or_default());
                self.again(now)
            }
            Refusal::SlowDown(_) if self.is_hopeless(now) => Over::at(Why::Lapsed, now),
            Refusal::SlowDown(told) => {
                let slower = self.interval() + SLOWER;
                self.slow_to(told.map_or(slower, |told| told.max(slower)));
                self.again(now)
            }
            // The proxy of Domoticz knows lapsed codes no longer.
            Refusal::Expired | Refusal::InvalidGrant => Over::at(Why::Lapsed, now),
            Refusal::Denied => Over::at(Why::Refused, now),
            Refusal::InvalidRequest => Over::at(Why::Rejected("invalid_request".to_owned()), now),
            Refusal::Other(error) => Over::at(Why::Rejected(error), now),
        }
    }

    /// Exponential back-off, as section 3.5 wants it after a time-out.
    fn patient(mut self, now: Timestamp) -> Consent {
        if self.is_hopeless(now) {
            return Over::at(Why::Lapsed, now);
        }
        self.failures = self.failures.saturating_add(1);
        let factor = 1_i32 << self.failures.min(8);
        self.poll_at = later(now, (self.interval() * factor).min(SLOWEST));
        Consent::Waiting(self)
    }

    fn again(mut self, now: Timestamp) -> Consent {
        self.failures = 0;
        self.poll_at = later(now, self.interval());
        Consent::Waiting(self)
    }

    fn slow_to(&mut self, interval: SignedDuration) {
        let interval = interval.min(SLOWEST).as_secs();
        self.interval = self.interval.max(interval);
    }

    fn interval(&self) -> SignedDuration {
        SignedDuration::from_secs(self.interval.clamp(1, SLOWEST.as_secs()))
    }

    fn is_hopeless(&self, now: Timestamp) -> bool {
        now >= later(self.until, GRACE)
    }
}

pub(super) fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}
