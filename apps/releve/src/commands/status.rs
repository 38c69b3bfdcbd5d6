//! `status`: what is held and lacking; also where nothing is held yet.

use ledger::{Access, LedgerError, Store};

use crate::text::Page;
use crate::{App, Exit, Failure, World, json, view};

/// Shows every usage point.
pub(super) fn status(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let store = match Store::open(&app.ledger()?, Access::Read) {
        Ok(store) => Some(store),
        Err(LedgerError::Absent { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let status = view::status::read(store.as_ref(), settings, app.now, app.words)?;
    if app.globals.json {
        json::emit(world.out, &status)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.status(&status);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}
