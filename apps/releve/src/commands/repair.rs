//! `releve repair` asks again now for what lacks, or for everything.

use collector::{Patience, Requests};
use jiff::civil::Date;
use ledger::WriterLock;
use meter::paris;

use super::sync;
use crate::cli::Repair;
use crate::json::repair::Repaired;
use crate::json::sync::Sync;
use crate::session::Collecting;
use crate::{App, Exit, Failure, Said, World, json};

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
    let today = paris::day_of(world.clock.now());
    if args.days.is_some_and(|days| days.first >= today) {
        let said = Said::new("repair-future");
        return Err(Failure::usage(said).hint(Said::new("repair-future-do")));
    }
    let days = args
        .days
        .map_or((Date::MIN, today), |days| (days.first, days.end.min(today)));
    let opened = Collecting::open(settings, only, &world.clock, "repair", Patience::Tries);
    let collecting = match opened {
        Ok(collecting) => collecting,
        Err(busy) if busy.exit == Exit::Busy => return leave(app, args, days, (busy, world)),
        Err(failure) => return Err(failure),
    };
    let mut reopened = 0;
    for collector in &collecting.collectors {
        reopened += collector.reopen(days, args.all).await?;
    }
    if !globals.json && !globals.quiet {
        let line = match reopened {
            0 => words.t("repair-reopened-none"),
            1 => words.t("repair-reopened-one"),
            many => {
                let count = words.number(many as u64);
                words.say("repair-reopened", &[("days", &count)])
            }
        };
        writeln!(world.out, "{line}")?;
    }
    let summary = sync::ask(&collecting, world, words, globals).await?;
    if globals.json {
        let report = Repaired {
            reopened: reopened as u64,
            left: false,
            sync: sync::report(words, &summary),
        };
        json::emit(world.out, &report)?;
    } else {
        sync::tell(world, words, globals, &summary)?;
    }
    Ok(sync::exit(&summary))
}

/// Leaves the wish for the daemon, where it is the daemon that is at work.
fn leave(
    app: &App,
    args: &Repair,
    (from, to): (Date, Date),
    (busy, world): (Failure, &mut World<'_>),
) -> Result<Exit, Failure> {
    let data_dir = &app.settings()?.settings.data_dir;
    let holder = WriterLock::holder(data_dir).filter(|holder| holder.command == "run");
    let Some(holder) = holder else {
        return Err(busy);
    };
    let wish = collector::Repair {
        from,
        to,
        all: args.all,
        usage_points: args.usage_points.clone(),
    };
    let folder = data_dir.join(collector::requests::FOLDER);
    Requests::of(data_dir).leave(&wish).map_err(|error| {
        let said = Said::new("repair-not-left").path(&folder).cause(&error);
        Failure::new(Exit::Data, said)
    })?;
    if app.globals.json {
        let report = Repaired {
            reopened: 0,
            left: true,
            sync: Sync::default(),
        };
        json::emit(world.out, &report)?;
    } else if !app.globals.quiet {
        let pid = holder.pid.to_string();
        writeln!(
            world.out,
            "{}",
            app.words.say("repair-left", &[("pid", &pid)])
        )?;
    }
    Ok(Exit::Ok)
}
