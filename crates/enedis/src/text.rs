//! Texts and numbers that arrive now as the one, now as the other.

use std::fmt;

use meter::UsagePoint;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::malformed::Malformed;

/// Reads a text that may come as a number or a boolean; anything else is none.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    from.deserialize_any(Lenient)
}

struct Lenient;

impl<'de> Visitor<'de> for Lenient {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    /// Texts end on people's terminals: what could steer one is taken out.
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.replace(char::is_control, " ")))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }
    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Some(flag.to_string()))
    }
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// The usage point an answer claims to be about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum PointId {
    /// Not said.
    #[default]
    Absent,
    /// Said.
    Known(UsagePoint),
    /// Said, and no usage point.
    Unreadable,
}

impl PointId {
    /// The usage point, if the answer names one.
    pub(crate) fn get(self, field: &'static str) -> Result<Option<UsagePoint>, Malformed> {
        match self {
            Self::Absent => Ok(None),
            Self::Known(point) => Ok(Some(point)),
            Self::Unreadable => Err(Malformed::UsagePoint { field }),
        }
    }

    pub(crate) fn is_absent(self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<'de> Deserialize<'de> for PointId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = lenient(from)?;
        Ok(text.map_or(Self::Absent, |text| {
            text.parse().map_or(Self::Unreadable, Self::Known)
        }))
    }
}

/// Reads a whole JSON answer; positions only in the error.
pub(crate) fn parse<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, Malformed> {
    let text = std::str::from_utf8(body).map_err(|_| Malformed::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().as_bytes().first() {
        None => return Err(Malformed::Empty),
        Some(b'<') => return Err(Malformed::Html),
        Some(_) => {}
    }
    serde_json::from_str(text).map_err(|error| Malformed::from_json(&error))
}
