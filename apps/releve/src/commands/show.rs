//! `show`: a day's curve, the days of a week or month, the months of a year, or
//! daily maxima.

use home::answer::{Sight, Whose};
use ledger::{Access, Store};
use meter::Granularity;

use crate::cli::{Show, Span};
use crate::json::show::Shown;
use crate::offers::Offers;
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Shows a period of every usage point and direction that is wanted.
pub(super) fn show(app: &App, args: &Show, world: &mut World<'_>) -> Result<Exit, Failure> {
    let loaded = app.settings()?;
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let sight = Sight {
        store: &store,
        settings: &loaded.settings,
        offers: &Offers::built_in(),
        now: app.now,
    };
    let whose = Whose {
        usage_point: args.usage_point,
        direction: args.direction,
    };
    let mut period = |granularity| {
        let shown = sight.period(whose, granularity, args.when)?;
        write(app, world, &shown, Page::period)
    };
    match args.span {
        Span::Day => write(app, world, &sight.day(whose, args.when)?, Page::day),
        Span::Max => write(app, world, &sight.maxima(whose, args.when)?, Page::maxima),
        Span::Week => period(Granularity::Week),
        Span::Month => period(Granularity::Month),
        Span::Year => period(Granularity::Year),
    }
}

fn write<T: serde::Serialize>(
    app: &App,
    world: &mut World<'_>,
    shown: &Shown<T>,
    write: impl Fn(&mut Page, &T),
) -> Result<Exit, Failure> {
    if app.globals.json {
        json::emit(world.out, shown)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    for entry in &shown.usage_points {
        write(&mut page, entry);
    }
    page.finish(world.out)?;
    Ok(Exit::Ok)
}
