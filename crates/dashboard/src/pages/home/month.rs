//! The month so far, as a line of small bars.

use home::Failure;
use home::json::show::Subject;
use home::view;
use jiff::civil::Date;
use meter::{Granularity, Period};

use crate::asked::{By, written};
use crate::chart::spark;
use crate::frame::Place;
use crate::house::Reading;
use crate::pages::energy::{Address, cost_of, how_many};

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
        let name = words.month(month.first());
        Ok(Some(Self {
            energy: words.kwh(watt_hours),
            cost: cost_of(reading, subject, month.into())?
                .map(|cost| words.euros(cost.sums.total_micro_euros))
                .unwrap_or_default(),
            days: how_many(words, &period.total),
            spark: spark(
                "month",
                &words.say("dash-month-spark", &[("month", &name)]),
                subject.direction.into(),
                &values,
            ),
            href: Address {
                by: Some(By::Month),
                period: written(month),
                ..address.clone()
            }
            .to(Place::History.path())
            .href(),
            name,
        }))
    }
}
