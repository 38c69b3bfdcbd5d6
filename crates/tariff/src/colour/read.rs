//! Reading the colours out of what each source answers.
//!
//! An answer is read whole or refused: a page of HTML, a word that is no colour
//! or a day told in two ways is an error that says so, and the next source is
//! asked. Days left undecided are read as such.

mod days;
mod edf;
mod files;
mod rte;
mod services;

use jiff::civil::Date;

use super::Colour;

/// The shapes in which sources answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// RTE's API: `{"tempo_like_calendars":{"values":[…]}}`.
    RteApi,
    /// RTE's public page: `{"values":{"2026-11-21":"BLUE",…}}`.
    RtePage,
    /// api-couleur-tempo.fr: one day or an array of days with `codeJour`.
    CouleurTempo,
    /// EDF's service: `{"content":{"options":[…]}}`.
    Edf,
    /// MyElectricalData: `{"2023-03-01":"blue"}`.
    MyElectricalData,
    /// A history in EDF's words: `{"dates":[{"date":…,"couleur":…}]}`.
    Dates,
    /// A history as lines: `01/09/2014;BLEU`.
    Lines,
}

/// What an answer says of each of its days; `None` where it is undecided.
pub type Days<C> = Vec<(Date, Option<C>)>;

/// Why an answer cannot be read. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing.
    #[error("an empty answer")]
    Empty,
    /// A web page.
    #[error("a web page instead of colours")]
    Html,
    /// Larger than any answer.
    #[error("an answer of {0} bytes")]
    TooLarge(usize),
    /// No text of the shape that was expected.
    #[error("not the expected shape: {0}")]
    Shape(String),
    /// The source says why it does not answer.
    #[error("the source refuses: {code}: {description}")]
    Refused {
        /// Its code.
        code: String,
        /// Its words, cut.
        description: String,
    },
    /// A date that is none.
    #[error("not a date: {0:?}")]
    Date(String),
    /// A word that names no colour.
    #[error("{day}: not a colour: {found:?}")]
    Colour {
        /// The day.
        day: Date,
        /// The word, cut.
        found: String,
    },
    /// One day with two colours.
    #[error("{0}: told in two ways")]
    Twice(Date),
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 7] = [
        Self::RteApi,
        Self::RtePage,
        Self::CouleurTempo,
        Self::Edf,
        Self::MyElectricalData,
        Self::Dates,
        Self::Lines,
    ];

    /// The shape of a file, when it is one of these.
    pub fn recognise(bytes: &[u8]) -> Option<Self> {
        let text = text(bytes).ok()?;
        if !text.starts_with(['{', '[']) {
            return files::looks_like_lines(text).then_some(Self::Lines);
        }
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let has = |key: &str| value.get(key).is_some();
        match () {
            () if has("tempo_like_calendars") => Some(Self::RteApi),
            () if has("values") => Some(Self::RtePage),
            () if has("content") => Some(Self::Edf),
            () if has("dates") => Some(Self::Dates),
            () if has("codeJour") || value.is_array() => Some(Self::CouleurTempo),
            () if services::is_day_map(&value) => Some(Self::MyElectricalData),
            () => None,
        }
    }
}

/// Reads an answer of that shape, its days in order.
///
/// ```
/// use tariff::colour::{TempoColour, Shape, read};
/// let days = read::read::<TempoColour>(Shape::MyElectricalData, br#"{"2023-03-01":"Blue"}"#);
/// assert_eq!(days.unwrap(), [(jiff::civil::date(2023, 3, 1), Some(TempoColour::Blue))]);
/// ```
pub fn read<C: Colour>(shape: Shape, bytes: &[u8]) -> Result<Days<C>, ReadError> {
    let text = text(bytes)?;
    match shape {
        Shape::RteApi => rte::api(text),
        Shape::RtePage => rte::page(text),
        Shape::CouleurTempo => services::couleur_tempo(text),
        Shape::Edf => edf::service(text),
        Shape::MyElectricalData => services::day_map(text),
        Shape::Dates => files::dates(text),
        Shape::Lines => files::lines(text),
    }
}

/// Twenty years of days in the longest shape are 1 MB.
const LIMIT: usize = 4 << 20;

fn text(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > LIMIT {
        return Err(ReadError::TooLarge(bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::Shape(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.chars().next() {
        None => Err(ReadError::Empty),
        Some('<') => Err(ReadError::Html),
        Some(_) => Ok(text),
    }
}

fn json<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, ReadError> {
    serde_json::from_str(text).map_err(|error| ReadError::Shape(cut(&error.to_string())))
}

/// A foreign text, short enough to be shown.
fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
