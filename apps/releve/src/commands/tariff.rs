//! `tariff`: the offers that are known, their prices, and whether a file of them
//! is right.

mod colours;
mod index;

use std::path::Path;

use home::answer;
use jiff::civil::Date;

use crate::cli::Tariff;
use crate::json::tariff::Checked;
use crate::offers::{self, Offers};
use crate::text::Page;
use crate::view::tariff::brief;
use crate::{App, Exit, Failure, World, json};

/// Lists, shows or checks offers.
pub(super) fn tariff(app: &App, args: &Tariff, world: &mut World<'_>) -> Result<Exit, Failure> {
    match args {
        Tariff::List => list(app, world),
        Tariff::Show(id, day) => show(app, id, *day, world),
        Tariff::Check(file) => check(app, file, world),
        Tariff::Colours(args) => colours::colours(app, args, world),
        Tariff::Index(args) => index::index(app, args, world),
    }
}

fn list(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    let listed = answer::offers(&Offers::load(&app.settings()?.settings.offers)?);
    say(app, &listed, world, |page| page.offers(&listed.offers))
}

fn show(app: &App, id: &str, day: Option<Date>, world: &mut World<'_>) -> Result<Exit, Failure> {
    let offers = Offers::load(&app.settings()?.settings.offers)?;
    let shown = answer::offer(&offers, id, day)?;
    say(app, &shown, world, |page| page.offer(&shown))
}

fn check(app: &App, file: &Path, world: &mut World<'_>) -> Result<Exit, Failure> {
    let read = offers::read(file)?;
    // A name of the built-in offers' would stop every other command.
    Offers::load(&[file.to_owned()])?;
    let checked = Checked {
        file: file.to_owned(),
        offers: read.iter().map(|offer| brief(offer, false)).collect(),
    };
    say(app, &checked, world, |page| {
        let (file, count) = (file.display().to_string(), read.len().to_string());
        let args = [("file", file.as_str()), ("count", &count)];
        let text = page.words.say("tariff-checked", &args);
        page.line(&text);
        page.offers(&checked.offers);
    })
}

fn say(
    app: &App,
    value: &impl serde::Serialize,
    world: &mut World<'_>,
    write: impl FnOnce(&mut Page),
) -> Result<Exit, Failure> {
    if app.globals.json {
        json::emit(world.out, value)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    write(&mut page);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}
