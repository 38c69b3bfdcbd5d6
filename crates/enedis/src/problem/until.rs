//! When calls are welcome again: `Retry-After` or WSO2's `nextAccessTime`.
//!
//! Believed within reason only: a time that has passed, or more than a day
//! away, is as good as none.

use http::{HeaderMap, header};
use jiff::fmt::strtime;
use jiff::{SignedDuration, Timestamp};

const REASONABLE: SignedDuration = SignedDuration::from_hours(24);

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
