//! Heat map: the hours of a year's days. The server writes the means by month
//! and hour of the clock; a script draws every hour from one small answer.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use home::json::heat::Heat;
use home::{Failure, Words, view};
use jiff::civil::Date;
use meter::{Direction, Granularity, Kind, Period, WattMinutes, paris};
use serde::Serialize;

use super::energy::{Address, Choice, Empty, Segments, Whose, energy_name, whose};
use crate::asked::{Asked, Span};
use crate::caller::Caller;
use crate::chart::Sheet;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};

const CURVE: [Kind; 1] = [Kind::Curve];
/// How many colours there are.
const COLOURS: usize = 8;

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Place::HeatMap.path(), get(page))
        .route("/heat-map/hours", get(hours))
}

#[derive(Template)]
#[template(path = "pages/heat_map.html")]
struct HeatPage {
    frame: Frame,
    points: Segments,
    empty: Option<Empty>,
    map: Option<Map>,
}

/// A year as it is shown.
struct Map {
    title: String,
    desc: String,
    before: Option<String>,
    after: Option<String>,
    ways: Segments,
    /// Where the hours are.
    hours: String,
    /// The months' names for the script.
    months: String,
    csv: String,
    /// The months' means: the name, and of each hour the colour and the value.
    rows: Vec<(String, Vec<(String, String)>)>,
    /// What the colours mean, from the lowest.
    scale: Vec<String>,
    sheet: Sheet,
}

/// What the script draws from: energies in Wh.
#[derive(Debug, Serialize)]
struct Hours {
    year: i16,
    /// The number of the present day, or of the day after the last.
    today: usize,
    /// Of each day its hours; null: not held whole.
    days: Vec<Vec<Option<u64>>>,
    /// What the clock shows at the hours of days that have not 24.
    clock: BTreeMap<usize, Vec<u8>>,
    /// The numbers of the first days of months.
    months: Vec<usize>,
    /// From where on the next colour begins.
    bounds: Vec<u64>,
}

async fn page(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let frame = caller.frame(Place::HeatMap);
    let is_file = asked.format.is_csv();
    let address = Address::of(&frame, &asked);
    let page = house.read(caller.words, move |reading| {
        let found = find(reading, &address, &asked)?;
        Ok(HeatPage {
            frame,
            empty: match found {
                None => Some(Empty::read(reading)?),
                Some(_) => None,
            },
            points: found
                .as_ref()
                .map(|found| found.whose.points.clone())
                .unwrap_or_default(),
            map: found.map(|found| found.map(reading, address)),
        })
    });
    match page.await {
        Ok(HeatPage { map: Some(map), .. }) if is_file => map.sheet.into_response(),
        page => caller.answer(page),
    }
}

async fn hours(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let address = Address::of(&caller.frame(Place::HeatMap), &asked);
    let hours = house.read(caller.words, move |reading| {
        let found = find(reading, &address, &asked)?;
        let found = found.ok_or_else(|| view::nothing(asked.point))?;
        Ok(answer(&found.heat, paris::day_of(reading.now)))
    });
    caller.json(hours.await)
}

/// A year's hours, and whose.
struct Found {
    whose: Whose,
    year: Period,
    first_held: Date,
    heat: Heat,
}

fn find(reading: &Reading, address: &Address, asked: &Asked) -> Result<Option<Found>, Failure> {
    let Some(whose) = whose(reading, address, &CURVE)? else {
        return Ok(None);
    };
    let store = reading.store()?;
    let way = asked.way.direction().unwrap_or(Direction::Consumption);
    let subject = whose.subjects.iter().find(|one| one.direction == way);
    let subject = subject.unwrap_or(&whose.subjects[0]).clone();
    let counts = store.state_counts(subject.key(Kind::Curve))?;
    let (Some(first_held), Some(last)) = (counts.first_held, counts.last_held) else {
        return Ok(None);
    };
    let day = match asked.period {
        Some(Span::When(when)) => when.period().first(),
        Some(Span::All) | None => last,
    };
    let year = Period::containing(Granularity::Year, day);
    let heat = view::heat::read(store, subject, year.first(), year.end())?;
    Ok(Some(Found {
        whose,
        year,
        first_held,
        heat,
    }))
}

impl Found {
    fn map(self, reading: &Reading, mut address: Address) -> Map {
        let words = reading.words;
        let year = |day: Date| day.strftime("%Y").to_string();
        let direction = self.heat.subject.direction;
        address.way = direction.into();
        address.by = None;
        address.period = year(self.year.first());
        let at = |day: Date| Address {
            period: year(day),
            ..address.clone()
        };
        let before = paris::add_days(self.year.first(), -1);
        let after = self.year.end();
        let bounds = bounds(&self.heat);
        let way = words.t(&format!("show-{}", direction.as_str()));
        let args = [("year", year(self.year.first())), ("direction", way)];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        Map {
            title: words.say("dash-heat-title", &args),
            desc: words.say("dash-heat-desc", &args),
            before: (self.first_held <= before).then(|| at(before).href()),
            after: (after <= paris::day_of(reading.now)).then(|| at(after).href()),
            ways: self.ways(words, &address),
            hours: address.to("/heat-map/hours").href(),
            months: words.t("show-months-short"),
            csv: address.csv(),
            rows: rows(words, &self.heat, &bounds, paris::day_of(reading.now)),
            scale: scale(words, &bounds),
            sheet: sheet(&self.heat, self.year),
        }
    }

