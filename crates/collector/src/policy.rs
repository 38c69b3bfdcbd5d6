//! What each problem leads to: one table, read by the sync and shown in the guide.
//!
//! A doubtful problem never discards anything: the worst it does is to wait.

use enedis::{Problem, QuotaKind, RequestFault, Unreachable};
use jiff::civil::time;
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

/// What a problem keeps back: a column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing: it is an answer without data.
    Answer,
    /// The days before the service began.
    Border,
    /// The days before what is kept.
    Beyond,
    /// The days of one call.
    Window,
    /// One kind of data in one direction.
    Series,
    /// One direction of a usage point.
    Direction,
    /// A usage point.
    UsagePoint,
    /// Everything asked of the source.
    Source,
}

/// For how long: a column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// The day's own rhythm.
    Rhythm,
    /// Never by itself.
    Never,
    /// 1, 2, 4, 8, then every 12 hours.
    BackOff,
    /// 1, 2, 4, 8, then every 16 hours.
    Doubling,
    /// A moment, [`BURSTS`] times, then until the clock hour is over.
    Moments,
    /// Until the clock hour is over.
    ClockHour,
    /// Until the day is over.
    NextDay,
    /// Until 8 in the morning.
    Morning,
    /// Until a person has acted: looked at before each round, without a call.
    Person,
    /// A day.
    Day,
    /// A month, or as configured.
    Month,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What is kept back.
    pub reach: Reach,
    /// For how long, unless the answer itself says so believably.
    pub wait: Wait,
}

/// How often a call that was too fast is repeated before the source is left alone.
pub const BURSTS: u32 = 3;

/// The table: each problem has one row.
pub fn rule(problem: &Problem) -> Rule {
    let (reach, wait) = match problem {
        Problem::NoData | Problem::NothingPublished => (Reach::Answer, Wait::Rhythm),
        Problem::BeforeActivation => (Reach::Border, Wait::Never),
        Problem::BeyondHistory | Problem::BeforeConsent => (Reach::Beyond, Wait::Never),
        Problem::WrongDirection => (Reach::Direction, Wait::Month),
        Problem::CurveNotActivated
        | Problem::ApiNotSubscribed
        | Problem::NotCovered
        | Problem::BadRequest { .. }
        | Problem::WindowTooLong => (Reach::Series, Wait::Day),
        Problem::NotHolder
        | Problem::NoConsent
        | Problem::ConsentInDoubt
        | Problem::TermsToAccept
        | Problem::ServicesAbsent
        | Problem::TokenRefused
        | Problem::AccessDenied
        | Problem::ConsentUnfinished
        | Problem::BadDuration => (Reach::UsagePoint, Wait::Day),
        Problem::TokenExpired | Problem::BadCredentials | Problem::NoSuchResource => {
            (Reach::Source, Wait::Doubling)
        }
        Problem::Quota { kind, .. } => match kind {
            QuotaKind::Daily => (Reach::UsagePoint, Wait::NextDay),
            QuotaKind::Burst | QuotaKind::Unsaid => (Reach::Source, Wait::Moments),
            QuotaKind::Hourly | QuotaKind::Own => (Reach::Source, Wait::ClockHour),
        },
        Problem::AddressBlocked | Problem::PortalChanged { .. } => (Reach::Source, Wait::Day),
        Problem::NightClosure => (Reach::Source, Wait::Morning),
        // Known without a call: looked at anew before each sync.
        Problem::ConsentAbsent
        | Problem::ConsentAwaited
        | Problem::CodeLapsed
        | Problem::TokenFile { .. }
        | Problem::PortalAccount
        | Problem::PortalFile { .. }
        | Problem::PortalLogin
        | Problem::PortalCaptcha
        | Problem::PortalCookie => (Reach::UsagePoint, Wait::Person),
        Problem::TokenNotRenewed => (Reach::UsagePoint, Wait::BackOff),
        // A call that takes too long or breaks off may be this call's trouble.
        Problem::Unreachable {
            cause: Unreachable::Timeout | Unreachable::BrokeOff | Unreachable::TooLarge,
        }
        | Problem::Outage { .. }
        | Problem::GatewayOutage { .. }
        | Problem::Malformed { .. }
        | Problem::WrongUsagePoint => (Reach::Window, Wait::BackOff),
        // A host that cannot be reached is everyone's.
        Problem::Unreachable { .. } | Problem::MassRefusal | Problem::PortalSession => {
            (Reach::Source, Wait::BackOff)
        }
    };
    Rule { reach, wait }
}

