//! The line of a file that a problem is about, with a caret beneath, and
//! without anything that could be a secret.
//!
//! A value is shown only after a key that is known, plain and not secret. A
//! mistyped key may be that of a secret, so what follows it is hidden too.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

/// A line and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line's number, from 1.
    pub line: usize,
    /// The character's number in the line, from 1.
    pub column: usize,
    text: String,
    carets: usize,
}

/// Characters of a line that are shown.
const WIDTH: usize = 100;

impl Excerpt {
    /// The first line of a span of bytes.
    pub(super) fn new(source: &str, span: &Range<usize>, visible: &BTreeSet<String>) -> Self {
        let start = floor(source, span.start);
        let end = floor(source, span.end).max(start);
        let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let rest = &source[line_start..];
        let line = rest.split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let marked_end = end.min(line_start + line.len()).max(start);
        let text = shown(line, visible);
        Self {
            line: source[..line_start].matches('\n').count() + 1,
            column: source[line_start..start].chars().count() + 1,
            carets: source[start..marked_end].chars().count(),
            text: text.chars().map(printable).take(WIDTH).collect(),
        }
    }

    /// The same place, narrowed to some characters of the quoted text that stands
    /// there; the whole where it is not written as it reads.
    pub(super) fn narrowed(mut self, text: &str, column: usize, width: usize) -> Self {
        let written: String = self.text.chars().skip(self.column).collect();
        if !text.is_empty() && written.starts_with(text) {
            self.column += column;
            self.carets = width;
        }
        self
    }

    /// The numbered line and its carets, two lines of text.
    pub(super) fn render(&self) -> String {
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        let mut text = String::new();
        let _ = writeln!(text, "  {number} | {}", self.text);
        // A place inside what is hidden is shown at its beginning; the end of a
        // line is one past its last character.
        let length = self.text.chars().count();
        let last = length - usize::from(self.text.ends_with('…'));
        let before = (self.column - 1).min(last);
        let carets = self.carets.min(length - before).max(1);
        let _ = writeln!(
            text,
            "  {margin} | {}{}",
            " ".repeat(before),
            "^".repeat(carets)
        );
        text
    }
}

/// The line up to the first value that may not be shown.
fn shown(line: &str, visible: &BTreeSet<String>) -> String {
    let assignments: Vec<usize> = line.match_indices('=').map(|(at, _)| at).collect();
    let Some(first) = assignments.first() else {
        return shown_words(line, visible);
    };
    if !is_key(&line[..*first]) {
        return "…".to_owned();
    }
    // An address may carry a password before its `@`.
    if line.contains('@') {
        return format!("{} …", &line[..=*first]);
    }
    let hidden = assignments
        .into_iter()
        .find(|at| !visible.contains(key_before(line, *at)));
    match hidden {
        Some(at) => format!("{} …", &line[..=at]),
        None => line.to_owned(),
    }
}

/// A line without assignment: a heading, or a known key and what belongs to it.
fn shown_words(line: &str, visible: &BTreeSet<String>) -> String {
    let body = line.trim_start();
    if body.is_empty() || (body.starts_with('[') && !body.contains(['"', '\''])) {
        return line.to_owned();
    }
    match body.split_once(char::is_whitespace) {
        None if visible.contains(body) => line.to_owned(),
        Some((key, _)) if visible.contains(key) => {
            format!("{}{key} …", &line[..line.len() - body.len()])
        }
        _ => "…".to_owned(),
    }
}

/// Whether the beginning of a line is a key and nothing else, perhaps the first
/// of an inline table.
fn is_key(text: &str) -> bool {
    !text
        .trim()
        .trim_start_matches(['{', '[', ' '])
        .contains(char::is_whitespace)
}

/// The last part of the key that ends before a `=`.
fn key_before(line: &str, at: usize) -> &str {
    let key = line[..at].trim_end().trim_end_matches(['"', '\'']);
    let start = key
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .map_or(0, |at| {
            at + key[at..].chars().next().map_or(1, char::len_utf8)
        });
    &key[start..]
}

/// Control characters could speak to the terminal.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// The nearest character boundary at or before a byte.
fn floor(source: &str, at: usize) -> usize {
    source.floor_char_boundary(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn excerpt(source: &str, what: &str) -> String {
        let visible = BTreeSet::from(["client_id".to_owned(), "name".to_owned()]);
        let start = source.find(what).unwrap();
        Excerpt::new(source, &(start..start + what.len()), &visible).render()
    }

    #[test]
    fn a_known_plain_value_is_shown_with_carets_under_it() {
        assert_eq!(
            excerpt("# été\nname = \"Été\"\n", "\"Été\""),
            "  2 | name = \"Été\"\n    |        ^^^^^\n"
        );
    }

    #[test]
    fn what_follows_an_unknown_or_secret_key_is_hidden_wherever_it_stands() {
        for source in [
            "client_secret = \"hunter2\"",
            "client_secrte = \"hunter2\"",
            "\"client_secret\" = \"hunter2\"",
            "a = { client_id = \"x\", client_secret = \"hunter2\" }",
            "{ client_id = \"x\", client_secret = \"hunter2\" }",
            "client_secret \"hunter2\"",
            "hunter2",
            "client_secret \"hunter2\" name = \"x\"",
            "name = \"https://me:hunter2@a.example\"",
        ] {
            let text = excerpt(source, "hunter2");
            assert!(!text.contains("hunter2"), "{source}: {text}");
        }
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert!(!excerpt("name = \"\u{1b}[2J\"", "name").contains('\u{1b}'));
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_has_an_excerpt(source in "(?s).{0,60}", a in 0usize..90, b in 0usize..90) {
            let excerpt = Excerpt::new(&source, &(a..b), &BTreeSet::new());
            prop_assert!(excerpt.line >= 1 && excerpt.column >= 1);
            prop_assert_eq!(excerpt.render().lines().count(), 2);
        }
    }
}
