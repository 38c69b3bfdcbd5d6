//! Codes that were pending a moment ago: while the database is away their boxes
//! are told to wait, because a 503 makes most of them give up.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// No more codes are remembered; a box whose code is not gets a 503.
const MOST: usize = 20_000;
/// Between two looks through all of them for codes whose time is over.
const SWEEP: SignedDuration = SignedDuration::from_secs(10);

/// Hashes of device codes, with the end of their time.
#[derive(Default)]
pub struct Memory(Mutex<Codes>);

#[derive(Default)]
struct Codes {
    ends: HashMap<Vec<u8>, Timestamp>,
    swept: Option<Timestamp>,
}

impl Memory {
    /// This code is pending.
    pub fn remember(&self, code: Vec<u8>, until: Timestamp, now: Timestamp) {
        let mut codes = self.lock();
        let known = codes.ends.contains_key(&code);
        if known || codes.has_room(now) {
            codes.ends.insert(code, until);
        }
    }

    /// This code has come to an end.
    pub fn forget(&self, code: &[u8]) {
        self.lock().ends.remove(code);
    }

    /// Whether this code was pending when it was last asked about.
    pub fn knows(&self, code: &[u8], now: Timestamp) -> bool {
        self.lock().ends.get(code).is_some_and(|until| *until > now)
    }

    fn lock(&self) -> MutexGuard<'_, Codes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Codes {
    /// A full memory is looked through now and then, not at every poll.
    fn has_room(&mut self, now: Timestamp) -> bool {
        let due = self
            .swept
            .is_none_or(|swept| now.duration_since(swept) >= SWEEP);
        if self.ends.len() >= MOST && due {
            self.ends.retain(|_, until| *until > now);
            self.swept = Some(now);
        }
        self.ends.len() < MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_memory_keeps_what_it_knows_and_takes_more_when_codes_have_ended() {
        let memory = Memory::default();
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let code = |number: usize| number.to_be_bytes().to_vec();
        for number in 0..MOST {
            memory.remember(code(number), at(100), at(0));
        }
        memory.remember(code(MOST), at(300), at(50));
        assert!(!memory.knows(&code(MOST), at(50)));
        memory.remember(code(7), at(300), at(55));
        assert!(memory.knows(&code(7), at(200)));

        memory.remember(code(MOST), at(300), at(101));
        assert!(memory.knows(&code(MOST), at(101)));
        assert!(!memory.knows(&code(8), at(101)));
        memory.forget(&code(7));
        assert!(!memory.knows(&code(7), at(101)));
    }
}
