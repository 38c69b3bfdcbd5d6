//! RTE: the API with an account, and the public page.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::days::Gathered;
use super::{Days, ReadError, cut, json};
use crate::colour::Colour;

#[derive(Deserialize)]
struct Api {
    #[serde(default)]
    tempo_like_calendars: Option<Calendars>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    error_description: Option<String>,
}

/// An object, as seven clients describe it; an array in one old description.
#[derive(Deserialize)]
#[serde(untagged)]
enum Calendars {
    One(Values),
    Many(Vec<Values>),
}

#[derive(Deserialize)]
struct Values {
    #[serde(default)]
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    start_date: String,
    #[serde(default)]
    value: Option<String>,
}

pub(super) fn api<C: Colour>(text: &str) -> Result<Days<C>, ReadError> {
    let api: Api = json(text)?;
    if let Some(code) = api.error {
        let description = cut(api.error_description.as_deref().unwrap_or_default());
        return Err(ReadError::Refused {
            code: cut(&code),
            description,
        });
    }
    let calendars = match api.tempo_like_calendars {
        None => return Err(ReadError::Shape("no tempo_like_calendars".to_owned())),
        Some(Calendars::One(one)) => vec![one],
        Some(Calendars::Many(many)) => many,
    };
    let mut days = Gathered::new();
    for value in calendars.iter().flat_map(|calendar| &calendar.values) {
        let word = value.value.as_deref().unwrap_or_default();
        days.word(&value.start_date, word)?;
    }
    Ok(days.finish())
}

#[derive(Deserialize)]
struct Page {
    values: BTreeMap<String, Option<String>>,
}

/// Beside each day the page writes whether RTE had to fall back on a rule.
const FALLBACK: &str = "-fallback";

pub(super) fn page<C: Colour>(text: &str) -> Result<Days<C>, ReadError> {
    let page: Page = json(text)?;
    let mut days = Gathered::new();
    for (day, word) in &page.values {
        if !day.ends_with(FALLBACK) {
            days.word(day, word.as_deref().unwrap_or_default())?;
        }
    }
    Ok(days.finish())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::colour::TempoColour::{self, Blue, Red, White};

    #[test]
    fn the_api_answers_newest_first_with_instants() {
        let days = api::<TempoColour>(
            r#"{"tempo_like_calendars":{"start_date":"2025-11-18T00:00:00+01:00","end_date":"2025-11-20T00:00:00+01:00","values":[
            {"start_date":"2025-11-19T00:00:00+01:00","end_date":"2025-11-20T00:00:00+01:00","value":"WHITE","updated_date":"2025-11-18T10:20:00+01:00"},
            {"start_date":"2025-11-18T00:00:00+01:00","end_date":"2025-11-19T00:00:00+01:00","value":"BLUE","updated_date":"2025-11-17T10:20:00+01:00","fallback":false}]}}"#,
        );
        assert_eq!(
            days.unwrap(),
            [
                (date(2025, 11, 18), Some(Blue)),
                (date(2025, 11, 19), Some(White))
            ]
        );
    }

    #[test]
    fn a_refusal_of_the_api_is_told_with_its_code() {
        let refused = api::<TempoColour>(
            r#"{"error":"TMPLIKSUPCON_TMPLIKCAL_F04","error_description":"end too far","transaction_id":"x"}"#,
        );
        assert_eq!(
            refused.unwrap_err().to_string(),
            "the source refuses: TMPLIKSUPCON_TMPLIKCAL_F04: end too far"
        );
    }

    #[test]
    fn the_page_mixes_days_and_remarks() {
        let days = page::<TempoColour>(
            r#"{"values":{"2026-11-21":"BLUE","2026-11-21-fallback":"false","2026-11-22":"red","2026-11-23":null}}"#,
        );
        assert_eq!(
            days.unwrap(),
            [
                (date(2026, 11, 21), Some(Blue)),
                (date(2026, 11, 22), Some(Red)),
                (date(2026, 11, 23), None)
            ]
        );
    }
}
