//! `tariff colours`: the colours of days, who said them, and one's own word.

use collector::colours::{calendar, keep};
use ledger::{Access, LedgerError, Store};
use meter::paris;
use tariff::colour::{Colour, EjpDay, Source, TempoColour};

use crate::cli::Colours;
use crate::json::colours::ColourDays;
use crate::session::Writer;
use crate::text::Page;
use crate::view;
use crate::{App, Exit, Failure, Said, World, json};

/// Shows a period, after keeping the user's own word on it if there is one.
pub(super) fn colours(app: &App, args: &Colours, world: &mut World<'_>) -> Result<Exit, Failure> {
    let ejp = match &args.set {
        Some(colour) => set(app, args, colour)?,
        None => args.ejp,
    };
    let store = match Store::open(&app.ledger()?, Access::Read) {
        Ok(store) => store,
        Err(LedgerError::Absent { .. }) => return Err(view::nothing(None)),
        Err(error) => return Err(error.into()),
    };
    let (first, end) = (args.days.first, args.days.end);
    let shown: ColourDays = if ejp {
        view::colours::days::<EjpDay>(&store, first, end)?
    } else {
        view::colours::days::<TempoColour>(&store, first, end)?
    };
    if app.globals.json {
        json::emit(world.out, &shown)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.colour_days(&shown);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}

/// Keeps a colour as the user's word, which settles what sources dispute; theirs
/// stay beside it. Returns whether it is one of EJP's.
fn set(app: &App, args: &Colours, word: &str) -> Result<bool, Failure> {
    if let Some(colour) = TempoColour::from_word(word) {
        write(app, args, colour)?;
        return Ok(false);
    }
    let colour = EjpDay::from_word(word).ok_or_else(|| {
        let said = Said::new("error-colour").with("found", word);
        Failure::usage(said).hint(Said::new("error-colour-do"))
    })?;
    write(app, args, colour)?;
    Ok(true)
}

fn write<C: Colour>(app: &App, args: &Colours, colour: C) -> Result<(), Failure> {
    let data_dir = &app.settings()?.settings.data_dir;
    let mut writer = Writer::open(data_dir, "tariff colours")?;
    let days = paris::days(args.days.first, args.days.end);
    let days: Vec<_> = days.map(|day| (day, Some(colour))).collect();
    tracing::debug!(
        calendar = calendar::<C>(),
        days = days.len(),
        "the user's word"
    );
    keep(&mut writer.store, &Source::User, &days, app.now)?;
    Ok(())
}
