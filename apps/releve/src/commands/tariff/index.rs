//! `tariff index`: the split by curve beside the meter's own registers.

use home::answer::{no_offer, offer_of, passed};
use ledger::{Access, Store};
use meter::{Direction, Kind};

use crate::cli::Cost;
use crate::json::index::Laid;
use crate::offers::Offers;
use crate::text::Page;
use crate::view::pricing::{Known, configured};
use crate::view::{self, Wanted};
use crate::{App, Exit, Failure, Said, World, json};

/// Lays both beside each other for every usage point that has index readings.
pub(super) fn index(app: &App, args: &Cost, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let offers = Offers::load(&settings.offers)?;
    let asked = args.offer.as_deref().map(|id| offers.find(id));
    let asked = asked.transpose()?;
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let wanted = Wanted {
        usage_point: args.usage_point,
        direction: Some(Direction::Consumption),
        kinds: &[Kind::Index],
    };
    let subjects = view::subjects(&store, &settings.usage_points, wanted)?;
    let days = passed(args.days, app.now)?;
    let mut laid = Vec::new();
    let mut without = None;
    for subject in subjects {
        let prices = configured(&settings.usage_points, subject.usage_point);
        let Some(offer) = offer_of(&offers, asked, &prices, subject.direction)? else {
            without = Some(subject);
            continue;
        };
        let known = Known::read(&store, subject.usage_point, &prices, (days.first, days.end))?;
        laid.extend(view::index::read(&store, &subject, days, offer, &known)?);
    }
    match without {
        Some(subject) if laid.is_empty() => return Err(no_offer(Some(&subject), &offers)),
        None if laid.is_empty() => {
            let said = Said::new("error-index-none");
            return Err(Failure::new(Exit::Data, said).hint(Said::new("error-index-none-do")));
        }
        _ => {}
    }
    let laid = Laid { usage_points: laid };
    if app.globals.json {
        json::emit(world.out, &laid)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    for one in &laid.usage_points {
        page.index(one);
    }
    page.finish(world.out)?;
    Ok(Exit::Ok)
}
