//! `releve repair` asks again now for what lacks, or for everything.

use collector::Patience;
use jiff::civil::Date;
use meter::paris;

use super::sync;
use crate::cli::Repair;
use crate::json::repair::Repaired;
use crate::session::Collecting;
use crate::{App, Exit, Failure, World, json};

/// Reopens days in the ledger, then asks. What a quota or a stop leaves over is
/// asked by `run`, newest first.
pub(super) async fn repair(
    app: &App,
    args: &Repair,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let (words, globals) = (app.words, app.globals);
    let settings = &app.settings()?.settings;
    let only = &args.usage_points;
    let collecting = Collecting::open(settings, only, &world.clock, "repair", Patience::Tries)?;
    let today = paris::day_of(world.clock.now());
    let days = args
        .days
        .map_or((Date::MIN, today), |days| (days.first, days.end.min(today)));
    let mut reopened = 0;
    for collector in &collecting.collectors {
        reopened += collector.reopen(days, args.all).await?;
    }
    if !globals.json && !globals.quiet {
        let count = words.number(reopened as u64);
        writeln!(
            world.out,
            "{}",
            words.say("repair-reopened", &[("days", &count)])
        )?;
    }
    let summary = sync::ask(&collecting, world, words, globals).await?;
    if globals.json {
        let report = Repaired {
            reopened: reopened as u64,
            sync: sync::report(words, &summary),
        };
        json::emit(world.out, &report)?;
    } else {
        sync::tell(world, words, globals, &summary)?;
    }
    Ok(sync::exit(&summary))
}
