//! EDF's service: Tempo and EJP in one shape, option by option.

use serde::Deserialize;

use super::days::Gathered;
use super::{Days, ReadError, cut, json};
use crate::colour::Colour;

#[derive(Deserialize)]
struct Service {
    #[serde(default)]
    errors: Vec<serde_json::Value>,
    #[serde(default)]
    content: Option<Content>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    options: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    option: Option<String>,
    #[serde(default)]
    calendrier: Vec<Day>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Day {
    date_application: String,
    #[serde(default)]
    statut: Option<String>,
}

/// The service answers for the options that were asked, one or both.
pub(super) fn service<C: Colour>(text: &str) -> Result<Days<C>, ReadError> {
    let service: Service = json(text)?;
    let Some(content) = service.content else {
        let said = service.errors.first().map(ToString::to_string);
        return Err(ReadError::Refused {
            code: "EDF".to_owned(),
            description: cut(&said.unwrap_or_default()),
        });
    };
    let mut days = Gathered::new();
    let ours = content.options.iter().filter(|choice| {
        let named = choice.option.as_deref().unwrap_or(C::OPTION);
        named.eq_ignore_ascii_case(C::OPTION)
    });
    for day in ours.flat_map(|choice| &choice.calendrier) {
        let word = day.statut.as_deref().unwrap_or_default();
        days.word(&day.date_application, word)?;
    }
    Ok(days.finish())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::colour::{EjpDay, TempoColour};

    const BOTH: &str = r#"{"errors":[],"content":{"options":[
        {"option":"TEMPO","calendrier":[
            {"dateApplication":"2026-11-1","statut":"TEMPO_BLEU"},
            {"dateApplication":"2026-11-2","statut":"NON_DEFINI"}]},
        {"option":"EJP","calendrier":[
            {"dateApplication":"2026-10-31","statut":"HORS_PERIODE_EJP"},
            {"dateApplication":"2026-11-1","statut":"NON_EJP"},
            {"dateApplication":"2026-11-2","statut":"EJP"}]}]}}"#;

    #[test]
    fn each_option_is_read_from_the_answer_for_both() {
        assert_eq!(
            service::<TempoColour>(BOTH).unwrap(),
            [
                (date(2026, 11, 1), Some(TempoColour::Blue)),
                (date(2026, 11, 2), None)
            ]
        );
        assert_eq!(
            service::<EjpDay>(BOTH).unwrap(),
            [
                (date(2026, 10, 31), Some(EjpDay::Normal)),
                (date(2026, 11, 1), Some(EjpDay::Normal)),
                (date(2026, 11, 2), Some(EjpDay::Peak))
            ]
        );
    }

    #[test]
    fn an_answer_of_errors_alone_is_a_refusal() {
        let refused = service::<TempoColour>(r#"{"errors":[{"code":"X"}]}"#);
        assert!(matches!(refused, Err(ReadError::Refused { .. })));
    }
}
