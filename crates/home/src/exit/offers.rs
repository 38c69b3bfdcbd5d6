//! The mistakes of a file of offers, each with its line, in the reader's words.

use std::path::{Path, PathBuf};

use service::Lang;
use tariff::offer::{Fault, Mistake, OfferError};

use super::{Exit, Failure, Said, Words};

/// A refused file of offers.
#[derive(Debug)]
pub(super) struct Refused {
    path: PathBuf,
    mistakes: Vec<Mistake>,
}

impl Failure {
    /// A file of offers with its mistakes.
    pub fn offers(path: &Path, mistakes: Vec<Mistake>) -> Self {
        Self {
            exit: Exit::Configuration,
            hint: Some(Said::new("error-offers-do").path(path)),
            words: Words::Offers(Box::new(Refused {
                path: path.to_owned(),
                mistakes,
            })),
        }
    }
}

impl Refused {
    pub(super) fn message(&self, lang: Lang) -> String {
        let heading = match self.mistakes.len() {
            1 => Said::new("error-offers-one"),
            count => Said::new("error-offers").with("count", count),
        };
        let mut text = heading.path(&self.path).text(lang);
        for mistake in &self.mistakes {
            let said = Said::new("offer-mistake").path(&self.path);
            let said = said.with("line", mistake.line);
            let (what, more) = words(&mistake.error, lang);
            text += "\n  ";
            text += &said.with("text", what).text(lang);
            for line in more.lines() {
                text += "\n    ";
                text += &line.replace(char::is_control, "\u{fffd}");
            }
        }
        text
    }
}

/// What is wrong; of TOML also its excerpt, line by line.
fn words(error: &OfferError, lang: Lang) -> (String, String) {
    let said = match error {
        OfferError::Toml(text) => {
            let lines: Vec<&str> = text.trim_end().lines().collect();
            let what = lines.last().copied().unwrap_or_default();
            let excerpt = lines.get(1..lines.len().saturating_sub(1));
            let said = toml(what);
            return (said.text(lang), excerpt.unwrap_or_default().join("\n"));
        }
        OfferError::Comma { found, instead, .. } => Said::new("offer-fault-comma")
            .with("found", found)
            .with("instead", instead),
        OfferError::SameName(name) => Said::new("offer-fault-same-name").with("name", name),
        OfferError::Offer { offer, fault } => Said::new("offer-mistake-of")
            .with("offer", offer)
            .with("text", self::fault(fault).text(lang)),
    };
    (said.text(lang), String::new())
}

/// The parser's complaint: the usual ones in the reader's language.
fn toml(complaint: &str) -> Said {
    let quoted = |beginning: &str| {
        let rest = complaint.strip_prefix(beginning)?;
        rest.split('`').nth(1).map(str::to_owned)
    };
    if let Some(name) = quoted("missing field ") {
        return Said::new("offer-fault-missing").with("name", name);
    }
    if let Some(name) = quoted("unknown field ") {
        let known: Vec<&str> = complaint.split('`').skip(3).step_by(2).collect();
        return Said::new("offer-fault-unknown")
            .with("name", name)
            .with("known", known.join(", "));
    }
    Said::new("offer-fault-toml").with("problem", complaint)
}

fn fault(fault: &Fault) -> Said {
    match fault {
        Fault::Overlap { what, from } => Said::new("offer-fault-overlap")
            .with("what", what)
            .with("from", from),
        Fault::Gap { what, from, to } => Said::new("offer-fault-gap")
            .with("what", what)
            .with("from", from)
            .with("to", to),
        Fault::Backwards { what, from, to } => Said::new("offer-fault-backwards")
            .with("what", what)
            .with("from", from)
            .with("to", to),
        Fault::Class { found, known } => Said::new("offer-fault-class")
            .with("found", found)
            .with("known", known),
        Fault::NoPrice(name) => Said::new("offer-fault-no-price").with("name", name),
        Fault::Cents {
            what,
            found,
            instead,
        } => Said::new("offer-fault-cents")
            .with("what", what)
            .with("found", found)
            .with("instead", instead),
        Fault::Kind { kind, problem } => Said::new("offer-fault-kind")
            .with("kind", kind)
            .with("problem", problem),
        Fault::Hours(text) => Said::new("offer-fault-hours").with("text", text),
        Fault::Day(text) => Said::new("offer-fault-day").with("text", text),
        Fault::Season(text) => Said::new("offer-fault-season").with("text", text),
        Fault::Unclaimed { day, minute } => Said::new("offer-fault-unclaimed")
            .with("day", day)
            .with("minute", minute),
        Fault::TooManyClasses(count) => Said::new("offer-fault-classes").with("count", count),
        Fault::Prices {
            file,
            line,
            problem,
        } => Said::new("offer-fault-prices")
            .with("file", file)
            .with("line", line)
            .with("problem", problem),
    }
}
