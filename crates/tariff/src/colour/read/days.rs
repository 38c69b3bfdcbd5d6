//! The days of one answer: each once, in order.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use meter::paris;

use super::{Days, ReadError, cut};
use crate::colour::{Colour, is_undecided};

pub(super) struct Gathered<C> {
    days: BTreeMap<Date, Option<C>>,
}

impl<C: Colour> Gathered<C> {
    pub(super) fn new() -> Self {
        Self {
            days: BTreeMap::new(),
        }
    }

    /// Takes a day's word, as the source writes both.
    pub(super) fn word(&mut self, day: &str, word: &str) -> Result<(), ReadError> {
        let day = date(day)?;
        let colour = C::from_word(word);
        if colour.is_none() && !is_undecided(word) {
            let found = cut(word);
            return Err(ReadError::Colour { day, found });
        }
        self.put(day, colour)
    }

    pub(super) fn put(&mut self, day: Date, colour: Option<C>) -> Result<(), ReadError> {
        let known = self.days.entry(day).or_insert(colour);
        match (*known, colour) {
            (Some(one), Some(other)) if one != other => Err(ReadError::Twice(day)),
            (None, Some(_)) => {
                *known = colour;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn finish(self) -> Days<C> {
        self.days.into_iter().collect()
    }
}

/// `2026-11-01`, `2026-11-1`, `01/11/2026`, or an instant: the day it begins in Paris.
pub(super) fn date(text: &str) -> Result<Date, ReadError> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(paris::day_of(instant));
    }
    let bad = || ReadError::Date(cut(text));
    let day = text.split('T').next().unwrap_or_default();
    let turned = day.contains('/');
    let mut parts = [0_i16; 3];
    let mut found = day.split(['-', '/']);
    for part in &mut parts {
        let digits = found.next().ok_or_else(bad)?;
        *part = digits.parse().map_err(|_| bad())?;
    }
    if found.next().is_some() {
        return Err(bad());
    }
    if turned {
        parts.reverse();
    }
    let [year, month, day] = parts;
    let small = |part: i16| i8::try_from(part).map_err(|_| bad());
    // A year of two digits says nothing of its century.
    if year < 1990 {
        return Err(bad());
    }
    Date::new(year, small(month)?, small(day)?).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::TempoColour;

    #[test]
    fn dates_are_read_as_each_source_writes_them() {
        let expected = jiff::civil::date(2026, 11, 1);
        for text in [
            "2026-11-01",
            "2026-11-1",
            "01/11/2026",
            "1/11/2026",
            "2026-11-01T00:00:00+01:00",
            "2026-10-31T23:00:00Z",
            "2026-11-01T00:00:00",
        ] {
            assert_eq!(date(text), Ok(expected), "{text}");
        }
        for text in ["", "2026-13-01", "2026-11", "26-11-01", "1-2-3-4", "demain"] {
            assert!(matches!(date(text), Err(ReadError::Date(_))), "{text}");
        }
    }

    #[test]
    fn a_day_told_twice_is_one_day_and_told_in_two_ways_is_none() {
        let mut days = Gathered::<TempoColour>::new();
        days.word("2026-11-01", "NON_DEFINI").unwrap();
        days.word("2026-11-01", "BLUE").unwrap();
        days.word("2026-11-01", "bleu").unwrap();
        assert_eq!(
            days.word("2026-11-01", "RED"),
            Err(ReadError::Twice(jiff::civil::date(2026, 11, 1)))
        );
        assert_eq!(days.finish().len(), 1);
    }
}
