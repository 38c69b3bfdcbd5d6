//! What the exports have in common: cells, headers, words.

use jiff::civil::Date;
use meter::{Direction, UsagePoint};

use super::Named;

/// Rows of cells; a row may have any number of them.
pub(super) fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Whom a header is about.
pub(super) fn named(number: &str) -> Named {
    match number.parse::<UsagePoint>() {
        // A row of zeros is a mask, not a place.
        Ok(prm) if prm.as_u64() > 0 => Named::Whole(prm),
        _ => Named::Unclear(cut(number)),
    }
}

/// Which way the energy flows, in the words of the header.
pub(super) fn direction(words: &str) -> Option<Direction> {
    let is = |name| same_word(words, name);
    match () {
        () if is("Consommation") => Some(Direction::Consumption),
        () if is("Production") => Some(Direction::Production),
        () => None,
    }
}

/// The number of the last line, when no end of line follows it.
pub(super) fn open_line(text: &str) -> Option<u64> {
    (!text.ends_with('\n')).then(|| text.lines().count() as u64)
}

/// `29/06/2022`.
pub(super) fn french_date(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(str::parse::<i16>);
    let (day, month, year) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Headers come with and without accents, in any case.
pub(super) fn same_word(found: &str, wanted: &str) -> bool {
    let plain = |text: &str| -> String {
        text.trim()
            .chars()
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                'é' | 'è' | 'ê' => 'e',
                c => c,
            })
            .collect()
    };
    plain(found) == plain(wanted)
}

/// A foreign text, short enough to be shown.
pub(super) fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
