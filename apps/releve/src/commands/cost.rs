//! `cost`: what a period cost, and what its production was sold for.

use home::answer::{Sight, no_offer};
use ledger::{Access, Store};

use crate::cli::Cost;
use crate::offers::Offers;
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Prices a period of every usage point that has an offer.
pub(super) fn cost(app: &App, args: &Cost, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let offers = Offers::load(&settings.offers)?;
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let sight = Sight {
        store: &store,
        settings,
        offers: &offers,
        now: app.now,
    };
    let priced = sight
        .costs(args.usage_point, args.offer.as_deref(), args.days)?
        .held(app.words)?;
    if app.globals.json {
        json::emit(world.out, &priced.costs)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    for cost in &priced.costs.usage_points {
        page.cost(cost);
    }
    if let Some(subject) = &priced.without {
        page.gap();
        page.failure(&no_offer(Some(subject), &offers));
    }
    page.finish(world.out)?;
    Ok(Exit::Ok)
}
