//! `domoticz --json`: devices, rows and what stands in their way.

use outputs::Trouble;
use schemars::JsonSchema;
use serde::Serialize;
use service::Lang;

/// What a push did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pushed {
    /// The destination's name.
    pub destination: String,
    /// Whether nothing was sent.
    pub dry_run: bool,
    /// Requests sent.
    pub requests: u64,
    /// Rows written.
    pub written: u64,
    /// Rows deleted.
    pub deleted: u64,
    /// Rows that were right already.
    pub unchanged: u64,
    /// What would be written: the device's number and the value; a minus sign
    /// and a date for what would be deleted. Filled in a dry run only.
    pub rows: Vec<String>,
    /// What should be known.
    pub notices: Vec<Said>,
    /// What kept something away.
    pub troubles: Vec<Said>,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Checked {
    /// The destination's name.
    pub destination: String,
    /// Rows compared.
    pub compared: u64,
    /// The device's number and the date of each row that differs; a plus sign
    /// where there should be none.
    pub differences: Vec<String>,
    /// What should be known.
    pub notices: Vec<Said>,
    /// What could not be compared, and why.
    pub troubles: Vec<Said>,
    /// The prices to type into Domoticz' settings, where an offer has them.
    pub costs: Costs,
}

/// Prices of a kilowatt-hour in micro-euros; null: no offer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Costs {
    /// Energy costs T1: consumption in peak hours.
    pub t1: Option<i64>,
    /// T2: consumption in off-peak hours.
    pub t2: Option<i64>,
    /// R1: production in peak hours.
    pub r1: Option<i64>,
    /// R2: production in off-peak hours.
    pub r2: Option<i64>,
}

/// Devices that were made, adopted or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Devices {
    /// The destination's name.
    pub destination: String,
    /// Whether nothing was done.
    pub dry_run: bool,
    /// Each device.
    pub devices: Vec<Device>,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Device {
    /// The usage point, or the pair (`A / B`).
    pub target: String,
    /// Its number at Domoticz; null: not made yet.
    pub idx: Option<u64>,
    /// What was or would be done: `made`, `there`, `adopted`, `deleted`, `let_go`.
    pub done: &'static str,
    /// The plugin's hardware still runs and must be switched off.
    pub plugin_runs: bool,
    /// What the plugin was set to, in the words of our configuration; null: not known.
    pub proposal: Option<Proposal>,
}

/// The plugin's parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proposal {
    /// Mode1.
    pub short_log_days: String,
    /// Mode2.
    pub long_log_days: String,
    /// Mode4.
    pub off_peak: String,
    /// Mode5.
    pub main_value: String,
    /// Mode6.
    pub other_value: String,
}

/// A problem or a notice in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Said {
    /// Its name, which never changes.
    pub code: String,
    /// What happened.
    pub explanation: String,
    /// What to do.
    pub advice: String,
}

impl Said {
    /// In a language.
    pub fn of(trouble: &Trouble, lang: Lang) -> Self {
        Self {
            code: trouble.name.clone(),
            explanation: trouble.explanation(lang),
            advice: trouble.advice(lang),
        }
    }

    /// Several of them.
    pub fn all(troubles: &[Trouble], lang: Lang) -> Vec<Self> {
        troubles.iter().map(|one| Self::of(one, lang)).collect()
    }
}
