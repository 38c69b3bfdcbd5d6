//! Sending what differs, oldest first, and reading it back.

mod delivery;
mod plan;

use std::collections::BTreeMap;

use crate::destination::{Context, Delivered, DeliveryError, Mode};
use crate::trouble::Trouble;

use super::device::{self, Shown};
use super::model::Wanted;
use super::problem::Problem;
use super::session::{Facts, Fault, Visit};
use super::{Domoticz, setup, waiting};
use delivery::Delivery;
use plan::Plan;

/// Delivers to every device.
pub(super) async fn push(
    domoticz: &Domoticz,
    context: &Context,
    mode: Mode,
) -> Result<Delivered, DeliveryError> {
    let mut visit = Visit::begin(domoticz, context).await?;
    let mut delivered = Delivered {
        notices: visit.notices(),
        ..Delivered::default()
    };
    if mode == Mode::Write {
        waiting::tell(&visit).await?;
    }
    for wanted in visit.wanted().await? {
        match target(&mut visit, &wanted, mode, &mut delivered).await {
            Ok(()) => {}
            Err(Fault::Problem(problem)) if is_of_one(&problem) => {
                delivered.troubles.push(problem.into());
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    delivered.requests = visit.api.take_requests();
    Ok(delivered)
}

/// Whether a problem leaves the other devices alone.
fn is_of_one(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Gone { .. }
            | Problem::WrongType { .. }
            | Problem::NotHeld { .. }
            | Problem::PluginDevice { .. }
            | Problem::Refused(_)
    )
}

/// What the rows themselves are not whole in.
fn notices(wanted: &Wanted) -> impl Iterator<Item = Trouble> {
    let counts = [
        ("domoticz-notice-one-sided", wanted.rows.one_sided),
        ("domoticz-notice-unsplit", wanted.unsplit),
    ];
    let some = counts.into_iter().filter(|(_, days)| *days > 0);
    some.map(|(name, days)| {
        let target = wanted.target.masked();
        Trouble::new(name).with("target", target).with("days", days)
    })
}

async fn target(
    visit: &mut Visit<'_>,
    wanted: &Wanted,
    mode: Mode,
    delivered: &mut Delivered,
) -> Result<(), Fault> {
    delivered.notices.extend(notices(wanted));
    let known = visit.facts.get(&wanted.target.key).cloned();
    let known = match (known, mode) {
        (None, Mode::DryRun) => {
            let plan = Plan::new(visit, wanted, &BTreeMap::new());
            delivered.rows.extend(plan.listed(None));
            return Ok(());
        }
        (None, Mode::Write) => setup::make(visit, wanted).await?,
        (Some(facts), _) => facts,
    };
    let (name, key) = (visit.domoticz.name.clone(), wanted.target.key.clone());
    let held = visit
        .ledger(move |store| store.deliveries(&name, &key))
        .await?;
    let plan = Plan::new(visit, wanted, &held);
    if mode == Mode::DryRun {
        delivered.rows.extend(plan.listed(Some(known.idx)));
        delivered.unchanged += plan.unchanged;
        return Ok(());
    }
    let shown = look(visit, wanted, &known).await?;
    if shown.hardware_off {
        let notice = Trouble::new("domoticz-notice-hardware-off");
        delivered
            .notices
            .push(notice.with("target", wanted.target.masked()));
    }
    let mut delivery = Delivery {
        visit,
        wanted,
        shown,
        delivered,
    };
    delivery.all(plan, &held).await
}

/// The device as it is now, if it is there and what it should be.
pub(super) async fn look(
    visit: &Visit<'_>,
    wanted: &Wanted,
    known: &Facts,
) -> Result<Shown, Problem> {
    let target = || wanted.target.masked();
    let found = device::devices(&visit.api, Some(known.idx)).await?;
    let found = found.into_iter().find(|shown| shown.idx == known.idx);
    let shown = found.ok_or_else(|| Problem::Gone {
        target: target(),
        idx: known.idx,
    })?;
    if shown.is(visit.domoticz.settings.device) {
        return Ok(shown);
    }
    Err(Problem::WrongType {
        target: target(),
        idx: known.idx,
        kind: format!("{} / {}", shown.kind, shown.subtype),
    })
}
