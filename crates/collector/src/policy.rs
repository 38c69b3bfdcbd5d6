//! What each problem leads to: one table, read by the sync.
//!
//! A doubtful problem never discards anything: the worst it does is to wait.

use enedis::{Problem, QuotaKind, Unreachable};
use jiff::{SignedDuration, Timestamp};
use meter::paris;

/// What a problem leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// An answer without data: the days are judged by their age.
    Empty,
    /// The window begins before the service did: look for the border.
    Border,
    /// The window's first day is older than what is kept.
    Beyond,
    /// Ask once more after a moment.
    Again(SignedDuration),
    /// Leave this window for now and go on with the others.
    Skip,
    /// Leave this series until then.
    Series(Timestamp),
    /// Leave this direction of the usage point until then.
    Direction(Timestamp),
    /// Leave the usage point until then.
    UsagePoint(Timestamp),
    /// Leave the whole source until then.
    Source(Timestamp),
}

/// How often a call that was too fast is repeated before the source is left alone.
pub const BURSTS: u32 = 3;

/// What a problem leads to, after that many failures in a row.
pub fn policy(problem: &Problem, failures: u32, now: Timestamp) -> Policy {
    let hours = |hours| later(now, SignedDuration::from_hours(hours));
    match problem {
        Problem::NoData => Policy::Empty,
        Problem::BeforeActivation => Policy::Border,
        Problem::BeyondHistory | Problem::BeforeConsent => Policy::Beyond,
        Problem::WrongDirection => Policy::Direction(hours(30 * 24)),
        Problem::CurveNotActivated
        | Problem::ApiNotSubscribed
        | Problem::BadRequest { .. }
        | Problem::WindowTooLong => Policy::Series(hours(24)),
        Problem::NotHolder
        | Problem::NoConsent
        | Problem::ConsentInDoubt
        | Problem::ServicesAbsent
        | Problem::TokenRefused
        | Problem::AccessDenied
        | Problem::ConsentUnfinished
        | Problem::BadDuration => Policy::UsagePoint(hours(24)),
        Problem::TokenExpired | Problem::BadCredentials | Problem::NoSuchResource => {
            Policy::Source(hours(1 << failures.min(4)))
        }
        Problem::Quota {
            kind: QuotaKind::Daily,
            until,
        } => Policy::UsagePoint(until.unwrap_or_else(|| next_day(now))),
        Problem::Quota { kind, until } => quota(*kind, *until, failures, now),
        Problem::AddressBlocked => Policy::Source(hours(24)),
        // A call that takes too long or breaks off may be this call's trouble.
        Problem::Unreachable {
            cause: Unreachable::Timeout | Unreachable::BrokeOff | Unreachable::TooLarge,
        }
        | Problem::Outage { .. }
        | Problem::GatewayOutage { .. }
        | Problem::Malformed { .. }
        | Problem::WrongUsagePoint => Policy::Skip,
        // A host that cannot be reached is everyone's.
        Problem::Unreachable { .. } => Policy::Source(back_off(failures, now)),
    }
}

/// Whether somebody may have cured it in the meantime: a sync that a person
/// starts then tries, where one that starts by itself still waits. Quotas and
/// outages are in nobody's hand here.
pub fn may_be_cured_by_hand(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::CurveNotActivated
            | Problem::NotHolder
            | Problem::NoConsent
            | Problem::ConsentInDoubt
            | Problem::ServicesAbsent
            | Problem::TokenExpired
            | Problem::BadCredentials
            | Problem::TokenRefused
            | Problem::ApiNotSubscribed
            | Problem::NoSuchResource
            | Problem::Unreachable { .. }
    )
}

/// Whether something was said while the clock was days ahead: waiting for that
/// could take years. A clock that is a day off is believed, so that it makes no
/// extra call.
pub(crate) fn is_far_ahead(said: Timestamp, now: Timestamp) -> bool {
    said.duration_since(now) > SignedDuration::from_hours(48)
}

/// The next try after failures in a row: 1, 2, 4, 8, then every 12 hours.
pub fn back_off(failures: u32, now: Timestamp) -> Timestamp {
    let hours = (1_i64 << failures.min(4)).min(12);
    later(now, SignedDuration::from_hours(hours))
}

fn quota(kind: QuotaKind, until: Option<Timestamp>, failures: u32, now: Timestamp) -> Policy {
    match (kind, until) {
        (_, Some(until)) => Policy::Source(until.max(later(now, SignedDuration::from_secs(1)))),
        (QuotaKind::Burst | QuotaKind::Unsaid, None) if failures < BURSTS => {
            Policy::Again(SignedDuration::from_secs(2))
        }
        _ => Policy::Source(next_hour(now)),
    }
}

/// Quotas are counted by the clock hour; a minute of grace for clocks that differ.
fn next_hour(now: Timestamp) -> Timestamp {
    let into_hour = now.as_second().rem_euclid(3600);
    later(now, SignedDuration::from_secs(3600 - into_hour + 60))
}

/// A day's quota begins anew at a midnight that gateways do not name: that of
/// Paris or, an hour or two later, that of UTC. Both are past then.
fn next_day(now: Timestamp) -> Timestamp {
    let midnight = paris::day_end(paris::day_of(now));
    later(midnight, SignedDuration::from_mins(125))
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T12:20:00Z".parse().unwrap()
    }

    #[test]
    fn a_quota_without_a_time_ends_with_the_clock_hour() {
        let problem = Problem::Quota {
            kind: QuotaKind::Hourly,
            until: None,
        };
        let until = "2026-11-21T13:01:00Z".parse().unwrap();
        assert_eq!(policy(&problem, 0, now()), Policy::Source(until));
    }

    #[test]
    fn a_burst_is_repeated_and_then_left() {
        let problem = Problem::Quota {
            kind: QuotaKind::Burst,
            until: None,
        };
        assert!(matches!(policy(&problem, 0, now()), Policy::Again(_)));
        assert!(matches!(policy(&problem, BURSTS, now()), Policy::Source(_)));
    }

    #[test]
    fn a_spent_day_leaves_one_usage_point_until_the_next_has_begun_everywhere() {
        let problem = Problem::Quota {
            kind: QuotaKind::Daily,
            until: None,
        };
        let until = "2026-11-22T01:05:00Z".parse().unwrap();
        assert_eq!(policy(&problem, 0, now()), Policy::UsagePoint(until));
    }

    #[test]
    fn back_off_grows_and_stops_growing() {
        let waits: Vec<i64> = (0..7)
            .map(|failures| back_off(failures, now()).duration_since(now()).as_hours())
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 12, 12, 12]);
    }
}
