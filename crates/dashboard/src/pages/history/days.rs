//! One day: its curve, and that of a year ago behind it.

use home::view::bands;
use home::when::Days;
use home::{Failure, view};
use meter::{Direction, paris};

use super::Scene;
use super::totals::{Content, Reckoning, cost_figure};
use crate::pages::energy::{DayCurve, known, offer_of};

impl Scene<'_> {
    /// The content of a day.
    pub(super) fn day(&self) -> Result<Content, Failure> {
        let (store, words) = (self.reading.store()?, self.words);
        let (day, now) = (self.shown.first, self.reading.now);
        let mut days = Vec::new();
        let mut figures = Vec::new();
        let mut before = None;
        for subject in &self.whose.subjects {
            if !self.ways.contains(&subject.direction) {
                continue;
            }
            let shown = view::day::read(store, subject.clone(), day, now)?;
            let ago = self.shown.year_ago().first;
            if self.address.compare && self.ways.len() == 1 {
                before = Some(view::day::read(store, subject.clone(), ago, now)?);
            }
            let name = match subject.direction {
                Direction::Consumption => "dash-consumption",
                Direction::Production => "dash-production",
            };
            let sum = meter::WattMinutes(shown.curve_watt_minutes).watt_hours_rounded();
            let curve = (shown.curve_minutes > 0).then_some(sum);
            let energy = shown.watt_hours.or(curve);
            let mut figure = match energy {
                Some(energy) => Reckoning::new(words, name, words.kwh(energy)),
                None => Reckoning::new(words, name, "–".to_owned())
                    .remark(words.state(shown.daily_state.as_ref())),
            };
            if energy.is_some() && shown.watt_hours.is_none() {
                figure = figure.remark(words.t("dash-from-curve"));
            }
            if let Some(difference) = shown.difference_watt_minutes.filter(|value| *value != 0) {
                let difference = words.signed(difference / 60, "Wh");
                figure = figure.remark(words.say("show-differs", &[("difference", &difference)]));
            }
            if let (Some(energy), Some(other)) = (energy, &before) {
                let other = other
                    .watt_hours
                    .map(|value| (value as i64, words.kwh(value)));
                figure = figure.beside(words, energy as i64, other);
            }
            figures.push(figure);
            figures.extend(self.day_cost(subject)?);
            days.push(shown);
        }
        let subject = &days[0].subject;
        let offer = offer_of(self.reading, subject.usage_point, subject.direction)?;
        let span = (day, paris::add_days(day, 1));
        let known = known(self.reading, store, subject.usage_point, span)?;
        let curve = DayCurve {
            bands: bands::of_day(&known, subject.direction, offer, day),
            ejp: offer.is_some_and(|offer| offer.classes.iter().any(|class| class == "normal")),
            before: before.filter(|day| !day.intervals.is_empty()),
            days,
        };
        let figure = curve.figure(words, self.address.csv());
        Ok(Content {
            days: String::new(),
            figures,
            sheet: curve.sheet(),
            figure: figure.ok_or_else(|| view::nothing(Some(self.whose.point)))?,
        })
    }

    fn day_cost(&self, subject: &home::json::show::Subject) -> Result<Option<Reckoning>, Failure> {
        let (store, day) = (self.reading.store()?, self.shown.first);
        let Some(offer) = offer_of(self.reading, subject.usage_point, subject.direction)? else {
            return Ok(None);
        };
        let days = Days {
            first: day,
            end: paris::add_days(day, 1),
            to_come: 0,
        };
        let days = days.passed(self.reading.now);
        if days.is_empty() {
            return Ok(None);
        }
        let known = known(
            self.reading,
            store,
            subject.usage_point,
            (days.first, days.end),
        )?;
        let cost = view::cost::read(store, subject.clone(), days, offer, &known)?;
        let name = match subject.direction {
            Direction::Consumption => "dash-cost",
            Direction::Production => "dash-sold",
        };
        let held = cost.sums.minutes_covered > 0;
        Ok(held.then(|| cost_figure(self.words, name, &cost)))
    }
}
