//! Services that repeat RTE's colours: api-couleur-tempo.fr and MyElectricalData.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::days::{Gathered, date};
use super::{Days, ReadError, json};
use crate::colour::Colour;

#[derive(Deserialize)]
#[serde(untagged)]
enum CouleurTempo {
    One(Day),
    Many(Vec<Day>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Day {
    date_jour: String,
    /// 0 unknown, 1 blue, 2 white, 3 red.
    code_jour: u8,
}

pub(super) fn couleur_tempo<C: Colour>(text: &str) -> Result<Days<C>, ReadError> {
    let answer = match json(text)? {
        CouleurTempo::One(day) => vec![day],
        CouleurTempo::Many(days) => days,
    };
    let mut days = Gathered::new();
    for day in answer {
        let word = match day.code_jour {
            0 => "",
            1 => "blue",
            2 => "white",
            3 => "red",
            _ => "codeJour",
        };
        days.word(&day.date_jour, word)?;
    }
    Ok(days.finish())
}

pub(super) fn day_map<C: Colour>(text: &str) -> Result<Days<C>, ReadError> {
    let map: BTreeMap<String, Option<String>> = json(text)?;
    let mut days = Gathered::new();
    for (day, word) in &map {
        days.word(day, word.as_deref().unwrap_or_default())?;
    }
    Ok(days.finish())
}

/// Whether every key is a date.
pub(super) fn is_day_map(value: &serde_json::Value) -> bool {
    let dated = |map: &serde_json::Map<_, _>| map.keys().all(|key: &String| date(key).is_ok());
    value
        .as_object()
        .is_some_and(|map| !map.is_empty() && dated(map))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::TempoColour::{self, Blue, Red};

    #[test]
    fn one_day_and_a_season_are_read_alike() {
        let one =
            r#"{"dateJour":"2026-11-21","codeJour":1,"periode":"2026-2027","libCouleur":"Bleu"}"#;
        let expected = (jiff::civil::date(2026, 11, 21), Some(Blue));
        assert_eq!(couleur_tempo::<TempoColour>(one).unwrap(), [expected]);
        let season = format!(
            r#"[{one},{{"dateJour":"2026-11-22","codeJour":0}},{{"dateJour":"2026-11-23","codeJour":3}}]"#
        );
        let days = couleur_tempo::<TempoColour>(&season).unwrap();
        assert_eq!(days[0], expected);
        assert_eq!((days[1].1, days[2].1), (None, Some(Red)));
    }

    #[test]
    fn a_code_that_is_not_described_is_refused() {
        let odd = r#"{"dateJour":"2026-11-21","codeJour":4}"#;
        assert!(matches!(
            couleur_tempo::<TempoColour>(odd),
            Err(ReadError::Colour { .. })
        ));
    }
}
