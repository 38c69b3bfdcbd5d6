//! The month so far, as a line of small bars.

use home::Failure;
use home::json::show::Subject;
use home::view;
use home::when::Days;
use jiff::civil::Date;
use meter::{Direction, Granularity, Period};

use crate::asked::By;
use crate::chart::{Hue, spark};
use crate::frame::Place;
use crate::house::Reading;
use crate::pages::energy::{Address, how_many, known, offer_of};

/// What home shows of the month.
#[derive(Debug, Clone)]
pub(super) struct Month {
    /// Its name.
    pub name: String,
    /// Where it is shown whole.
    pub href: String,
    /// Its energy so far, in kWh; empty: none is held.
    pub energy: String,
    /// What it cost so far; empty: not known.
    pub cost: String,
    /// How many days it has.
    pub days: String,
    /// Its days as a drawing.
    pub spark: String,
}

impl Month {
    /// Reads the month of a day.
    pub fn read(
        reading: &Reading,
        address: &Address,
        subject: &Subject,
        day: Date,
    ) -> Result<Option<Self>, Failure> {
        let (store, words) = (reading.store()?, reading.words);
        let month = Period::containing(Granularity::Month, day);
        let period = view::period::read(store, subject.clone(), month, reading.now)?;
        let Some(watt_hours) = period.total.watt_hours else {
            return Ok(None);
        };
        let held = period
            .parts
            .iter()
            .filter(|part| part.total.days_to_come == 0);
        let values: Vec<Option<i64>> = held
            .map(|part| part.total.watt_hours.map(|value| value as i64))
            .collect();
        let hue = match subject.direction {
            Direction::Consumption => Hue::Consumption,
            Direction::Production => Hue::Production,
        };
        let name = words.month(month.first());
        let days = Days {
            first: month.first(),
            end: month.end(),
            to_come: 0,
        };
        Ok(Some(Self {
            energy: words.kwh(watt_hours),
            cost: cost(reading, subject, days.passed(reading.now))?,
            days: how_many(words, &period.total),
            spark: spark(
                "month",
                &words.say("dash-month-spark", &[("month", &name)]),
                hue,
                &values,
            ),
            href: Address {
                by: Some(By::Month),
                period: month.first().strftime("%Y-%m").to_string(),
                ..address.clone()
            }
            .to(Place::History.path())
            .href(),
            name,
        }))
    }
}

fn cost(reading: &Reading, subject: &Subject, days: Days) -> Result<String, Failure> {
    let prm = subject.usage_point;
    let Some(offer) = offer_of(reading, prm, subject.direction)? else {
        return Ok(String::new());
    };
    if days.is_empty() {
        return Ok(String::new());
    }
    let store = reading.store()?;
    let known = known(reading, store, prm, (days.first, days.end))?;
    let cost = view::cost::read(store, subject.clone(), days, offer, &known)?;
    Ok(reading.words.euros(cost.sums.total_micro_euros))
}
