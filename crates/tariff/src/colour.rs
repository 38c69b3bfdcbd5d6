//! The colours of Tempo days and the peak days of EJP.
//!
//! A colour belongs to a colour day, which is not the calendar day: Tempo's runs
//! from 06:00 to 06:00. What no source has told stays unknown.

pub mod calendar;
pub mod read;
pub mod source;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use calendar::{Answer, ColourCalendar, Contradiction, Said, Statement};
pub use read::{ReadError, Shape};
pub use source::{Authority, Source};

/// The colour of a Tempo day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TempoColour {
    /// 300 or 301 days of the season.
    Blue,
    /// 43 days, never a Sunday.
    White,
    /// 22 days between 1 November and 31 March, Monday to Friday.
    Red,
}

/// What EJP (*effacement jour de pointe*) makes of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EjpDay {
    /// The normal price all day.
    Normal,
    /// The peak price from 07:00 to 01:00 of the next day.
    Peak,
}

/// A calendar that gives each of its days one of a few values.
pub trait Colour: Copy + Eq + Ord + fmt::Debug + 'static {
    /// Every value.
    const ALL: &'static [Self];

    /// The name of its contract option at EDF.
    const OPTION: &'static str;

    /// The value that a word of any source names, in any case; `None` for a word
    /// of another calendar. Words for "not yet known" are [`is_undecided`].
    fn from_word(word: &str) -> Option<Self>;

    /// The name used in files and JSON.
    fn as_str(self) -> &'static str;

    /// What the contract itself says of a day, without any source.
    fn by_rule(day: Date) -> Option<Self>;
}

impl Colour for TempoColour {
    const ALL: &'static [Self] = &[Self::Blue, Self::White, Self::Red];
    const OPTION: &'static str = "TEMPO";

    fn from_word(word: &str) -> Option<Self> {
        let word = plain(word);
        match word.strip_prefix("tempo").unwrap_or(&word) {
            "blue" | "bleu" => Some(Self::Blue),
            "white" | "blanc" => Some(Self::White),
            "red" | "rouge" => Some(Self::Red),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::White => "white",
            Self::Red => "red",
        }
    }

    /// Nothing: a Sunday is never red nor white, but that is what a source says,
    /// too, and it may know of an exception.
    fn by_rule(_: Date) -> Option<Self> {
        None
    }
}

impl Colour for EjpDay {
    const ALL: &'static [Self] = &[Self::Normal, Self::Peak];
    const OPTION: &'static str = "EJP";

    fn from_word(word: &str) -> Option<Self> {
        match plain(word).as_str() {
            "ejp" | "peak" | "pointe" => Some(Self::Peak),
            "nonejp" | "horsperiodeejp" | "normal" => Some(Self::Normal),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Peak => "peak",
        }
    }

    /// From April to October the contract has no peak day.
    fn by_rule(day: Date) -> Option<Self> {
        (4..=10).contains(&day.month()).then_some(Self::Normal)
    }
}

/// Whether a source's word says that a day's value is not decided.
pub fn is_undecided(word: &str) -> bool {
    matches!(
        plain(word).as_str(),
        "" | "nondefini" | "undefined" | "inconnu" | "unknown" | "nd" | "null" | "none"
    )
}

/// Letters alone, without accents, in lower case.
fn plain(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'é' | 'è' => 'e',
            c => c,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_colour_is_known_by_each_of_its_names_in_any_case() {
        for word in ["BLUE", "Bleu", "TEMPO_BLEU", "tempo_blue", " bleu "] {
            assert_eq!(
                TempoColour::from_word(word),
                Some(TempoColour::Blue),
                "{word}"
            );
        }
        assert_eq!(
            TempoColour::from_word("TEMPO_BLANC"),
            Some(TempoColour::White)
        );
        assert_eq!(TempoColour::from_word("Red"), Some(TempoColour::Red));
        assert_eq!(TempoColour::from_word("EJP"), None);
        assert_eq!(EjpDay::from_word("NON_EJP"), Some(EjpDay::Normal));
        assert_eq!(EjpDay::from_word("ejp"), Some(EjpDay::Peak));
    }

    #[test]
    fn a_word_for_nothing_yet_is_no_colour_and_no_mistake() {
        for word in ["NON_DEFINI", "Non défini", "", "INCONNU", "undefined"] {
            assert!(is_undecided(word), "{word}");
            assert_eq!(TempoColour::from_word(word), None, "{word}");
        }
        assert!(!is_undecided("VERT"));
    }

    #[test]
    fn only_the_ejp_contract_decides_days_without_a_source() {
        assert_eq!(EjpDay::by_rule(date(2026, 10, 31)), Some(EjpDay::Normal));
        assert_eq!(EjpDay::by_rule(date(2026, 11, 1)), None);
        assert_eq!(EjpDay::by_rule(date(2026, 3, 31)), None);
        assert_eq!(TempoColour::by_rule(date(2026, 7, 14)), None);
    }
}
