//! A period's cost, drawn: each step by itself, and how they added up.

use home::Words;
use home::json::cumulative::{Cumulative, Step};
use meter::{Direction, Granularity, Period};

use crate::chart::{Bars, Cell, Figure, Hue, Key, Lack, Measure, Part, Row, Slot, Table};

/// Both drawings; the second beside the same a year before, where there is one.
pub(super) fn figures(
    words: Words,
    (steps, before): (&Cumulative, Option<Cumulative>),
    period: Period,
    csv: String,
) -> Vec<Figure> {
    let [alone_id, alone_figure, added_id, added_figure] = ids(steps);
    let steps = steps.steps.as_slice();
    let earlier = before.as_ref().map(|before| before.steps.as_slice());
    let alone = alone(
        words,
        alone_id,
        steps,
        words.t(title(period, "money-steps")),
    );
    let added = added(words, added_id, steps, earlier);
    vec![
        Figure {
            words,
            id: alone_figure,
            title: alone.title.clone(),
            note: String::new(),
            svg: alone.svg(words),
            legend: Vec::new(),
            table: table(words, steps, &alone.title),
            csv: Some(csv),
        },
        Figure {
            words,
            id: added_figure,
            title: added.title.clone(),
            note: String::new(),
            svg: added.svg(words),
            legend: legend(words, steps, earlier),
            table: added_table(words, steps, earlier, &added.title),
            csv: None,
        },
    ]
}

/// Each step by itself.
fn alone(words: Words, id: &'static str, steps: &[Step], title: String) -> Bars {
    Bars {
        id,
        title,
        desc: words.t("money-steps-desc"),
        measure: Measure::MicroEuros,
        slots: slots(words, steps, None, |step| (step.micro_euros, step.complete)),
        limits: Vec::new(),
        class: "low",
    }
}

/// What they had added up to.
fn added(words: Words, id: &'static str, steps: &[Step], earlier: Option<&[Step]>) -> Bars {
    Bars {
        id,
        title: words.t("money-added"),
        desc: words.t("money-added-desc"),
        measure: Measure::MicroEuros,
        slots: slots(words, steps, earlier, |step| {
            (step.so_far_micro_euros, step.so_far_complete)
        }),
        limits: Vec::new(),
        class: "",
    }
}

fn legend(words: Words, steps: &[Step], earlier: Option<&[Step]>) -> Vec<Key> {
    let mut legend = vec![Key::new(Hue::Consumption, words.t("money-added"))];
    if earlier.is_some() {
        legend.push(Key::new(Hue::LastYear, words.t("money-year-before")));
    }
    if steps.iter().any(|step| !step.complete) {
        legend.push(Key::new(Hue::Missing, words.t("money-partial")));
    }
    legend
}

/// The elements' ids: a page may show both directions.
fn ids(steps: &Cumulative) -> [&'static str; 4] {
    match steps.subject.direction {
        Direction::Consumption => ["steps", "steps-figure", "added", "added-figure"],
        Direction::Production => ["sold", "sold-figure", "sold-added", "sold-added-figure"],
    }
}

fn title(period: Period, name: &'static str) -> &'static str {
    match period.granularity() {
        Granularity::Year => "money-steps-year",
        _ => name,
    }
}

fn slots(
    words: Words,
    steps: &[Step],
    before: Option<&[Step]>,
    value: impl Fn(&Step) -> (i64, bool),
) -> Vec<Slot> {
    let numbered = steps.iter().enumerate();
    let slot = |(at, step): (usize, &Step)| {
        let (amount, complete) = value(step);
        let earlier = before.and_then(|before| before.get(at)).map(&value);
        let months = step.first.month() != step.last.month() || steps.len() <= 12 && is_year(steps);
        Slot {
            label: if months {
                words.short_month(step.first)
            } else {
                step.first.day().to_string()
            },
            minor: at % if months { 2 } else { 5 } != 0,
            parts: vec![Part {
                hue: Hue::Consumption,
                value: amount,
            }],
            before: earlier.map(|(amount, _)| amount),
            lack: match (step.watt_minutes, complete) {
                (None, _) => Lack::All,
                (_, false) => Lack::Some,
                _ => Lack::None,
            },
            tip: tip(words, step, amount),
            href: None,
        }
    };
    numbered.map(slot).collect()
}

/// Whether steps are months.
fn is_year(steps: &[Step]) -> bool {
    steps.iter().all(|step| step.first.day() == 1)
}

fn tip(words: Words, step: &Step, amount: i64) -> String {
    let day = words.days_title(step.first, step.last);
    format!("{day} · {}", words.euros(amount))
}

fn table(words: Words, steps: &[Step], caption: &str) -> Table {
    let head = [
        "colours-column-day",
        "price-row-energy",
        "money-cost",
        "money-added",
        "money-state",
    ];
    let row = |step: &Step| {
        let energy = match step.watt_minutes {
            Some(energy) => Cell::Number(words.energy(energy)),
            None => Cell::Lack(words.t("money-nothing-measured")),
        };
        let state = words.t(if step.complete {
            "money-whole"
        } else {
            "money-partial"
        });
        Row::new(
            words.days_title(step.first, step.last),
            vec![
                energy,
                Cell::Number(words.known_euros(step.micro_euros, !step.complete)),
                Cell::Number(words.euros(step.so_far_micro_euros)),
                Cell::Words(state),
            ],
        )
    };
    Table {
        caption: caption.to_owned(),
        head: head.map(|name| words.t(name)).to_vec(),
        rows: steps.iter().map(row).collect(),
    }
}

fn added_table(words: Words, steps: &[Step], before: Option<&[Step]>, caption: &str) -> Table {
    let mut head = vec![words.t("colours-column-day"), words.t("money-added")];
    if before.is_some() {
        head.push(words.t("money-year-before"));
    }
    let row = |(at, step): (usize, &Step)| {
        let mut cells = vec![Cell::Number(words.euros(step.so_far_micro_euros))];
        if let Some(before) = before {
            cells.push(match before.get(at) {
                Some(earlier) => Cell::Number(words.euros(earlier.so_far_micro_euros)),
                None => Cell::Lack(words.t("money-nothing-measured")),
            });
        }
        Row::new(words.days_title(step.first, step.last), cells)
    };
    Table {
        caption: caption.to_owned(),
        head,
        rows: steps.iter().enumerate().map(row).collect(),
    }
}
