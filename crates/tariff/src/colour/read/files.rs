//! Histories that people keep as files.

use serde::Deserialize;

use super::days::{Gathered, date};
use super::{Days, ReadError, cut, json};
use crate::colour::Colour;

#[derive(Deserialize)]
struct History {
    dates: Vec<Day>,
}

#[derive(Deserialize)]
struct Day {
    date: String,
    couleur: Option<String>,
}

pub(super) fn dates<C: Colour>(text: &str) -> Result<Days<C>, ReadError> {
    let history: History = json(text)?;
    let mut days = Gathered::new();
    for day in &history.dates {
        days.word(&day.date, day.couleur.as_deref().unwrap_or_default())?;
    }
    Ok(days.finish())
}

/// A day and a word per line, after a semicolon, a comma or a tab. A first line
/// without a date is a heading.
pub(super) fn lines<C: Colour>(text: &str) -> Result<Days<C>, ReadError> {
    let mut days = Gathered::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let Some((day, word)) = parts(line) else {
            return Err(ReadError::Shape(format!(
                "line {}: {}",
                number + 1,
                cut(line)
            )));
        };
        if number == 0 && date(day).is_err() {
            continue;
        }
        days.word(day, word)?;
    }
    Ok(days.finish())
}

/// Whether one of the first two lines begins with a date.
pub(super) fn looks_like_lines(text: &str) -> bool {
    let mut first = text.lines().take(2).filter_map(parts);
    first.any(|(day, _)| date(day).is_ok())
}

fn parts(line: &str) -> Option<(&str, &str)> {
    let mut fields = line.split([';', ',', '\t']).map(str::trim);
    Some((fields.next()?, fields.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::TempoColour::{self, Blue, Red};

    #[test]
    fn a_heading_is_passed_over_and_a_broken_line_is_named() {
        let days = lines::<TempoColour>("date;couleur\n01/09/2014;BLEU\r\n\n2/9/2014;Rouge\n");
        let colours: Vec<_> = days.unwrap().into_iter().map(|(_, c)| c).collect();
        assert_eq!(colours, [Some(Blue), Some(Red)]);
        let broken = lines::<TempoColour>("01/09/2014;BLEU\nBLEU\n");
        assert_eq!(
            broken.unwrap_err().to_string(),
            "not the expected shape: line 2: BLEU"
        );
    }

    #[test]
    fn a_word_that_is_no_colour_is_named_with_its_day() {
        let green = lines::<TempoColour>("01/09/2014;VERT");
        assert_eq!(
            green.unwrap_err().to_string(),
            "2014-09-01: not a colour: \"VERT\""
        );
    }
}
