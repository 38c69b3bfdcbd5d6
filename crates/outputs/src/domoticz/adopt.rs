//! Taking over the plugin's own device, with its number and its years.

use jiff::civil::{Date, Time};
use meter::{UsagePoint, paris};

use crate::destination::{Context, DeliveryError};

use super::device::{self, Hardware, Shown};
use super::model::Wanted;
use super::problem::Problem;
use super::session::{Facts, Fault, Visit};
use super::{Domoticz, setup};

/// What adopting did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The usage point, or the pair.
    pub target: String,
    /// The device's number, which stays.
    pub idx: u64,
    /// The plugin's hardware still runs: it must be switched off.
    pub plugin_runs: bool,
    /// What the plugin was set to.
    pub proposal: Option<Proposal>,
}

/// The plugin's own parameters, in the words of our configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Mode1.
    pub short_log_days: String,
    /// Mode2.
    pub long_log_days: String,
    /// Mode4, for the usage points.
    pub off_peak: String,
    /// Mode5.
    pub main_value: String,
    /// Mode6.
    pub other_value: String,
}

impl Domoticz {
    /// Takes over the device of a usage point: the one of that number, or the
    /// one that the plugin made for it. Its short log is emptied, because the
    /// plugin's indexes begin anew each day; its days stay, and the next push
    /// puts right those that the ledger knows.
    pub async fn adopt(
        &self,
        context: &Context,
        (only, idx): (Option<UsagePoint>, Option<u64>),
        dry: bool,
    ) -> Result<Vec<Adopted>, DeliveryError> {
        let mut visit = Visit::begin(self, context).await?;
        let all = device::devices(&visit.api, None)
            .await
            .map_err(Fault::from)?;
        let hardware = device::hardware(&visit.api).await.map_err(Fault::from)?;
        let mut adopted = Vec::new();
        let mut missing = None;
        for wanted in visit.wanted().await? {
            let key = wanted.target.key.clone();
            if only.is_some_and(|only| only.to_string() != key) {
                continue;
            }
            let known = visit.facts.get(&key).map(|facts| facts.idx);
            let found = all.iter().find(|shown| match idx {
                Some(idx) => shown.idx == idx,
                None => shown.id == key && shown.is_of_plugin(),
            });
            let Some(shown) = found else {
                missing.get_or_insert(Problem::NothingToAdopt(wanted.target.masked()));
                continue;
            };
            if let Some(known) = known.filter(|known| *known != shown.idx) {
                return Err(Fault::Problem(Problem::HasDevice {
                    target: wanted.target.masked(),
                    idx: known,
                })
                .into());
            }
            let on = hardware
                .iter()
                .find(|hardware| hardware.idx == shown.hardware);
            let one = one(&mut visit, &wanted, shown, (on, dry)).await?;
            adopted.push(one);
        }
        match missing {
            Some(problem) if adopted.is_empty() => Err(Fault::Problem(problem).into()),
            _ => Ok(adopted),
        }
    }
}

async fn one(
    visit: &mut Visit<'_>,
    wanted: &Wanted,
    shown: &Shown,
    (on, dry): (Option<&Hardware>, bool),
) -> Result<Adopted, Fault> {
    if !shown.is(visit.domoticz.settings.device) {
        return Err(Fault::Problem(Problem::WrongType {
            target: wanted.target.masked(),
            idx: shown.idx,
            kind: format!("{} / {}", shown.kind, shown.subtype),
        }));
    }
    let adopted = Adopted {
        target: wanted.target.key.clone(),
        idx: shown.idx,
        plugin_runs: shown.is_of_plugin() && on.is_some_and(|hardware| hardware.enabled),
        proposal: on.filter(|_| shown.is_of_plugin()).map(proposal),
    };
    if dry {
        return Ok(adopted);
    }
    if shown.is_of_plugin() {
        transfer(visit, wanted, shown).await?;
    }
    let today = paris::day_of(visit.now);
    let text = setup::description(visit, wanted, shown, today);
    let id = wanted.target.device_id();
    device::set_up(&visit.api, shown, Some(&id), &text).await?;
    empty_short_log(visit, shown.idx, today).await?;
    let facts = Facts {
        idx: shown.idx,
        adopted: true,
    };
    visit.remember(&wanted.target.key, facts).await?;
    Ok(adopted)
}

/// Puts a device on our own hardware: deleting the plugin's would delete it. The
/// row keeps its number; the one made to stand in its place goes.
async fn transfer(visit: &Visit<'_>, wanted: &Wanted, shown: &Shown) -> Result<(), Problem> {
    let hardware = device::our_hardware(&visit.api).await?;
    let device = visit.domoticz.settings.device;
    let place = device::create(&visit.api, hardware, &wanted.target.name(), device).await?;
    let (old, new) = (shown.idx.to_string(), place.to_string());
    let args = [("idx", old.as_str()), ("newidx", new.as_str())];
    visit.api.command("dotransferdevice", &args).await.map(drop)
}

/// Within one day no row of the long log lies between two moments.
async fn empty_short_log(visit: &Visit<'_>, idx: u64, today: Date) -> Result<(), Problem> {
    let idx = idx.to_string();
    let last = Time::MAX.strftime("%H:%M:%S").to_string();
    for day in paris::days(paris::add_days(today, -8), paris::add_days(today, 1)) {
        let (from, to) = (format!("{day} 00:00:00"), format!("{day} {last}"));
        let args = [("idx", idx.as_str()), ("fromdate", &from), ("todate", &to)];
        visit.api.command("deletedaterange", &args).await?;
    }
    Ok(())
}

fn proposal(hardware: &Hardware) -> Proposal {
    let [short, long, _, off_peak, main, other] = hardware.modes.clone();
    Proposal {
        short_log_days: short,
        long_log_days: long,
        off_peak,
        main_value: main,
        other_value: other,
    }
}
