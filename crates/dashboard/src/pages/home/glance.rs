//! One day in one glance: energy, cost, curve, power, beside other days.

use home::json::show::{Day, Subject};
use home::json::status::Yesterday;
use home::view;
use home::when::Days;
use home::{Failure, Words};
use jiff::civil::Date;
use ledger::Store;
use meter::{Direction, Kind, WattMinutes, paris};
use tariff::TempoColour;
use tariff::colour::Answer;

use super::month::Month;
use super::power::Power;
use crate::asked::By;
use crate::chart::{Figure, Sheet};
use crate::frame::Place;
use crate::house::Reading;
use crate::pages::energy::{
    Address, DayCurve, Whose, cost_name, cost_notes, cost_of, known, offer_of, percent,
    percent_text,
};

/// What home shows of a day.
#[derive(Debug, Clone)]
pub(super) struct Glance {
    /// Whether it is yesterday.
    pub is_yesterday: bool,
    /// The day in words.
    pub day: String,
    /// Where the day is shown whole.
    pub href: String,
    /// What is known of yesterday, where somebody is asked.
    pub fresh: Option<Yesterday>,
    /// What it used, sold and cost.
    pub figures: Vec<Reckoning>,
    /// Its colour, where there is one: the word of the stylesheet, in words.
    pub colour: Option<(&'static str, String)>,
    /// Its curve.
    pub curve: Option<Figure>,
    /// The same for programs.
    pub sheet: Sheet,
    /// Its maximum.
    pub power: Option<Power>,
    /// The month so far.
    pub month: Option<Month>,
}

/// A figure with what it is compared to.
#[derive(Debug, Clone)]
pub(super) struct Reckoning {
    /// Its name.
    pub label: String,
    /// The value without its unit.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// What it is beside other days, or what it lacks.
    pub notes: Vec<String>,
}

impl Glance {
    /// Reads the last day that has data; none where there is none.
    pub fn read(
        reading: &Reading,
        address: &Address,
        whose: &Whose,
    ) -> Result<Option<Self>, Failure> {
        let (store, words) = (reading.store()?, reading.words);
        let kinds = [Kind::Daily, Kind::Curve];
        let Some(last) = view::last_held(store, &whose.subjects, &kinds)? else {
            return Ok(None);
        };
        let yesterday = paris::add_days(paris::day_of(reading.now), -1);
        let day = last.min(yesterday);
        let subject = &whose.subjects[0];
        let scene = Scene {
            reading,
            store,
            day,
        };
        let days = whose.subjects.iter().map(|subject| {
            let days = view::day::read(store, subject.clone(), day, reading.now);
            days.map_err(Failure::from)
        });
        let days = days.collect::<Result<Vec<Day>, Failure>>()?;
        let mut figures = Vec::new();
        for day in &days {
            figures.push(scene.energy(day, days.len() > 1)?);
            figures.extend(scene.cost(&day.subject)?);
        }
        let curve = scene.curve(days, subject)?;
        let here = Address {
            by: Some(By::Day),
            period: day.to_string(),
            ..address.clone()
        };
        Ok(Some(Self {
            is_yesterday: day == yesterday,
            day: words.day(day),
            href: here.to(Place::History.path()).href(),
            fresh: fresh(reading, whose)?,
            figures,
            colour: scene.colour(subject)?,
            sheet: curve.sheet(),
            curve: curve.figure(words, address.csv()),
            power: Power::read(reading, subject, day)?,
            month: Month::read(reading, address, subject, day)?,
        }))
    }
}

/// What status says of yesterday.
fn fresh(reading: &Reading, whose: &Whose) -> Result<Option<Yesterday>, Failure> {
    let (store, settings) = (reading.ledger(), reading.settings);
    let status = view::status::read(store, settings, reading.now, reading.words)?;
    let mut points = status.usage_points.into_iter();
    let point = points.find(|one| one.usage_point == whose.point);
    Ok(point.and_then(|point| point.yesterday))
}

/// A day of a house.
struct Scene<'a> {
    reading: &'a Reading<'a>,
    store: &'a Store,
    day: Date,
}

