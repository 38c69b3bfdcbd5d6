//! A device flow: one state at a time, with what belongs to it. Each transition
//! takes the flow and gives the next, or the flow back when it is not its turn.

use jiff::{SignedDuration, Timestamp};

/// How long a flow may live once its browser has left for Enedis.
pub const AWAY: SignedDuration = SignedDuration::from_mins(30);

/// How long an answer is held back after Enedis has named the usage point, so
/// that a second claim to it shows itself.
pub const QUIET: SignedDuration = SignedDuration::from_secs(10);

/// A device flow, as far as its rules go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Where it stands.
    pub state: State,
    /// When the box began it.
    pub created: Timestamp,
    /// When its codes run out.
    pub expires: Timestamp,
    /// How many seconds the box waits between polls.
    pub interval: i64,
    /// When the box polled last.
    pub last_poll: Option<Timestamp>,
}

/// Where a flow stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nobody has entered the code yet.
    Pending,
    /// A person has said that it is their own box.
    Confirmed,
    /// Their browser is at Enedis.
    AtEnedis {
        /// Since when.
        left: Timestamp,
    },
    /// The browser came back with a number or a usage point.
    Returned {
        /// When it left.
        left: Timestamp,
        /// When it came back.
        back: Timestamp,
    },
    /// Enedis is asked what the number stands for.
    Resolving {
        /// When the browser left.
        left: Timestamp,
        /// When Enedis first gave an answer that fits; the quiet period runs
        /// from there.
        resolved: Option<Timestamp>,
    },
    /// The usage point is known already, or was claimed twice: a further proof
    /// is asked for.
    Challenged {
        /// When the browser left.
        left: Timestamp,
    },
    /// The consent is proved; the box may fetch its tokens.
    Approved {
        /// Since when.
        at: Timestamp,
    },
    /// The box has fetched its tokens.
    Redeemed {
        /// When, the last time.
        at: Timestamp,
        /// When, the first time.
        first: Timestamp,
    },
    /// The person refused, here or at Enedis.
    Denied,
    /// The codes ran out first.
    Expired,
    /// It cannot succeed any more.
    Failed(Failure),
}

/// Why a flow failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// Enedis reported an error instead of a consent.
    Enedis,
    /// Enedis has not recorded the consent.
    NotRecorded,
    /// The number is not one that this browser can have brought.
    NotYours,
    /// The further proof was not given.
    Unproved,
    /// The consent covers nothing that may be read.
    Empty,
}

/// A state's name, as it stands in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateName {
    /// See [`State::Pending`].
    Pending,
    /// See [`State::Confirmed`].
    Confirmed,
    /// See [`State::AtEnedis`].
    AtEnedis,
    /// See [`State::Returned`].
    Returned,
    /// See [`State::Resolving`].
    Resolving,
    /// See [`State::Challenged`].
    Challenged,
    /// See [`State::Approved`].
    Approved,
    /// See [`State::Redeemed`].
    Redeemed,
    /// See [`State::Denied`].
    Denied,
    /// See [`State::Expired`].
    Expired,
    /// See [`State::Failed`].
    Failed,
}

/// It was not this transition's turn; the flow is given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the flow is {}", .0.state.name().as_str())]
pub struct WrongState(pub Box<Flow>);

type Next = Result<Flow, WrongState>;

impl Flow {
    /// A flow that begins now.
    pub fn begin(now: Timestamp, lifetime: SignedDuration, interval: i64) -> Self {
        Self {
            state: State::Pending,
            created: now,
            expires: later(now, lifetime),
            interval,
            last_poll: None,
        }
    }

    /// Whether its codes have run out while something was still to be done.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && now >= self.expires
    }

    /// Whether it can still be approved.
    pub fn is_open(&self) -> bool {
        !matches!(
            self.state,
            State::Approved { .. }
                | State::Redeemed { .. }
                | State::Denied
                | State::Expired
                | State::Failed(_)
        )
    }

    /// The person says: this is my box, and I began this.
    pub fn confirm(self, now: Timestamp) -> Next {
        match self.state {
            State::Pending if now < self.expires => Ok(self.with(State::Confirmed)),
            _ => self.refuse(),
        }
    }

    /// The browser leaves for Enedis, perhaps once more; the flow then lives
    /// until half an hour later.
    pub fn depart(self, now: Timestamp) -> Next {
        match self.state {
            State::Confirmed | State::AtEnedis { .. } if now < self.expires => {
                let expires = self.expires.max(later(now, AWAY));
                let flow = self.with(State::AtEnedis { left: now });
                Ok(Self { expires, ..flow })
            }
            _ => self.refuse(),
        }
    }

    /// The browser is back with a value; `left` is when it had gone for it.
    pub fn come_back(self, now: Timestamp, left: Timestamp) -> Next {
        match self.state {
            State::AtEnedis { .. } if now < self.expires => {
                Ok(self.with(State::Returned { left, back: now }))
            }
            _ => self.refuse(),
        }
    }

    /// Enedis is going to be asked.
    pub fn resolve(self) -> Next {
        match self.state {
            State::Returned { left, .. } => Ok(self.with(State::Resolving {
                left,
                resolved: None,
            })),
            _ => self.refuse(),
        }
    }

    /// Enedis gave an answer that fits: the quiet period begins.
    pub fn quiet(self, now: Timestamp) -> Next {
        match self.state {
            State::Resolving {
                left,
                resolved: None,
            } => Ok(self.with(State::Resolving {
                left,
                resolved: Some(now),
            })),
            _ => self.refuse(),
        }
    }

    /// A further proof is needed.
    pub fn challenge(self) -> Next {
        match self.state {
            State::Returned { left, .. } | State::Resolving { left, .. } => {
                Ok(self.with(State::Challenged { left }))
            }
            _ => self.refuse(),
        }
    }

    /// The consent is proved: after the quiet period, or by the further proof.
    pub fn approve(self, now: Timestamp) -> Next {
        match self.state {
            State::Resolving {
                resolved: Some(resolved),
                ..
            } if now >= later(resolved, QUIET) => Ok(self.with(State::Approved { at: now })),
            State::Challenged { .. } => Ok(self.with(State::Approved { at: now })),
            _ => self.refuse(),
        }
    }

    /// The box fetches its tokens, for the first time or because the first
    /// answer was lost.
    pub fn redeem(self, now: Timestamp) -> Next {
        match self.state {
            State::Approved { .. } => Ok(self.with(State::Redeemed {
                at: now,
                first: now,
            })),
            State::Redeemed { first, .. } => Ok(self.with(State::Redeemed { at: now, first })),
            _ => self.refuse(),
        }
    }

    /// The person refuses.
    pub fn deny(self) -> Next {
        self.end(State::Denied)
    }

    /// The codes have run out.
    pub fn expire(self, now: Timestamp) -> Next {
        if self.is_overdue(now) {
            self.end(State::Expired)
        } else {
            self.refuse()
        }
    }

    /// It cannot succeed any more.
    pub fn fail(self, why: Failure) -> Next {
        self.end(State::Failed(why))
    }

    fn end(self, state: State) -> Next {
        if self.is_open() {
            Ok(self.with(state))
        } else {
            self.refuse()
        }
    }

    fn with(self, state: State) -> Self {
        Self { state, ..self }
    }

    fn refuse(self) -> Next {
        Err(WrongState(Box::new(self)))
    }
}

