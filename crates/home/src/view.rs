//! From the ledger to what a command shows: read once into the structures of
//! [`crate::json`], from which both the text and the JSON are made.

mod asked;
pub mod bands;
pub mod beside;
pub mod calendar;
pub mod colours;
pub mod compare;
pub mod cost;
pub mod cumulative;
pub mod day;
mod health;
pub mod heat;
pub mod index;
pub mod maxima;
pub mod meters;
mod notices;
pub mod outputs;
pub mod period;
pub mod pricing;
pub mod season;
pub mod slots;
pub mod status;
pub mod tariff;
pub mod trouble;
pub mod years;

use std::collections::BTreeSet;

use jiff::civil::Date;
use ledger::{SeriesKey, Store};
use meter::{Direction, Kind, UsagePoint};

use crate::config::UsagePointSettings;
use crate::exit::{Exit, Failure, Said};
use crate::json::show::Subject;

/// Which readings somebody asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Only this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Only this direction.
    pub direction: Option<Direction>,
    /// Kinds of which at least one must be there.
    pub kinds: &'a [Kind],
}

impl Subject {
    /// The series of a kind.
    pub fn key(&self, kind: Kind) -> SeriesKey {
        SeriesKey {
            usage_point: self.usage_point,
            direction: self.direction,
            kind,
        }
    }
}

/// The subjects that are held and wanted: configured ones first, in their order.
pub fn subjects(
    store: &Store,
    configured: &[UsagePointSettings],
    wanted: Wanted,
) -> Result<Vec<Subject>, Failure> {
    let series = store.series()?;
    let found: BTreeSet<_> = series
        .iter()
        .filter(|key| wanted.kinds.contains(&key.kind))
        .filter(|key| wanted.usage_point.is_none_or(|prm| prm == key.usage_point))
        .filter(|key| wanted.direction.is_none_or(|way| way == key.direction))
        .map(|key| {
            (
                rank(configured, key.usage_point),
                key.usage_point,
                key.direction,
            )
        })
        .collect();
    if found.is_empty() {
        return Err(nothing(wanted.usage_point));
    }
    Ok(found
        .into_iter()
        .map(|(_, usage_point, direction)| Subject {
            usage_point,
            name: name(configured, usage_point),
            direction,
        })
        .collect())
}

/// The last day of which some subject holds something of these kinds.
pub fn last_held(
    store: &Store,
    subjects: &[Subject],
    kinds: &[Kind],
) -> Result<Option<Date>, Failure> {
    let mut last = None;
    for subject in subjects {
        for kind in kinds {
            last = last.max(store.last_held(subject.key(*kind))?);
        }
    }
    Ok(last)
}

/// Nothing is held of what was asked for.
pub fn nothing(usage_point: Option<UsagePoint>) -> Failure {
    let said = match usage_point {
        Some(prm) => Said::new("error-no-readings-of").with("prm", prm),
        None => Said::new("error-no-readings"),
    };
    Failure::new(Exit::Data, said).hint(Said::new("error-no-readings-do"))
}

/// The name of a usage point in the configuration.
pub fn name(configured: &[UsagePointSettings], prm: UsagePoint) -> Option<String> {
    let point = configured.iter().find(|point| point.prm == prm)?;
    point.name.clone()
}

/// Where a usage point stands in the configuration; those of none come last.
pub fn rank(configured: &[UsagePointSettings], prm: UsagePoint) -> usize {
    let at = configured.iter().position(|point| point.prm == prm);
    at.unwrap_or(configured.len())
}

/// A sentence behind a colon: without its capital, unless a name begins it.
pub fn inside(sentence: &str) -> String {
    if ["Enedis", "Relevé"]
        .iter()
        .any(|name| sentence.starts_with(name))
    {
        return sentence.to_owned();
    }
    let mut letters = sentence.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
