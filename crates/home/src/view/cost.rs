//! What a period cost: the curve and daily totals of the ledger under an offer.

use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Interval, Kind, WattMinutes, paris};
use tariff::Offer;
use tariff::cost::{Breakdown, Usage, cost};
use tariff::offer::Schedule;
use tariff::offer::rules::Hours;

use super::pricing::Known;
use crate::json::cost::{Class, Cost, Missing, OfferName, Sums, Totals, Unknown};
use crate::json::show::Subject;
use crate::when::Days;

/// Prices a subject's days under an offer.
pub fn read(
    store: &Store,
    subject: Subject,
    days: Days,
    offer: &Offer,
    known: &Known,
) -> Result<Cost, LedgerError> {
    let held = Held::read(store, &subject, days)?;
    let kva = known.power.map(|power| power.kva);
    let sums = known.with(subject.direction, |context| {
        cost(&held.usage(), offer, kva, context)
    });
    Ok(Cost {
        first: days.first,
        last: paris::add_days(days.end, -1),
        days_to_come: days.to_come,
        offer: OfferName::of(offer),
        subscribed_power: known.power,
        sums: Sums::from(sums),
        notes: known.notes(needs_plan(offer)),
        subject,
    })
}

/// What was used on some days.
#[derive(Debug)]
pub(super) struct Held {
    first: Date,
    end: Date,
    curve: Vec<Interval>,
    daily: std::collections::BTreeMap<Date, u64>,
}

impl Held {
    pub(super) fn read(
        store: &Store,
        subject: &Subject,
        Days { first, end, .. }: Days,
    ) -> Result<Self, LedgerError> {
        let (from, to) = (paris::day_start(first), paris::day_start(end));
        Ok(Self {
            first,
            end,
            curve: store.curve(subject.key(Kind::Curve), from, to)?,
            daily: store.daily(subject.key(Kind::Daily), first, end)?,
        })
    }

    pub(super) fn usage(&self) -> Usage<'_> {
        Usage {
            first: self.first,
            end: self.end,
            curve: &self.curve,
            daily: &self.daily,
        }
    }

    /// The same over fewer days.
    pub(super) fn part(&self, first: Date, end: Date) -> Usage<'_> {
        let at = |day| {
            let instant = paris::day_start(day);
            self.curve
                .partition_point(|interval| interval.start < instant)
        };
        Usage {
            first,
            end,
            curve: &self.curve[at(first)..at(end.max(first))],
            daily: &self.daily,
        }
    }
}

/// Whether an offer's prices hang on the usage point's off-peak hours.
pub(super) fn needs_plan(offer: &Offer) -> bool {
    match &offer.schedule {
        Schedule::OffPeak => true,
        Schedule::Rules(rules) => rules
            .iter()
            .any(|rule| matches!(rule.hours, Hours::OffPeak | Hours::Peak)),
        _ => false,
    }
}

impl OfferName {
    /// The names of an offer.
    pub fn of(offer: &Offer) -> Self {
        Self {
            id: offer.id.clone(),
            name: offer.name.clone(),
            taxes: offer.taxes,
        }
    }
}

impl From<Breakdown> for Sums {
    fn from(sums: Breakdown) -> Self {
        let complete = sums.is_complete();
        Self {
            classes: sums.classes.into_iter().map(class).collect(),
            energy_micro_euros: sums.energy.0,
            subscription_micro_euros: sums.subscription.0,
            subscription_unknown: sums.subscription_unknown.into_iter().collect(),
            total_micro_euros: sums.total.0,
            complete,
            unknown: sums.unknown.into_iter().map(unknown).collect(),
            missing: Missing {
                minutes: sums.missing.minutes,
                watt_minutes: sums.missing.energy.0,
                days: sums.missing.days.into_iter().collect(),
                amount_unknown: sums.missing.amount_unknown.into_iter().collect(),
            },
            daily_totals: Totals {
                watt_minutes: sums.totals.energy.0,
                days: sums.totals.days,
                priced_watt_minutes: sums.totals.priced.0,
                difference_watt_minutes: sums.totals.difference,
            },
            days: sums.completeness.days,
            minutes: sums.completeness.minutes,
            minutes_covered: sums.completeness.covered,
            minutes_priced: sums.completeness.priced,
        }
    }
}

fn class(class: tariff::cost::ClassCost) -> Class {
    let (WattMinutes(watt_minutes), WattMinutes(unpriced)) = (class.energy, class.unpriced);
    Class {
        class: class.class,
        watt_minutes,
        unpriced_watt_minutes: unpriced,
        micro_euros: class.cost.0,
    }
}

fn unknown(unknown: tariff::cost::Unknown) -> Unknown {
    Unknown {
        reason: unknown.reason,
        watt_minutes: unknown.energy.0,
        minutes: unknown.minutes,
        days: unknown.days.into_iter().collect(),
    }
}
