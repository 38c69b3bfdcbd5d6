//! The first fetch over a new account.

use collector::{Patience, Summary, Unwatched};
use enedis::{Problem, QuotaKind};
use jiff::Timestamp;

use crate::commands::sync;
use crate::session::Collecting;
use crate::session::sources::points_of;
use crate::{App, Exit, Failure, World};

/// The first fetch of what is configured; where `releve run` is at work, that
/// will do it.
pub(super) async fn begin(app: &App, source: &str, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let at = settings.sources.iter().position(|it| it.name == source);
    let points = at.map_or_else(Vec::new, |at| points_of(settings, at));
    if points.is_empty() {
        return Ok(Exit::Ok);
    }
    let patience = Patience::Tries;
    let collecting = match Collecting::open(settings, &points, &world.clock, "sync", patience) {
        Ok(collecting) => collecting,
        Err(failure) if failure.exit == Exit::Busy => {
            say(app, world, "account-busy")?;
            return Ok(Exit::Ok);
        }
        Err(failure) => return Err(failure),
    };
    say(app, world, "account-fetch")?;
    let mut summary = Summary::nothing();
    let mut collectors = collecting.collectors.iter();
    if let Some(collector) = collectors.find(|it| it.source.name() == source) {
        summary.join(collector.sync(&mut Unwatched).await?);
    }
    let later = goes_on(&mut summary);
    if !app.globals.json {
        sync::tell(world, app.words, app.globals, &summary)?;
        if let Some(at) = later.filter(|_| !app.globals.quiet) {
            let at = app.words.instant(at);
            let line = app.words.say("account-goes-on", &[("at", &at)]);
            writeln!(world.out, "{line}")?;
        }
    }
    Ok(sync::exit(&summary))
}

/// A first history takes longer than the calls of a day: that is no trouble.
/// When it goes on, where nothing else stood in its way.
fn goes_on(summary: &mut Summary) -> Option<Timestamp> {
    let until = |problem: &Problem| match problem {
        Problem::Quota {
            kind: QuotaKind::Own,
            until,
        } => *until,
        _ => None,
    };
    let troubles = summary.troubles.iter();
    let at = troubles.filter_map(|trouble| until(&trouble.problem)).max();
    let others = |problem: &Problem| until(problem).is_none();
    summary.troubles.retain(|trouble| others(&trouble.problem));
    summary.finished |= at.is_some() && summary.troubles.is_empty();
    at
}

fn say(app: &App, world: &mut World<'_>, message: &str) -> Result<(), Failure> {
    if !app.globals.json && !app.globals.quiet {
        writeln!(world.err, "{}", app.words.t(message))?;
    }
    Ok(())
}
