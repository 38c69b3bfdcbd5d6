//! `[schedule]`: when to collect.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// When to collect.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Schedule")]
pub struct RawSchedule {
    /// How often `releve run` looks whether something is due, from `"1min"` to
    /// `"24h"`. Absent: `"1h"`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub every: Option<String>,
    /// The local time from which yesterday is usually published, from `"04:00"`
    /// to `"13:00"`; the first try follows within the hour. Absent: `"09:30"`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub first_try: Option<String>,
    /// How many minutes after that this home's own first try comes. Absent: a
    /// number that follows from the usage points.
    #[serde(default)]
    #[schemars(with = "u8", range(min = 0, max = 59))]
    pub minute: Option<u8>,
    /// Hours from each try to the next on a day's first day, at most six.
    /// Absent: `[1, 2, 4]`.
    #[serde(default)]
    #[schemars(with = "Vec<u8>", extend("items" = {
        "type": "integer",
        "minimum": 1,
        "maximum": 12
    }))]
    pub again: Option<Vec<u8>>,
    /// For how many days a missing day is awaited, twice a day. Absent: 14.
    #[serde(default)]
    #[schemars(with = "u8", range(min = 3, max = 60))]
    pub late_days: Option<u8>,
    /// How many of the last days are read again within calls that are made
    /// anyway. Absent: 14.
    #[serde(default)]
    #[schemars(with = "u8", range(min = 0, max = 60))]
    pub reread_days: Option<u8>,
    /// Every how many days the daily totals are asked while the curve comes.
    /// Absent: 7.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 1, max = 31))]
    pub totals_every: Option<u16>,
    /// Every how many days the maximum powers are asked. Absent: 7.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 1, max = 31))]
    pub maxima_every: Option<u16>,
    /// Every how many days the register readings are asked. Absent: 28.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 1, max = 90))]
    pub index_every: Option<u16>,
    /// Every how many days the contract is asked. Absent: 30.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 1, max = 90))]
    pub contract_every: Option<u16>,
    /// Every how many days production is looked for where there is none so far.
    /// Absent: 30.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 7, max = 90))]
    pub production_every: Option<u16>,
    /// The local hours of a source, by its name, such as `"08:00-22:00"`; at
    /// least four of them. Absent: those of its kind.
    #[serde(default)]
    pub hours: BTreeMap<String, String>,
}
