//! One visit to a Domoticz: we are in, its settings are known, and the ledger
//! says what its devices must hold.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use ledger::{LedgerError, Store};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::destination::{Context, DeliveryError};
use crate::trouble::Trouble;

use super::Domoticz;
use super::api::Api;
use super::device::number;
use super::login::enter;
use super::model::{self, Wanted};
use super::problem::Problem;

/// What is remembered of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// Its device's number.
    pub idx: u64,
    /// Whether it was the plugin's.
    #[serde(default)]
    pub adopted: bool,
}

/// What of Domoticz' own settings concerns us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub short_log_days: u32,
    pub energy_divider: u64,
    pub sensor_timeout: u64,
    pub p1_display: u64,
}

/// Why a visit or a part of it ends early.
pub(super) enum Fault {
    Problem(Problem),
    Ledger(LedgerError),
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<Fault> for DeliveryError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Problem(problem) => Self::Trouble(problem.into()),
            Fault::Ledger(error) => Self::Ledger(error),
        }
    }
}

/// A visit.
pub(super) struct Visit<'a> {
    pub domoticz: &'a Domoticz,
    pub context: &'a Context,
    pub api: Api,
    pub kept: Kept,
    pub now: Timestamp,
    pub facts: BTreeMap<String, Facts>,
}

impl<'a> Visit<'a> {
    /// Gets in and looks around.
    pub async fn begin(domoticz: &'a Domoticz, context: &'a Context) -> Result<Self, Fault> {
        let api = Api::new(domoticz.http.clone(), &domoticz.settings.url);
        enter(&api, &domoticz.settings).await?;
        let settings = api.command("getsettings", &[]).await?;
        let kept = kept(&settings);
        let timeout = i64::try_from(kept.sensor_timeout).unwrap_or(60);
        domoticz.timeout.store(timeout, Ordering::Relaxed);
        let mut visit = Self {
            domoticz,
            context,
            api,
            kept,
            now: context.clock.now(),
            facts: BTreeMap::new(),
        };
        let name = domoticz.name.clone();
        let facts = visit
            .ledger(move |store| store.delivery_targets(&name))
            .await?;
        let read =
            |(target, facts): (String, Value)| Some((target, serde_json::from_value(facts).ok()?));
        visit.facts = facts.into_iter().filter_map(read).collect();
        Ok(visit)
    }

    /// What every device must hold.
    pub async fn wanted(&self) -> Result<Vec<Wanted>, Fault> {
        let (meters, settings) = (self.context.meters.clone(), self.domoticz.settings.clone());
        let (now, kept) = (self.now, self.kept.short_log_days);
        self.ledger(move |store| model::read(store, &meters, &settings, (now, kept)))
            .await
    }

    /// Works with the ledger.
    pub async fn ledger<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, LedgerError> + Send + 'static,
    ) -> Result<R, Fault> {
        Ok(self.context.ledger.call(work).await?)
    }

    /// Remembers a target's device.
    pub async fn remember(&mut self, target: &str, facts: Facts) -> Result<(), Fault> {
        let (name, key) = (self.domoticz.name.clone(), target.to_owned());
        let value = serde_json::to_value(&facts).unwrap_or_default();
        self.facts.insert(target.to_owned(), facts);
        self.ledger(move |store| store.set_delivery_target(&name, &key, &value))
            .await
    }

    /// Forgets a target's device and all that it held.
    pub async fn forget(&mut self, target: &str) -> Result<(), Fault> {
        let (name, key) = (self.domoticz.name.clone(), target.to_owned());
        self.facts.remove(target);
        self.ledger(move |store| store.forget_delivery_target(&name, &key))
            .await
    }

    /// What Domoticz' settings hide or spoil.
    pub fn notices(&self) -> Vec<Trouble> {
        let wanted = u32::from(self.domoticz.settings.short_log_days);
        let mut notices = Vec::new();
        if self.kept.short_log_days < wanted {
            let notice = Trouble::new("domoticz-notice-short-log");
            let notice = notice.with("kept", self.kept.short_log_days);
            notices.push(notice.with("wanted", wanted));
        }
        if self.kept.energy_divider != 1000 {
            let notice = Trouble::new("domoticz-notice-divider");
            notices.push(notice.with("divider", self.kept.energy_divider));
        }
        notices
    }
}

fn kept(settings: &Value) -> Kept {
    let or = |key: &str, usual: u64| match &settings[key] {
        Value::Null => usual,
        value => number(value),
    };
    Kept {
        short_log_days: u32::try_from(or("ShortLogDays", 1)).unwrap_or(1),
        energy_divider: or("EnergyDivider", 1000),
        sensor_timeout: or("SensorTimeout", 60),
        p1_display: or("P1DisplayType", 0),
    }
}
