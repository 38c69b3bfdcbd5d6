//! What a destination knows of a usage point: its names and its off-peak plans.

use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{UsagePoint, paris};
use tariff::holidays::Zone;
use tariff::{Plan, Plans};

/// A configured usage point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    /// The usage point.
    pub prm: UsagePoint,
    /// Its name for people.
    pub name: Option<String>,
    /// The off-peak plans that the configuration gives it, dated.
    pub plans: Vec<Plan>,
    /// Whose public holidays count.
    pub holidays: Zone,
}

impl Meter {
    /// A usage point without name or plans of its own.
    pub fn new(prm: UsagePoint) -> Self {
        Self {
            prm,
            name: None,
            plans: Vec::new(),
            holidays: Zone::default(),
        }
    }

    /// All its plans: the configured ones, and Enedis' own beside them.
    pub fn plans(&self, store: &Store) -> Result<Plans, LedgerError> {
        plans(store, self.prm, &self.plans)
    }
}

/// The plans of a usage point: the configured ones, and what Enedis says of its
/// contract beside them.
pub fn plans(store: &Store, prm: UsagePoint, configured: &[Plan]) -> Result<Plans, LedgerError> {
    let mut plans = Plans::new(prm);
    for plan in configured {
        plans.add(plan.clone());
    }
    for version in stated(store, prm)? {
        plans.observe(&version.text, version.first_on, None);
    }
    Ok(plans)
}

/// Off-peak hours as Enedis stated them, from one answer to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// As Enedis writes them.
    pub text: String,
    /// The local day of the first answer with them.
    pub first_on: Date,
    /// The local day of the last one.
    pub last_on: Date,
}

/// Every different text that Enedis gave, the oldest first. An answer that says
/// nothing of off-peak hours takes nothing back.
pub fn stated(store: &Store, prm: UsagePoint) -> Result<Vec<Stated>, LedgerError> {
    let mut versions: Vec<Stated> = Vec::new();
    for answer in store.contract_history(prm)? {
        let text = answer.facts.get("off_peak_text");
        let Some(text) = text.and_then(|text| text.as_str()).map(str::trim) else {
            continue;
        };
        let last_on = paris::day_of(answer.last_said_at);
        match versions.last_mut() {
            Some(version) if version.text == text => version.last_on = last_on,
            _ => versions.push(Stated {
                text: text.to_owned(),
                first_on: paris::day_of(answer.first_said_at),
                last_on,
            }),
        }
    }
    Ok(versions)
}
