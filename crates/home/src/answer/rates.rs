//! What a kilowatt-hour costs from now on.

use jiff::{SignedDuration, Timestamp, ToSpan};
use meter::{Direction, UsagePoint, paris};
use tariff::Offer;
use tariff::rates::rates;

use super::{Sight, no_offer, offer_of};
use crate::exit::Failure;
use crate::json::rates::{Rate, Rates};
use crate::json::show::Subject;
use crate::view;
use crate::view::pricing::{Known, configured};

impl Sight<'_> {
    /// Prices from the present hour on, so many hours ahead; those of the first
    /// configured usage point that has an offer, where none is named.
    pub fn rates(
        &self,
        usage_point: Option<UsagePoint>,
        direction: Direction,
        hours: u32,
    ) -> Result<Rates, Failure> {
        let (prm, offer) = self.bought(usage_point, direction)?;
        let prices = configured(&self.settings.usage_points, prm);
        let from = hour(self.now);
        let to = from + SignedDuration::from_hours(i64::from(hours));
        let days = (paris::day_of(from), paris::add_days(paris::day_of(to), 1));
        let known = Known::read(self.store, prm, &prices, days)?;
        let kva = known.power.map(|power| power.kva);
        let found = known.with(direction, |context| rates(offer, kva, context, (from, to)));
        Ok(Rates(found.into_iter().map(Rate::from).collect()))
    }

    /// Whose prices, and under which offer.
    fn bought(
        &self,
        usage_point: Option<UsagePoint>,
        direction: Direction,
    ) -> Result<(UsagePoint, &Offer), Failure> {
        let points = &self.settings.usage_points;
        let all = points.iter().map(|point| point.prm);
        let wanted = |prm: &UsagePoint| usage_point.is_none_or(|one| one == *prm);
        for prm in all.filter(&wanted) {
            let prices = configured(points, prm);
            if let Some(offer) = offer_of(self.offers, None, &prices, direction)? {
                return Ok((prm, offer));
            }
        }
        let mut known = points.iter().map(|point| point.prm).filter(wanted);
        let first = known.next().ok_or_else(|| view::nothing(usage_point))?;
        let subject = Subject {
            usage_point: first,
            name: None,
            direction,
        };
        Err(no_offer(Some(&subject), self.offers))
    }
}

/// The hour of the clock that an instant is in.
fn hour(now: Timestamp) -> Timestamp {
    let past = now.as_second().rem_euclid(3600);
    Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .saturating_sub(past.seconds())
        .unwrap_or(now)
}
