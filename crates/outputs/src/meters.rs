//! What a destination knows of a usage point: its names and its off-peak plans.

use ledger::{LedgerError, Store};
use meter::UsagePoint;
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
    if let Some(record) = store.contract(prm)?
        && let Some(text) = record
            .facts
            .get("off_peak_text")
            .and_then(|text| text.as_str())
    {
        plans.observe(text, meter::paris::day_of(record.said_at), None);
    }
    Ok(plans)
}
