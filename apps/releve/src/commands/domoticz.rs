//! `domoticz setup|adopt|push|verify|remove`.

use std::sync::Arc;

use ledger::{Access, Ledger, Store, WriterLock};
use outputs::domoticz::{Adopted, Domoticz, Made, Removed};
use outputs::schedule::{self, Outcome};
use outputs::{Context, Delivered, DeliveryError, Destination, Mode, Verified};

use crate::cli::{Domoticz as Args, DomoticzAction as Action};
use crate::config::{Output, OutputKind, Settings};
use crate::exit::Said as Message;
use crate::json::domoticz::{Checked, Costs, Device, Devices, Proposal, Pushed, Said};
use crate::text::Page;
use crate::{App, Exit, Failure, World, json, session};

mod costs;

/// A configured Domoticz with the ledger beside it.
struct At {
    name: String,
    domoticz: Domoticz,
    context: Context,
    _lock: Option<WriterLock>,
}

/// Runs one of the commands.
pub(super) async fn domoticz(
    app: &App,
    args: &Args,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let at = at(app, args, world)?;
    let dry = args.dry_run;
    match args.action {
        Action::Setup => {
            let made = at.domoticz.setup(&at.context, dry).await?;
            devices(app, &at, dry, made.iter().map(of_made).collect(), world)
        }
        Action::Adopt(prm, idx) => {
            let adopted = at.domoticz.adopt(&at.context, (prm, idx), dry).await?;
            let list = adopted.into_iter().map(of_adopted).collect();
            devices(app, &at, dry, list, world)
        }
        Action::Remove => {
            let removed = at.domoticz.remove(&at.context, dry).await?;
            devices(
                app,
                &at,
                dry,
                removed.iter().map(of_removed).collect(),
                world,
            )
        }
        Action::Push => {
            let delivered = push(&at, dry).await?;
            pushed(app, &at.name, dry, &delivered, world)
        }
        Action::Verify => {
            let verified = at.domoticz.verify(&at.context).await?;
            let costs = costs::costs(&app.settings()?.settings, app.now)?;
            checked(app, &at.name, (&verified, costs), world)
        }
    }
}

/// What is asked for by a person is tried now, however often it failed before;
/// how it ended is noted for the daemon.
async fn push(at: &At, dry: bool) -> Result<Delivered, Failure> {
    if dry {
        return Ok(at.domoticz.push(&at.context, Mode::DryRun).await?);
    }
    let before = schedule::note(&at.domoticz, &at.context).await?;
    let pushed = at.domoticz.push(&at.context, Mode::Write).await;
    let outcome: Outcome = match pushed {
        Ok(delivered) => Ok(delivered),
        Err(DeliveryError::Trouble(trouble)) => Err(trouble),
        Err(DeliveryError::Ledger(error)) => return Err(error.into()),
    };
    schedule::remember(&at.domoticz, &at.context, &before, &outcome).await?;
    Ok(outcome?)
}

fn at(app: &App, args: &Args, world: &World<'_>) -> Result<At, Failure> {
    let settings = &app.settings()?.settings;
    let (name, chosen) = chosen(settings, args.name.as_deref())?;
    let writes = !args.dry_run && args.action != Action::Verify;
    let (ledger, lock) = if writes {
        let (ledger, lock) = session::writing(&settings.data_dir, "domoticz")?;
        (ledger, Some(lock))
    } else {
        let store = Store::open(&app.ledger()?, Access::Read)?;
        (Arc::new(Ledger::of(store)?), None)
    };
    Ok(At {
        domoticz: Domoticz::new(name.clone(), chosen.clone())?,
        context: session::context(settings, ledger, world.clock.clone(), app.words.lang),
        name,
        _lock: lock,
    })
}

fn chosen<'a>(
    settings: &'a Settings,
    name: Option<&str>,
) -> Result<(String, &'a outputs::domoticz::Settings), Failure> {
    let all = settings.outputs.iter().filter_map(|output| match output {
        Output {
            name,
            kind: OutputKind::Domoticz(chosen),
        } => Some((name.clone(), chosen.as_ref())),
        _ => None,
    });
    let mut found: Vec<_> = all
        .filter(|(known, _)| name.is_none_or(|name| name == known))
        .collect();
    let failure = |name| Failure::new(Exit::Configuration, Message::new(name));
    match (found.len(), name) {
        (1, _) => Ok(found.remove(0)),
        (0, _) => Err(failure("domoticz-none").hint(Message::new("domoticz-none-do"))),
        _ => Err(failure("domoticz-several").hint(Message::new("domoticz-several-do"))),
    }
}

fn of_made(made: &Made) -> Device {
    Device {
        target: made.target.clone(),
        idx: made.idx,
        done: if made.new { "made" } else { "there" },
        plugin_runs: false,
        proposal: None,
    }
}

fn of_removed(removed: &Removed) -> Device {
    Device {
        target: removed.target.clone(),
        idx: Some(removed.idx),
        done: if removed.kept { "let_go" } else { "deleted" },
        plugin_runs: false,
        proposal: None,
    }
}

fn of_adopted(adopted: Adopted) -> Device {
    Device {
        target: adopted.target,
        idx: Some(adopted.idx),
        done: "adopted",
        plugin_runs: adopted.plugin_runs,
        proposal: adopted.proposal.map(|proposal| Proposal {
            short_log_days: proposal.short_log_days,
            long_log_days: proposal.long_log_days,
            off_peak: proposal.off_peak,
            main_value: proposal.main_value,
            other_value: proposal.other_value,
        }),
    }
}

fn devices(
    app: &App,
    at: &At,
    dry_run: bool,
    devices: Vec<Device>,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let value = Devices {
        destination: at.name.clone(),
        dry_run,
        devices,
    };
    say(app, &value, world, |page| page.devices(&value))?;
    Ok(Exit::Ok)
}

fn pushed(
    app: &App,
    name: &str,
    dry_run: bool,
    delivered: &Delivered,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let lang = app.words.lang;
    let value = Pushed {
        destination: name.to_owned(),
        dry_run,
        requests: delivered.requests,
        written: delivered.written,
        deleted: delivered.deleted,
        unchanged: delivered.unchanged,
        rows: delivered.rows.clone(),
        notices: Said::all(&delivered.notices, lang),
        troubles: Said::all(&delivered.troubles, lang),
    };
    let well = value.troubles.is_empty();
    say(app, &value, world, |page| page.pushed(&value))?;
    Ok(if well { Exit::Ok } else { Exit::Source })
}

fn checked(
    app: &App,
    name: &str,
    (verified, costs): (&Verified, Costs),
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let lang = app.words.lang;
    let value = Checked {
        destination: name.to_owned(),
        compared: verified.compared,
        differences: verified.differences.clone(),
        notices: Said::all(&verified.notices, lang),
        troubles: Said::all(&verified.troubles, lang),
        costs,
    };
    let well = value.troubles.is_empty() && value.differences.is_empty();
    say(app, &value, world, |page| page.checked_domoticz(&value))?;
    Ok(if well { Exit::Ok } else { Exit::Source })
}

fn say(
    app: &App,
    value: &impl serde::Serialize,
    world: &mut World<'_>,
    write: impl FnOnce(&mut Page),
) -> Result<(), Failure> {
    if app.globals.json {
        return json::emit(world.out, value);
    }
    let mut page = Page::new(app.words, world.terminal);
    write(&mut page);
    Ok(page.finish(world.out)?)
}
