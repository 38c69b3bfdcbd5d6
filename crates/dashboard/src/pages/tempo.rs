//! Tempo: the season's calendar, the days that are left of each colour, and who
//! said what. The same for EJP.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use home::json::colours::{ColourDay, ColourStatus};
use home::json::season::{Left, Season};
use home::{Failure, Words, view};
use jiff::civil::{Date, date};
use meter::paris;
use serde::Deserialize;
use tariff::TempoColour;
use tariff::colour::EjpDay;

use super::months::{Cell, Month, months};
use crate::asked::refused;
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};

pub(super) fn router() -> Router<House> {
    Router::new().route(Place::Tempo.path(), get(page))
}

/// How many of the last days say who told their colour.
const TOLD: i32 = 14;

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    calendar: Option<String>,
    season: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/tempo.html")]
struct TempoPage {
    frame: Frame,
    calendar: String,
    title: String,
    before: i16,
    after: Option<i16>,
    now: Vec<(String, String, String)>,
    left: Vec<LeftRow>,
    unknown: Option<String>,
    months: Vec<Month>,
    told: Vec<(String, String, String)>,
    faults: Vec<String>,
    contradictions: Vec<String>,
    next: Option<String>,
    is_empty: bool,
}

struct LeftRow {
    colour: String,
    name: String,
    letter: String,
    left: String,
    seen: String,
    allowed: String,
}

async fn page(State(house): State<House>, caller: Caller, wanted: Query<Wanted>) -> Response {
    let frame = caller.frame(Place::Tempo);
    let wanted = wanted.0;
    let page = house.read(caller.words, move |reading| read(frame, reading, &wanted));
    caller.answer(page.await)
}

fn read(frame: Frame, reading: &Reading, wanted: &Wanted) -> Result<TempoPage, Failure> {
    let words = reading.words;
    let today = paris::day_of(reading.now);
    let calendar = wanted.calendar.as_deref().filter(|word| !word.is_empty());
    let ejp = match calendar {
        None | Some("tempo") => false,
        Some("ejp") => true,
        Some(other) => return Err(refused("calendar", other)),
    };
    let day = match wanted.season.as_deref().filter(|word| !word.is_empty()) {
        None => today,
        Some(year) => first_day(year).ok_or_else(|| refused("season", year))?,
    };
    let store = reading.ledger();
    let season = if ejp {
        view::season::read::<EjpDay>(store, day, reading.now)?
    } else {
        view::season::read::<TempoColour>(store, day, reading.now)?
    };
    let needed = view::colours::needed(reading.settings);
    let explain = |fault: &collector::colours::Fault| view::colours::fault(words, fault);
    let all = store.map(|store| view::colours::status(store, needed, reading.now, explain));
    let all = all.transpose()?.unwrap_or_default();
    let status = all.into_iter().find(|one| one.calendar == season.calendar);
    Ok(TempoPage::of(frame, &season, status.as_ref(), today))
}

/// The first of September of a year that has a season.
fn first_day(year: &str) -> Option<Date> {
    let year: i16 = year.parse().ok()?;
    (1990..2200).contains(&year).then(|| date(year, 9, 1))
}

impl TempoPage {
    fn of(frame: Frame, season: &Season, status: Option<&ColourStatus>, today: Date) -> Self {
        let words = frame.words;
        let year = season.first.year();
        let tomorrow = paris::add_days(today, 1);
        let now = [("money-today", today), ("money-tomorrow", tomorrow)];
        let now = now.iter().filter_map(|(name, day)| {
            let day = season.days.iter().find(|one| one.day == *day)?;
            Some((words.t(name), tag(day), state(words, day)))
        });
        let unknown = season.unknown.to_string();
        let cell = |day: &ColourDay| cell(words, day);
        Self {
            calendar: season.calendar.clone(),
            title: words.days_title(season.first, season.last),
            before: year - 1,
            after: season.today.is_none().then_some(year + 1),
            now: now.collect(),
            left: season.colours.iter().map(|one| left(words, one)).collect(),
            unknown: (season.unknown > 0)
                .then(|| words.say("money-season-unknown", &[("days", &unknown)])),
            months: months(words, &season.days, |day| day.day, cell),
            told: told(words, season, today),
            faults: status
                .map(|one| words.colour_faults(one))
                .unwrap_or_default(),
            contradictions: status
                .iter()
                .flat_map(|one| &one.contradictions)
                .filter(|one| (season.first..=season.last).contains(&one.day))
                .map(|one| words.contradiction(one))
                .collect(),
            next: status.map(|one| words.colours_next(one)),
            is_empty: season.days.iter().all(|day| day.said.is_empty()),
            frame,
        }
    }
}

/// What a day's colour is called in style sheets.
fn tag(day: &ColourDay) -> String {
    let colour = match day.colour.as_deref() {
        Some(colour @ ("blue" | "white" | "red")) => colour,
        Some("peak") => "red",
        Some("normal") => "blue",
        _ => "plain",
    };
    colour.to_owned()
}

fn state(words: Words, day: &ColourDay) -> String {
    match &day.colour {
        None if !day.said.is_empty() => words.t("colours-disputed"),
        colour => words.colour(colour.as_deref()),
    }
}

fn letter(words: Words, colour: Option<&str>) -> String {
    match colour {
        Some(colour) => words.t(&format!("money-letter-{colour}")),
        None => "?".to_owned(),
    }
}

fn cell(words: Words, day: &ColourDay) -> Cell {
    let class = match tag(day).as_str() {
        "plain" => "is-to-come".to_owned(),
        colour => format!("is-{colour}"),
    };
    let unknown = day.colour.is_none() && day.said.is_empty();
    let mark = letter(words, day.colour.as_deref());
    Cell {
        number: day.day.day(),
        class,
        mark: if unknown { String::new() } else { mark },
        words: state(words, day),
        href: None,
    }
}

fn left(words: Words, one: &Left) -> LeftRow {
    let number = |days: u32| words.number(u64::from(days));
    LeftRow {
        colour: match one.colour.as_str() {
            "peak" => "red".to_owned(),
            "normal" => "blue".to_owned(),
            colour => colour.to_owned(),
        },
        name: words.colour(Some(&one.colour)),
        letter: letter(words, Some(&one.colour)),
        left: number(one.left),
        seen: number(one.seen),
        allowed: number(one.allowed),
    }
}

/// Who told the colours of the last days, newest first.
fn told(words: Words, season: &Season, today: Date) -> Vec<(String, String, String)> {
    let last = paris::add_days(season.today.unwrap_or(season.last).min(today), 1);
    let first = paris::add_days(last, -TOLD);
    let days = season.days.iter().rev();
    let days = days.filter(|day| (first..=last).contains(&day.day) && !day.said.is_empty());
    days.map(|day| {
        let said = day.said.iter();
        let said = said.map(|one| {
            format!(
                "{} : {}",
                words.colour_source(&one.source),
                words.colour(Some(&one.colour))
            )
        });
        let said: Vec<String> = said.map(|text| punctuated(words, &text)).collect();
        (
            words.short_day(day.day),
            state(words, day),
            said.join(" · "),
        )
    })
    .collect()
}

/// A colon as the language writes it.
fn punctuated(words: Words, text: &str) -> String {
    match words.lang {
        service::Lang::Fr => text.replacen(" : ", "\u{a0}: ", 1),
        service::Lang::En => text.replacen(" : ", ": ", 1),
    }
}
