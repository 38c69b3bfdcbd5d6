//! The colours of days as they are known, and who said what.

use collector::colours::{self, Fault, Needed};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{LedgerError, Store};
use meter::paris;
use tariff::colour::{Answer, Colour, ColourCalendar, EjpDay, Statement, TempoColour};
use tariff::offer::Schedule;

use crate::config::Settings;
use crate::json::colours::{
    ColourDay, ColourDays, ColourFault, ColourStatus, ColourWord, ContradictedDay,
};
use crate::offers::Offers;
use crate::words::Words;

/// Before and after any colour day.
const ALWAYS: (Date, Date) = (date(1990, 1, 1), date(2200, 1, 1));

/// What is known of each calendar that is needed or held.
pub fn status(
    store: &Store,
    asked: Needed,
    now: Timestamp,
    explain: impl Fn(&Fault) -> String,
) -> Result<Vec<ColourStatus>, LedgerError> {
    let tempo = of_calendar::<TempoColour>(store, asked.tempo, now, &explain)?;
    let ejp = of_calendar::<EjpDay>(store, asked.ejp, now, &explain)?;
    Ok(tempo.into_iter().chain(ejp).collect())
}

fn of_calendar<C: Colour>(
    store: &Store,
    asked: bool,
    now: Timestamp,
    explain: &impl Fn(&Fault) -> String,
) -> Result<Option<ColourStatus>, LedgerError> {
    let known = colours::load::<C>(store, ALWAYS.0, ALWAYS.1)?;
    let (first, last) = {
        let mut days = known.days(..).map(|(day, _)| day);
        let first = days.next();
        (first, days.last().or(first))
    };
    if !asked && first.is_none() {
        return Ok(None);
    }
    let calendar = colours::calendar::<C>();
    let note = store.colour_note(&calendar)?;
    let today = paris::day_of(now);
    let faults = note.as_ref().map(|note| note.problems.clone());
    let faults = faults.and_then(|faults| serde_json::from_value::<Vec<Fault>>(faults).ok());
    Ok(Some(ColourStatus {
        calendar,
        asked,
        today: word(known.at(today)),
        tomorrow: word(known.at(paris::add_days(today, 1))),
        first,
        last,
        contradictions: contradictions(&known, |_| true),
        asked_at: note.as_ref().map(|note| note.asked_at),
        ask_at: note.filter(|_| asked).map(|note| note.ask_at.max(now)),
        faults: faults
            .unwrap_or_default()
            .iter()
            .map(|fault| ColourFault::of(fault, explain(fault)))
            .collect(),
    }))
}

/// The days on which sources differ.
pub fn contradictions<C: Colour>(
    known: &ColourCalendar<C>,
    wanted: impl Fn(Date) -> bool,
) -> Vec<ContradictedDay> {
    known
        .contradictions()
        .filter(|one| wanted(one.day))
        .map(|one| ContradictedDay {
            day: one.day,
            said: said(&one.statements),
            used: word(one.answer),
        })
        .collect()
}

/// Each day in `[first, end)`.
pub fn days<C: Colour>(store: &Store, first: Date, end: Date) -> Result<ColourDays, LedgerError> {
    Ok(of_days(&colours::load::<C>(store, first, end)?, first, end))
}

/// The same where nobody has said anything.
pub fn unknown<C: Colour>(first: Date, end: Date) -> ColourDays {
    of_days(&ColourCalendar::<C>::default(), first, end)
}

fn of_days<C: Colour>(known: &ColourCalendar<C>, first: Date, end: Date) -> ColourDays {
    ColourDays {
        calendar: colours::calendar::<C>(),
        first,
        last: paris::add_days(end, -1),
        days: paris::days(first, end)
            .map(|day| ColourDay {
                day,
                colour: word(known.at(day)),
                said: said(known.statements(day)),
            })
            .collect(),
    }
}

fn said<C: Colour>(statements: &[Statement<C>]) -> Vec<ColourWord> {
    let words = statements.iter().map(|one| ColourWord {
        // Names of files are shown on terminals.
        source: one.source.to_string().replace(char::is_control, "\u{fffd}"),
        colour: one.colour.as_str().to_owned(),
    });
    words.collect()
}

fn word<C: Colour>(answer: Answer<C>) -> Option<String> {
    match answer {
        Answer::Known(colour) => Some(colour.as_str().to_owned()),
        Answer::Disputed | Answer::Unknown => None,
    }
}

/// A source and how it failed: `rte-page (503)`.
pub fn fault(words: Words, fault: &Fault) -> String {
    let name = format!("colours-fault-{}", fault.problem.as_str());
    let args = [("source", fault.source.as_str()), ("detail", &fault.detail)];
    words.say(&name, &args)
}

/// The calendars that the configured offers hang on, and those that are asked for.
pub fn needed(settings: &Settings) -> Needed {
    let mut needed = settings.colours.wanted;
    // A slip in a file of offers must not stop the collection: `check` tells it.
    let offers = Offers::load(&settings.offers).unwrap_or_else(|_| Offers::built_in());
    for point in &settings.usage_points {
        let offer = point.prices.offer.as_deref().map(|id| offers.find(id));
        if let Some(Ok(offer)) = offer {
            add(&mut needed, &offer.schedule);
        }
    }
    needed
}

fn add(needed: &mut Needed, schedule: &Schedule) {
    match schedule {
        Schedule::Tempo => needed.tempo = true,
        Schedule::Ejp => needed.ejp = true,
        _ => {}
    }
}
