//! What the energy pages say of money.

use home::json::cost::Cost;
use home::json::show::Subject;
use home::view::pricing::{Known, configured};
use home::when::Days;
use home::{Failure, Words, view};
use jiff::civil::Date;
use ledger::Store;
use meter::{Direction, UsagePoint};
use tariff::Offer;

use crate::house::Reading;

/// The offer that prices a direction, where one is configured for it.
pub(in crate::pages) fn offer_of<'a>(
    reading: &'a Reading,
    prm: UsagePoint,
    direction: Direction,
) -> Result<Option<&'a Offer>, Failure> {
    let prices = configured(&reading.settings.usage_points, prm);
    let id = match direction {
        Direction::Consumption => prices.offer,
        Direction::Production => prices.resale,
    };
    let offer = id.map(|id| reading.offers.configured(&id)).transpose()?;
    Ok(offer.filter(|offer| offer.direction == direction))
}

/// What prices hang on, over some days.
pub(in crate::pages) fn known(
    reading: &Reading,
    store: &Store,
    prm: UsagePoint,
    days: (Date, Date),
) -> Result<Known, Failure> {
    let prices = configured(&reading.settings.usage_points, prm);
    Ok(Known::read(store, prm, &prices, days)?)
}

/// What some days cost, today and later ones left out, as `releve cost` says it;
/// none without an offer, and where nothing of them was measured: a subscription
/// alone would look like their cost.
pub(in crate::pages) fn cost_of(
    reading: &Reading,
    subject: &Subject,
    days: Days,
) -> Result<Option<Cost>, Failure> {
    let Some(offer) = offer_of(reading, subject.usage_point, subject.direction)? else {
        return Ok(None);
    };
    let days = days.passed(reading.now);
    if days.is_empty() {
        return Ok(None);
    }
    let (store, span) = (reading.store()?, (days.first, days.end));
    let known = known(reading, store, subject.usage_point, span)?;
    let cost = view::cost::read(store, subject.clone(), days, offer, &known)?;
    Ok((cost.sums.minutes_covered > 0).then_some(cost))
}

/// The message that names a direction's money.
pub(in crate::pages) fn cost_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Consumption => "dash-cost",
        Direction::Production => "dash-sold",
    }
}

/// What belongs under an amount: the subscription's part, and why it is partial.
pub(in crate::pages) fn cost_notes(words: Words, cost: &Cost) -> Vec<String> {
    let sums = &cost.sums;
    let mut notes = Vec::new();
    if sums.subscription_micro_euros != 0 {
        let part = words.euros(sums.subscription_micro_euros);
        notes.push(words.say("dash-of-which-subscription", &[("amount", &part)]));
    }
    if sums.complete {
        return notes;
    }
    let reasons = words.why_partial(cost).join(" ");
    notes.push(if reasons.is_empty() {
        words.completeness(sums)
    } else {
        words.say("dash-cost-partial", &[("reasons", &reasons)])
    });
    notes
}
