//! Where something is found in a file, and what it looks like.

use std::fmt;

use aho_corasick::AhoCorasick;

/// The beginning of a token of ours; the third letter says of which kind.
const PREFIX: &[u8] = b"lg";
const KINDS: &[u8] = b"dargsb";
const BODY: usize = 48;
/// The letters of a code that a person types.
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Every token of Enedis begins so: `{"`.
const JWT: &[u8] = b"eyJ";
/// A secret in hexadecimal has no more characters.
const LONG: usize = 128;
/// What is shown around a find.
const AROUND: usize = 24;

/// Everything that is looked for.
pub struct Search(AhoCorasick);

/// Something that should not be there.
pub struct Leak {
    what: &'static str,
    at: usize,
    around: String,
}

impl Search {
    pub fn new(handed_out: AhoCorasick) -> Self {
        Self(handed_out)
    }

    /// All that is found in a file, each place once.
    pub fn through(&self, text: &[u8]) -> Vec<Leak> {
        let listed = self.0.find_iter(text);
        let mut finds: Vec<_> = listed
            .map(|found| (found.start(), "was handed out"))
            .collect();
        finds.extend((0..text.len()).filter_map(|at| Some((at, shape(text, at)?))));
        finds.sort_unstable();
        // The rest of a long secret is no other one.
        finds.dedup_by(|next, first| next.0 - first.0 < LONG);
        let leak = |(at, what)| Leak::new(what, at, text);
        finds.into_iter().map(leak).collect()
    }
}

/// What begins at this place.
fn shape(text: &[u8], at: usize) -> Option<&'static str> {
    let rest = &text[at..];
    if rest.starts_with(PREFIX) && is_token(rest) {
        return Some("looks like a token");
    }
    if rest.starts_with(JWT) && is_jwt(rest) {
        return Some("looks like a token of Enedis");
    }
    let alone = at == 0 || !text[at - 1].is_ascii_alphanumeric();
    if alone && is_code(rest) {
        return Some("looks like a code");
    }
    None
}

fn is_token(rest: &[u8]) -> bool {
    let body = rest.get(4..4 + BODY);
    KINDS.contains(&rest[2.min(rest.len() - 1)])
        && rest.get(3) == Some(&b'_')
        && body.is_some_and(|body| body.iter().all(|byte| is_url_safe(*byte)))
}

fn is_jwt(rest: &[u8]) -> bool {
    let head = rest.iter().take_while(|byte| is_url_safe(**byte)).count();
    head > 20 && rest.get(head) == Some(&b'.') && rest.get(head + 1..head + 4) == Some(JWT)
}

fn is_code(rest: &[u8]) -> bool {
    let letters = |part: Option<&[u8]>| {
        part.is_some_and(|part| part.iter().all(|letter| LETTERS.contains(letter)))
    };
    rest.first().is_some_and(|letter| LETTERS.contains(letter))
        && rest.get(4) == Some(&b'-')
        && letters(rest.get(..4))
        && letters(rest.get(5..9))
        && !rest.get(9).is_some_and(u8::is_ascii_alphanumeric)
}

fn is_url_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_".contains(&byte)
}

impl Leak {
    fn new(what: &'static str, at: usize, text: &[u8]) -> Self {
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(text.len()));
        Self {
            what,
            at,
            around: text[from..to].escape_ascii().to_string(),
        }
    }
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} {}: …{}…", self.at, self.what, self.around)
    }
}
