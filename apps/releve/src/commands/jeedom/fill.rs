//! `jeedom push` and `jeedom verify`.

use outputs::Mode;
use outputs::jeedom::{Filled, How, Observer, Outcome, Span, Unwatched, tell};

use super::Room;
use crate::cli::{Jeedom, JeedomOrder};
use crate::json::jeedom::{EquipmentName, FilledCommand, FilledOne, Fills, Words};
use crate::progress::Sending;
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Fills each equipment, or tells what it lacks.
pub(super) async fn fill(
    app: &App,
    room: &Room,
    args: &Jeedom,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let how = how(room, args);
    let drawn = world.terminal.progress && !app.globals.quiet && !app.globals.json;
    let mut usage_points = Vec::new();
    for prm in &room.usage_points {
        let mut observer: Box<dyn Observer> = if drawn {
            Box::new(Sending::new(app.words))
        } else {
            Box::new(Unwatched)
        };
        let outcome = room
            .output
            .fill(&room.context, *prm, how, observer.as_mut());
        let outcome = outcome.await?;
        let adopted = room.output.settings().adopted.contains_key(prm);
        usage_points.push(one(app, *prm, &outcome, adopted));
    }
    let fills = Fills {
        dry_run: how.mode == Mode::DryRun,
        usage_points,
    };
    let exit = exit(&fills, matches!(args.order, JeedomOrder::Verify));
    if app.globals.json {
        json::emit(world.out, &fills)?;
        return Ok(exit);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.jeedom_filled(&fills);
    page.finish(world.out)?;
    Ok(exit)
}

fn how(room: &Room, args: &Jeedom) -> How {
    let dry = How {
        span: None,
        mode: Mode::DryRun,
        quiet: false,
    };
    let JeedomOrder::Push {
        everything,
        curve_days,
        quiet,
    } = args.order
    else {
        return dry;
    };
    let usual = room.output.settings().span;
    How {
        span: Some(Span {
            curve_days: curve_days.or(usual.curve_days),
            everything: everything || usual.everything,
        }),
        mode: if args.dry_run {
            Mode::DryRun
        } else {
            Mode::Write
        },
        quiet,
    }
}

fn one(app: &App, prm: meter::UsagePoint, outcome: &Outcome, adopted: bool) -> FilledOne {
    let lang = app.words.lang;
    let command = |filled: &Filled| FilledCommand {
        logical_id: filled.logical_id.to_owned(),
        id: filled.id,
        name: filled.name.clone(),
        rows: filled.rows as u64,
        differing: filled.differing as u64,
        sent: filled.sent as u64,
        unstored: filled.unstored as u64,
        trouble: tell::command(filled, adopted).map(|trouble| Words::of(&trouble, lang)),
    };
    let known = |filled: &&Filled| filled.id.is_some() || !adopted;
    FilledOne {
        usage_point: prm,
        equipment: EquipmentName::of(&outcome.equipment),
        calls: outcome.calls,
        held_back: outcome.is_held_back,
        commands: outcome.filled.iter().filter(known).map(command).collect(),
        scenarios: outcome
            .scenarios
            .iter()
            .map(|scenario| Words::of(&tell::scenario(scenario, outcome.is_held_back), lang))
            .collect(),
        warnings: outcome
            .warnings
            .iter()
            .map(|warning| Words::of(&tell::warning(warning), lang))
            .collect(),
    }
}

/// What was held back, refused or not stored is a failure; so is a difference,
/// to whoever verifies.
fn exit(fills: &Fills, verifies: bool) -> Exit {
    let wrong = |one: &FilledOne| {
        let commands = &one.commands;
        let differs = verifies && commands.iter().any(|command| command.differing > 0);
        one.held_back || differs || commands.iter().any(|command| command.trouble.is_some())
    };
    if fills.usage_points.iter().any(wrong) {
        Exit::Source
    } else {
        Exit::Ok
    }
}
