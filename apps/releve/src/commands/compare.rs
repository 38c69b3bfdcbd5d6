//! `compare`: one's own curve under each offer and subscribed power.

use ledger::{Access, Store};
use meter::{Direction, Kind, paris};
use tariff::Offer;

use super::cost::passed;
use crate::cli::Compare;
use crate::json::compare::Comparisons;
use crate::offers::Offers;
use crate::text::Page;
use crate::view::pricing::{Known, configured};
use crate::view::{self, Wanted};
use crate::{App, Exit, Failure, Said, World, json};

/// Compares offers over a period, for every usage point that consumes.
pub(super) fn compare(app: &App, args: &Compare, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let offers = Offers::load(&settings.offers)?;
    let chosen = chosen(&offers, &args.offers)?;
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let wanted = Wanted {
        usage_point: args.usage_point,
        direction: Some(Direction::Consumption),
        kinds: &[Kind::Curve],
    };
    let subjects = view::subjects(&store, &settings.usage_points, wanted)?;
    let days = passed(args.days, app)?;
    let span = (paris::day_start(days.first), paris::day_start(days.end));
    let mut found = Vec::new();
    for subject in subjects {
        if store
            .curve(subject.key(Kind::Curve), span.0, span.1)?
            .is_empty()
        {
            continue;
        }
        let prices = configured(&settings.usage_points, subject.usage_point);
        let known = Known::read(&store, subject.usage_point, &prices, (days.first, days.end))?;
        let current = prices.offer.as_deref();
        let current = current.map(|id| offers.configured(id)).transpose()?;
        let current = current.map(|offer| offer.id.as_str());
        let about = (&known, current);
        found.push(view::compare::read(&store, subject, days, &chosen, about)?);
    }
    if found.is_empty() {
        return Err(view::nothing(args.usage_point));
    }
    let comparisons = Comparisons {
        usage_points: found,
    };
    if app.globals.json {
        json::emit(world.out, &comparisons)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    for comparison in &comparisons.usage_points {
        page.comparison(comparison);
    }
    page.finish(world.out)?;
    Ok(Exit::Ok)
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
