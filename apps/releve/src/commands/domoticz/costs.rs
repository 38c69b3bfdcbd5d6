//! The four prices that Domoticz' settings ask for, from the offers.

use jiff::Timestamp;
use jiff::civil::Date;
use meter::paris;
use tariff::Offer;
use tariff::offer::Schedule;

use crate::config::{Prices, Settings};
use crate::exit::Failure;
use crate::json::domoticz::Costs;
use crate::offers::Offers;

/// The prices of today of the first usage points whose offers have one or two
/// classes; six colours do not fit into two fields.
pub(super) fn costs(settings: &Settings, now: Timestamp) -> Result<Costs, Failure> {
    let offers = Offers::load(&settings.offers)?;
    let today = paris::day_of(now);
    let mut costs = Costs::default();
    for point in &settings.usage_points {
        let prices = &point.prices;
        if let (None, Some(id)) = (costs.t1, &prices.offer) {
            (costs.t1, costs.t2) = two(offers.configured(id)?, prices, today);
        }
        if let (None, Some(id)) = (costs.r1, &prices.resale) {
            (costs.r1, costs.r2) = two(offers.configured(id)?, prices, today);
        }
    }
    Ok(costs)
}

/// Peak and off-peak.
fn two(offer: &Offer, prices: &Prices, day: Date) -> (Option<i64>, Option<i64>) {
    let price = |class| {
        let price = offer.price(class, prices.subscribed_kva, day);
        price.map(|price| price.0)
    };
    match offer.schedule {
        Schedule::Flat => (price(0), price(0)),
        Schedule::OffPeak | Schedule::OwnHours(_) => (price(0), price(1)),
        _ => (None, None),
    }
}
