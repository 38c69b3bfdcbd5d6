//! What a direction cost, class by class.

use home::Words;
use home::json::cost::{Cost, Sums};
use home::say::capital;
use meter::{Direction, WattMinutes};

use crate::chart::{Figure, Hue};
use crate::pages::parts::direction;

/// One direction of the usage point.
pub(super) struct Card {
    pub id: String,
    pub title: String,
    pub total: String,
    pub total_name: String,
    pub parts: Vec<(String, String)>,
    pub offer: Vec<String>,
    pub is_complete: bool,
    pub completeness: String,
    pub not_known: Vec<String>,
    pub notes: Vec<String>,
    pub rows: Vec<ClassRow>,
    pub figures: Vec<Figure>,
}

/// A line of the table by class.
pub(super) struct ClassRow {
    pub name: String,
    pub hue: Option<&'static str>,
    pub energy: String,
    pub euros: String,
    pub is_total: bool,
}

impl Card {
    /// A direction's sums, with the figures of its steps.
    pub fn of(words: Words, cost: &Cost, figures: Vec<Figure>) -> Self {
        let sums = &cost.sums;
        let unpriced = !sums.unknown.is_empty();
        let unsubscribed = !sums.subscription_unknown.is_empty();
        let mut parts = vec![(
            words.t("price-row-energy"),
            words.known_euros(sums.energy_micro_euros, unpriced),
        )];
        if cost.subject.direction == Direction::Consumption {
            parts.push((
                words.t("price-row-subscription"),
                words.known_euros(sums.subscription_micro_euros, unsubscribed),
            ));
        }
        parts.push((words.t("money-energy"), words.energy(energy(sums))));
        let mut notes: Vec<String> = cost
            .notes
            .iter()
            .map(|note| words.price_note(note))
            .collect();
        if cost.days_to_come > 0 {
            let days = cost.days_to_come.to_string();
            notes.push(words.say("price-to-come", &[("days", &days)]));
        }
        Self {
            id: cost.subject.direction.to_string(),
            title: direction(words, cost.subject.direction),
            total: words.known_euros(sums.total_micro_euros, !sums.complete),
            total_name: words.t(total_name(sums)),
            parts,
            offer: words.cost_offer(cost),
            is_complete: sums.complete,
            completeness: words.completeness(sums),
            not_known: words.not_known(cost),
            notes,
            rows: rows(words, sums),
            figures,
        }
    }
}

fn energy(sums: &Sums) -> u64 {
    sums.classes.iter().map(|class| class.watt_minutes).sum()
}

/// What some of the prices add up to is no total.
fn total_name(sums: &Sums) -> &'static str {
    if sums.complete {
        "price-row-total"
    } else {
        "price-row-known"
    }
}

fn rows(words: Words, sums: &Sums) -> Vec<ClassRow> {
    let unpriced = !sums.unknown.is_empty();
    let unsubscribed = !sums.subscription_unknown.is_empty();
    let kwh = |watt_minutes: u64| words.thousandths(WattMinutes(watt_minutes).watt_hours_rounded());
    let ejp = sums.classes.iter().any(|class| class.class == "normal");
    let classes = sums.classes.iter().enumerate();
    let classes = classes.map(|(at, class)| {
        let hue = match class.class.as_str() {
            "peak" if ejp => Hue::of_class("ejp_peak", at),
            class => Hue::of_class(class, at),
        };
        ClassRow {
            name: capital(&words.class(&class.class, sums)),
            hue: Some(hue.word()),
            energy: kwh(class.watt_minutes),
            euros: words.known_euros(class.micro_euros, class.watt_minutes > 0 && unpriced),
            is_total: false,
        }
    });
    let line = |name: &str, energy: String, euros: String, is_total: bool| ClassRow {
        name: words.t(name),
        hue: None,
        energy,
        euros,
        is_total,
    };
    let subscription = words.known_euros(sums.subscription_micro_euros, unsubscribed);
    let total = words.known_euros(sums.total_micro_euros, !sums.complete);
    classes
        .chain([
            line("price-row-subscription", String::new(), subscription, false),
            line(total_name(sums), kwh(energy(sums)), total, true),
        ])
        .collect()
}