impl Scene<'_> {
    fn words(&self) -> Words {
        self.reading.words
    }

    /// Enedis' energy of the day, else the curve's, beside other days.
    fn energy(&self, day: &Day, both: bool) -> Result<Reckoning, Failure> {
        let words = self.words();
        let name = match day.subject.direction {
            Direction::Production => "dash-production",
            Direction::Consumption if both => "dash-consumption",
            Direction::Consumption => "dash-energy",
        };
        let mut notes = Vec::new();
        let value = match day.watt_hours {
            Some(watt_hours) => {
                notes = self.beside(&day.subject, watt_hours)?;
                words.thousandths(watt_hours)
            }
            None if day.curve_minutes > 0 => {
                let sum = WattMinutes(day.curve_watt_minutes).watt_hours_rounded();
                let name = if day.curve_minutes == day.minutes {
                    "dash-from-curve"
                } else {
                    "dash-from-curve-partial"
                };
                notes.push(words.t(name));
                words.thousandths(sum)
            }
            None => {
                notes.push(words.state(day.daily_state.as_ref()));
                "–".to_owned()
            }
        };
        Ok(Reckoning {
            label: words.t(name),
            unit: if value == "–" {
                String::new()
            } else {
                "kWh".to_owned()
            },
            value,
            notes,
        })
    }

    /// Beside the same weekday of the week before and of a year before.
    fn beside(&self, subject: &Subject, watt_hours: u64) -> Result<Vec<String>, Failure> {
        let words = self.words();
        let mut notes = Vec::new();
        for back in BESIDE {
            let day = paris::add_days(self.day, -back);
            let next = paris::add_days(day, 1);
            let daily = self.store.daily(subject.key(Kind::Daily), day, next)?;
            let Some(before) = daily.get(&day).copied() else {
                continue;
            };
            let (now, before) = (watt_hours as i64, before as i64);
            let Some(percent) = percent(now, before) else {
                continue;
            };
            notes.push(than(words, percent, day));
        }
        Ok(notes)
    }

    /// What the day cost, or was sold for, with its part of the subscription.
    fn cost(&self, subject: &Subject) -> Result<Option<Reckoning>, Failure> {
        let words = self.words();
        let days = Days::between(self.day, paris::add_days(self.day, 1));
        let Some(cost) = cost_of(self.reading, subject, days)? else {
            return Ok(None);
        };
        let mut notes = Vec::new();
        if cost.sums.complete {
            notes = self.cost_beside(subject, cost.sums.total_micro_euros)?;
        }
        notes.extend(cost_notes(words, &cost));
        Ok(Some(Reckoning {
            label: words.t(cost_name(subject.direction)),
            value: words.euros(cost.sums.total_micro_euros),
            unit: String::new(),
            notes,
        }))
    }

    /// Beside the cost of the same weekdays, where all of it is known.
    fn cost_beside(&self, subject: &Subject, micro_euros: i64) -> Result<Vec<String>, Failure> {
        let mut notes = Vec::new();
        for back in BESIDE {
            let day = paris::add_days(self.day, -back);
            let days = Days::between(day, paris::add_days(day, 1));
            let before = cost_of(self.reading, subject, days)?;
            let before = before.filter(|before| before.sums.complete);
            let than_before =
                before.and_then(|before| percent(micro_euros, before.sums.total_micro_euros));
            notes.extend(than_before.map(|percent| than(self.words(), percent, day)));
        }
        Ok(notes)
    }

    fn curve(&self, mut days: Vec<Day>, subject: &Subject) -> Result<DayCurve, Failure> {
        days.retain(|day| !day.intervals.is_empty() || day.subject == *subject);
        DayCurve::read(self.reading, subject, self.day, days)
    }

    /// The Tempo colour, where the offer hangs on it.
    fn colour(&self, subject: &Subject) -> Result<Option<(&'static str, String)>, Failure> {
        let offer = offer_of(self.reading, subject.usage_point, subject.direction)?;
        let is_tempo =
            offer.is_some_and(|offer| matches!(offer.schedule, tariff::offer::Schedule::Tempo));
        if !is_tempo {
            return Ok(None);
        }
        let span = (self.day, paris::add_days(self.day, 1));
        let known = known(self.reading, self.store, subject.usage_point, span)?;
        let answer = known.with(subject.direction, |context| context.tempo.at(self.day));
        let word = match answer {
            Answer::Known(TempoColour::Blue) => "blue",
            Answer::Known(TempoColour::White) => "white",
            Answer::Known(TempoColour::Red) => "red",
            Answer::Disputed | Answer::Unknown => "plain",
        };
        let name = format!("dash-day-{word}");
        Ok(Some((word, self.words().t(&name))))
    }
}

/// So many days back are the same weekday of the week before, and of a year
/// before.
const BESIDE: [i32; 2] = [7, 364];

/// How much more or less it is than on another day.
fn than(words: Words, percent: i64, day: Date) -> String {
    let percent = percent_text(words, percent);
    let (short, year) = (words.short_day(day), day.year().to_string());
    let args = [
        ("percent", percent.as_str()),
        ("day", short.as_str()),
        ("year", &year),
    ];
    words.say("dash-than", &args)
}
