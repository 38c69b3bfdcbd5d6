//! `compare`.

use std::collections::{BTreeMap, BTreeSet};

use super::Page;
use super::cost::reason;
use crate::json::compare::{Comparison, Row};
use crate::table::{Align, Table};

impl Page {
    /// Offers side by side, the cheapest first.
    pub fn comparison(&mut self, comparison: &Comparison) {
        self.gap();
        self.subject(&comparison.subject);
        let title = self.days_title(comparison.first, comparison.last);
        self.line(&title);
        self.gap();
        for line in self.offers_table(&comparison.offers) {
            self.line(&line);
        }
        self.gap();
        self.cheapest(comparison);
        self.exceeded(&comparison.offers);
        self.incomplete(&comparison.offers);
        self.how_far(comparison);
        for note in &comparison.notes {
            let text = self.note(note);
            self.warning(&text);
        }
    }

    fn offers_table(&self, rows: &[Row]) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, words.t("compare-column-offer")),
            (Align::Right, words.t("compare-column-kva")),
            (Align::Right, words.t("compare-column-total")),
            (Align::Right, words.t("compare-column-above")),
            (Align::Left, String::new()),
        ]);
        for row in rows {
            let above = row.above_micro_euros.filter(|above| *above != 0);
            table.row([
                short(&row.offer.id),
                row.kva.map(|kva| kva.to_string()).unwrap_or_default(),
                // A sum of some of the prices would look like a price.
                if row.priced {
                    words.euros(row.total_micro_euros)
                } else {
                    "?".to_owned()
                },
                above.map(|above| words.euros(above)).unwrap_or_default(),
                self.row_remark(row),
            ]);
        }
        table.without_empty_columns().lines()
    }

    fn row_remark(&self, row: &Row) -> String {
        let words = self.words;
        let mut remarks = Vec::new();
        if row.current {
            remarks.push(words.t("compare-current"));
        }
        if row.highest_volt_amperes.is_some() {
            remarks.push(words.t("compare-exceeded"));
        }
        remarks.join(" · ")
    }

    fn cheapest(&mut self, comparison: &Comparison) {
        let Some(cheapest) = &comparison.cheapest else {
            let text = self.words.t("compare-no-cheapest");
            return self.warning(&text);
        };
        let kva = cheapest.kva.map(|kva| kva.to_string());
        let kva = kva.map(|kva| self.words.say("price-kva", &[("kva", &kva)]));
        let offer = match kva {
            Some(kva) => format!("{}, {kva}", cheapest.offer),
            None => cheapest.offer.clone(),
        };
        let total = self.words.euros(cheapest.total_micro_euros);
        let args = [("offer", offer.as_str()), ("total", &total)];
        let message = if comparison.offers.iter().all(|row| row.priced) {
            "compare-cheapest"
        } else {
            "compare-cheapest-complete"
        };
        let text = self.words.say(message, &args);
        self.sentence(&text, "  ");
    }

    /// Each subscribed power that would not have held, once.
    fn exceeded(&mut self, rows: &[Row]) {
        let words = self.words;
        let exceeded = rows.iter().filter_map(|row| {
            let highest = u64::from(row.highest_volt_amperes?);
            Some((row.kva?, (row.days_exceeded?, highest)))
        });
        for (kva, (days, highest)) in exceeded.collect::<BTreeMap<_, _>>() {
            let (kva, days, va) = (
                kva.to_string(),
                words.number(u64::from(days)),
                words.unit(highest, "VA"),
            );
            let args = [("kva", kva.as_str()), ("days", &days), ("va", &va)];
            let text = words.say("compare-exceeded-power", &args);
            self.sentence(&text, "  ");
        }
    }

    /// Why offers are incomplete, once for each.
    fn incomplete(&mut self, rows: &[Row]) {
        let mut incomplete: BTreeMap<&str, (Vec<String>, BTreeSet<&str>)> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.priced) {
            let (powers, reasons) = incomplete.entry(&row.offer.id).or_default();
            powers.extend(row.kva.map(|kva| kva.to_string()));
            reasons.extend(row.unknown.iter().map(|unknown| reason(*unknown)));
            if row.subscription_unknown {
                reasons.insert("subscription");
            }
        }
        for (offer, (powers, reasons)) in incomplete {
            let powers = match powers.join(", ") {
                none if none.is_empty() => none,
                powers => format!(" ({})", self.words.say("price-kva", &[("kva", &powers)])),
            };
            let offer = format!("{offer}{powers}");
            let reasons = reasons.into_iter();
            let reasons: Vec<String> = reasons
                .map(|reason| self.words.t(&format!("compare-reason-{reason}")))
                .collect();
            let args = [("offer", offer.as_str()), ("reasons", &*reasons.join(", "))];
            let text = self.words.say("compare-unpriced", &args);
            self.sentence(&text, "  ");
        }
    }

    /// What the comparison rests on.
    fn how_far(&mut self, comparison: &Comparison) {
        let words = self.words;
        let mut sentences = Vec::new();
        if comparison.minutes_covered < comparison.minutes {
            let covered = words.number(comparison.minutes_covered);
            let missing = words.number(comparison.minutes - comparison.minutes_covered);
            let args = [("covered", covered.as_str()), ("missing", &missing)];
            sentences.push(words.say("compare-partial", &args));
        }
        let tells = |row: &Row| row.kva.is_none() || row.days_exceeded.is_some();
        if !comparison.offers.iter().all(tells) {
            sentences.push(words.t("compare-maxima-unknown"));
        }
        if !comparison.without_taxes.is_empty() {
            let ids = comparison.without_taxes.iter().map(|of| of.id.as_str());
            let ids = ids.collect::<Vec<_>>().join(", ");
            sentences.push(words.say("compare-without-taxes", &[("ids", &ids)]));
        }
        if comparison.days_to_come > 0 {
            let days = comparison.days_to_come.to_string();
            sentences.push(words.say("price-to-come", &[("days", &days)]));
        }
        for sentence in sentences {
            self.sentence(&sentence, "  ");
        }
    }
}

/// An id of the user's own that leaves room for the other columns.
fn short(id: &str) -> String {
    const LONGEST: usize = 24;
    match id.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &id[..end]),
        None => id.to_owned(),
    }
}
