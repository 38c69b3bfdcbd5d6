//! The figures above a chart, and what the parts of the page hand over.

use home::Words;
use home::json::cost::{Cost, Sums};
use home::json::show::Total;
use meter::WattMinutes;

use crate::chart::{Figure, Hue, Key, Sheet};
use crate::pages::energy::{cost_name, cost_notes, percent, percent_text};

/// A period's chart and its figures.
pub(super) struct Content {
    /// What of it is held, where not all is.
    pub days: String,
    /// The figures above the chart.
    pub figures: Vec<Reckoning>,
    /// The chart.
    pub figure: Figure,
    /// The same for programs.
    pub sheet: Sheet,
}

/// A figure with what belongs to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Reckoning {
    /// Its name.
    pub label: String,
    /// The value, with its unit.
    pub value: String,
    /// What it is beside a year ago, or what it lacks.
    pub notes: Vec<String>,
}

impl Reckoning {
    /// A figure by its name in the catalogue.
    pub fn new(words: Words, name: &str, value: String) -> Self {
        Self {
            label: words.t(name),
            value,
            notes: Vec::new(),
        }
    }

    /// Beside a year ago.
    #[must_use]
    pub fn beside(mut self, words: Words, now: i64, before: Option<(i64, String)>) -> Self {
        let Some((before, text)) = before else {
            return self;
        };
        let share = percent(now, before).map(|share| percent_text(words, share));
        let share = share.unwrap_or_default();
        let args = [("percent", share.as_str()), ("value", text.as_str())];
        self.notes.push(words.say("dash-beside-year", &args));
        self
    }

    /// With a remark, unless it is empty.
    #[must_use]
    pub fn remark(mut self, text: String) -> Self {
        self.notes.extend((!text.is_empty()).then_some(text));
        self
    }
}

/// The energy of a period: Enedis' totals, else the curve's.
pub(super) fn energy_of(total: &Total) -> Option<u64> {
    let curve = total.curve_watt_minutes;
    let curve = curve.map(|sum| WattMinutes(sum).watt_hours_rounded());
    total.watt_hours.or(curve)
}

/// A period's cost as a figure.
pub(super) fn cost_figure(words: Words, cost: &Cost) -> Reckoning {
    let name = cost_name(cost.subject.direction);
    let mut figure = Reckoning::new(words, name, words.euros(cost.sums.total_micro_euros));
    figure.notes = cost_notes(words, cost);
    figure
}

/// What the classes of an offer hold together, as the legend says it.
pub(super) fn class_keys(words: Words, sums: &Sums, money: bool) -> Vec<Key> {
    let ejp = sums.classes.iter().any(|class| class.class == "normal");
    let keys = sums.classes.iter().enumerate().map(|(index, class)| {
        let value = if money {
            words.euros(class.micro_euros)
        } else {
            words.kwh(WattMinutes(class.watt_minutes).watt_hours_rounded())
        };
        let name = words.class_name(&class.class, ejp);
        Key::new(Hue::of_class(&class.class, index), name).worth(value)
    });
    keys.collect()
}
