//! Making devices, and taking ours away again.

use jiff::civil::Date;
use meter::paris;
use service::tr;

use crate::destination::{Context, DeliveryError};

use super::device::{self, Shown};
use super::model::Wanted;
use super::problem::Problem;
use super::session::{Facts, Fault, Visit};
use super::{Domoticz, push};

/// A device that was made, or was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The usage point, or the pair.
    pub target: String,
    /// The device's number; none in a dry run that would make it.
    pub idx: Option<u64>,
    /// Whether it had to be made.
    pub new: bool,
}

/// A device that was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The usage point, or the pair.
    pub target: String,
    /// The device's number.
    pub idx: u64,
    /// Whether Domoticz has it still: it was the plugin's, and is only let go.
    pub kept: bool,
}

/// Our own words begin so in a description; what stands before them is a person's.
const OURS: &str = " [";

impl Domoticz {
    /// Makes the devices that are missing, also those that a person deleted:
    /// these get all of their history at the next push.
    pub async fn setup(&self, context: &Context, dry: bool) -> Result<Vec<Made>, DeliveryError> {
        let mut visit = Visit::begin(self, context).await?;
        let mut made = Vec::new();
        for wanted in visit.wanted().await? {
            made.push(set_up(&mut visit, &wanted, dry).await?);
        }
        Ok(made)
    }

    /// Takes away the devices that we made, and lets go of those we adopted.
    pub async fn remove(
        &self,
        context: &Context,
        dry: bool,
    ) -> Result<Vec<Removed>, DeliveryError> {
        let mut visit = Visit::begin(self, context).await?;
        let mut removed = Vec::new();
        for (target, facts) in visit.facts.clone() {
            if !dry && !facts.adopted {
                let idx = facts.idx.to_string();
                let gone = visit.api.command("deletedevice", &[("idx", &idx)]).await;
                gone.map_err(Fault::from)?;
            }
            if !dry {
                visit.forget(&target).await?;
            }
            removed.push(Removed {
                target,
                idx: facts.idx,
                kept: facts.adopted,
            });
        }
        Ok(removed)
    }
}

async fn set_up(visit: &mut Visit<'_>, wanted: &Wanted, dry: bool) -> Result<Made, Fault> {
    let target = wanted.target.key.clone();
    if let Some(facts) = visit.facts.get(&target).cloned() {
        match push::look(visit, wanted, &facts).await {
            Ok(shown) => {
                return Ok(Made {
                    target,
                    idx: Some(shown.idx),
                    new: false,
                });
            }
            Err(Problem::Gone { .. }) if dry => {}
            Err(Problem::Gone { .. }) => visit.forget(&target).await?,
            Err(problem) => return Err(problem.into()),
        }
    }
    let idx = if dry {
        None
    } else {
        Some(make(visit, wanted).await?.idx)
    };
    Ok(Made {
        target,
        idx,
        new: true,
    })
}

/// Makes a target's device with its options, or takes up the one that we had
/// made when we were stopped.
pub(super) async fn make(visit: &mut Visit<'_>, wanted: &Wanted) -> Result<Facts, Fault> {
    let target = &wanted.target;
    let (name, id) = (target.name(), target.device_id());
    let all = device::devices(&visit.api, None).await?;
    if let Some(plugin) = all
        .iter()
        .find(|shown| shown.id == target.key && shown.is_of_plugin())
    {
        return Err(Fault::Problem(Problem::PluginDevice {
            target: target.masked(),
            idx: plugin.idx,
        }));
    }
    let hardware = device::our_hardware(&visit.api).await?;
    let wanted_kind = visit.domoticz.settings.device;
    let taken = |idx: u64| visit.facts.values().any(|facts| facts.idx == idx);
    let ours = |shown: &&Shown| {
        let named = shown.id == id || (shown.name == name && shown.hardware == hardware);
        named && shown.is(wanted_kind) && !taken(shown.idx)
    };
    let shown = match all.iter().find(ours).cloned() {
        Some(shown) => shown,
        None => Shown::bare(
            device::create(&visit.api, hardware, &name, wanted_kind).await?,
            name,
        ),
    };
    let today = paris::day_of(visit.now);
    let text = description(visit, wanted, &shown, today);
    device::set_up(&visit.api, &shown, Some(&id), &text).await?;
    let facts = Facts {
        idx: shown.idx,
        adopted: false,
    };
    visit.remember(&target.key, facts.clone()).await?;
    Ok(facts)
}

/// The device's description: what a person wrote there, else what the plugin
/// wrote, and the date of the figures where they are not yesterday's.
pub(super) fn description(
    visit: &Visit<'_>,
    wanted: &Wanted,
    shown: &Shown,
    today: Date,
) -> String {
    let lang = visit.context.lang;
    let theirs = shown.description.split(OURS).next().unwrap_or_default();
    let begin = match theirs.trim() {
        "" => tr(
            lang,
            "domoticz-description",
            &[("target", &wanted.target.key)],
        ),
        theirs => theirs.to_owned(),
    };
    let yesterday = paris::add_days(today, -1);
    let end = match &wanted.tile {
        Some(tile) if tile.of == yesterday => return begin,
        Some(tile) => {
            let day = tile.of.to_string();
            tr(lang, "domoticz-description-of", &[("day", &day)])
        }
        None => tr(lang, "domoticz-description-none", &[]),
    };
    format!("{begin}{OURS}{end}]")
}
