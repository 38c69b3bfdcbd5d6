//! The query of an address, read strictly: every field once, none that is
//! unknown, each of its own form. The same types describe it in `OpenAPI`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use home::when::Days;
use home::{Failure, When};
use http::HeaderMap;
use http::request::Parts;
use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use url::form_urlencoded;

use crate::asked::refused;
use crate::caller::Caller;
use crate::house::House;

/// A request: who asks, what, and under which headers.
pub(super) struct Asks<Q> {
    pub(super) caller: Caller,
    pub(super) query: Q,
    pub(super) headers: HeaderMap,
}

impl<Q: DeserializeOwned> FromRequestParts<House> for Asks<Q> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let caller = Caller::from_request_parts(parts, house)
            .await
            .map_err(IntoResponse::into_response)?;
        match read(parts.uri.query().unwrap_or_default()) {
            Ok(query) => Ok(Self {
                caller,
                query,
                headers: parts.headers.clone(),
            }),
            Err(failure) => Err(caller.problem(&failure)),
        }
    }
}

fn read<Q: DeserializeOwned>(text: &str) -> Result<Q, Failure> {
    let mut fields = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let (name, value) = (name.into_owned(), value.into_owned());
        if fields.contains_key(&name) {
            return Err(refused(&name, &value));
        }
        fields.insert(name, value);
    }
    // The language is read by everybody alike, and taken out here.
    if let Some(lang) = fields.remove("lang")
        && !["fr", "en"].contains(&lang.as_str())
    {
        return Err(refused("lang", &lang));
    }
    let whole: serde_json::Map<String, Value> = fields
        .iter()
        .map(|(name, value)| (name.clone(), Value::String(value.clone())))
        .collect();
    serde_json::from_value(Value::Object(whole)).map_err(|_| culprit::<Q>(&fields))
}

/// Which field it is: the first without which what comes before it is read.
fn culprit<Q: DeserializeOwned>(fields: &BTreeMap<String, String>) -> Failure {
    let alone = |name: &str, value: &str| {
        let one = Value::Object(
            [(name.to_owned(), Value::String(value.to_owned()))]
                .into_iter()
                .collect(),
        );
        serde_json::from_value::<Q>(one).map(drop)
    };
    let missing = |error: &serde_json::Error| error.to_string().starts_with("missing field");
    for (name, value) in fields {
        if let Err(error) = alone(name, value)
            && !missing(&error)
        {
            return refused(name, value);
        }
    }
    let empty = serde_json::from_value::<Q>(Value::Object(serde_json::Map::default()));
    let name = empty
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    let name = name.split('`').nth(1).unwrap_or_default();
    refused(name, "")
}

/// The first day and the day after the last of which anything can be known.
const CALENDAR: (Date, Date) = (date(1970, 1, 2), date(2200, 1, 1));

/// Of other centuries nothing is held, and nothing is looked for.
pub(super) fn sane(first: Date, end: Date) -> Result<(), Failure> {
    let holds = CALENDAR.0 <= first && first < end && end <= CALENDAR.1;
    holds.then_some(()).ok_or_else(|| home::view::nothing(None))
}

/// A value that is read from text, with its schema.
macro_rules! texts {
    ($($(#[$doc:meta])+ $name:ident($inner:ty): $read:expr, $schema:tt;)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) struct $name(pub(super) $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                let read: fn(&str) -> Option<$inner> = $read;
                read(&text).map(Self).ok_or_else(|| D::Error::custom("not of its form"))
            }
        }

        home::inline_schema!($name, $schema);
    )+};
}

texts! {
    /// A usage point: 14 digits.
    Point(meter::UsagePoint): |text| text.parse().ok(),
        { "type": "string", "pattern": "^[0-9]{14}$" };
    /// A local day `2026-11-20`.
    Day(Date): day, { "type": "string", "format": "date" };
    /// A day, month or year.
    Named(When): named, {
        "anyOf": [
            { "type": "string", "format": "date" },
            { "type": "string", "pattern": "^(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])$" },
            { "type": "string", "pattern": "^(?!0000)[0-9]{4}$" }
        ],
        "description": "A day (2026-11-20), month (2026-11) or year (2026)."
    };
    /// How many entries a page has.
    Limit(u32): |text| number(text, 1, 20_000),
        { "type": "integer", "minimum": 1, "maximum": 20000, "default": 1500 };
    /// How many hours.
    Ahead(u32): |text| number(text, 1, 240),
        { "type": "integer", "minimum": 1, "maximum": 240, "default": 48 };
    /// Where a page begins, as the page before said.
    Cursor(i64): |text| (text.len() <= 9).then(|| number(text, 0, i64::MAX))?,
        { "type": "string", "pattern": "^(?:0|[1-9][0-9]{0,8})$",
          "description": "From `next` of the page before." };
}

