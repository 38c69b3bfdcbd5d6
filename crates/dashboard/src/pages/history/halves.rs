//! The directions of a period in words: figures, legend, the head and the foot
//! of the table.

use home::Words;
use home::json::cost::{Cost, Sums};
use home::json::show::Total;
use meter::Direction;

use super::bar::{Bar, Manner, amount};
use super::by_of_parts;
use super::span::Shown;
use super::totals::{Reckoning, class_keys, cost_figure, energy_of};
use crate::asked::By;
use crate::chart::{Cell, Hue, Key, Lack, Row, Slot};
use crate::pages::energy::{cost_name, energy_name, how_many};

/// One direction of a period.
pub(super) struct Half {
    pub direction: Direction,
    pub total: Total,
    /// The same a year before, in what the bars are.
    pub before: Option<i64>,
    pub cost: Option<Cost>,
}

/// The figures above the chart.
pub(super) fn figures(manner: Manner, halves: &[Half]) -> Vec<Reckoning> {
    let words = manner.words;
    let mut figures = Vec::new();
    for half in halves {
        let name = energy_name(half.direction);
        let energy = energy_of(&half.total);
        let text = energy.map_or("–".to_owned(), |energy| words.kwh(energy));
        let mut figure = Reckoning::new(words, name, text);
        let before = half
            .before
            .map(|before| (before, amount(words, before, manner.money)));
        if !manner.money {
            figure = figure.beside(words, energy.unwrap_or_default() as i64, before.clone());
        }
        if energy.is_some() && half.total.watt_hours.is_none() {
            figure = figure.remark(words.t("dash-from-curve"));
        }
        figures.push(figure);
        if let Some(of) = &half.cost {
            let mut figure = cost_figure(words, of);
            if manner.money {
                figure = figure.beside(words, of.sums.total_micro_euros, before);
            }
            figures.push(figure);
        }
    }
    if let [one, other] = halves
        && let (Some(used), Some(sold)) = (one.total.watt_hours, other.total.watt_hours)
    {
        let net = used as i64 - sold as i64;
        figures.push(Reckoning::new(words, "dash-net", amount(words, net, false)));
    }
    figures
}

pub(super) fn legend(manner: Manner, halves: &[Half], slots: &[Slot]) -> Vec<Key> {
    let words = manner.words;
    let mut keys = Vec::new();
    match halves {
        [
            Half {
                direction: Direction::Consumption,
                cost: Some(cost),
                ..
            },
        ] => {
            keys = class_keys(words, &cost.sums, manner.money);
            let is_rest = |slot: &Slot| slot.parts.iter().any(|part| part.hue == Hue::Other);
            if manner.money {
                keys.push(subscription(words, &cost.sums));
            } else if slots.iter().any(is_rest) {
                keys.push(Key::new(Hue::Other, words.t("dash-no-class")));
            }
        }
        halves => {
            for half in halves {
                let name = words.t(energy_name(half.direction));
                keys.push(Key::new(half.direction.into(), name));
            }
        }
    }
    if slots.iter().any(|slot| slot.before.is_some()) {
        keys.push(Key::new(Hue::LastYear, words.t("dash-year-ago")));
    }
    if slots
        .iter()
        .any(|slot| matches!(slot.lack, Lack::Some | Lack::All))
    {
        keys.push(Key::new(Hue::Missing, words.t("dash-missing")));
    }
    keys
}

fn subscription(words: Words, sums: &Sums) -> Key {
    let value = words.euros(sums.subscription_micro_euros);
    Key::new(Hue::Other, words.t("price-row-subscription")).worth(value)
}

/// What the chart shows, in a sentence.
pub(super) fn desc(words: Words, shown: Shown, halves: &[Half], manner: Manner) -> String {
    let values: Vec<String> = figures(manner, halves)
        .into_iter()
        .map(|figure| {
            words.say(
                "dash-tip",
                &[("name", &figure.label), ("value", &figure.value)],
            )
        })
        .collect();
    format!("{}. {}.", shown.title(words), values.join(". "))
}

pub(super) fn head(manner: Manner, halves: &[Half], with_cost: bool, bars: &[Bar]) -> Vec<String> {
    let words = manner.words;
    let mut head = vec![words.t(match by_of_parts(manner.by) {
        By::Month => "dash-by-month",
        By::Year => "dash-by-year",
        _ => "dash-by-day",
    })];
    for half in halves {
        head.push(words.t(energy_name(half.direction)));
        head.extend(with_cost.then(|| words.t(cost_name(half.direction))));
    }
    if bars.iter().any(|bar| bar.before.is_some()) {
        head.push(words.t("dash-year-ago"));
    }
    head.push(words.t("dash-held"));
    head
}

pub(super) fn total_row(manner: Manner, halves: &[Half], with_cost: bool, bars: &[Bar]) -> Row {
    let words = manner.words;
    let mut cells = Vec::new();
    let none = || Cell::Lack("–".to_owned());
    for half in halves {
        let energy = energy_of(&half.total).map(|value| Cell::Number(words.kwh(value)));
        cells.push(energy.unwrap_or_else(none));
        if with_cost {
            let cost = half.cost.as_ref().map(|cost| cost.sums.total_micro_euros);
            cells.push(cost.map_or_else(none, |value| Cell::Number(words.euros(value))));
        }
    }
    if bars.iter().any(|bar| bar.before.is_some()) {
        let before = halves[0]
            .before
            .map(|value| Cell::Number(amount(words, value, manner.money)));
        cells.push(before.unwrap_or_else(none));
    }
    cells.push(Cell::Words(how_many(words, &halves[0].total)));
    Row {
        name: words.t("price-row-total"),
        href: None,
        cells,
        total: true,
    }
}
