//! Codes that were pending a moment ago: while the database is away their boxes
//! are told to wait, because a 503 makes most of them give up.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

/// No more codes are remembered; a box whose code is not gets a 503.
const MOST: usize = 20_000;

/// Hashes of device codes, with the end of their time.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<Vec<u8>, Timestamp>>);

impl Memory {
    /// This code is pending.
    pub fn remember(&self, code: Vec<u8>, until: Timestamp, now: Timestamp) {
        let mut codes = self.lock();
        if codes.len() >= MOST {
            codes.retain(|_, until| *until > now);
        }
        if codes.len() < MOST {
            codes.insert(code, until);
        }
    }

    /// This code has come to an end.
    pub fn forget(&self, code: &[u8]) {
        self.lock().remove(code);
    }

    /// Whether this code was pending when it was last asked about.
    pub fn knows(&self, code: &[u8], now: Timestamp) -> bool {
        self.lock().get(code).is_some_and(|until| *until > now)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Vec<u8>, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
