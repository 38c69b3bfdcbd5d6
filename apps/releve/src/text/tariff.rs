//! `tariff`.

use std::collections::BTreeSet;

use meter::Direction;

use super::Page;
use crate::json::tariff::{Offer, Shown, Valid};
use crate::table::{Align, Table};

impl Page {
    /// The known offers.
    pub fn offers(&mut self, offers: &[Offer]) {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, words.t("tariff-column-id")),
            (Align::Left, words.t("tariff-column-name")),
            (Align::Left, words.t("tariff-column-from")),
            (Align::Left, words.t("tariff-column-until")),
            (Align::Left, String::new()),
        ]);
        for offer in offers {
            let date = |day: Option<_>| day.map(|day| words.narrow_date(day)).unwrap_or_default();
            let whose = if offer.built_in {
                "tariff-built-in"
            } else {
                "tariff-own"
            };
            table.row([
                offer.name.id.clone(),
                short(&offer.name.name),
                date(offer.first),
                date(offer.last),
                words.t(whose),
            ]);
        }
        for line in table.lines() {
            self.line(&line);
        }
        if offers.iter().any(|offer| !offer.lacks.is_empty()) {
            self.gap();
        }
        for offer in offers {
            self.lacks(offer);
        }
    }

    /// Subscriptions that are not known, and so leave a bill incomplete.
    fn lacks(&mut self, offer: &Offer) {
        let words = self.words;
        for lack in &offer.lacks {
            let (day, powers) = (words.date(lack.from), self.powers(&lack.powers));
            let args = [
                ("id", offer.name.id.as_str()),
                ("day", &day),
                ("powers", &powers),
            ];
            let text = words.say("tariff-lacks", &args);
            self.sentence(&text, "  ");
        }
    }

    /// An offer with its lines.
    pub fn offer(&mut self, shown: &Shown) {
        let words = self.words;
        let name = &shown.offer.name;
        self.heading(&format!("{} ({})", name.name, name.id));
        let source = [("source", shown.offer.source.as_str())];
        self.sentence(&words.say("tariff-source", &source), "  ");
        let mut taxes = self.words.taxes(name.taxes);
        if let Some(first) = taxes.get(..1).map(str::to_uppercase) {
            taxes.replace_range(..1, &first);
        }
        self.line(&format!("{taxes}."));
        if shown.offer.direction == Direction::Production {
            self.line(&words.t("tariff-direction-production"));
        }
        if let Some(count) = shown.dynamic_prices {
            let count = words.number(count as u64);
            self.line(&words.say("tariff-dynamic", &[("count", &count)]));
        }
        self.lacks(&shown.offer);
        let prices = shown.prices.iter().map(|line| line.valid);
        let months = shown.subscriptions.iter().map(|line| line.valid);
        let spans: BTreeSet<Valid> = prices.chain(months).collect();
        if let (Some(day), true) = (shown.day, spans.is_empty()) {
            let day = words.date(day);
            let text = words.say("tariff-nothing-on", &[("day", &day)]);
            self.warning(&text);
        }
        for span in spans {
            self.span(shown, span);
        }
    }

    fn span(&mut self, shown: &Shown, span: Valid) {
        let words = self.words;
        self.gap();
        let first = words.date(span.from);
        let title = match span.to.map(|last| words.date(last)) {
            Some(last) => words.say("price-title", &[("first", &first), ("last", &last)]),
            None => words.say("tariff-since", &[("first", &first)]),
        };
        self.heading(&title);
        let ejp = shown.offer.classes.iter().any(|class| class == "normal");
        let mut table = Table::new([
            (Align::Left, words.t("tariff-prices")),
            (Align::Left, String::new()),
            (Align::Right, String::new()),
        ]);
        let mut has_prices = false;
        for line in shown.prices.iter().filter(|line| line.valid == span) {
            has_prices = true;
            table.row([
                self.words.class_name(&line.class, ejp),
                self.powers(&line.powers),
                words.price(line.micro_euros_per_kwh),
            ]);
        }
        if has_prices {
            for line in table.without_empty_columns().lines() {
                self.line(&line);
            }
        }
        let months = shown.subscriptions.iter();
        let months: Vec<String> = months
            .filter(|line| line.valid == span)
            .map(|line| {
                let powers = match line.powers.as_slice() {
                    [] => words.t("tariff-every-power"),
                    powers => self.powers(powers),
                };
                format!("{powers} {}", words.euros(line.micro_euros_per_month))
                    .replace(' ', "\u{a0}")
            })
            .collect();
        if !months.is_empty() {
            let args = [("months", &*months.join(" · "))];
            self.sentence(&words.say("tariff-months", &args), "  ");
        }
    }

    /// `9, 12 kVA`; nothing for any.
    fn powers(&self, powers: &[u32]) -> String {
        if powers.is_empty() {
            return String::new();
        }
        let named: Vec<String> = powers.iter().map(ToString::to_string).collect();
        let named = named.join(", ");
        self.words.say("price-kva", &[("kva", &named)])
    }
}

/// A name that leaves room for the other columns.
fn short(name: &str) -> String {
    const LONGEST: usize = 28;
    let name = name.replace(char::is_control, "\u{fffd}");
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}
