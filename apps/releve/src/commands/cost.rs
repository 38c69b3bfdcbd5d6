//! `cost`: what a period cost, and what its production was sold for.

use ledger::{Access, Store};
use meter::{Direction, Kind, paris};
use tariff::Offer;

use crate::cli::Cost;
use crate::config::Prices;
use crate::json::cost::Costs;
use crate::json::show::Subject;
use crate::offers::Offers;
use crate::text::Page;
use crate::view::pricing::{Known, configured};
use crate::view::{self, Wanted};
use crate::when::Days;
use crate::{App, Exit, Failure, Said, World, json};

/// The kinds of readings that prices hang on.
pub(super) const KINDS: &[Kind] = &[Kind::Curve, Kind::Daily];

/// Prices a period of every usage point that has an offer.
pub(super) fn cost(app: &App, args: &Cost, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let offers = Offers::load(&settings.offers)?;
    let asked = args
        .offer
        .as_deref()
        .map(|id| offers.find(id))
        .transpose()?;
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let wanted = Wanted {
        usage_point: args.usage_point,
        direction: asked.map(|offer| offer.direction),
        kinds: KINDS,
    };
    let subjects = view::subjects(&store, &settings.usage_points, wanted)?;
    let days = passed(args.days, app)?;
    let mut costs = Vec::new();
    let mut without = None;
    for subject in subjects {
        let prices = configured(&settings.usage_points, subject.usage_point);
        let Some(offer) = offer_of(&offers, asked, &prices, subject.direction)? else {
            without = without.or(lacks(&subject));
            continue;
        };
        let days_known = (days.first, days.end);
        let known = Known::read(&store, subject.usage_point, &prices, days_known)?;
        costs.push(view::cost::read(&store, subject, days, offer, &known)?);
    }
    if costs.is_empty() {
        return Err(no_offer(without.as_ref(), &offers));
    }
    if costs.iter().all(|cost| cost.sums.minutes_covered == 0) {
        return Err(nothing_held(app, days));
    }
    let costs = Costs {
        usage_points: costs,
    };
    if app.globals.json {
        json::emit(world.out, &costs)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    for cost in &costs.usage_points {
        page.cost(cost);
    }
    if let Some(subject) = &without {
        page.gap();
        page.failure(&no_offer(Some(subject), &offers));
    }
    page.finish(world.out)?;
    Ok(Exit::Ok)
}

/// The days that have passed; none is a slip.
pub(super) fn passed(days: Days, app: &App) -> Result<Days, Failure> {
    let passed = days.passed(app.now);
    if passed.is_empty() {
        return Err(Failure::usage(Said::new("error-period-to-come")));
    }
    Ok(passed)
}

/// A bill of nothing but a subscription would look like one.
fn nothing_held(app: &App, days: Days) -> Failure {
    let last = app.words.date(paris::add_days(days.end, -1));
    let said = Said::new("error-nothing-priced");
    let said = said
        .with("first", app.words.date(days.first))
        .with("last", last);
    Failure::new(Exit::Data, said).hint(Said::new("error-no-readings-do"))
}

/// The offer that prices a direction: the one asked for, else the configured one.
pub(super) fn offer_of<'a>(
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

/// Production that is not sold needs no offer.
fn lacks(subject: &Subject) -> Option<Subject> {
    (subject.direction == Direction::Consumption).then(|| subject.clone())
}

pub(super) fn no_offer(without: Option<&Subject>, offers: &Offers) -> Failure {
    let prm = without.map(|subject| subject.usage_point.to_string());
    let said = Said::new("error-offer-none").with("prm", prm.unwrap_or_default());
    let hint = Said::new("error-offer-none-do").with("ids", offers.ids());
    Failure::new(Exit::Configuration, said).hint(hint)
}
