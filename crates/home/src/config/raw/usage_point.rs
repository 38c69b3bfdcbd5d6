//! `[[usage_points]]`: what is collected, and what it costs.

use std::path::PathBuf;

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use tariff::Season;

/// A usage point to collect.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsagePoint")]
pub struct RawUsagePoint {
    /// The 14 digits of the usage point (PRM); spaces are forgiven.
    #[schemars(required)]
    pub prm: Option<String>,
    /// A name for people, such as « Maison ».
    #[serde(default)]
    #[schemars(with = "String", length(min = 1, max = 60))]
    pub name: Option<String>,
    /// The name of the source that is asked. Absent: the first by name.
    #[serde(default)]
    #[schemars(with = "String")]
    pub source: Option<String>,
    /// What is collected; nothing else is ever asked. Absent: everything.
    #[serde(default)]
    #[schemars(with = "Vec<String>", extend("items" = {
        "type": "string",
        "enum": ["curve", "daily", "maximum", "index", "production"]
    }))]
    pub collect: Option<Vec<RawCollect>>,
    /// How many days back, 1 to 1111. Absent: as far as Enedis keeps. What is
    /// held already stays; a larger number asks only for what is missing.
    #[serde(default)]
    #[schemars(with = "u32", range(min = 1, max = 1111))]
    pub history: Option<u32>,
    /// `daily` asks for yesterday's maximum power every day, `weekly` for the
    /// week's at once. Absent: `weekly`, unless something shows yesterday's.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = ["daily", "weekly"]))]
    pub maxima: Option<RawOften>,
    /// Several sources instead of `source`, the most trusted first: the others
    /// fill what it lacks, and where they differ it is right.
    #[serde(default)]
    pub sources: Vec<String>,
    /// File that holds nothing but this usage point's own token, where its
    /// source is a gateway that gives one for each.
    #[serde(default)]
    #[schemars(with = "String")]
    pub token_file: Option<PathBuf>,
    /// That token itself, instead of `token_file`.
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub token: Option<SecretString>,
    /// Its off-peak hours, such as `22h38-6h38`. Absent: as Enedis states them.
    #[serde(default)]
    #[schemars(with = "String")]
    pub off_peak: Option<String>,
    /// Its off-peak hours in time, instead of `off_peak`.
    #[serde(default)]
    pub plans: Vec<RawPlan>,
    /// Its subscribed power in kVA. Absent: as Enedis states it.
    #[serde(default)]
    #[schemars(with = "u32", range(min = 1, max = 250))]
    pub subscribed_kva: Option<u32>,
    /// The id of its offer, built in (`releve tariff list`) or of your own.
    #[serde(default)]
    #[schemars(with = "String")]
    pub offer: Option<String>,
    /// The id of the offer of your own under which its production is sold.
    #[serde(default)]
    #[schemars(with = "String")]
    pub resale: Option<String>,
    /// The zone whose public holidays count, such as `alsace-moselle`. Absent:
    /// `mainland`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub holidays: Option<String>,
}

/// Off-peak hours that hold for a time, or in a season.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Plan")]
pub struct RawPlan {
    /// The off-peak hours, such as `1h30-7h30 12h30-14h30`.
    #[schemars(required)]
    pub rule: Option<String>,
    /// The first day, such as `2026-11-01`. Absent: since always.
    #[serde(default)]
    #[schemars(with = "String")]
    pub from: Option<String>,
    /// The last day. Absent: until further notice.
    #[serde(default)]
    #[schemars(with = "String")]
    pub to: Option<String>,
    /// Only in summer (1 April to 31 October) or winter. Absent: all year.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = ["summer", "winter"]))]
    pub season: Option<Season>,
}

/// What is collected of a usage point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawCollect {
    /// The load curve.
    Curve,
    /// Daily totals.
    Daily,
    /// Daily maximum power.
    Maximum,
    /// Register readings.
    Index,
    /// The same of what is fed in.
    Production,
}

/// How often something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawOften {
    /// Every day.
    Daily,
    /// As the schedule says, usually once a week.
    Weekly,
}
