//! Destinations, and how the last delivery to each ended.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// Every configured destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outputs {
    /// By name.
    pub outputs: Vec<OutputStatus>,
}

/// A destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutputStatus {
    /// Its name.
    pub name: String,
    /// What it is: `domoticz`, `jeedom`…
    pub kind: String,
    /// The last time everything was delivered; null: never.
    pub succeeded_at: Option<Timestamp>,
    /// What stands between it and what it should hold.
    pub problem: Option<OutputProblem>,
    /// Failures in a row.
    pub failures: u32,
    /// When it is tried again after a failure.
    pub next_try: Option<Timestamp>,
    /// The things there that receive something, such as a device, and how many
    /// pieces each is known to hold.
    pub targets: Vec<TargetStatus>,
}

/// Why a delivery failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutputProblem {
    /// Its stable code.
    pub code: String,
    /// What it means, in the reader's language.
    pub explanation: String,
    /// What to do.
    pub advice: String,
    /// Since when.
    pub since: Option<Timestamp>,
}

/// A thing that receives readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TargetStatus {
    /// Its name.
    pub target: String,
    /// Pieces (days, months…) that were delivered as they are now remembered.
    pub pieces: u64,
}

/// What a destination holds beside what it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Differences {
    /// Its name.
    pub output: String,
    /// Pieces that were compared.
    pub compared: u64,
    /// Those that differ, each in the destination's own words.
    pub differences: Vec<String>,
    /// What should be known, in the reader's language.
    pub notices: Vec<String>,
    /// What could not be compared, and why.
    pub troubles: Vec<String>,
}
