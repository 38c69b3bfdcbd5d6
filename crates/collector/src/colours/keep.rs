//! Colours in the ledger, and out of it.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{LedgerError, Store, Written};
use tariff::colour::read::Days;
use tariff::colour::{Colour, ColourCalendar, Source};

/// The ledger's word for a calendar: `tempo`, `ejp`.
pub fn calendar<C: Colour>() -> String {
    C::OPTION.to_lowercase()
}

/// Keeps what a source says; days that it leaves undecided change nothing.
pub fn keep<C: Colour>(
    store: &mut Store,
    source: &Source,
    days: &Days<C>,
    at: Timestamp,
) -> Result<Written, LedgerError> {
    let decided: Vec<(Date, &str)> = days
        .iter()
        .filter_map(|(day, colour)| Some((*day, (*colour)?.as_str())))
        .collect();
    store.write_colours(&calendar::<C>(), &decided, &source.to_string(), at)
}

/// Every source's word on the days in `[from, to)`.
pub fn load<C: Colour>(
    store: &Store,
    from: Date,
    to: Date,
) -> Result<ColourCalendar<C>, LedgerError> {
    let mut known = ColourCalendar::default();
    for record in store.colours(&calendar::<C>(), from, to)? {
        let word = || format!("{}: {:?} of {:?}", record.day, record.colour, record.source);
        let colour = C::from_word(&record.colour).ok_or_else(|| LedgerError::Row(word()))?;
        let source = Source::from_name(&record.source);
        known.say(record.day, colour, source);
    }
    Ok(known)
}