    fn ways(&self, words: Words, address: &Address) -> Segments {
        let choice = |direction: Direction| Choice {
            name: words.t(energy_name(direction)),
            href: Address {
                way: direction.into(),
                ..address.clone()
            }
            .href(),
            is_here: direction == self.heat.subject.direction,
        };
        let held = self.whose.subjects.iter().map(|one| choice(one.direction));
        Segments {
            label: words.t("dash-direction"),
            choices: held.collect(),
        }
    }
}

/// Where each colour but the first begins, so that each holds as many hours:
/// a few cold nights do not make all else pale.
fn bounds(heat: &Heat) -> Vec<u64> {
    let hours = heat.days.iter().flat_map(|day| day.hours.iter().flatten());
    let mut values: Vec<u64> = hours.map(|energy| watt_hours(*energy)).collect();
    values.sort_unstable();
    let at = |part: usize| values.get(values.len() * part / COLOURS).copied();
    let mut bounds: Vec<u64> = (1..COLOURS)
        .filter_map(at)
        .map(|value| value.max(1))
        .collect();
    bounds.dedup();
    bounds
}

fn watt_hours(watt_minutes: u64) -> u64 {
    WattMinutes(watt_minutes).watt_hours_rounded()
}

fn colour(bounds: &[u64], value: u64) -> usize {
    bounds.partition_point(|bound| *bound <= value)
}

/// A row a month, of cells with their class and text: a month that has not begun
/// lacks nothing.
fn rows(
    words: Words,
    heat: &Heat,
    bounds: &[u64],
    today: Date,
) -> Vec<(String, Vec<(String, String)>)> {
    let months = heat.months.iter();
    months
        .map(|month| {
            let cells = month.hours.iter().map(|hour| match hour.mean_watt_hours() {
                Some(mean) => (format!("q-{}", colour(bounds, mean)), mean.to_string()),
                None if month.month > today => ("to-come".to_owned(), String::new()),
                None => ("hatched".to_owned(), String::new()),
            });
            (words.month_of_year(month.month), cells.collect())
        })
        .collect()
}

fn scale(words: Words, bounds: &[u64]) -> Vec<String> {
    let mut scale = vec![words.say(
        "dash-heat-below",
        &[("value", &edge(words, bounds.first()))],
    )];
    scale.extend(
        bounds
            .iter()
            .map(|bound| words.say("dash-heat-from", &[("value", &edge(words, Some(bound)))])),
    );
    scale
}

fn edge(words: Words, bound: Option<&u64>) -> String {
    words.unit(bound.copied().unwrap_or_default(), "Wh")
}

fn answer(heat: &Heat, today: Date) -> Hours {
    let first_of_month =
        |(at, day): (usize, &home::json::heat::HeatDay)| (day.day.day() == 1).then_some(at);
    let odd = heat
        .days
        .iter()
        .enumerate()
        .filter(|(_, day)| day.hours.len() != 24);
    Hours {
        year: heat.first.year(),
        today: heat.days.iter().filter(|day| day.day < today).count(),
        clock: odd
            .map(|(at, day)| (at, view::heat::clock(day.day)))
            .collect(),
        months: heat
            .days
            .iter()
            .enumerate()
            .filter_map(first_of_month)
            .collect(),
        bounds: bounds(heat),
        days: heat
            .days
            .iter()
            .map(|day| day.hours.iter().map(|hour| hour.map(watt_hours)).collect())
            .collect(),
    }
}

fn sheet(heat: &Heat, year: Period) -> Sheet {
    let rows = heat.days.iter().flat_map(|day| {
        let hours = view::heat::clock(day.day).into_iter().zip(&day.hours);
        hours.map(move |(clock, energy)| {
            let energy = energy.map_or(String::new(), |energy| energy.to_string());
            vec![day.day.to_string(), clock.to_string(), energy]
        })
    });
    Sheet {
        name: format!("hours-{}", year.first().year()),
        head: ["day", "hour", "watt_minutes"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_colour_of_the_bound_it_has_reached() {
        let bounds = [100, 200, 300];
        assert_eq!(
            [0, 99, 100, 250, 300, 900].map(|value| colour(&bounds, value)),
            [0, 0, 1, 2, 3, 3]
        );
    }
}
