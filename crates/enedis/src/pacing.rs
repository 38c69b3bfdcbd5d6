//! At most so many calls in any second, by the clock we are given.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use service::Clock;

/// A little more than the second of Enedis' rule: calls travel, some faster
/// than others.
const SECOND: SignedDuration = SignedDuration::from_millis(1_050);

/// Remembers when the last calls left.
#[derive(Debug)]
pub struct Pacing {
    per_window: Option<usize>,
    window: SignedDuration,
    left: Mutex<VecDeque<Timestamp>>,
}

impl Pacing {
    /// That many calls per second; `None` is no limit.
    pub fn new(per_second: Option<u32>) -> Self {
        Self {
            per_window: per_second.map(|n| n.max(1) as usize),
            window: SECOND,
            left: Mutex::default(),
        }
    }

    /// One call, then none for so long.
    pub fn one_in(window: SignedDuration) -> Self {
        Self {
            per_window: Some(1),
            window,
            left: Mutex::default(),
        }
    }

    /// Waits until a call may leave, and counts it as leaving.
    pub async fn turn(&self, clock: &dyn Clock) {
        while let Some(wait) = self.wait(clock.now()) {
            clock.sleep(wait).await;
        }
    }

    fn wait(&self, now: Timestamp) -> Option<SignedDuration> {
        let limit = self.per_window?;
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back must not make us wait for hours.
        left.retain(|at| (*at..=*at + self.window).contains(&now));
        let full = left.len() >= limit;
        let oldest = left.front().filter(|_| full && limit > 0);
        let wait = oldest.map(|at| self.window - now.duration_since(*at));
        match wait {
            Some(wait) if wait.is_positive() => Some(wait),
            _ => {
                if full {
                    left.pop_front();
                }
                left.push_back(now);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use service::VirtualClock;

    use super::*;

    fn clock() -> VirtualClock {
        VirtualClock::at("2026-11-21T10:00:00Z".parse().unwrap())
    }

    #[tokio::test]
    async fn no_second_holds_more_calls_than_allowed() {
        let (clock, pacing) = (clock(), Pacing::new(Some(5)));
        let mut calls = Vec::new();
        for n in 0..23 {
            pacing.turn(&clock).await;
            calls.push(clock.now());
            clock.advance(SignedDuration::from_millis(n * 13 % 90));
        }
        for pair in calls.windows(6) {
            assert!(pair[5].duration_since(pair[0]) > SignedDuration::from_secs(1));
        }
    }

    #[tokio::test]
    async fn without_a_limit_nothing_waits() {
        let (clock, pacing) = (clock(), Pacing::new(None));
        let before = clock.now();
        for _ in 0..100 {
            pacing.turn(&clock).await;
        }
        assert_eq!(clock.now(), before);
    }

    #[tokio::test]
    async fn a_clock_set_back_does_not_hold_calls_up() {
        let (clock, pacing) = (clock(), Pacing::new(Some(1)));
        pacing.turn(&clock).await;
        clock.advance(SignedDuration::from_hours(-3));
        let before = clock.now();
        pacing.turn(&clock).await;
        assert_eq!(clock.now(), before);
    }
}
