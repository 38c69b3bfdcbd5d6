//! When calls are welcome again: `Retry-After` or WSO2's `nextAccessTime`.
//!
//! Believed within reason only: a time that has passed, or more than a day
//! away, is as good as none.

use http::{HeaderMap, header};
use jiff::fmt::strtime;
use jiff::{SignedDuration, Timestamp};

use super::Problem;

const REASONABLE: SignedDuration = SignedDuration::from_hours(24);

impl Problem {
    /// When calls are welcome again, where the answer has said so believably.
    pub fn said_until(&self) -> Option<Timestamp> {
        match self {
            Self::Quota { until, .. }
            | Self::Outage { until, .. }
            | Self::GatewayOutage { until, .. } => *until,
            _ => None,
        }
    }

    /// The same problem with another end, where it can have one.
    pub(crate) fn saying(mut self, said: Option<Timestamp>) -> Self {
        match &mut self {
            Self::Quota { until, .. }
            | Self::Outage { until, .. }
            | Self::GatewayOutage { until, .. } => *until = said,
            _ => {}
        }
        self
    }
}

pub(super) fn until(
    now: Timestamp,
    headers: &HeaderMap,
    next_access: Option<&str>,
) -> Option<Timestamp> {
    let retry_after = headers.get(header::RETRY_AFTER);
    let retry_after = retry_after.and_then(|value| value.to_str().ok());
    let said = retry_after
        .and_then(|text| retry_after_time(now, text.trim()))
        .or_else(|| next_access.and_then(next_access_time))?;
    let wait = said.duration_since(now);
    (wait.is_positive() && wait <= REASONABLE).then_some(said)
}

fn retry_after_time(now: Timestamp, text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<u32>() {
        let wait = SignedDuration::from_secs(i64::from(seconds));
        return now.checked_add(wait).ok();
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(date.timestamp())
}

/// `2026-Jan-09 05:00:00+0000 UTC`
fn next_access_time(text: &str) -> Option<Timestamp> {
    let text = text.trim().trim_end_matches("UTC").trim_end();
    let time = strtime::parse("%Y-%b-%d %H:%M:%S%z", text).ok()?;
    time.to_timestamp().ok()
}
