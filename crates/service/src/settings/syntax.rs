//! The parser's complaints in our words: the usual slips have a message of
//! their own, the rest say that this is not TOML.

use std::ops::Range;

/// The message for a complaint of the parser about these bytes.
pub(super) fn message(complaint: &str, span: &Range<usize>) -> &'static str {
    const KNOWN: [(&str, &str); 14] = [
        ("duplicate key", "config-duplicate-key"),
        ("string values must be quoted", "config-unquoted"),
        ("missing opening quote", "config-unquoted"),
        ("invalid boolean", "config-unquoted"),
        ("missing assignment", "config-no-value"),
        ("key with no value", "config-no-value"),
        ("missing value", "config-no-value"),
        ("unclosed", "config-unclosed"),
        ("invalid basic string", "config-unclosed"),
        ("invalid literal string", "config-unclosed"),
        ("invalid multi-line", "config-unclosed"),
        ("missing escaped value", "config-backslash"),
        ("invalid unquoted key", "config-key"),
        ("unexpected key or value", "config-one-a-line"),
    ];
    let known = KNOWN
        .iter()
        .find(|(beginning, _)| complaint.starts_with(beginning));
    match known {
        // What lacks its quotes here is nothing at all.
        Some((_, "config-unquoted")) if span.is_empty() => "config-no-value",
        Some((_, message)) => message,
        None => "config-not-toml",
    }
}
