//! Offers as they are listed and shown.

use jiff::civil::Date;
use meter::paris;
use tariff::offer::{Powers, Schedule, Validity};

use crate::json::cost::OfferName;
use crate::json::tariff::{Lack, Offer, Price, Shown, Subscription, Valid};

/// An offer in short.
pub fn brief(offer: &tariff::Offer, built_in: bool) -> Offer {
    let validities = || offer.prices.iter().map(|line| line.validity);
    let open = validities().any(|validity| validity.end.is_none());
    let end = validities().filter_map(|validity| validity.end).max();
    Offer {
        name: OfferName::of(offer),
        direction: offer.direction,
        source: offer.source.clone(),
        built_in,
        classes: offer.classes.clone(),
        powers: offer.powers(),
        first: validities().map(|validity| validity.first).min(),
        last: end.filter(|_| !open).map(|end| paris::add_days(end, -1)),
        lacks: lacks(offer),
    }
}

/// Where the last known prices begin, the powers whose subscription is not known.
fn lacks(offer: &tariff::Offer) -> Vec<Lack> {
    let begins = offer.prices.iter().map(|line| line.validity.first).max();
    let Some(from) = begins.filter(|_| !offer.subscriptions.is_empty()) else {
        return Vec::new();
    };
    let mut powers = offer.powers();
    powers.retain(|kva| offer.month(Some(*kva), from).is_none());
    let lack = Lack { from, powers };
    Some(lack)
        .filter(|lack| !lack.powers.is_empty())
        .into_iter()
        .collect()
}

/// An offer with its lines, all or those of a day.
pub fn whole(offer: &tariff::Offer, built_in: bool, day: Option<Date>) -> Shown {
    let wanted = |validity: &Validity| day.is_none_or(|day| validity.contains(day));
    let prices = offer.prices.iter().filter(|line| wanted(&line.validity));
    let months = offer.subscriptions.iter();
    let months = months.filter(|line| wanted(&line.validity));
    Shown {
        offer: brief(offer, built_in),
        day,
        dynamic_prices: match &offer.schedule {
            Schedule::Dynamic(prices) => Some(prices.len()),
            _ => None,
        },
        prices: prices
            .map(|line| Price {
                class: offer.classes[usize::from(line.class)].clone(),
                powers: powers(&line.powers),
                valid: valid(line.validity),
                micro_euros_per_kwh: line.per_kwh.0,
            })
            .collect(),
        subscriptions: months
            .map(|line| Subscription {
                powers: powers(&line.powers),
                valid: valid(line.validity),
                micro_euros_per_month: line.per_month.0,
            })
            .collect(),
    }
}

fn powers(powers: &Powers) -> Vec<u32> {
    powers.named().to_vec()
}

fn valid(validity: Validity) -> Valid {
    Valid {
        from: validity.first,
        to: validity.end.map(|end| paris::add_days(end, -1)),
    }
}
