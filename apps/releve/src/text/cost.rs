//! `cost`.

use jiff::civil::Date;
use meter::{Direction, WattMinutes};

use super::Page;
use crate::exit::Failure;
use crate::json::cost::{Cost, Note, OfferName, Sums, Unknown};
use crate::table::{Align, Table};

impl Page {
    /// What a period cost, and how much of it is known.
    pub fn cost(&mut self, cost: &Cost) {
        self.gap();
        self.subject(&cost.subject);
        let title = self.days_title(cost.first, cost.last);
        self.line(&title);
        self.cost_offer(cost);
        self.gap();
        for line in self.cost_table(&cost.sums) {
            self.line(&line);
        }
        self.gap();
        self.completeness(&cost.sums);
        self.not_known(cost);
        for note in &cost.notes {
            let text = self.note(note);
            self.warning(&text);
        }
        if cost.days_to_come > 0 {
            self.say("price-to-come", &[("days", &cost.days_to_come.to_string())]);
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

    pub(super) fn days_title(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.words.day(first);
        }
        let (first, last) = (self.words.date(first), self.words.date(last));
        let args = [("first", first.as_str()), ("last", &last)];
        self.words.say("price-title", &args)
    }

    fn say(&mut self, name: &str, args: &service::Args) {
        let text = self.words.say(name, args);
        self.sentence(&text, "  ");
    }

    fn cost_offer(&mut self, cost: &Cost) {
        let name = match cost.subject.direction {
            Direction::Consumption => "price-offer",
            Direction::Production => "price-resale-offer",
        };
        let OfferName { id, name: of, .. } = &cost.offer;
        let taxes = self.taxes(cost.offer.taxes);
        self.say(name, &[("name", of), ("id", id), ("taxes", &taxes)]);
        if cost.subject.direction == Direction::Production {
            return;
        }
        match cost.subscribed_power {
            Some(power) => {
                let source = self
                    .words
                    .t(&format!("price-source-{}", power.source.as_str()));
                let kva = power.kva.to_string();
                self.say("price-power", &[("kva", &kva), ("source", &source)]);
            }
            None => self.say("price-power-unknown", &[]),
        }
    }

    pub(super) fn taxes(&self, taxes: tariff::offer::Taxes) -> String {
        self.words.t(match taxes {
            tariff::offer::Taxes::Included => "price-taxes-included",
            tariff::offer::Taxes::Excluded => "price-taxes-excluded",
        })
    }

    fn cost_table(&self, sums: &Sums) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, words.t("price-column-class")),
            (Align::Right, words.t("price-column-energy")),
            (Align::Right, words.t("price-column-euros")),
        ]);
        // What is not known is no zero.
        let known = |amount: i64, doubtful: bool| match amount {
            0 if doubtful => "?".to_owned(),
            amount => words.euros(amount),
        };
        let unpriced = !sums.unknown.is_empty();
        let unsubscribed = !sums.subscription_unknown.is_empty();
        let mut all = 0;
        for class in &sums.classes {
            all += class.watt_minutes;
            table.row([
                self.class(&class.class, sums),
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

    /// A class in words, where it is one of the usual ones.
    fn class(&self, class: &str, sums: &Sums) -> String {
        let ejp = sums.classes.iter().any(|other| other.class == "normal");
        self.class_name(class, ejp)
    }

    pub(super) fn class_name(&self, class: &str, ejp: bool) -> String {
        let name = if ejp && class == "peak" {
            "price-class-ejp-peak".to_owned()
        } else {
            format!("price-class-{class}")
        };
        service::text::find(self.words.lang, &name, &[]).unwrap_or_else(|| class.to_owned())
    }

    fn kwh_of(&self, watt_minutes: u64) -> String {
        self.words
            .thousandths(WattMinutes(watt_minutes).watt_hours_rounded())
    }

    fn completeness(&mut self, sums: &Sums) {
        let days = sums.days.to_string();
        if sums.complete {
            return self.say("price-complete", &[("days", &days)]);
        }
        let priced = self.words.number(sums.minutes_priced);
        let minutes = self.words.number(sums.minutes);
        let args = [
            ("priced", priced.as_str()),
            ("minutes", &minutes),
            ("days", &days),
        ];
        let text = self.words.say("price-partial", &args);
        self.warning(&text);
    }

    fn not_known(&mut self, cost: &Cost) {
        let sums = &cost.sums;
        for unknown in &sums.unknown {
            self.unknown(unknown);
        }
        if !sums.subscription_unknown.is_empty() {
            let kva = match cost.subscribed_power {
                Some(power) => self
                    .words
                    .say("price-kva", &[("kva", &power.kva.to_string())]),
                None => self.words.t("price-kva-unknown"),
            };
            let days = self.days(&sums.subscription_unknown);
            self.say("price-no-subscription", &[("kva", &kva), ("days", &days)]);
        }
        let tells = sums.missing.watt_minutes > 0 || sums.missing.amount_unknown.is_empty();
        if sums.missing.minutes > 0 && tells {
            let days = self.days(&sums.missing.days);
            let energy = self.energy(sums.missing.watt_minutes);
            self.say("price-missing", &[("days", &days), ("energy", &energy)]);
        }
        if !sums.missing.amount_unknown.is_empty() {
            let days = self.days(&sums.missing.amount_unknown);
            self.say("price-missing-amount", &[("days", &days)]);
        }
        if sums.daily_totals.priced_watt_minutes > 0 {
            let energy = self.energy(sums.daily_totals.priced_watt_minutes);
            self.say("price-from-totals", &[("energy", &energy)]);
        }
        if sums.daily_totals.difference_watt_minutes != 0 {
            let difference = sums.daily_totals.difference_watt_minutes;
            let difference = self.words.signed(difference, "W·min");
            self.say("price-difference", &[("difference", &difference)]);
        }
    }

    fn unknown(&mut self, unknown: &Unknown) {
        let energy = self.energy(unknown.watt_minutes);
        let days = self.days(&unknown.days);
        let name = format!("price-unknown-{}", reason(unknown.reason));
        self.say(&name, &[("energy", &energy), ("days", &days)]);
    }

    fn energy(&self, watt_minutes: u64) -> String {
        self.words
            .kwh(WattMinutes(watt_minutes).watt_hours_rounded())
    }

    /// Days in few words.
    pub(super) fn days(&self, days: &[Date]) -> String {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return String::new();
        };
        if first == last {
            return self
                .words
                .say("price-one-day", &[("day", &self.words.date(*first))]);
        }
        let (first, last) = (self.words.date(*first), self.words.date(*last));
        let count = days.len().to_string();
        let args = [
            ("count", count.as_str()),
            ("first", &first),
            ("last", &last),
        ];
        self.words.say("price-days", &args)
    }

    pub(super) fn note(&self, note: &Note) -> String {
        let between = |first: &Date, last: &Date| (self.words.date(*first), self.words.date(*last));
        let (name, (first, last), one, two) = match note {
            Note::PowerDiffers {
                configured_kva,
                stated_kva,
            } => {
                let (one, two) = (configured_kva.to_string(), stated_kva.to_string());
                let args = [("one", one.as_str()), ("two", &two)];
                return self.words.say("price-power-differs", &args);
            }
            Note::PlanAsStated {
                first,
                said_on,
                written,
            } => (
                "price-plan-as-stated",
                between(first, said_on),
                written.as_str(),
                "",
            ),
            Note::PlanGap { first, last } => ("price-plan-gap", between(first, last), "", ""),
            Note::PlanOverlap {
                first,
                last,
                written: [one, two],
            } => (
                "price-plan-overlap",
                between(first, last),
                one.as_str(),
                two.as_str(),
            ),
            Note::PlanUnreadable {
                first,
                last,
                written,
            } => (
                "price-plan-unreadable",
                between(first, last),
                written.as_str(),
                "",
            ),
            Note::PlanChanged {
                last_old,
                first_new,
                old,
                new,
            } => (
                "price-plan-changed",
                between(last_old, first_new),
                old.as_str(),
                new.as_str(),
            ),
            Note::PlanDiffers {
                first,
                last,
                configured,
                stated,
            } => (
                "price-plan-differs",
                between(first, last),
                configured.as_str(),
                stated.as_str(),
            ),
        };
        let (one, two) = (legible(one), legible(two));
        let args = [
            ("first", first.as_str()),
            ("last", &last),
            ("one", &one),
            ("two", &two),
        ];
        self.words.say(name, &args)
    }
}

/// A text of others without what a terminal would obey.
fn legible(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// The last part of a reason's messages.
pub(super) fn reason(reason: tariff::offer::schedule::Reason) -> &'static str {
    use tariff::offer::schedule::Reason;
    match reason {
        Reason::NoColour => "no_colour",
        Reason::DisputedColour => "disputed_colour",
        Reason::NoPlan => "no_plan",
        Reason::NoPrice => "no_price",
    }
}