/// A whole number between two, without a sign or zeros before it.
fn number<T: FromStr + PartialOrd + Copy>(text: &str, least: T, most: T) -> Option<T> {
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    let value: T = plain.then(|| text.parse().ok())??;
    (least <= value && value <= most).then_some(value)
}

fn day(text: &str) -> Option<Date> {
    match named(text)? {
        When::Day(day) => Some(day),
        _ => None,
    }
}

/// As people write it elsewhere, but without words and slashes.
fn named(text: &str) -> Option<When> {
    let plain = |byte: u8| byte.is_ascii_digit() || byte == b'-';
    let long = [4, 7, 10].contains(&text.len()) && text.bytes().all(plain);
    if !long || text.starts_with("0000") {
        return None;
    }
    When::read(text, jiff::Timestamp::UNIX_EPOCH)
}

impl Day {
    /// The same as a name, where a meter can have been read on it.
    pub(super) fn when(self) -> Result<When, Failure> {
        let next = meter::paris::add_days(self.0, 1);
        sane(self.0, next).map(|()| When::Day(self.0))
    }
}

impl Named {
    /// The days that it names, where a meter can have been read on them.
    pub(super) fn days(self) -> Result<Days, Failure> {
        let days = Days::from(self.0.period());
        sane(days.first, days.end).map(|()| days)
    }

    /// The same as a name.
    pub(super) fn when(self) -> Result<When, Failure> {
        self.days().map(|_| self.0)
    }
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(super) enum Way {
    /// From the grid.
    Consumption,
    /// To the grid.
    Production,
}

impl From<Way> for meter::Direction {
    fn from(way: Way) -> Self {
        match way {
            Way::Consumption => Self::Consumption,
            Way::Production => Self::Production,
        }
    }
}

/// No query at all.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

#[cfg(test)]
mod tests {
    use service::Lang;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "what was read is not looked at")]
    struct Both {
        point: Point,
        limit: Option<Limit>,
    }

    fn message(text: &str) -> String {
        read::<Both>(text).unwrap_err().message(Lang::En)
    }

    #[test]
    fn a_query_is_read_once_and_the_culprit_is_named() {
        assert!(read::<Both>("point=11111111111111&limit=7&lang=fr").is_ok());
        for (query, name) in [
            ("point=1", "point"),
            ("point=11111111111111&limit=0", "limit"),
            ("point=11111111111111&limit=+7", "limit"),
            ("point=11111111111111&point=11111111111111", "point"),
            ("point=11111111111111&more=1", "more"),
            ("point=11111111111111&lang=de", "lang"),
            ("limit=7", "point"),
        ] {
            assert!(message(query).contains(name), "{query}: {}", message(query));
        }
    }

    #[test]
    fn periods_are_named_in_one_writing_only() {
        assert_eq!(named("2026-11"), Some(When::Month(date(2026, 11, 1))));
        assert_eq!(day("2026-11-20"), Some(date(2026, 11, 20)));
        for foul in [
            "hier",
            "20/11/2026",
            "2026-1",
            "2026-13",
            "2026-11-31",
            "",
            "+026",
            "2026-",
            "0000",
        ] {
            assert_eq!(named(foul), None, "{foul}");
            assert_eq!(day(foul), None, "{foul}");
        }
        let october = Named(named("2026-10").unwrap()).days().unwrap();
        assert_eq!(
            (october.first, october.end),
            (date(2026, 10, 1), date(2026, 11, 1))
        );
        assert!(Named(named("9999").unwrap()).days().is_err());
        assert!(Named(named("0001-01-01").unwrap()).when().is_err());
    }
}