impl State {
    /// Its name alone.
    pub fn name(&self) -> StateName {
        match self {
            Self::Pending => StateName::Pending,
            Self::Confirmed => StateName::Confirmed,
            Self::AtEnedis { .. } => StateName::AtEnedis,
            Self::Returned { .. } => StateName::Returned,
            Self::Resolving { .. } => StateName::Resolving,
            Self::Challenged { .. } => StateName::Challenged,
            Self::Approved { .. } => StateName::Approved,
            Self::Redeemed { .. } => StateName::Redeemed,
            Self::Denied => StateName::Denied,
            Self::Expired => StateName::Expired,
            Self::Failed(_) => StateName::Failed,
        }
    }
}

impl StateName {
    /// The word in a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::AtEnedis => "at_enedis",
            Self::Returned => "returned",
            Self::Resolving => "resolving",
            Self::Challenged => "challenged",
            Self::Approved => "approved",
            Self::Redeemed => "redeemed",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }
}

impl Failure {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Enedis,
        Self::NotRecorded,
        Self::NotYours,
        Self::Unproved,
        Self::Empty,
    ];

    /// The word in a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enedis => "enedis",
            Self::NotRecorded => "not_recorded",
            Self::NotYours => "not_yours",
            Self::Unproved => "unproved",
            Self::Empty => "empty",
        }
    }
}

/// An instant later; at the end of time, that end.
fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    fn begun() -> Flow {
        Flow::begin(at(0), SignedDuration::from_secs(1200), 5)
    }

    fn away() -> Flow {
        begun().confirm(at(60)).unwrap().depart(at(60)).unwrap()
    }

    fn resolving() -> Flow {
        away().come_back(at(90), at(60)).unwrap().resolve().unwrap()
    }

    #[test]
    fn a_flow_goes_from_a_code_to_tokens_in_this_order_only() {
        let quiet = resolving().quiet(at(100)).unwrap();
        assert!(quiet.clone().approve(at(109)).is_err());
        let approved = quiet.approve(at(110)).unwrap();
        let redeemed = approved.redeem(at(115)).unwrap();
        assert_eq!(redeemed.state.name(), StateName::Redeemed);
        for early in [begun(), away(), resolving()] {
            assert!(early.clone().redeem(at(115)).is_err(), "{early:?}");
            assert!(early.approve(at(115)).is_err());
        }
        assert!(begun().depart(at(1)).is_err());
        assert!(begun().come_back(at(1), at(0)).is_err());
    }

    #[test]
    fn who_left_for_enedis_in_time_has_half_an_hour() {
        let flow = begun().confirm(at(1199)).unwrap().depart(at(1199)).unwrap();
        assert_eq!(flow.expires, at(1199 + 1800));
        assert!(!flow.is_overdue(at(1300)));
        assert!(flow.clone().come_back(at(2998), at(1199)).is_ok());
        assert!(flow.clone().come_back(at(2999), at(1199)).is_err());
        assert!(begun().confirm(at(1200)).is_err());
    }

    #[test]
    fn an_end_is_an_end() {
        for ended in [
            begun().deny().unwrap(),
            begun().expire(at(1200)).unwrap(),
            resolving().fail(Failure::NotYours).unwrap(),
        ] {
            assert!(!ended.is_open());
            assert!(ended.clone().confirm(at(1)).is_err());
            assert!(ended.clone().depart(at(1)).is_err());
            assert!(ended.clone().deny().is_err());
            assert!(ended.clone().redeem(at(1)).is_err());
            assert!(ended.approve(at(1)).is_err());
        }
    }

    #[test]
    fn a_challenged_flow_is_approved_by_proof_alone() {
        let flow = resolving().quiet(at(100)).unwrap().challenge().unwrap();
        assert!(flow.clone().quiet(at(101)).is_err());
        assert!(flow.approve(at(101)).is_ok());
    }
}
