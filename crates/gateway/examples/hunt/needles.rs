//! What is looked for: everything that was handed out, in the forms in which a
//! careless line would write it.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, BuildError};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use data_encoding::{HEXLOWER, HEXUPPER};

use crate::search::Search;

/// So many bytes of a secret are enough to know it: more than an identifier has,
/// which in another test may be made of the same drawing.
const ENOUGH: usize = 24;
/// The secret part of a token or key.
const SECRET: usize = 32;

/// The forms of every secret.
#[derive(Default)]
pub struct Needles(BTreeSet<Vec<u8>>);

impl Needles {
    /// Adds a list: `text …` as somebody was told it, `bytes …` in hexadecimal
    /// as they were drawn. How many secrets it names.
    pub fn add_all(&mut self, list: &str) -> usize {
        let secrets = list.lines().filter_map(|line| line.split_once(' '));
        let mut count = 0;
        for (kind, secret) in secrets {
            match kind {
                "bytes" => self.add_bytes(&from_hex(secret)),
                _ => self.add_text(secret),
            }
            count += 1;
        }
        count
    }

    fn add_text(&mut self, text: &str) {
        self.add(text.as_bytes(), ENOUGH);
        self.add_hex(text.as_bytes());
        // A token behind its prefix, or a key of the key file.
        let body = text.get(4..).unwrap_or_default();
        let inside = URL_SAFE_NO_PAD
            .decode(body)
            .ok()
            .filter(|bytes| bytes.len() == SECRET + 4)
            .or_else(|| STANDARD.decode(text).ok())
            .filter(|bytes| bytes.len() >= SECRET);
        if let Some(bytes) = inside {
            self.add_bytes(&bytes[..SECRET]);
        }
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        self.add(bytes, ENOUGH);
        self.add_hex(bytes);
        for text in [URL_SAFE_NO_PAD.encode(bytes), STANDARD_NO_PAD.encode(bytes)] {
            self.add(text.as_bytes(), ENOUGH / 3 * 4);
        }
    }

    fn add_hex(&mut self, bytes: &[u8]) {
        for digits in [HEXUPPER, HEXLOWER] {
            self.add(digits.encode(bytes).as_bytes(), ENOUGH * 2);
        }
    }

    fn add(&mut self, form: &[u8], enough: usize) {
        if !form.is_empty() {
            self.0.insert(form[..form.len().min(enough)].to_vec());
        }
    }

    /// The search for all of them.
    pub fn search(&self) -> Result<Search, BuildError> {
        Ok(Search::new(AhoCorasick::new(&self.0)?))
    }
}

fn from_hex(text: &str) -> Vec<u8> {
    let pair = |at| {
        text.get(at..at + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    (0..text.len()).step_by(2).filter_map(pair).collect()
}
