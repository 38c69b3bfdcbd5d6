//! `doctor`: everything that is looked at, and one advice.

use crate::json::doctor::{Doctor, Part, State};
use crate::text::Page;
use crate::{App, Exit, Failure, World, doctor, json};

/// Looks at everything; the code is that of the first thing that does not work.
pub(super) async fn doctor(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    let found = doctor::examine(app, world).await;
    if app.globals.json {
        json::emit(world.out, &found)?;
    } else {
        let mut page = Page::new(app.words, world.terminal);
        page.doctor(&found);
        page.finish(world.out)?;
    }
    Ok(exit(&found))
}

fn exit(found: &Doctor) -> Exit {
    let mut checks = found.checks.iter();
    let failed = checks.find(|check| check.state == State::Failed);
    match failed.map(|check| check.part) {
        None => Exit::Ok,
        Some(Part::Configuration | Part::Door) => Exit::Configuration,
        Some(Part::Folder | Part::Disk | Part::Database | Part::Clock | Part::Log) => Exit::Data,
        Some(_) => Exit::Source,
    }
}
