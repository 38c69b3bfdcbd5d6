//! What a refresh token that comes again means: a box whose answer was lost,
//! or a thief (RFC 9700 section 4.14.2, with recovery of lost answers).

use jiff::{SignedDuration, Timestamp};

/// A token used again so soon after its first use is the same box, whose
/// answer did not arrive.
pub const GRACE: SignedDuration = SignedDuration::from_secs(60);
/// How many further pairs may be given in that time.
pub const SIBLINGS: i64 = 3;
/// A token that nobody used for so long is dead; boxes sleep for seasons.
pub const IDLE: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What is known of a refresh token when it is presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// When it was issued.
    pub issued: Timestamp,
    /// When its pair was fetched, or last fetched again after a loss.
    pub used: Option<Timestamp>,
    /// How many further pairs were given since `used`.
    pub siblings: i64,
    /// Whether any token that came of it was ever presented.
    pub child_seen: bool,
    /// Whether a refresh token that came of it was itself used to refresh.
    pub child_used: bool,
    /// Whether it was put aside: by a sibling's use, or as an unseen pair.
    pub put_aside: bool,
}

/// What a refresh token is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshAnswer {
    /// A new pair: it is used for the first time. Its siblings die.
    Rotate,
    /// A further pair, beside those given since its first use.
    Sibling,
    /// The pair given before was never seen: it dies, and another is given.
    Recover,
    /// A token that was replaced comes back: somebody else has it. The whole
    /// family dies.
    Replay,
    /// Refused, and nothing else happens.
    Refuse,
    /// Asked too often within the grace: the box may come again.
    TooMany,
}

impl Chain {
    /// Whether its holder may be who it was given to: not when it is dead, nor
    /// when a token that replaced it was used.
    pub fn is_held(&self, now: Timestamp) -> bool {
        let answer = refresh(self, now);
        !matches!(answer, RefreshAnswer::Replay | RefreshAnswer::Refuse)
    }
}

/// Decides what a presented refresh token is answered with.
pub fn refresh(chain: &Chain, now: Timestamp) -> RefreshAnswer {
    if chain.put_aside {
        return RefreshAnswer::Refuse;
    }
    let Some(used) = chain.used else {
        let idle = now.duration_since(chain.issued) > IDLE;
        return if idle {
            RefreshAnswer::Refuse
        } else {
            RefreshAnswer::Rotate
        };
    };
    if now.duration_since(used) <= GRACE {
        return if chain.child_used {
            RefreshAnswer::Refuse
        } else if chain.siblings < SIBLINGS {
            RefreshAnswer::Sibling
        } else {
            RefreshAnswer::TooMany
        };
    }
    if chain.child_seen {
        RefreshAnswer::Replay
    } else {
        RefreshAnswer::Recover
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    const fn fresh(issued: Timestamp) -> Chain {
        Chain {
            issued,
            used: None,
            siblings: 0,
            child_seen: false,
            child_used: false,
            put_aside: false,
        }
    }

    #[test]
    fn s3_the_table_of_a_token_that_comes_again() {
        let chain = fresh(at(0));
        assert_eq!(refresh(&chain, at(9)), RefreshAnswer::Rotate);
        let used = Chain {
            used: Some(at(10)),
            ..chain
        };
        assert_eq!(refresh(&used, at(70)), RefreshAnswer::Sibling);
        assert_eq!(refresh(&used, at(71)), RefreshAnswer::Recover);
        let seen = Chain {
            child_seen: true,
            ..used
        };
        assert_eq!(refresh(&seen, at(70)), RefreshAnswer::Sibling);
        assert_eq!(refresh(&seen, at(71)), RefreshAnswer::Replay);
        let gone_on = Chain {
            child_used: true,
            ..seen
        };
        assert_eq!(refresh(&gone_on, at(70)), RefreshAnswer::Refuse);
        assert_eq!(refresh(&gone_on, at(71)), RefreshAnswer::Replay);
        assert!(used.is_held(at(71)) && !gone_on.is_held(at(70)) && !gone_on.is_held(at(71)));
        let many = Chain {
            siblings: SIBLINGS,
            ..used
        };
        assert_eq!(refresh(&many, at(11)), RefreshAnswer::TooMany);
        let aside = Chain {
            put_aside: true,
            ..chain
        };
        assert_eq!(refresh(&aside, at(9)), RefreshAnswer::Refuse);
    }

    #[test]
    fn s4_a_token_sleeps_for_400_days_and_no_longer() {
        let day = 24 * 3600;
        let chain = fresh(at(0));
        assert_eq!(refresh(&chain, at(400 * day)), RefreshAnswer::Rotate);
        assert_eq!(refresh(&chain, at(400 * day + 1)), RefreshAnswer::Refuse);
    }
}
