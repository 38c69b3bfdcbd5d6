//! Fields of a form as they were typed, and what is wrong with them.

use home::config::resolve::usage_point;
use home::config::source::check_url;
use home::{Failure, Said, Words};
use meter::UsagePoint;
use secrecy::SecretString;
use serde::Deserialize;
use service::settings::Problem;
use url::Url;

use crate::work::Failed;

/// Everything that a form sent, in its order.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// A field without the white space around it; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        let mut all = self.0.iter();
        let found = all.find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Whether a box is ticked or a button was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// A field that must not be empty; `label` is its name on the page.
    pub fn needed(&self, name: &str, label: &str, words: Words) -> Result<&str, Failed> {
        match self.get(name) {
            "" => Err(Failed {
                message: words.say("dash-setup-missing", &[("field", &words.t(label))]),
                advice: None,
            }),
            value => Ok(value),
        }
    }

    /// A secret that must not be empty.
    pub fn secret(&self, name: &str, label: &str, words: Words) -> Result<SecretString, Failed> {
        self.needed(name, label, words).map(SecretString::from)
    }

    /// An address, if one was typed.
    pub fn url(&self, name: &str, words: Words) -> Result<Option<Url>, Failed> {
        match self.get(name) {
            "" => Ok(None),
            text => url(text, words).map(Some),
        }
    }

    /// A usage point, if one was typed.
    pub fn prm(&self, name: &str, words: Words) -> Result<Option<UsagePoint>, Failed> {
        match self.get(name) {
            "" => Ok(None),
            text => usage_point(text)
                .map(Some)
                .map_err(|problem| of_problem(&problem, words)),
        }
    }
}

/// An address that may be told secrets.
pub(super) fn url(text: &str, words: Words) -> Result<Url, Failed> {
    check_url(text).map_err(|_| Failed {
        message: words.t("dash-setup-bad-url"),
        advice: Some(words.t("dash-setup-bad-url-do")),
    })
}

/// A message with its advice.
pub(super) fn failed(name: &'static str, words: Words) -> Failed {
    Failed {
        message: words.t(name),
        advice: Some(words.t(&format!("{name}-do"))),
    }
}

/// A failure in the caller's language, as a sentence of its own.
pub(super) fn of_failure(failure: &Failure, words: Words) -> Failed {
    let failed = Failed::of(failure, words.lang);
    let mut letters = failed.message.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    Failed {
        message: first.chain(letters).collect(),
        advice: failed.advice,
    }
}

/// A problem of the configuration: its sentence, then what to do.
pub(super) fn of_problem(problem: &Problem, words: Words) -> Failed {
    let text = problem.render(words.lang, None);
    let mut lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches("→ "));
    let message = lines.next().unwrap_or_default().to_owned();
    let advice: Vec<&str> = lines.collect();
    Failed {
        message,
        advice: (!advice.is_empty()).then(|| advice.join(" ")),
    }
}

/// Nothing was typed that could be meant.
pub(super) fn unknown() -> Failure {
    Failure::usage(Said::new("dash-setup-no-source"))
}
