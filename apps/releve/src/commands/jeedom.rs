//! `jeedom`: making, adopting, filling, comparing and hiding equipments.

mod equipment;
mod fill;

use std::sync::Arc;

use ledger::{Access, Ledger, Store};
use meter::UsagePoint;
use outputs::Context;
use outputs::jeedom::JeedomOutput;

use crate::cli::{Jeedom, JeedomOrder};
use crate::config::OutputKind;
use crate::{App, Exit, Failure, Said, World, session};

/// Does what was ordered.
pub(super) async fn jeedom(
    app: &App,
    args: &Jeedom,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let room = Room::open(app, args, world)?;
    match &args.order {
        JeedomOrder::Setup { name } => {
            equipment::setup(app, &room, name.as_deref(), args.dry_run, world).await
        }
        JeedomOrder::Adopt {
            equipment,
            keep_every_value,
        } => {
            let keep = *keep_every_value && !args.dry_run;
            equipment::adopt(app, &room, *equipment, keep, world).await
        }
        JeedomOrder::Remove => equipment::remove(app, &room, args.dry_run, world).await,
        JeedomOrder::Push { .. } | JeedomOrder::Verify => fill::fill(app, &room, args, world).await,
    }
}

/// A Jeedom, our readings beside it, and whom it is about.
struct Room {
    output: JeedomOutput,
    context: Context,
    usage_points: Vec<UsagePoint>,
}

impl Room {
    fn open(app: &App, args: &Jeedom, world: &World<'_>) -> Result<Self, Failure> {
        let settings = &app.settings()?.settings;
        let mut jeedoms = settings.outputs.iter().filter_map(|output| {
            let OutputKind::Jeedom(own) = &output.kind else {
                return None;
            };
            let asked = args.destination.as_ref();
            let is_asked = asked.is_none_or(|asked| *asked == output.name);
            is_asked.then_some((output.name.clone(), own))
        });
        let Some((name, own)) = jeedoms.next() else {
            return Err(none(args));
        };
        if jeedoms.next().is_some() {
            let said = Said::new("error-jeedom-several");
            return Err(Failure::usage(said).hint(Said::new("error-jeedom-several-do")));
        }
        let lang = app.words.lang;
        let output = session::jeedom(name, own, settings, lang)?;
        // Beside whoever writes: nothing of ours is changed here.
        let store = Store::open(&app.ledger()?, Access::Read)?;
        let ledger = Arc::new(Ledger::of(store)?);
        let context = session::context(settings, ledger, world.clock.clone(), lang);
        let mut usage_points = output.usage_points(&context);
        if let Some(asked) = args.usage_point {
            usage_points.retain(|prm| *prm == asked);
        }
        if usage_points.is_empty() {
            let said = Said::new("error-jeedom-no-point");
            return Err(Failure::usage(said).hint(Said::new("error-jeedom-no-point-do")));
        }
        Ok(Self {
            output,
            context,
            usage_points,
        })
    }

    /// The name of a usage point for people.
    fn name(&self, prm: UsagePoint) -> String {
        let mut meters = self.context.meters.iter();
        let named = meters.find(|meter| meter.prm == prm);
        let name = named.and_then(|meter| meter.name.clone());
        name.unwrap_or_else(|| prm.to_string())
    }
}

fn none(args: &Jeedom) -> Failure {
    let said = match &args.destination {
        Some(name) => Said::new("error-jeedom-unknown").with("name", name),
        None => Said::new("error-jeedom-none"),
    };
    Failure::new(Exit::Configuration, said).hint(Said::new("error-jeedom-none-do"))
}
