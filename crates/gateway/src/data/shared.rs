//! What is said when the calls that Enedis allows are used up: that they are
//! everybody's, and when they open again.

use jiff::{SignedDuration, Timestamp};
use meter::paris;
use service::{Lang, tr};

/// Seconds to wait where Enedis did not say how long.
const UNSAID: i64 = 60;

/// Seconds until the quota opens again, at least one.
pub(super) fn seconds_until(now: Timestamp, until: Option<Timestamp>) -> i64 {
    until.map_or(UNSAID, |until| until.duration_since(now).as_secs().max(1))
}

/// The sentence, with the hour of Paris.
pub(super) fn quota(lang: Lang, now: Timestamp, seconds: i64) -> String {
    let until = now + SignedDuration::from_secs(seconds);
    let clock = paris::local(until).strftime("%H:%M").to_string();
    tr(lang, "gateway-quota-shared", &[("time", &clock)])
}
