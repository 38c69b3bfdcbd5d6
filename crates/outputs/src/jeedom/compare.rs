//! What Jeedom lacks: its history beside the rows that it is to hold.

use jiff::civil::DateTime;

use super::decimal::Decimal;
use super::equipment::{Held, Mode, Offset};
use super::history::{Current, History};
use super::profile::Command;
use super::rows::{Need, Row};

/// A value to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Its local date.
    pub at: DateTime,
    /// What Jeedom then holds.
    pub stored: Decimal,
    /// What it is sent.
    pub sent: Decimal,
    /// Whether Jeedom held it already: it is sent once more, last, so that the
    /// current value is the newest.
    pub again: bool,
}

/// Why a command of an equipment is not filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The equipment has none of that logical id.
    Absent,
    /// It is an action, or of another subtype.
    Kind,
    /// Jeedom would keep no history of it.
    NotHistorized,
    /// Jeedom would move and mix its values.
    Mixing,
    /// Jeedom would compute something of its values that we cannot turn round.
    Formula(String),
}

impl Refused {
    /// The message of the catalogue, without its prefix `jeedom-refused-`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Kind => "kind",
            Self::NotHistorized => "not-historized",
            Self::Mixing => "mixing",
            Self::Formula(_) => "formula",
        }
    }
}

/// Whether a command may be filled: nothing is ever averaged.
pub fn accept(command: &Command, held: &Held) -> Result<(), Refused> {
    if command.is_text() {
        let fits = held.is_info && held.subtype == "string";
        return if fits { Ok(()) } else { Err(Refused::Kind) };
    }
    if !held.is_info || held.subtype != "numeric" {
        return Err(Refused::Kind);
    }
    if !held.is_historized {
        return Err(Refused::NotHistorized);
    }
    if held.mode != Mode::None {
        return Err(Refused::Mixing);
    }
    match &held.offset {
        Offset::Other(formula) => Err(Refused::Formula(formula.clone())),
        _ => Ok(()),
    }
}

/// The events that make a history right, oldest first. Whatever is sent, the
/// last event is the newest row that Jeedom then knows: an older one would
/// become the current value.
pub fn events(
    rows: &[Row],
    held: &Held,
    history: &History,
    current: &Current,
    now: DateTime,
) -> Vec<Event> {
    let event = |(at, stored), again| {
        let sent = held.sent(stored)?;
        Some(Event {
            at,
            stored,
            sent,
            again,
        })
    };
    let rows = rows.iter().filter(|row| row.at <= now);
    let rows: Vec<Row> = rows
        .map(|row| Row {
            value: held.stored(row.value),
            ..*row
        })
        .collect();
    let mut events: Vec<Event> = rows
        .iter()
        .filter(|row| is_wrong(row, history))
        .filter_map(|row| event((row.at, row.value), false))
        .collect();
    let ends = events.last().map(|event| event.at).or(current.collected);
    let newest = newest(&rows, history, current);
    if let Some(newest) = newest.filter(|(at, _)| ends.is_none_or(|ends| ends < *at)) {
        events.extend(event(newest, true));
    }
    events
}

fn is_wrong(row: &Row, history: &History) -> bool {
    match history.get(&row.at) {
        None => row.need == Need::Always,
        Some(held) => *held != Some(row.value),
    }
}

/// The newest row of ours or of Jeedom's.
fn newest(rows: &[Row], history: &History, current: &Current) -> Option<(DateTime, Decimal)> {
    let ours = rows.iter().filter(|row| row.need == Need::Always);
    let ours = ours.map(|row| (row.at, row.value)).next_back();
    let mut theirs = history
        .iter()
        .filter_map(|(at, value)| Some((*at, (*value)?)));
    let shown = current.collected.zip(Decimal::read(&current.value));
    // Where both have a row of that date, ours is right: it is sorted last.
    shown
        .into_iter()
        .chain(theirs.next_back())
        .chain(ours)
        .max_by_key(|(at, _)| *at)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    fn held(offset: Offset) -> Held {
        Held {
            id: 15,
            name: "Conso Jour".to_owned(),
            logical_id: "consod".to_owned(),
            is_info: true,
            subtype: "numeric".to_owned(),
            unit: "kWh".to_owned(),
            is_historized: true,
            mode: Mode::None,
            decimals: Some(3),
            offset,
            purge: None,
            configuration: serde_json::Map::new(),
        }
    }

    fn row(day: i8, watt_hours: u64) -> Row {
        Row {
            at: date(2026, 11, day).at(23, 55, 0, 0),
            value: Decimal::thousandths(watt_hours),
            need: Need::Always,
        }
    }

    fn run(rows: &[Row], history: &[Row], collected: Option<i8>) -> Vec<(DateTime, String, bool)> {
        let history = history.iter().map(|row| (row.at, Some(row.value)));
        let current = Current {
            value: "1".to_owned(),
            collected: collected.map(|day| row(day, 0).at),
        };
        let now = datetime(2026, 11, 21, 12, 0, 0, 0);
        let held = held(Offset::Thousandth);
        let events = events(rows, &held, &history.collect(), &current, now);
        let shown = |event: &Event| (event.at, event.sent.to_string(), event.again);
        events.iter().map(shown).collect()
    }

    #[test]
    fn nothing_is_sent_where_nothing_differs() {
        let rows = [row(18, 9000), row(19, 10_000)];
        assert_eq!(run(&rows, &rows, Some(19)), []);
    }

    #[test]
    fn a_corrected_day_is_followed_by_the_newest_once_more() {
        let held = [row(18, 9000), row(19, 10_000)];
        let rows = [row(18, 9001), row(19, 10_000)];
        assert_eq!(
            run(&rows, &held, Some(19)),
            [
                (row(18, 0).at, "9001".to_owned(), false),
                (row(19, 0).at, "10000".to_owned(), true)
            ]
        );
    }

    #[test]
    fn a_current_value_that_went_back_is_mended_even_if_nothing_differs() {
        let rows = [row(18, 9000), row(19, 10_000)];
        let newest = (row(19, 0).at, "10000".to_owned(), true);
        assert_eq!(run(&rows, &rows, Some(18)), std::slice::from_ref(&newest));
        assert_eq!(run(&rows, &rows, None), [newest]);
    }

    #[test]
    fn rows_of_others_that_are_newer_stay_the_current_value() {
        let others = row(20, 7000);
        let sent = run(&[row(19, 10_000)], &[others], Some(20));
        assert_eq!(sent[0].0, row(19, 0).at);
        assert_eq!(sent[1], (others.at, "7000".to_owned(), true));
    }

    #[test]
    fn a_running_total_of_an_earlier_day_is_only_corrected() {
        let passing = Row {
            need: Need::IfThere,
            ..row(18, 9000)
        };
        let rows = [passing, row(19, 10_000)];
        assert_eq!(run(&rows, &[row(19, 10_000)], Some(19)), []);
        let wrong = [row(18, 8000), row(19, 10_000)];
        assert_eq!(run(&rows, &wrong, Some(19)).len(), 2);
    }

    #[test]
    fn nothing_is_dated_in_the_future() {
        assert_eq!(run(&[row(21, 10_000)], &[], None), []);
    }
}
