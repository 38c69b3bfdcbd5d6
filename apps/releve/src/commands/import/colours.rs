//! Files of colours of days, which belong to no usage point.
//!
//! What a file says is kept beside what other sources say: nothing is replaced,
//! and where they differ, the days are named.

use std::collections::BTreeSet;
use std::path::Path;

use collector::colours::{self, ColourFile};
use collector::import::short_name;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::paris;
use tariff::colour::read::Days;
use tariff::colour::{Colour, Source};

use crate::json::colours::ImportedColours;
use crate::view::colours::contradictions;

/// Keeps a file's colours under its name.
pub(super) fn keep(
    store: &mut Store,
    path: &Path,
    file: &ColourFile,
    now: Timestamp,
) -> Result<ImportedColours, LedgerError> {
    match file {
        ColourFile::Tempo(days) => keep_days(store, path, days, now),
        ColourFile::Ejp(days) => keep_days(store, path, days, now),
    }
}

fn keep_days<C: Colour>(
    store: &mut Store,
    path: &Path,
    days: &Days<C>,
    now: Timestamp,
) -> Result<ImportedColours, LedgerError> {
    let source = Source::File(short_name(path));
    let written = colours::keep(store, &source, days, now)?;
    let told: BTreeSet<Date> = days
        .iter()
        .filter(|(_, colour)| colour.is_some())
        .map(|(day, _)| *day)
        .collect();
    let (first, last) = (told.first().copied(), told.last().copied());
    let end = last.map(|last| paris::add_days(last, 1));
    let differ = match first.zip(end) {
        Some((first, end)) => {
            let known = colours::load::<C>(store, first, end)?;
            contradictions(&known, |day| told.contains(&day))
        }
        None => Vec::new(),
    };
    Ok(ImportedColours {
        file: short_name(path),
        calendar: colours::calendar::<C>(),
        days: told.len() as u64,
        first,
        last,
        written: written.rows() as u64,
        revised: written.revised as u64,
        contradictions: differ,
    })
}
