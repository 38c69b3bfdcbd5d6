//! `compare`: one's own curve under each offer and subscribed power.

use home::answer::Sight;
use ledger::{Access, Store};

use crate::cli::Compare;
use crate::offers::Offers;
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Compares offers over a period, for every usage point that consumes.
pub(super) fn compare(app: &App, args: &Compare, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let offers = Offers::load(&settings.offers)?;
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let sight = Sight {
        store: &store,
        settings,
        offers: &offers,
        now: app.now,
    };
    let comparisons = sight.compare(args.usage_point, &args.offers, args.days)?;
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
