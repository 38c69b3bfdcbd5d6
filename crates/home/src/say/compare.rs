//! What a comparison of offers comes to, and what it rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::cost::reason;
use crate::json::compare::{Comparison, Row};
use crate::words::Words;

impl Words {
    /// Which offer is the cheapest; none where no offer is wholly priced.
    pub fn cheapest(self, comparison: &Comparison) -> Option<String> {
        let cheapest = comparison.cheapest.as_ref()?;
        let kva = cheapest.kva.map(|kva| kva.to_string());
        let kva = kva.map(|kva| self.say("price-kva", &[("kva", &kva)]));
        let offer = match kva {
            Some(kva) => format!("{}, {kva}", cheapest.offer),
            None => cheapest.offer.clone(),
        };
        let total = self.euros(cheapest.total_micro_euros);
        let message = if comparison.offers.iter().all(|row| row.priced) {
            "compare-cheapest"
        } else {
            "compare-cheapest-complete"
        };
        Some(self.say(message, &[("offer", &offer), ("total", &total)]))
    }

    /// Each subscribed power that would not have held, once.
    pub fn exceeded(self, rows: &[Row]) -> Vec<String> {
        let exceeded = rows.iter().filter_map(|row| {
            let highest = u64::from(row.highest_volt_amperes?);
            Some((row.kva?, (row.days_exceeded?, highest)))
        });
        let exceeded: BTreeMap<_, _> = exceeded.collect();
        let say = |(kva, (days, highest)): (u32, (u32, u64))| {
            let (kva, days) = (kva.to_string(), self.number(u64::from(days)));
            let va = self.unit(highest, "VA");
            let args = [("kva", kva.as_str()), ("days", &days), ("va", &va)];
            self.say("compare-exceeded-power", &args)
        };
        exceeded.into_iter().map(say).collect()
    }

    /// Why offers are incomplete, once for each.
    pub fn incomplete(self, rows: &[Row]) -> Vec<String> {
        let mut incomplete: BTreeMap<&str, (Vec<String>, BTreeSet<&str>)> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.priced) {
            let (powers, reasons) = incomplete.entry(&row.offer.id).or_default();
            powers.extend(row.kva.map(|kva| kva.to_string()));
            reasons.extend(row.unknown.iter().map(|unknown| reason(*unknown)));
            if row.subscription_unknown {
                reasons.insert("subscription");
            }
        }
        let say = |(offer, (powers, reasons)): (&str, (Vec<String>, BTreeSet<&str>))| {
            let powers = match powers.join(", ") {
                none if none.is_empty() => none,
                powers => format!(" ({})", self.say("price-kva", &[("kva", &powers)])),
            };
            let offer = format!("{offer}{powers}");
            let reasons = reasons.into_iter();
            let reasons: Vec<String> = reasons
                .map(|reason| self.t(&format!("compare-reason-{reason}")))
                .collect();
            let args = [("offer", offer.as_str()), ("reasons", &*reasons.join(", "))];
            self.say("compare-unpriced", &args)
        };
        incomplete.into_iter().map(say).collect()
    }

    /// What the comparison rests on.
    pub fn how_far(self, comparison: &Comparison) -> Vec<String> {
        let mut sentences = Vec::new();
        if comparison.minutes_covered < comparison.minutes {
            let covered = self.number(comparison.minutes_covered);
            let missing = self.number(comparison.minutes - comparison.minutes_covered);
            let args = [("covered", covered.as_str()), ("missing", &missing)];
            sentences.push(self.say("compare-partial", &args));
        }
        let tells = |row: &Row| row.kva.is_none() || row.days_exceeded.is_some();
        if !comparison.offers.iter().all(tells) {
            sentences.push(self.t("compare-maxima-unknown"));
        }
        if !comparison.without_taxes.is_empty() {
            let ids = comparison.without_taxes.iter().map(|of| of.id.as_str());
            let ids = ids.collect::<Vec<_>>().join(", ");
            sentences.push(self.say("compare-without-taxes", &[("ids", &ids)]));
        }
        if comparison.days_to_come > 0 {
            let days = comparison.days_to_come.to_string();
            sentences.push(self.say("price-to-come", &[("days", &days)]));
        }
        sentences
    }
}
