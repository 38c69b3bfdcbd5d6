//! What a cost is made of, what is not known of it, and why.

use jiff::civil::Date;
use meter::{Direction, WattMinutes};
use tariff::offer::Taxes;
use tariff::offer::schedule::Reason;

use super::legible;
use crate::json::cost::{Cost, Note, OfferName, Sums, Unknown};
use crate::words::Words;

impl Words {
    /// A day, or the first and the last of some.
    pub fn days_title(self, first: Date, last: Date) -> String {
        if first == last {
            return self.day(first);
        }
        let (first, last) = (self.date(first), self.date(last));
        self.say("price-title", &[("first", &first), ("last", &last)])
    }

    /// Under which offer, and at which power as far as that matters.
    pub fn cost_offer(self, cost: &Cost) -> Vec<String> {
        let name = match cost.subject.direction {
            Direction::Consumption => "price-offer",
            Direction::Production => "price-resale-offer",
        };
        let OfferName { id, name: of, .. } = &cost.offer;
        let taxes = self.taxes(cost.offer.taxes);
        let args = [("name", of.as_str()), ("id", id), ("taxes", &taxes)];
        let offer = self.say(name, &args);
        if cost.subject.direction == Direction::Production {
            return vec![offer];
        }
        let power = match cost.subscribed_power {
            Some(power) => {
                let source = self.t(&format!("price-source-{}", power.source.as_str()));
                let kva = power.kva.to_string();
                self.say("price-power", &[("kva", &kva), ("source", &source)])
            }
            None => self.t("price-power-unknown"),
        };
        vec![offer, power]
    }

    /// Whether prices include taxes.
    pub fn taxes(self, taxes: Taxes) -> String {
        self.t(match taxes {
            Taxes::Included => "price-taxes-included",
            Taxes::Excluded => "price-taxes-excluded",
        })
    }

    /// A class of an offer in words, where it is one of the usual ones.
    pub fn class(self, class: &str, sums: &Sums) -> String {
        let ejp = sums.classes.iter().any(|other| other.class == "normal");
        self.class_name(class, ejp)
    }

    /// The same; the peak of EJP is another than that of off-peak offers.
    pub fn class_name(self, class: &str, ejp: bool) -> String {
        let name = if ejp && class == "peak" {
            "price-class-ejp-peak".to_owned()
        } else {
            format!("price-class-{class}")
        };
        service::text::find(self.lang, &name, &[]).unwrap_or_else(|| legible(class))
    }

    /// An amount; what is not known is no zero.
    pub fn known_euros(self, amount: i64, doubtful: bool) -> String {
        match amount {
            0 if doubtful => "?".to_owned(),
            amount => self.euros(amount),
        }
    }

    /// Energy in kWh, rounded to the Wh once.
    pub fn energy(self, watt_minutes: u64) -> String {
        self.kwh(WattMinutes(watt_minutes).watt_hours_rounded())
    }

    /// Whether everything has a price.
    pub fn completeness(self, sums: &Sums) -> String {
        let days = sums.days.to_string();
        if sums.complete {
            return self.say("price-complete", &[("days", &days)]);
        }
        let priced = self.number(sums.minutes_priced);
        let minutes = self.number(sums.minutes);
        let args = [
            ("priced", priced.as_str()),
            ("minutes", &minutes),
            ("days", &days),
        ];
        self.say("price-partial", &args)
    }

    /// What has no price, and why; where daily totals stand in or differ.
    pub fn not_known(self, cost: &Cost) -> Vec<String> {
        let sums = &cost.sums;
        let mut said = self.why_partial(cost);
        if sums.daily_totals.priced_watt_minutes > 0 {
            let energy = self.energy(sums.daily_totals.priced_watt_minutes);
            said.push(self.say("price-from-totals", &[("energy", &energy)]));
        }
        if sums.daily_totals.difference_watt_minutes != 0 {
            let difference = self.signed(sums.daily_totals.difference_watt_minutes, "W·min");
            said.push(self.say("price-difference", &[("difference", &difference)]));
        }
        said
    }

    /// Why a cost is partial, a sentence a reason; nothing where it is complete.
    pub fn why_partial(self, cost: &Cost) -> Vec<String> {
        let sums = &cost.sums;
        let unknown = sums.unknown.iter().map(|unknown| self.unpriced(unknown));
        let mut said: Vec<String> = unknown.collect();
        if !sums.subscription_unknown.is_empty() {
            let kva = match cost.subscribed_power {
                Some(power) => self.say("price-kva", &[("kva", &power.kva.to_string())]),
                None => self.t("price-kva-unknown"),
            };
            let days = self.some_days(&sums.subscription_unknown);
            said.push(self.say("price-no-subscription", &[("kva", &kva), ("days", &days)]));
        }
        let tells = sums.missing.watt_minutes > 0 || sums.missing.amount_unknown.is_empty();
        if sums.missing.minutes > 0 && tells {
            let days = self.some_days(&sums.missing.days);
            let energy = self.energy(sums.missing.watt_minutes);
            said.push(self.say("price-missing", &[("days", &days), ("energy", &energy)]));
        }
        if !sums.missing.amount_unknown.is_empty() {
            let days = self.some_days(&sums.missing.amount_unknown);
            said.push(self.say("price-missing-amount", &[("days", &days)]));
        }
        said
    }

    fn unpriced(self, unknown: &Unknown) -> String {
        let energy = self.energy(unknown.watt_minutes);
        let days = self.some_days(&unknown.days);
        let name = format!("price-unknown-{}", reason(unknown.reason));
        self.say(&name, &[("energy", &energy), ("days", &days)])
    }

    /// Days in few words.
    pub fn some_days(self, days: &[Date]) -> String {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return String::new();
        };
        if first == last {
            return self.say("price-one-day", &[("day", &self.date(*first))]);
        }
        let (first, last) = (self.date(*first), self.date(*last));
        let count = days.len().to_string();
        let args = [
            ("count", count.as_str()),
            ("first", &first),
            ("last", &last),
        ];
        self.say("price-days", &args)
    }

    /// A contradiction or a gap in what prices hang on.
    pub fn price_note(self, note: &Note) -> String {
        let between = |first: &Date, last: &Date| (self.date(*first), self.date(*last));
        let (name, (first, last), one, two) = match note {
            Note::PowerDiffers {
                configured_kva,
                stated_kva,
            } => {
                let (one, two) = (configured_kva.to_string(), stated_kva.to_string());
                let args = [("one", one.as_str()), ("two", &two)];
                return self.say("price-power-differs", &args);
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
        self.say(name, &args)
    }
}

/// The last part of a reason's messages.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoColour => "no_colour",
        Reason::DisputedColour => "disputed_colour",
        Reason::NoPlan => "no_plan",
        Reason::NoPrice => "no_price",
    }
}
