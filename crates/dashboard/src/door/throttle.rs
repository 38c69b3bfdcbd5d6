//! How often somebody may try a password: a few times at once, then slowly, by
//! line and for all lines together. The generic cell rate algorithm: one
//! instant a line says all.

use std::collections::HashMap;
use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

/// Lines that are remembered; more at once are an attack, which the limit for
/// all of them holds.
const MOST: usize = 1024;

const LINE: Rate = Rate {
    burst: 5,
    every: SignedDuration::from_secs(30),
};
const ALL: Rate = Rate {
    burst: 30,
    every: SignedDuration::from_secs(2),
};

/// The attempts so far.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    lines: HashMap<IpAddr, Timestamp>,
    all: Timestamp,
}

#[derive(Debug, Clone, Copy)]
struct Rate {
    burst: i32,
    every: SignedDuration,
}

impl Throttle {
    /// Counts an attempt, or says how long to wait before the next.
    pub(super) fn attempt(&mut self, line: IpAddr, now: Timestamp) -> Result<(), SignedDuration> {
        if let Some(held) = self.lines.get_mut(&line) {
            *held = LINE.settled(*held, now);
        }
        self.all = ALL.settled(self.all, now);
        let held = self.lines.get(&line).copied().unwrap_or(now);
        let next = LINE.next(held, now)?;
        self.all = ALL.next(self.all, now)?;
        if self.lines.len() >= MOST {
            self.lines.retain(|_, full| *full > now);
        }
        if self.lines.len() < MOST || self.lines.contains_key(&line) {
            self.lines.insert(line, next);
        }
        Ok(())
    }

    /// The attempt was right: the line starts afresh.
    pub(super) fn forgive(&mut self, line: IpAddr) {
        self.lines.remove(&line);
    }
}

impl Rate {
    /// An instant between now and the last that attempts can lead to: a clock
    /// that was set back must not lock anybody out for a year.
    fn settled(self, held: Timestamp, now: Timestamp) -> Timestamp {
        held.clamp(now, self.latest(now))
    }

    /// When the bucket will be empty again after one more attempt.
    fn next(self, held: Timestamp, now: Timestamp) -> Result<Timestamp, SignedDuration> {
        let next = held.saturating_add(self.every).unwrap_or(held);
        let over = next.duration_since(self.latest(now));
        if over > SignedDuration::ZERO {
            return Err(over);
        }
        Ok(next)
    }

    fn latest(self, now: Timestamp) -> Timestamp {
        let full = self.every.saturating_mul(self.burst);
        now.saturating_add(full).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn line(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn five_attempts_at_once_and_then_one_each_half_minute() {
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.attempt(line(1), at(0)), Ok(()));
        }
        let wait = Err(SignedDuration::from_secs(30));
        assert_eq!(throttle.attempt(line(1), at(0)), wait);
        assert_eq!(throttle.attempt(line(2), at(0)), Ok(()), "another line");
        assert_eq!(
            throttle.attempt(line(1), at(29)),
            Err(SignedDuration::from_secs(1))
        );
        assert_eq!(throttle.attempt(line(1), at(30)), Ok(()));
        assert!(throttle.attempt(line(1), at(30)).is_err());
        throttle.forgive(line(1));
        assert_eq!(throttle.attempt(line(1), at(30)), Ok(()));
    }

    #[test]
    fn many_lines_together_are_slowed_too_and_the_memory_is_bounded() {
        let mut throttle = Throttle::default();
        let from = |n: u32| IpAddr::from(n.to_be_bytes());
        let passed = (0..5000)
            .filter(|n| throttle.attempt(from(*n), at(0)).is_ok())
            .count();
        assert_eq!(passed, 30);
        for n in 0..5000_u32 {
            let _ = throttle.attempt(from(n), at(i64::from(n) * 2));
        }
        assert!(throttle.lines.len() <= MOST);
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out_for_longer_than_the_limit() {
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            let _ = throttle.attempt(line(1), at(1_000_000));
        }
        assert_eq!(
            throttle.attempt(line(1), at(0)),
            Err(SignedDuration::from_secs(30))
        );
        assert_eq!(throttle.attempt(line(1), at(30)), Ok(()));
    }
}
