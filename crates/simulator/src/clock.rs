//! The simulator's own time: another clock, shifted or frozen through the
//! control interface.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use service::clock::BoxFuture;
use service::{Clock, SharedClock};

/// A clock over another.
pub(crate) struct SimulatedClock {
    base: SharedClock,
    shift: Mutex<Shift>,
}

#[derive(Debug, Clone, Copy)]
enum Shift {
    /// The base's time and so much more.
    By(SignedDuration),
    /// Standing still.
    Frozen(Timestamp),
}

impl SimulatedClock {
    pub(crate) fn new(base: SharedClock) -> Self {
        Self {
            base,
            shift: Mutex::new(Shift::By(SignedDuration::ZERO)),
        }
    }

    /// Shows `now` from here on; stands still when `frozen`.
    pub(crate) fn set(&self, now: Timestamp, frozen: bool) {
        let shift = if frozen {
            Shift::Frozen(now)
        } else {
            Shift::By(now.duration_since(self.base.now()))
        };
        *self.shift() = shift;
    }

    pub(crate) fn is_frozen(&self) -> bool {
        matches!(*self.shift(), Shift::Frozen(_))
    }

    fn shift(&self) -> std::sync::MutexGuard<'_, Shift> {
        self.shift.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        match *self.shift() {
            Shift::Frozen(now) => now,
            Shift::By(by) => {
                let now = self.base.now();
                now.saturating_add(by).unwrap_or(now)
            }
        }
    }

    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()> {
        self.base.sleep(duration)
    }
}
