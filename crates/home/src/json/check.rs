//! `check --json`: the settings as they are understood, without secrets.

use std::path::PathBuf;

use meter::UsagePoint;
use schemars::JsonSchema;
use serde::Serialize;

use super::Prm;

/// The resolved settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    /// The configuration that was read; null: none, and none is needed.
    #[schemars(with = "Option<String>")]
    pub file: Option<PathBuf>,
    /// Places where a configuration is looked for, best first.
    #[schemars(with = "Vec<String>")]
    pub candidates: Vec<PathBuf>,
    /// Folder of the readings.
    #[schemars(with = "String")]
    pub data_dir: PathBuf,
    /// The ledger's file.
    #[schemars(with = "String")]
    pub ledger: PathBuf,
    /// Whether the ledger exists.
    pub ledger_exists: bool,
    /// The language that is spoken.
    pub language: String,
    /// How often `run` looks whether something is due, in seconds.
    pub every_seconds: u64,
    /// The sources.
    pub sources: Vec<SourceCheck>,
    /// Files of offers.
    #[schemars(with = "Vec<String>")]
    pub offers: Vec<PathBuf>,
    /// Calendars of colours of which sources are asked: `tempo`, `ejp`.
    pub colours: Vec<String>,
    /// The usage points to collect.
    pub usage_points: Vec<UsagePointCheck>,
    /// What does not stop anything.
    pub warnings: Vec<String>,
}

/// A source without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceCheck {
    /// Its name.
    pub name: String,
    /// Its kind, such as `data-connect`.
    pub kind: String,
    /// Generation of the API; null: a gateway, which decides by itself.
    pub generation: Option<String>,
    /// Beginning of its addresses; null: a folder.
    pub base_url: Option<String>,
    /// The folder that is watched, if it is one.
    #[schemars(with = "Option<String>")]
    pub folder: Option<PathBuf>,
    /// The application's client id, cut: it is half of a secret; null: a
    /// gateway, which takes a token.
    pub client_id: Option<String>,
    /// Calls a second at most; null: as fast as it goes, or by a pace of its own.
    pub calls_per_second: Option<u8>,
}

/// A usage point to collect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UsagePointCheck {
    /// The usage point (PRM).
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// Its name.
    pub name: Option<String>,
    /// The source that is asked; null: the first.
    pub source: Option<String>,
    /// Sources that fill what it lacks, the most trusted first.
    pub also: Vec<String>,
    /// What its energy is worth.
    pub prices: PricesCheck,
}

/// What a usage point's energy is worth, as far as the configuration says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PricesCheck {
    /// Its offer.
    pub offer: Option<String>,
    /// The offer under which its production is sold.
    pub resale: Option<String>,
    /// Its subscribed power in kVA; null: as Enedis states it.
    pub subscribed_kva: Option<u32>,
    /// The zone whose public holidays count.
    pub holidays: String,
    /// Its off-peak hours; empty: as Enedis states them.
    pub plans: Vec<String>,
}
