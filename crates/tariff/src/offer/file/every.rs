//! A file of offers with every mistake in it, each at its line.
//!
//! Each offer is looked at by itself, so that a mistake in one does not hide
//! those of the others.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::raw::{File, RawOffer};
use super::{Files, Part, offer, toml_error};
use crate::offer::Offer;
use crate::offer::error::OfferError;

/// Something wrong in a file of offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub error: OfferError,
}

/// Reads a file of offers, or tells everything that is wrong, by line.
pub fn check(text: &str, files: &Files) -> Result<Vec<Offer>, Vec<Mistake>> {
    let mut reader = Reader {
        text,
        ids: BTreeSet::new(),
        offers: Vec::new(),
        mistakes: Vec::new(),
    };
    match DeTable::parse(text) {
        Ok(table) => reader.file(table.into_inner(), files),
        Err(error) => reader.toml(&error),
    }
    if reader.mistakes.is_empty() {
        return Ok(reader.offers);
    }
    reader.mistakes.sort_by_key(|mistake| mistake.line);
    Err(reader.mistakes)
}

struct Reader<'a> {
    text: &'a str,
    ids: BTreeSet<String>,
    offers: Vec<Offer>,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn file(&mut self, mut table: DeTable, files: &Files) {
        if let Some(items) = table.get("offer").map(Spanned::get_ref)
            && let DeValue::Array(items) = items
        {
            for item in items.clone() {
                self.offer(item, files);
            }
            table.remove("offer");
        }
        // What is left of the file: keys that are none.
        let whole = Spanned::new(0..self.text.len(), DeValue::Table(table));
        if let Err(error) = File::deserialize(ValueDeserializer::from(whole)) {
            self.toml(&error);
        }
    }

    fn offer(&mut self, item: Spanned<DeValue>, files: &Files) {
        let span = item.span();
        let parts = Parts::of(item.get_ref());
        let raw = match RawOffer::deserialize(ValueDeserializer::from(item)) {
            Ok(raw) => raw,
            Err(error) => return self.toml(&error),
        };
        if !self.ids.insert(raw.id.clone()) {
            self.at(&span, OfferError::SameName(raw.id.clone()));
        }
        match offer(&raw, files) {
            Ok(offer) => self.offers.push(offer),
            Err(faults) => {
                for (part, fault) in faults {
                    let offer = raw.id.clone();
                    let at = parts.span(part).unwrap_or(&span);
                    self.at(at, OfferError::Offer { offer, fault });
                }
            }
        }
    }

    fn toml(&mut self, error: &toml::de::Error) {
        let mut error = error.clone();
        error.set_input(Some(self.text));
        let span = error.span().unwrap_or_default();
        self.at(&span, toml_error(self.text, &error));
    }

    fn at(&mut self, span: &Range<usize>, error: OfferError) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        self.mistakes.push(Mistake { line, error });
    }
}

/// Where the lines of an offer stand.
struct Parts {
    prices: Vec<Range<usize>>,
    subscriptions: Vec<Range<usize>>,
}

impl Parts {
    fn of(offer: &DeValue) -> Self {
        let spans = |key| match offer.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(items)) => items.iter().map(Spanned::span).collect(),
            _ => Vec::new(),
        };
        Self {
            prices: spans("price"),
            subscriptions: spans("subscription"),
        }
    }

    fn span(&self, part: Part) -> Option<&Range<usize>> {
        match part {
            Part::Whole => None,
            Part::Price(index) => self.prices.get(index),
            Part::Subscription(index) => self.subscriptions.get(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told_at_its_line_and_one_offer_hides_none_of_another() {
        let text = r#"
[[offer]]
id = "one"
name = "One"
kind = "flat"
taxes = "included"
source = "me"
price = [
    { class = "base", kwh = 19.52, from = 2026-01-01, to = 2026-06-30 },
    { class = "bas", kwh = 0.2, from = 2026-07-01 },
]

[[offer]]
id = "two"
kind = "flat"

[[offer]]
id = "one"
name = "One"
kind = "flat"
taxes = "included"
source = "me"

[[ofer]]
"#;
        let mistakes = check(text, &|_| Err(String::new())).unwrap_err();
        let lines: Vec<usize> = mistakes.iter().map(|mistake| mistake.line).collect();
        assert_eq!(lines, [9, 10, 13, 17, 17, 24]);
        assert_eq!(mistakes[3].error, OfferError::SameName("one".to_owned()));
        assert!(mistakes[5].error.to_string().contains("ofer"));
    }
}
