//! One day: its curve, and that of a year ago behind it.

use home::when::Days;
use home::{Failure, view};
use meter::paris;

use super::Scene;
use super::totals::{Content, Reckoning, cost_figure};
use crate::pages::energy::{DayCurve, cost_of, energy_name};

impl Scene<'_> {
    /// The content of a day.
    pub(super) fn day(&self) -> Result<Content, Failure> {
        let (store, words) = (self.reading.store()?, self.words);
        let (day, now) = (self.shown.first, self.reading.now);
        let whole_day = Days::between(day, paris::add_days(day, 1));
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
            let name = energy_name(subject.direction);
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
            let cost = cost_of(self.reading, subject, whole_day)?;
            figures.extend(cost.map(|cost| cost_figure(words, &cost)));
            days.push(shown);
        }
        let subject = days[0].subject.clone();
        let mut curve = DayCurve::read(self.reading, &subject, day, days)?;
        curve.before = before.filter(|day| !day.intervals.is_empty());
        let figure = curve.figure(words, self.address.csv());
        Ok(Content {
            days: String::new(),
            figures,
            sheet: curve.sheet(),
            figure: figure.ok_or_else(|| view::nothing(Some(self.whose.point)))?,
        })
    }
}
