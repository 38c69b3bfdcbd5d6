//! What a period cost, and what it would have cost.

use jiff::Timestamp;
use meter::{Direction, Kind, UsagePoint, paris};
use tariff::Offer;

use super::Sight;
use crate::config::Prices;
use crate::exit::{Exit, Failure, Said};
use crate::json::compare::Comparisons;
use crate::json::cost::Costs;
use crate::json::show::Subject;
use crate::offers::Offers;
use crate::view::pricing::{Known, configured};
use crate::view::{self, Wanted};
use crate::when::Days;
use crate::words::Words;

/// The kinds of readings that prices hang on.
const KINDS: &[Kind] = &[Kind::Curve, Kind::Daily];

/// What was priced, and the first consumption that has no offer.
#[derive(Debug)]
pub struct Priced {
    /// What was priced: at least one.
    pub costs: Costs,
    /// Whose consumption was not, for want of an offer.
    pub without: Option<Subject>,
    /// The days, where nothing at all is held of them.
    empty: Option<Days>,
}

impl Priced {
    /// The same, unless nothing is held: a bill of nothing but a subscription
    /// would look like one.
    pub fn held(self, words: Words) -> Result<Self, Failure> {
        let Some(days) = self.empty else {
            return Ok(self);
        };
        let said = Said::new("error-nothing-priced")
            .with("first", words.date(days.first))
            .with("last", words.date(paris::add_days(days.end, -1)));
        Err(Failure::new(Exit::Data, said).hint(Said::new("error-no-readings-do")))
    }
}

impl Sight<'_> {
    /// Prices a period of every usage point that has an offer, or under the one
    /// that is asked for.
    pub fn costs(
        &self,
        usage_point: Option<UsagePoint>,
        offer: Option<&str>,
        days: Days,
    ) -> Result<Priced, Failure> {
        let points = &self.settings.usage_points;
        let asked = offer.map(|id| self.offers.find(id)).transpose()?;
        let wanted = Wanted {
            usage_point,
            direction: asked.map(|offer| offer.direction),
            kinds: KINDS,
        };
        let subjects = view::subjects(self.store, points, wanted)?;
        let days = passed(days, self.now)?;
        let span = (days.first, days.end);
        let mut costs = Vec::new();
        let mut without = None;
        for subject in subjects {
            let prices = configured(points, subject.usage_point);
            let Some(offer) = offer_of(self.offers, asked, &prices, subject.direction)? else {
                without = without.or(lacks(&subject));
                continue;
            };
            let known = Known::read(self.store, subject.usage_point, &prices, span)?;
            costs.push(view::cost::read(self.store, subject, days, offer, &known)?);
        }
        if costs.is_empty() {
            return Err(no_offer(without.as_ref(), self.offers));
        }
        let empty = costs.iter().all(|cost| cost.sums.minutes_covered == 0);
        Ok(Priced {
            costs: Costs {
                usage_points: costs,
            },
            without,
            empty: empty.then_some(days),
        })
    }

    /// One's own curve under each of some offers, every one when none is named.
    pub fn compare(
        &self,
        usage_point: Option<UsagePoint>,
        offers: &[String],
        days: Days,
    ) -> Result<Comparisons, Failure> {
        let points = &self.settings.usage_points;
        let chosen = chosen(self.offers, offers)?;
        let wanted = Wanted {
            usage_point,
            direction: Some(Direction::Consumption),
            kinds: &[Kind::Curve],
        };
        let subjects = view::subjects(self.store, points, wanted)?;
        let days = passed(days, self.now)?;
        let (from, to) = (paris::day_start(days.first), paris::day_start(days.end));
        let mut found = Vec::new();
        for subject in subjects {
            let curve = self.store.curve(subject.key(Kind::Curve), from, to)?;
            if curve.is_empty() {
                continue;
            }
            let prices = configured(points, subject.usage_point);
            let span = (days.first, days.end);
            let known = Known::read(self.store, subject.usage_point, &prices, span)?;
            let current = prices.offer.as_deref();
            let current = current.map(|id| self.offers.configured(id)).transpose()?;
            let about = (&known, current.map(|offer| offer.id.as_str()));
            found.push(view::compare::read(
                self.store, subject, days, &chosen, about,
            )?);
        }
        if found.is_empty() {
            return Err(view::nothing(usage_point));
        }
        Ok(Comparisons {
            usage_points: found,
        })
    }
}

/// The days that have passed; none is a slip.
pub fn passed(days: Days, now: Timestamp) -> Result<Days, Failure> {
    let passed = days.passed(now);
    if passed.is_empty() {
        return Err(Failure::usage(Said::new("error-period-to-come")));
    }
    Ok(passed)
}

/// The offer that prices a direction: the one asked for, else the configured one.
pub fn offer_of<'a>(
    offers: &'a Offers,
    asked: Option<&'a Offer>,
    prices: &Prices,
    direction: Direction,
) -> Result<Option<&'a Offer>, Failure> {
    if asked.is_some() {
        return Ok(asked);
    }
    let (id, wrong) = match direction {
        Direction::Consumption => (&prices.offer, "error-offer-production"),
        Direction::Production => (&prices.resale, "error-offer-consumption"),
    };
    let Some(offer) = id.as_deref().map(|id| offers.configured(id)).transpose()? else {
        return Ok(None);
    };
    if offer.direction == direction {
        return Ok(Some(offer));
    }
    Err(Failure::new(
        Exit::Configuration,
        Said::new(wrong).with("id", &offer.id),
    ))
}

/// Consumption has no offer.
pub fn no_offer(without: Option<&Subject>, offers: &Offers) -> Failure {
    let prm = without.map(|subject| subject.usage_point.to_string());
    let said = Said::new("error-offer-none").with("prm", prm.unwrap_or_default());
    let hint = Said::new("error-offer-none-do").with("ids", offers.ids());
    Failure::new(Exit::Configuration, said).hint(hint)
}

/// Production that is not sold needs no offer.
fn lacks(subject: &Subject) -> Option<Subject> {
    (subject.direction == Direction::Consumption).then(|| subject.clone())
}

/// The offers to compare, each once: those asked for, else all that sell.
fn chosen(offers: &Offers, ids: &[String]) -> Result<Vec<Offer>, Failure> {
    let sells = |offer: &Offer| offer.direction == Direction::Consumption;
    if ids.is_empty() {
        let all = offers.all().map(|(offer, _)| offer);
        return Ok(all.filter(|offer| sells(offer)).cloned().collect());
    }
    let mut chosen: Vec<Offer> = Vec::new();
    for id in ids {
        let offer = offers.find(id)?;
        if !sells(offer) {
            let said = Said::new("error-offer-production").with("id", &offer.id);
            return Err(Failure::usage(said));
        }
        if chosen.iter().all(|known| known.id != offer.id) {
            chosen.push(offer.clone());
        }
    }
    Ok(chosen)
}