/// What a problem leads to, after that many failures in a row.
pub fn policy(problem: &Problem, failures: u32, now: Timestamp) -> Policy {
    let Rule { reach, wait } = rule(problem);
    if wait == Wait::Moments && failures < BURSTS && problem.said_until().is_none() {
        return Policy::Again(SignedDuration::from_secs(2));
    }
    let until = problem.said_until().map_or_else(
        || wait.end(failures, now),
        |until| until.max(later(now, SignedDuration::from_secs(1))),
    );
    match reach {
        Reach::Answer => Policy::Empty,
        Reach::Border => Policy::Border,
        Reach::Beyond => Policy::Beyond,
        Reach::Window => Policy::Skip,
        Reach::Series => Policy::Series(until),
        Reach::Direction => Policy::Direction(until),
        Reach::UsagePoint => Policy::UsagePoint(until),
        Reach::Source => Policy::Source(until),
    }
}

impl Wait {
    fn end(self, failures: u32, now: Timestamp) -> Timestamp {
        let hours = |hours| later(now, SignedDuration::from_hours(hours));
        match self {
            Self::Rhythm | Self::Never => now,
            Self::BackOff | Self::Person => back_off(failures, now),
            Self::Doubling => hours(1 << failures.min(4)),
            Self::Moments | Self::ClockHour => next_hour(now),
            Self::NextDay => next_day(now),
            Self::Morning => morning(now),
            Self::Day => hours(24),
            Self::Month => hours(30 * 24),
        }
    }
}

/// What an answer is called once the hour is known: Enedis closes at night
/// (reference, 2.4), and says no more than that it is out of service.
pub(crate) fn by_the_hour(problem: Problem, now: Timestamp) -> Problem {
    let hour = paris::local(now).hour();
    match problem {
        Problem::Outage { status: 503, .. } | Problem::GatewayOutage { status: 503, .. }
            if !(8..22).contains(&hour) =>
        {
            Problem::NightClosure
        }
        other => other,
    }
}

/// Whether it is about one person's consent, which Enedis may also be wrong about.
pub(crate) fn concerns_consent(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NoConsent
            | Problem::ConsentInDoubt
            | Problem::NotHolder
            | Problem::ServicesAbsent
            | Problem::TokenRefused
    )
}

/// A problem of every kind, for tables that must not forget one.
pub fn every_problem() -> Vec<Problem> {
    std::iter::successors(Some(Problem::NoData), after).collect()
}

/// The problem that follows in the table. A new variant does not build before
/// it has its place.
fn after(problem: &Problem) -> Option<Problem> {
    let quota = |kind| Some(Problem::Quota { kind, until: None });
    match problem {
        Problem::NoData => Some(Problem::NothingPublished),
        Problem::NothingPublished => Some(Problem::WrongDirection),
        Problem::WrongDirection => Some(Problem::BeforeActivation),
        Problem::BeforeActivation => Some(Problem::BeyondHistory),
        Problem::BeyondHistory => Some(Problem::BeforeConsent),
        Problem::BeforeConsent => Some(Problem::CurveNotActivated),
        Problem::CurveNotActivated => Some(Problem::NotHolder),
        Problem::NotHolder => Some(Problem::TermsToAccept),
        Problem::TermsToAccept => Some(Problem::NoConsent),
        Problem::NoConsent => Some(Problem::ConsentInDoubt),
        Problem::ConsentInDoubt => Some(Problem::ServicesAbsent),
        Problem::ServicesAbsent => Some(Problem::MassRefusal),
        Problem::MassRefusal => Some(Problem::TokenExpired),
        Problem::TokenExpired => Some(Problem::BadCredentials),
        Problem::BadCredentials => Some(Problem::TokenRefused),
        Problem::TokenRefused => Some(Problem::ApiNotSubscribed),
        Problem::ApiNotSubscribed => quota(QuotaKind::Burst),
        Problem::Quota { kind, .. } => match kind {
            QuotaKind::Burst | QuotaKind::Unsaid => quota(QuotaKind::Hourly),
            QuotaKind::Hourly => quota(QuotaKind::Daily),
            QuotaKind::Daily => quota(QuotaKind::Own),
            QuotaKind::Own => Some(Problem::NightClosure),
        },
        Problem::NightClosure => Some(Problem::Outage {
            status: 500,
            detail: String::new(),
            until: None,
        }),
        Problem::Outage { .. } => Some(Problem::GatewayOutage {
            status: 502,
            until: None,
        }),
        Problem::GatewayOutage { .. } => Some(Problem::AddressBlocked),
        Problem::AddressBlocked => Some(Problem::Unreachable {
            cause: Unreachable::Connect,
        }),
        Problem::Unreachable { .. } => Some(Problem::Malformed {
            detail: String::new(),
        }),
        Problem::Malformed { .. } => Some(Problem::WrongUsagePoint),
        Problem::WrongUsagePoint => Some(Problem::NoSuchResource),
        Problem::NoSuchResource => Some(Problem::BadRequest {
            fault: RequestFault::Unsaid,
        }),
        Problem::BadRequest { .. } => Some(Problem::WindowTooLong),
        Problem::WindowTooLong => Some(Problem::AccessDenied),
        Problem::AccessDenied => Some(Problem::ConsentUnfinished),
        Problem::ConsentUnfinished => Some(Problem::BadDuration),
        Problem::BadDuration => Some(Problem::ConsentAbsent),
        Problem::ConsentAbsent => Some(Problem::ConsentAwaited),
        Problem::ConsentAwaited => Some(Problem::CodeLapsed),
        Problem::CodeLapsed => Some(Problem::TokenNotRenewed),
        Problem::TokenNotRenewed => Some(Problem::NotCovered),
        Problem::NotCovered => Some(Problem::TokenFile {
            detail: String::new(),
        }),
        Problem::TokenFile { .. } => Some(Problem::PortalAccount),
        Problem::PortalAccount => Some(Problem::PortalFile {
            detail: String::new(),
        }),
        Problem::PortalFile { .. } => Some(Problem::PortalLogin),
        Problem::PortalLogin => Some(Problem::PortalCaptcha),
        Problem::PortalCaptcha => Some(Problem::PortalCookie),
        Problem::PortalCookie => Some(Problem::PortalChanged {
            detail: String::new(),
        }),
        Problem::PortalChanged { .. } => Some(Problem::PortalSession),
        Problem::PortalSession => None,
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
            | Problem::TermsToAccept
            | Problem::ServicesAbsent
            | Problem::MassRefusal
            | Problem::TokenExpired
            | Problem::BadCredentials
            | Problem::TokenRefused
            | Problem::NotCovered
            | Problem::PortalChanged { .. }
            | Problem::ApiNotSubscribed
            | Problem::NoSuchResource
            | Problem::Unreachable { .. }
    )
}

