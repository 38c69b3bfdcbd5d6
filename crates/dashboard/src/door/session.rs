//! Who is logged in. The table is in memory: a restart logs everybody out.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::visitor::Role;

/// More sessions than a household has browsers; the one that was not used
/// longest ends when another begins.
const MOST: usize = 64;

/// The sessions, under the hashes of their numbers.
#[derive(Debug, Default)]
pub(super) struct Sessions(HashMap<[u8; 32], Session>);

#[derive(Debug)]
struct Session {
    role: Role,
    opened: Timestamp,
    seen: Timestamp,
}

/// How long a session lives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) idle: SignedDuration,
    pub(super) life: SignedDuration,
}

impl Sessions {
    pub(super) fn open(&mut self, key: [u8; 32], role: Role, span: Span, now: Timestamp) {
        self.0.retain(|_, session| session.lives(span, now));
        if self.0.len() >= MOST {
            let oldest = self.0.iter().min_by_key(|(_, session)| session.seen);
            if let Some(key) = oldest.map(|(key, _)| *key) {
                self.0.remove(&key);
            }
        }
        let session = Session {
            role,
            opened: now,
            seen: now,
        };
        self.0.insert(key, session);
    }

    /// The role of a session that still lives, which is used by this.
    pub(super) fn find(&mut self, key: &[u8; 32], span: Span, now: Timestamp) -> Option<Role> {
        let session = self.0.get_mut(key)?;
        if !session.lives(span, now) {
            self.0.remove(key);
            return None;
        }
        session.seen = now;
        Some(session.role)
    }

    pub(super) fn close(&mut self, key: &[u8; 32]) {
        self.0.remove(key);
    }
}

impl Session {
    fn lives(&self, span: Span, now: Timestamp) -> bool {
        now.duration_since(self.seen) < span.idle && now.duration_since(self.opened) < span.life
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPAN: Span = Span {
        idle: SignedDuration::from_hours(2),
        life: SignedDuration::from_hours(5),
    };

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minutes * 60).unwrap()
    }

    #[test]
    fn a_session_ends_when_unused_and_when_old() {
        let mut sessions = Sessions::default();
        sessions.open([1; 32], Role::Owner, SPAN, at(0));
        assert_eq!(sessions.find(&[2; 32], SPAN, at(0)), None);
        assert_eq!(sessions.find(&[1; 32], SPAN, at(119)), Some(Role::Owner));
        assert_eq!(sessions.find(&[1; 32], SPAN, at(239)), None, "unused");
        sessions.open([1; 32], Role::Viewer, SPAN, at(0));
        for minutes in [100, 200, 299] {
            assert_eq!(
                sessions.find(&[1; 32], SPAN, at(minutes)),
                Some(Role::Viewer)
            );
        }
        assert_eq!(sessions.find(&[1; 32], SPAN, at(300)), None, "old");
    }

    #[test]
    fn there_are_only_so_many_and_the_one_least_used_goes() {
        let mut sessions = Sessions::default();
        for number in 0..64 {
            sessions.open([number; 32], Role::Owner, SPAN, at(i64::from(number) / 32));
        }
        for number in 1..64 {
            sessions.find(&[number; 32], SPAN, at(3));
        }
        sessions.open([99; 32], Role::Owner, SPAN, at(3));
        assert_eq!(sessions.0.len(), 64);
        assert_eq!(sessions.find(&[0; 32], SPAN, at(3)), None);
        assert_eq!(sessions.find(&[99; 32], SPAN, at(3)), Some(Role::Owner));
    }
}
