//! `cost`.

use meter::WattMinutes;

use super::Page;
use crate::exit::Failure;
use crate::json::cost::{Cost, Sums};
use crate::table::{Align, Table};

impl Page {
    /// What a period cost, and how much of it is known.
    pub fn cost(&mut self, cost: &Cost) {
        self.gap();
        self.subject(&cost.subject);
        self.line(&self.words.days_title(cost.first, cost.last));
        for line in self.words.cost_offer(cost) {
            self.sentence(&line, "  ");
        }
        self.gap();
        for line in self.cost_table(&cost.sums) {
            self.line(&line);
        }
        self.gap();
        let text = self.words.completeness(&cost.sums);
        if cost.sums.complete {
            self.sentence(&text, "  ");
        } else {
            self.warning(&text);
        }
        for text in self.words.not_known(cost) {
            self.sentence(&text, "  ");
        }
        for note in &cost.notes {
            self.warning(&self.words.price_note(note));
        }
        if cost.days_to_come > 0 {
            let days = cost.days_to_come.to_string();
            let text = self.words.say("price-to-come", &[("days", &days)]);
            self.sentence(&text, "  ");
        }
    }

    /// What went wrong beside what went well.
    pub fn failure(&mut self, failure: &Failure) {
        let text = failure.message(self.words.lang);
        self.warning(&text);
        if let Some(advice) = failure.advice(self.words.lang) {
            self.sentence(&format!("  → {advice}"), "    ");
        }
    }

    fn cost_table(&self, sums: &Sums) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, words.t("price-column-class")),
            (Align::Right, words.t("price-column-energy")),
            (Align::Right, words.t("price-column-euros")),
        ]);
        let known = |amount, doubtful| words.known_euros(amount, doubtful);
        let unpriced = !sums.unknown.is_empty();
        let unsubscribed = !sums.subscription_unknown.is_empty();
        let mut all = 0;
        for class in &sums.classes {
            all += class.watt_minutes;
            table.row([
                words.class(&class.class, sums),
                self.kwh_of(class.watt_minutes),
                known(class.micro_euros, class.watt_minutes > 0 && unpriced),
            ]);
        }
        if sums.classes.len() > 1 {
            table.row([
                words.t("price-row-energy"),
                self.kwh_of(all),
                known(sums.energy_micro_euros, unpriced),
            ]);
        }
        let total = if sums.complete {
            "price-row-total"
        } else {
            "price-row-known"
        };
        let subscription = known(sums.subscription_micro_euros, unsubscribed);
        let sum = known(sums.total_micro_euros, !sums.complete);
        for (name, amount) in [("price-row-subscription", subscription), (total, sum)] {
            table.row([words.t(name), String::new(), amount]);
        }
        table.lines()
    }

    fn kwh_of(&self, watt_minutes: u64) -> String {
        self.words
            .thousandths(WattMinutes(watt_minutes).watt_hours_rounded())
    }
}
