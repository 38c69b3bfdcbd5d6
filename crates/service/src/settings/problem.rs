//! What is wrong with the settings: what, where, and what to do about it.

use std::fmt::Write;
use std::path::PathBuf;

use super::excerpt::Excerpt;
use crate::text::{Lang, find, tr};

/// One thing that is wrong. Its texts are in the catalogue: what under `name`,
/// what to do under `name-do` where there is such a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    name: &'static str,
    args: Vec<(&'static str, Arg)>,
    advice: Option<&'static str>,
    pub(super) place: Option<Place>,
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the settings file.
    File(Excerpt),
    /// In an environment variable, by its name.
    Env(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Arg {
    Text(String),
    Message(&'static str),
}

impl Problem {
    /// The problem of that name in the catalogue, nowhere in particular yet.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            args: Vec::new(),
            advice: None,
            place: None,
        }
    }

    /// With a value for its texts, cleaned of control characters and cut to a
    /// length that people read. Never give it a secret.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Arg::Text(legible(&value.into()))));
        self
    }

    /// With another message of the catalogue as a value; it sees the plain values.
    #[must_use]
    pub fn with_message(mut self, name: &'static str, message: &'static str) -> Self {
        self.args.push((name, Arg::Message(message)));
        self
    }

    /// With another advice than `name-do`.
    #[must_use]
    pub fn advise(mut self, message: &'static str) -> Self {
        self.advice = Some(message);
        self
    }

    /// At that place.
    #[must_use]
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    /// The message's name in the catalogue.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where it is.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The whole text: place, what, excerpt, advice; ends with a line break.
    pub fn render(&self, lang: Lang, file: Option<&str>) -> String {
        let texts: Vec<_> = self.args.iter().filter_map(Arg::as_text).collect();
        let args: Vec<_> = self
            .args
            .iter()
            .map(|(name, arg)| (*name, arg.text(lang, &texts)))
            .collect();
        let args: Vec<_> = args
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let mut text = match (&self.place, file) {
            (Some(Place::Env(name)), _) => format!("{name}: "),
            (Some(Place::File(at)), Some(file)) => format!("{file}:{}:{}: ", at.line, at.column),
            (Some(Place::File(at)), None) => format!("{}:{}: ", at.line, at.column),
            (None, Some(file)) => format!("{file}: "),
            (None, None) => String::new(),
        };
        let _ = writeln!(text, "{}", tr(lang, self.name, &args));
        if let Some(Place::File(excerpt)) = &self.place {
            text.push_str(&excerpt.render());
        }
        let advice = match self.advice {
            Some(name) => Some(tr(lang, name, &args)),
            None => find(lang, &format!("{}-do", self.name), &args),
        };
        if let Some(advice) = advice {
            let _ = writeln!(text, "  → {advice}");
        }
        text
    }

    /// File problems by their line, then those of the environment.
    pub(super) fn order(&self) -> (u8, usize, usize) {
        match &self.place {
            None => (0, 0, 0),
            Some(Place::File(at)) => (1, at.line, at.column),
            Some(Place::Env(_)) => (2, 0, 0),
        }
    }
}

impl Arg {
    fn as_text<'a>((name, arg): &'a (&'static str, Self)) -> Option<(&'static str, &'a str)> {
        match arg {
            Self::Text(text) => Some((name, text)),
            Self::Message(_) => None,
        }
    }

    fn text(&self, lang: Lang, texts: &[(&'static str, &str)]) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Message(name) => tr(lang, name, texts),
        }
    }
}

/// Everything that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.render(Lang::En).trim_end())]
pub struct SettingsError {
    /// The file that was read, if any.
    pub file: Option<PathBuf>,
    /// At least one problem, in the order of their places.
    pub problems: Vec<Problem>,
    /// The language that the settings ask for, when that much is legible.
    pub language: Option<Lang>,
}

impl SettingsError {
    /// The text for people: every problem with place, excerpt and advice.
    pub fn render(&self, lang: Lang) -> String {
        let file = self.file.as_ref().map(|file| file.display().to_string());
        let texts: Vec<_> = self
            .problems
            .iter()
            .map(|problem| problem.render(lang, file.as_deref()))
            .collect();
        texts.join("\n")
    }

    /// The same for programs: what is wrong, and apart from it what to do.
    pub fn split(&self, lang: Lang) -> (String, Option<String>) {
        let text = self.render(lang);
        let is_advice = |line: &&str| line.starts_with("  → ");
        let (advices, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(is_advice);
        let advices: Vec<_> = advices
            .iter()
            .map(|line| line.trim_start_matches("  → "))
            .collect();
        let advice = (!advices.is_empty()).then(|| advices.join("\n"));
        (rest.join("\n").trim_end().to_owned(), advice)
    }
}

/// Longest value that a message repeats.
const LONGEST: usize = 200;

fn legible(text: &str) -> String {
    let mut text = text.replace(char::is_control, "\u{fffd}");
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}
