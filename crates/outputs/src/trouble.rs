//! What stands between a destination and what it should hold, in words of the
//! catalogue: `NAME` says what, `NAME-advice` what to do.

use std::fmt;

use serde::{Deserialize, Serialize};
use service::{Lang, tr};

/// A problem or a notice. It never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Its name in the catalogue, such as `domoticz-problem-unreachable`.
    pub name: String,
    /// The values of its text.
    pub args: Vec<(String, String)>,
}

impl Trouble {
    /// The trouble of that name.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            args: Vec::new(),
        }
    }

    /// With a value, cleaned of control characters and cut to what a line holds.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        let value: String = value.to_string().chars().take(200).collect();
        let value = value.replace(char::is_control, "\u{fffd}");
        self.args.push((name.to_owned(), value));
        self
    }

    /// What happened, in one sentence.
    pub fn explanation(&self, lang: Lang) -> String {
        tr(lang, &self.name, &self.pairs())
    }

    /// What to do about it.
    pub fn advice(&self, lang: Lang) -> String {
        tr(lang, &format!("{}-advice", self.name), &self.pairs())
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        let pairs = self.args.iter();
        pairs
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
