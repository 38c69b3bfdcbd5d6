//! What a box is told when it asks whether it has its tokens (RFC 8628 section
//! 3.5).

use jiff::{SignedDuration, Timestamp};

use super::flow::{Flow, State};

/// Every poll that came too fast makes the interval this much longer.
const PUSH_BACK: i64 = 5;
/// But never longer than this.
const LONGEST: i64 = 60;
/// What the network may shorten an interval by.
const TOLERANCE: i64 = 1;
/// How long a redemption may be repeated when its answer was lost.
const REPEATABLE: SignedDuration = SignedDuration::from_mins(5);

/// What a box is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollAnswer {
    /// `authorization_pending`.
    Pending,
    /// `slow_down`; the flow's interval has grown.
    SlowDown,
    /// `access_denied`.
    Denied,
    /// `expired_token`.
    Expired,
    /// Tokens, for the first time.
    Redeem,
    /// Tokens once more: the first answer was lost. Those of before die.
    Redeliver,
    /// `invalid_grant`: the code has been used.
    Used,
}

/// Decides, and keeps the flow's book of polls. `presented` says whether any
/// token of this flow was ever used.
///
/// An approved flow is served however fast the box polls: some add only a
/// second to their interval and would starve. A pending one is never destroyed
/// for it.
pub fn poll(flow: Flow, now: Timestamp, presented: bool) -> (PollAnswer, Flow) {
    let hasty = is_hasty(&flow, now);
    let answer = match &flow.state {
        State::Denied | State::Failed(_) => return (PollAnswer::Denied, flow),
        State::Expired => return (PollAnswer::Expired, flow),
        State::Approved { .. } => PollAnswer::Redeem,
        State::Redeemed { first, .. } => {
            if presented || now.duration_since(*first) > REPEATABLE {
                PollAnswer::Used
            } else if hasty {
                PollAnswer::SlowDown
            } else {
                PollAnswer::Redeliver
            }
        }
        _ if flow.is_overdue(now) => return (PollAnswer::Expired, flow),
        _ if hasty => PollAnswer::SlowDown,
        _ => PollAnswer::Pending,
    };
    let pushed = answer == PollAnswer::SlowDown && flow.is_open();
    let interval = if pushed {
        (flow.interval + PUSH_BACK).min(LONGEST)
    } else {
        flow.interval
    };
    let flow = Flow {
        interval,
        last_poll: Some(now),
        ..flow
    };
    (answer, flow)
}

/// The first poll is never too early: some boxes ask at once.
fn is_hasty(flow: &Flow, now: Timestamp) -> bool {
    let wait = SignedDuration::from_secs(flow.interval - TOLERANCE);
    flow.last_poll
        .is_some_and(|last| now.duration_since(last) < wait)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::flow::QUIET;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    fn begun() -> Flow {
        Flow::begin(at(0), SignedDuration::from_secs(1200), 5)
    }

    fn approved(second: i64) -> Flow {
        let flow = begun().confirm(at(1)).unwrap().depart(at(1)).unwrap();
        let flow = flow.come_back(at(2), at(1)).unwrap().resolve().unwrap();
        let quiet = at(second) - QUIET;
        flow.quiet(quiet).unwrap().approve(at(second)).unwrap()
    }

    #[test]
    fn d9_the_first_poll_waits_for_nothing_and_each_hasty_one_costs_five_seconds() {
        let (answer, flow) = poll(begun(), at(0), false);
        assert_eq!(answer, PollAnswer::Pending);
        let (answer, flow) = poll(flow, at(1), false);
        assert_eq!((answer, flow.interval), (PollAnswer::SlowDown, 10));
        let (answer, flow) = poll(flow, at(10), false);
        assert_eq!((answer, flow.interval), (PollAnswer::Pending, 10));
        let mut flow = flow;
        for second in 11..40 {
            let (answer, next) = poll(flow, at(second), false);
            assert_eq!(answer, PollAnswer::SlowDown);
            flow = next;
        }
        assert_eq!(flow.interval, 60);
        assert_eq!(flow.state, State::Pending);
    }

    #[test]
    fn an_approved_flow_is_served_however_fast_the_box_polls() {
        let flow = Flow {
            last_poll: Some(at(20)),
            interval: 60,
            ..approved(20)
        };
        assert_eq!(poll(flow, at(20), false).0, PollAnswer::Redeem);
    }

    #[test]
    fn a_lost_answer_is_given_again_for_five_minutes_until_a_token_was_seen() {
        let (_, flow) = poll(approved(20), at(20), false);
        let flow = flow.redeem(at(20)).unwrap();
        assert_eq!(poll(flow.clone(), at(21), false).0, PollAnswer::SlowDown);
        assert_eq!(poll(flow.clone(), at(25), false).0, PollAnswer::Redeliver);
        assert_eq!(poll(flow.clone(), at(25), true).0, PollAnswer::Used);
        assert_eq!(poll(flow.clone(), at(320), false).0, PollAnswer::Redeliver);
        assert_eq!(poll(flow, at(321), false).0, PollAnswer::Used);
    }

    #[test]
    fn d8_ends_are_told_apart() {
        assert_eq!(poll(begun(), at(1200), false).0, PollAnswer::Expired);
        let denied = begun().deny().unwrap();
        assert_eq!(poll(denied, at(5), false).0, PollAnswer::Denied);
        let expired = begun().expire(at(1200)).unwrap();
        assert_eq!(poll(expired, at(1300), false).0, PollAnswer::Expired);
    }
}
