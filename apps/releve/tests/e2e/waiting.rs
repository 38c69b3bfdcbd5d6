//! Real time, for what happens in another process.

use jiff::{SignedDuration, Timestamp};
use service::{Clock, SystemClock};

use crate::enedis::runtime;

/// Real time passes: a process cannot be given a moment on a virtual clock.
pub fn wait(duration: SignedDuration) {
    runtime().block_on(async { SystemClock.sleep(duration).await });
}

/// Waits until something holds, for ten seconds at most.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = real_now() + SignedDuration::from_secs(10);
    while !holds() {
        assert!(real_now() < end, "waited in vain: {what}");
        wait(SignedDuration::from_millis(10));
    }
}

pub fn real_now() -> Timestamp {
    SystemClock.now()
}
