//! One's own curve under each offer and subscribed power.

use ledger::{LedgerError, Store};
use meter::Kind;
use tariff::Offer;
use tariff::compare::{Compared, PowerCheck, candidates, compare};
use tariff::offer::Taxes;

use super::cost::{Held, needs_plan};
use super::pricing::Known;
use crate::json::compare::{Cheapest, Comparison, Row};
use crate::json::cost::OfferName;
use crate::json::show::Subject;
use crate::when::Days;

/// Prices a subject's days under each offer. `current` is the configured one.
pub fn read(
    store: &Store,
    subject: Subject,
    days: Days,
    offers: &[Offer],
    (known, current): (&Known, Option<&str>),
) -> Result<Comparison, LedgerError> {
    let held = Held::read(store, &subject, days)?;
    let maxima = store.maxima(subject.key(Kind::Maximum), days.first, days.end)?;
    let (compared, without_taxes) = alike(offers);
    let candidates = candidates(&compared);
    let result = known.with(subject.direction, |context| {
        compare(&held.usage(), &candidates, &maxima, context)
    });
    let power = known.power.map(|power| power.kva);
    let is_current = |row: &Compared| {
        current == Some(row.offer.as_str()) && (row.kva.is_none() || row.kva == power)
    };
    let measured = result.offers.first().map(|row| row.cost.completeness);
    let measured = measured.unwrap_or_default();
    let cheapest = result.cheapest.and_then(|at| result.offers.get(at));
    Ok(Comparison {
        first: days.first,
        last: meter::paris::add_days(days.end, -1),
        days_to_come: days.to_come,
        minutes: measured.minutes,
        minutes_covered: measured.covered,
        cheapest: cheapest.map(|row| Cheapest {
            offer: row.offer.clone(),
            kva: row.kva,
            total_micro_euros: row.cost.total.0,
        }),
        offers: result
            .offers
            .iter()
            .filter_map(|row| {
                let offer = compared.iter().find(|offer| offer.id == row.offer)?;
                Some(self::row(row, offer, is_current(row)))
            })
            .collect(),
        without_taxes,
        notes: known.notes(compared.iter().any(needs_plan)),
        subject,
    })
}

/// Prices with and without taxes are not alike: those without stand aside.
fn alike(offers: &[Offer]) -> (Vec<Offer>, Vec<OfferName>) {
    let (with, without): (Vec<Offer>, Vec<Offer>) = offers
        .iter()
        .cloned()
        .partition(|offer| offer.taxes == Taxes::Included);
    if with.is_empty() {
        return (without, Vec::new());
    }
    (with, without.iter().map(OfferName::of).collect())
}

fn row(row: &Compared, offer: &Offer, current: bool) -> Row {
    let (days_exceeded, highest) = match row.power {
        PowerCheck::Yes => (Some(0), None),
        PowerCheck::No { days, highest } => (Some(days), Some(highest)),
        PowerCheck::Unknown => (None, None),
    };
    Row {
        offer: OfferName::of(offer),
        kva: row.kva,
        current,
        energy_micro_euros: row.cost.energy.0,
        subscription_micro_euros: row.cost.subscription.0,
        total_micro_euros: row.cost.total.0,
        above_micro_euros: row.above.map(|above| above.0),
        priced: row.cost.is_priced(),
        unknown: row.cost.unknown.iter().map(|part| part.reason).collect(),
        subscription_unknown: !row.cost.subscription_unknown.is_empty(),
        days_exceeded,
        highest_volt_amperes: highest,
    }
}
