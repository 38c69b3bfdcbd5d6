//! The configuration file as it is written: names, kinds and bounds of values,
//! from which the published JSON Schema is made.
//!
//! Every key is optional to serde, so that one missing key does not hide the
//! problems of the others; the schema says which ones are required.

mod colours;
mod schedule;
mod source;
mod usage_point;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use service::Lang;
use service::logging::{Format, Level};

use super::dashboard::RawDashboard;
use super::notifications::RawNotifications;
use super::output::RawOutput;

pub use colours::{RawCalendar, RawColours};
pub use schedule::RawSchedule;
pub use source::{
    RawConsentGateway, RawDataConnect, RawDomoticzProxy, RawFiles, RawGateway, RawGeneration,
    RawPortal, RawSource,
};
pub use usage_point::{RawCollect, RawOften, RawPlan, RawUsagePoint};

/// The configuration of Relevé.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "releve.toml")]
pub struct RawConfig {
    /// Language of messages. Absent: that of the system, else French.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = ["fr", "en"]))]
    pub language: Option<Lang>,
    /// Folder of the readings. Absent: `$XDG_DATA_HOME/releve`, else
    /// `~/.local/share/releve`. A relative path counts from the folder of the
    /// configuration file.
    #[serde(default)]
    #[schemars(with = "String")]
    pub data_dir: Option<PathBuf>,
    /// Where readings come from, each under a name of your choice: lower-case
    /// letters, digits, `-` and `_`.
    #[serde(default)]
    pub sources: BTreeMap<String, RawSource>,
    /// Who else gets the readings, each under a name of your choice.
    #[serde(default)]
    pub outputs: BTreeMap<String, RawOutput>,
    /// The usage points to collect.
    #[serde(default)]
    pub usage_points: Vec<RawUsagePoint>,
    /// Files of offers of your own. A relative path counts from the folder of
    /// the configuration file.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub offers: Vec<PathBuf>,
    /// The colours of days (Tempo, EJP), asked only where an offer needs them.
    #[serde(default)]
    pub colours: RawColours,
    /// When to collect.
    #[serde(default)]
    pub schedule: RawSchedule,
    /// How much is logged. Absent: `simple`. `--log` decides over it.
    #[serde(default)]
    #[schemars(with = "Level")]
    pub log: Option<Level>,
    /// Lines for people, or JSON objects. Absent: `human`.
    #[serde(default)]
    #[schemars(with = "Format")]
    pub log_format: Option<Format>,
    /// Folder of the log of `releve run`, one file a day. Absent: `logs` in the
    /// folder of the readings.
    #[serde(default)]
    #[schemars(with = "String")]
    pub log_dir: Option<PathBuf>,
    /// To whom troubles are told.
    #[serde(default)]
    pub notifications: RawNotifications,
    /// The dashboard, and who may come in.
    #[serde(default)]
    pub dashboard: RawDashboard,
}
