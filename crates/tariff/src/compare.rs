//! One's own curve under each offer and subscribed power, the cheapest first.
//!
//! All are priced over the same points of the curve, so that none looks cheaper
//! because less of it is known: an offer some of which has no price is listed,
//! with its reason, but not ranked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use meter::{DailyMaximum, Direction, Phase};
use serde::Serialize;

use crate::cost::{Breakdown, Usage, cost};
use crate::offer::schedule::Context;
use crate::offer::{MicroEuro, Offer};

/// An offer and a subscribed power.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The offer.
    pub offer: &'a Offer,
    /// The subscribed power in kVA; `None` for an offer without subscription.
    pub kva: Option<u32>,
}

/// Every offer of energy to buy, at every subscribed power that it names.
pub fn candidates(offers: &[Offer]) -> Vec<Candidate<'_>> {
    let powers = |offer: &Offer| -> Vec<Option<u32>> {
        match offer.powers().as_slice() {
            [] => vec![None],
            powers => powers.iter().copied().map(Some).collect(),
        }
    };
    offers
        .iter()
        .filter(|offer| offer.direction == Direction::Consumption)
        .flat_map(|offer| {
            let with = move |kva| Candidate { offer, kva };
            powers(offer).into_iter().map(with)
        })
        .collect()
}

/// Whether the subscribed power would have held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "held")]
pub enum PowerCheck {
    /// No maximum exceeded it.
    Yes,
    /// Some did: the meter would have cut the current, or nearly.
    No {
        /// On how many days.
        days: u32,
        /// The highest, in VA.
        highest: u32,
    },
    /// No maximum of the period is held, or no power was named.
    Unknown,
}

/// One line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The offer.
    pub offer: String,
    /// The subscribed power in kVA.
    pub kva: Option<u32>,
    /// What it would have cost.
    pub cost: Breakdown,
    /// How much more than the cheapest, where both are wholly priced.
    pub above: Option<MicroEuro>,
    /// Whether the subscribed power would have held.
    pub power: PowerCheck,
}

/// Offers side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Wholly priced offers by their total, then the others as they were given.
    pub offers: Vec<Compared>,
    /// Which of them is the cheapest whose power is not known to be exceeded.
    pub cheapest: Option<usize>,
}

/// Prices the curve under each candidate. Daily totals are left aside, since
/// they can be priced under some offers and not under others.
pub fn compare(
    usage: &Usage,
    candidates: &[Candidate],
    maxima: &[DailyMaximum],
    context: &Context,
) -> Comparison {
    let (first, end) = (usage.first, usage.end);
    let none = BTreeMap::new();
    let curve = Usage {
        daily: &none,
        ..*usage
    };
    let mut offers: Vec<Compared> = candidates
        .iter()
        .map(|candidate| Compared {
            offer: candidate.offer.id.clone(),
            kva: candidate.kva,
            cost: cost(&curve, candidate.offer, candidate.kva, context),
            above: None,
            power: check(candidate.kva, maxima, (first, end)),
        })
        .collect();
    // What is not wholly priced has no rank: it stays in the order of the list.
    offers.sort_by_key(|row| {
        let total = row.cost.is_priced().then_some(row.cost.total);
        (total.is_none(), total)
    });
    let cheapest = offers
        .iter()
        .position(|row| row.cost.is_priced() && !matches!(row.power, PowerCheck::No { .. }));
    if let Some(least) = cheapest.map(|index| offers[index].cost.total) {
        for row in offers.iter_mut().filter(|row| row.cost.is_priced()) {
            row.above = Some(MicroEuro(row.cost.total.0.saturating_sub(least.0)));
        }
    }
    Comparison { offers, cheapest }
}

fn check(kva: Option<u32>, maxima: &[DailyMaximum], (first, end): (Date, Date)) -> PowerCheck {
    let mut held = maxima
        .iter()
        .filter(|maximum| maximum.phase == Phase::All && (first..end).contains(&maximum.day))
        .map(|maximum| maximum.volt_amperes)
        .peekable();
    let (Some(kva), Some(_)) = (kva, held.peek()) else {
        return PowerCheck::Unknown;
    };
    let limit = kva.saturating_mul(1000);
    let above: Vec<u32> = held.filter(|maximum| *maximum > limit).collect();
    match above.iter().max() {
        None => PowerCheck::Yes,
        Some(highest) => PowerCheck::No {
            days: above.len() as u32,
            highest: *highest,
        },
    }
}
