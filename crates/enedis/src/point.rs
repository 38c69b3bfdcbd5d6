//! One measured point of either generation, before anything is believed.
//!
//! Reading never fails on a content: what is odd is noted in the field, and
//! judged later where index and stamp are known. That keeps the path of the
//! fault in the error and the loop over a curve free of allocation.

use std::fmt;

use jiff::civil::{Date, DateTime};
use meter::Step;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::malformed::PointFault;
use crate::stamp;

/// A point: `{v,d,p}` in 2026, `{value,date,interval_length}` in v5.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct RawPoint {
    #[serde(rename = "v", alias = "value", default)]
    pub value: Figure,
    #[serde(rename = "d", alias = "date", default)]
    pub stamp: RawStamp,
    #[serde(rename = "p", alias = "interval_length", default)]
    pub step: RawStep,
}

/// A value: a number, a number in a string, null, or the string "null".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Figure {
    #[default]
    Absent,
    Null,
    Whole(u64),
    Bad(PointFault),
}

impl Figure {
    /// The number; `None` when the source says that it has none.
    pub(crate) fn get(self) -> Result<Option<u64>, PointFault> {
        match self {
            Self::Absent => Err(PointFault::NoValue),
            Self::Null => Ok(None),
            Self::Whole(number) => Ok(Some(number)),
            Self::Bad(fault) => Err(fault),
        }
    }

    fn from_text(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case("null") {
            return Self::Null;
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let all_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole.trim_start_matches('-')) || !all_digits(fraction) {
            return Self::Bad(PointFault::NotANumber);
        }
        if whole.starts_with('-') {
            return Self::Bad(PointFault::Negative);
        }
        if fraction.bytes().any(|b| b != b'0') {
            return Self::Bad(PointFault::Fraction);
        }
        whole
            .parse()
            .map_or(Self::Bad(PointFault::TooLarge), Self::Whole)
    }
}

/// A stamp: a date, a date with time, with or without offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum RawStamp {
    #[default]
    Absent,
    Day(Date),
    At(DateTime),
    /// With an offset, turned into the Paris wall clock.
    Offset(DateTime),
    Bad,
}

impl RawStamp {
    fn from_text(text: &str) -> Self {
        if let Some(at) = stamp::date_time(text) {
            return Self::At(at);
        }
        if let Some(day) = stamp::date(text) {
            return Self::Day(day);
        }
        stamp::instant(text).map_or(Self::Bad, |at| Self::Offset(meter::paris::local(at)))
    }

    /// The wall-clock stamp of a point that has one.
    pub(crate) fn date_time(self) -> Result<DateTime, PointFault> {
        match self {
            Self::At(at) => Ok(at),
            Self::Absent => Err(PointFault::NoStamp),
            _ => Err(PointFault::BadStamp),
        }
    }

    /// The day of a point that stands for a day.
    pub(crate) fn day(self) -> Result<Date, PointFault> {
        match self {
            Self::Day(day) => Ok(day),
            Self::Absent => Err(PointFault::NoStamp),
            _ => Err(PointFault::BadStamp),
        }
    }

    /// The wall clock in any of the forms, for error messages and registers.
    pub(crate) fn any(self) -> Option<DateTime> {
        match self {
            Self::At(at) | Self::Offset(at) => Some(at),
            Self::Day(day) => Some(day.at(0, 0, 0, 0)),
            Self::Absent | Self::Bad => None,
        }
    }
}

/// The step a curve point carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum RawStep {
    #[default]
    Absent,
    Known(Step),
    Bad,
}

impl RawStep {
    pub(crate) fn get(self) -> Result<Step, PointFault> {
        match self {
            Self::Known(step) => Ok(step),
            Self::Absent => Err(PointFault::NoStep),
            Self::Bad => Err(PointFault::BadStep),
        }
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(FigureVisitor)
    }
}

impl<'de> Deserialize<'de> for RawStamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextVisitor(Self::Absent, Self::from_text))
    }
}

impl<'de> Deserialize<'de> for RawStep {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = |text: &str| Step::from_iso(text).map_or(Self::Bad, Self::Known);
        from.deserialize_any(TextVisitor(Self::Absent, read))
    }
}

struct FigureVisitor;

impl Visitor<'_> for FigureVisitor {
    type Value = Figure;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Figure, E> {
        Ok(Figure::from_text(text))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<Figure, E> {
        Ok(Figure::Whole(number))
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<Figure, E> {
        // serde_json calls this for negative numbers only.
        Ok(Figure::Bad(PointFault::Negative))
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Figure, E> {
        // Display of a float is its shortest exact decimal.
        Ok(Figure::from_text(&number.to_string()))
    }
    fn visit_bool<E: Error>(self, _: bool) -> Result<Figure, E> {
        Ok(Figure::Bad(PointFault::NotANumber))
    }
    fn visit_unit<E: Error>(self) -> Result<Figure, E> {
        Ok(Figure::Null)
    }
}

/// Reads a text by a function; null is as good as absent.
struct TextVisitor<T, F>(T, F);

impl<T, F: Fn(&str) -> T> Visitor<'_> for TextVisitor<T, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.1)(text))
    }
    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_as_text_number_null_or_the_word_null() {
        for (json, expected) in [
            ("\"540\"", Figure::Whole(540)),
            ("540", Figure::Whole(540)),
            ("540.0", Figure::Whole(540)),
            ("\"540.00\"", Figure::Whole(540)),
            ("null", Figure::Null),
            ("\"null\"", Figure::Null),
            ("\"\"", Figure::Null),
            ("-1", Figure::Bad(PointFault::Negative)),
            ("\"-12\"", Figure::Bad(PointFault::Negative)),
            ("12.5", Figure::Bad(PointFault::Fraction)),
            ("\"12,5\"", Figure::Bad(PointFault::NotANumber)),
            ("\"1e3\"", Figure::Bad(PointFault::NotANumber)),
            ("true", Figure::Bad(PointFault::NotANumber)),
            ("1e300", Figure::Bad(PointFault::TooLarge)),
            (
                "\"99999999999999999999\"",
                Figure::Bad(PointFault::TooLarge),
            ),
        ] {
            assert_eq!(
                serde_json::from_str::<Figure>(json).unwrap(),
                expected,
                "{json}"
            );
        }
    }
}