/// Whether something was said while the clock was days ahead: waiting for that
/// could take years. A clock that is a day off is believed, so that it makes no
/// extra call.
pub(crate) fn is_far_ahead(said: Timestamp, now: Timestamp) -> bool {
    said > believed_until(now)
}

/// What was said after this instant was said by a clock that is not believed.
pub(crate) fn believed_until(now: Timestamp) -> Timestamp {
    later(now, SignedDuration::from_hours(48))
}

/// The next try after failures in a row: 1, 2, 4, 8, then every 12 hours.
pub fn back_off(failures: u32, now: Timestamp) -> Timestamp {
    let hours = (1_i64 << failures.min(4)).min(12);
    later(now, SignedDuration::from_hours(hours))
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

/// The next 8 o'clock, with a moment of grace.
fn morning(now: Timestamp) -> Timestamp {
    let today = paris::day_of(now);
    let eight = |day: jiff::civil::Date| match paris::instants(day.to_datetime(time(8, 5, 0, 0))) {
        paris::Instants::One(at) | paris::Instants::Two(at, _) => at,
        paris::Instants::None => paris::day_end(day),
    };
    let at = eight(today);
    if at > now {
        at
    } else {
        eight(paris::add_days(today, 1))
    }
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
    fn out_of_service_at_night_is_closed_until_eight_and_by_day_an_outage() {
        let out = Problem::Outage {
            status: 503,
            detail: String::new(),
            until: None,
        };
        let night = "2026-11-21T21:20:00Z".parse().unwrap();
        assert_eq!(by_the_hour(out.clone(), now()), out);
        assert_eq!(by_the_hour(out, night), Problem::NightClosure);
        let until = "2026-11-22T07:05:00Z".parse().unwrap();
        assert_eq!(
            policy(&Problem::NightClosure, 3, night),
            Policy::Source(until)
        );
    }

    #[test]
    fn the_table_has_every_problem_once() {
        let codes: Vec<&str> = every_problem().iter().map(Problem::code).collect();
        let mut once = codes.clone();
        once.sort_unstable();
        once.dedup();
        let quotas = codes.iter().filter(|code| **code == "quota").count();
        assert_eq!((codes.len() - quotas + 1, quotas), (once.len(), 4));
    }

    #[test]
    fn back_off_grows_and_stops_growing() {
        let waits: Vec<i64> = (0..7)
            .map(|failures| back_off(failures, now()).duration_since(now()).as_hours())
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 12, 12, 12]);
    }
}
