//! What a page was asked for: the query of its address, checked.

use axum::extract::{FromRequestParts, Query};
use axum::response::Response;
use home::{Failure, Said, When};
use http::request::Parts;
use jiff::Timestamp;
use meter::{Direction, Granularity, Period, UsagePoint};
use serde::Deserialize;

use crate::caller::Caller;
use crate::house::House;

/// The query of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// `point`: the usage point; none: the first.
    pub point: Option<UsagePoint>,
    /// `direction`: `consumption`, `production` or `net`.
    pub way: Way,
    /// `period`: a day, month or year (`2026-11-20`, `2026-11`, `2026`), or
    /// `all`; none: the last that has data.
    pub period: Option<Span>,
    /// `by`: how long a period is shown.
    pub by: Option<By>,
    /// `value`: `energy` or `cost`.
    pub value: Value,
    /// `compare=1`: beside a year ago.
    pub compare: bool,
    /// `offer`: an offer's id.
    pub offer: Option<String>,
    /// `format`: the page, or what its chart shows as `csv`.
    pub format: Format,
}

/// In which form a page is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// As a page.
    #[default]
    Html,
    /// What its chart shows, as comma-separated values.
    Csv,
}

impl Format {
    /// Whether a file is wanted.
    pub fn is_csv(self) -> bool {
        self == Self::Csv
    }
}

/// Which way the energy flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// From the grid.
    #[default]
    Consumption,
    /// To the grid.
    Production,
    /// Consumption less production.
    Net,
}

impl From<Direction> for Way {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Consumption => Self::Consumption,
            Direction::Production => Self::Production,
        }
    }
}

impl Way {
    /// The direction of the ledger; none for both.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Consumption => Some(Direction::Consumption),
            Self::Production => Some(Direction::Production),
            Self::Net => None,
        }
    }

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consumption => "consumption",
            Self::Production => "production",
            Self::Net => "net",
        }
    }
}

/// A period that was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A day, month or year.
    When(When),
    /// Everything that is held.
    All,
}

/// How long a period is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Every year.
    All,
}

/// What the bars are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// Energy.
    #[default]
    Energy,
    /// Money.
    Cost,
}

#[derive(Debug, Default, Deserialize)]
struct Raw {
    point: Option<String>,
    direction: Option<String>,
    period: Option<String>,
    by: Option<String>,
    value: Option<String>,
    compare: Option<String>,
    offer: Option<String>,
    format: Option<String>,
}

impl FromRequestParts<House> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        use axum::response::IntoResponse;
        let caller = Caller::from_request_parts(parts, house)
            .await
            .map_err(IntoResponse::into_response)?;
        let raw =
            Query::<Raw>::try_from_uri(&parts.uri).map_err(|_| caller.fail(&refused("", "")))?;
        let asked = Self::read(raw.0, house.now());
        asked.map_err(|failure| caller.fail(&failure))
    }
}

impl Asked {
    fn read(raw: Raw, now: Timestamp) -> Result<Self, Failure> {
        let point = raw.point.filter(|text| !text.is_empty());
        Ok(Self {
            point: point
                .map(|text| text.parse().map_err(|_| refused("point", &text)))
                .transpose()?,
            way: word("direction", raw.direction)?.unwrap_or_default(),
            period: raw
                .period
                .filter(|text| !text.is_empty())
                .map(|text| span(&text, now).ok_or_else(|| refused("period", &text)))
                .transpose()?,
            by: word("by", raw.by)?,
            value: word("value", raw.value)?.unwrap_or_default(),
            compare: raw.compare.is_some_and(|text| text == "1"),
            offer: raw.offer.filter(|text| !text.is_empty()),
            format: word("format", raw.format)?.unwrap_or_default(),
        })
    }
}

/// A period as addresses name it: `2026`, `2026-11`, else by its first day.
pub(crate) fn written(period: Period) -> String {
    let first = period.first();
    match period.granularity() {
        Granularity::Year => first.strftime("%Y").to_string(),
        Granularity::Month => first.strftime("%Y-%m").to_string(),
        Granularity::Week | Granularity::Day => first.to_string(),
    }
}

fn span(text: &str, now: Timestamp) -> Option<Span> {
    if text == "all" {
        return Some(Span::All);
    }
    When::read(text, now).map(Span::When)
}

/// One of an enumeration's words.
fn word<T: serde::de::DeserializeOwned>(
    name: &str,
    text: Option<String>,
) -> Result<Option<T>, Failure> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let read = serde_json::from_value(serde_json::Value::String(text.clone()));
    read.map(Some).map_err(|_| refused(name, &text))
}

/// Longest text of an address that is repeated in an error.
const REPEATED: usize = 80;

/// A field of a query that is not what it must be.
pub(crate) fn refused(name: &str, value: &str) -> Failure {
    let short = |text: &str| text.chars().take(REPEATED).collect::<String>();
    let said = Said::new("dash-bad-query").with("name", short(name));
    Failure::usage(said.with("value", short(value))).hint(Said::new("dash-bad-query-do"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(query: &str) -> Result<Asked, Failure> {
        let uri = format!("/?{query}").parse().unwrap();
        let raw = Query::<Raw>::try_from_uri(&uri).unwrap().0;
        Asked::read(raw, "2026-11-21T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_query_is_read_and_an_empty_field_is_none() {
        let asked = read(
            "point=11111111111111&direction=net&period=2026-11&by=month&compare=1&value=cost&offer=",
        );
        let asked = asked.unwrap();
        assert_eq!(asked.way, Way::Net);
        assert_eq!(
            asked.period,
            Some(Span::When(When::Month(date(2026, 11, 1))))
        );
        assert_eq!((asked.by, asked.value), (Some(By::Month), Value::Cost));
        assert!(asked.compare && asked.offer.is_none());
        assert_eq!(read("").unwrap(), Asked::default());
    }

    #[test]
    fn what_is_no_word_of_ours_is_refused_by_its_name() {
        for query in [
            "point=1",
            "direction=up",
            "period=soon",
            "by=hour",
            "value=x",
        ] {
            let failure = read(query).unwrap_err();
            let name = query.split('=').next().unwrap();
            assert!(
                failure.plain_message(service::Lang::En).contains(name),
                "{query}"
            );
        }
    }
}
