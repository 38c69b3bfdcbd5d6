//! Time as a parameter.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// A future behind a pointer, so that traits of this crate can be objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Who tells the time and waits.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
    /// Waits that long by this clock.
    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()>;
    /// A reading that is never set back or forwards, for the time between two of
    /// them. A clock of tests has but one time.
    fn steady(&self) -> SignedDuration {
        self.now().duration_since(Timestamp::UNIX_EPOCH)
    }
}

/// A clock shared between rooms.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration.unsigned_abs()))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    fn steady(&self) -> SignedDuration {
        static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
        SignedDuration::try_from(BEGIN.elapsed()).unwrap_or(SignedDuration::MAX)
    }
}

/// The machine's clock, set to another instant when it is made: it goes on from
/// there, and to wait takes real time.
#[derive(Debug, Clone, Copy)]
pub struct ShiftedClock {
    shift: SignedDuration,
}

impl ShiftedClock {
    /// A clock that shows `now` now.
    pub fn at(now: Timestamp) -> Self {
        Self {
            shift: now.duration_since(SystemClock.now()),
        }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now();
        now.saturating_add(self.shift).unwrap_or(now)
    }

    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()> {
        SystemClock.sleep(duration)
    }

    fn steady(&self) -> SignedDuration {
        SystemClock.steady()
    }
}

/// A clock that stands still until told otherwise; to sleep is to advance it.
#[derive(Debug, Clone)]
pub struct VirtualClock {
    now: Arc<Mutex<Timestamp>>,
}

impl VirtualClock {
    /// A clock that shows `now`.
    pub fn at(now: Timestamp) -> Self {
        Self {
            now: Arc::new(Mutex::new(now)),
        }
    }

    /// Sets the clock, forwards or back.
    pub fn set(&self, now: Timestamp) {
        *self.lock() = now;
    }

    /// Moves the clock by that much.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.lock();
        *now = now.saturating_add(by).unwrap_or(*now);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Timestamp> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        *self.lock()
    }

    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()> {
        self.advance(duration);
        Box::pin(tokio::task::yield_now())
    }
}
