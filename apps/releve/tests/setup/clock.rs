//! A clock that a test moves: whoever waits is woken when its time has come.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use service::Clock;
use service::clock::BoxFuture;
use tokio::sync::Notify;

pub struct HeldClock {
    now: Mutex<Timestamp>,
    moved: Notify,
}

impl HeldClock {
    pub fn at(now: Timestamp) -> Self {
        Self {
            now: Mutex::new(now),
            moved: Notify::new(),
        }
    }

    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now += by;
        self.moved.notify_waiters();
    }
}

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()> {
        let until = self.now() + duration;
        Box::pin(async move {
            loop {
                let moved = self.moved.notified();
                tokio::pin!(moved);
                moved.as_mut().enable();
                if self.now() >= until {
                    return;
                }
                moved.await;
            }
        })
    }
}
