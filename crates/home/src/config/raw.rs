//! The configuration file as it is written: names, kinds and bounds of values,
//! from which the published JSON Schema is made.
//!
//! Every key is optional to serde, so that one missing key does not hide the
//! problems of the others; the schema says which ones are required.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use service::Lang;
use service::logging::{Format, Level};
use tariff::Season;

use super::dashboard::RawDashboard;
use super::notifications::RawNotifications;

use super::output::RawOutput;

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

/// A source of readings, by its kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Source")]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RawSource {
    /// The Data Connect API of Enedis, with an application of your own.
    DataConnect(RawDataConnect),
    /// The gateway conso.boris.sh, with a token from its site.
    ConsoApi(RawGateway),
    /// The gateway myelectricaldata.fr, with a token from its site for each
    /// usage point.
    #[serde(rename = "myelectricaldata")]
    MyElectricalData(RawGateway),
    /// A consent gateway of Relevé: `releve consent` shows a link and a code.
    Gateway(RawConsentGateway),
    /// The proxy that the Domoticz plugin speaks to, by the same steps.
    DomoticzProxy(RawDomoticzProxy),
    /// A folder into which you put exports from the Enedis site.
    Files(RawFiles),
    /// The customer account of the Enedis site; its secrets are kept by
    /// `releve account add`.
    Portal(RawPortal),
}

/// A consent gateway of Relevé.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ConsentGateway")]
pub struct RawConsentGateway {
    /// Beginning of the gateway's addresses; `https` except to this machine.
    #[schemars(required, extend("format" = "uri"))]
    pub base_url: Option<String>,
    /// Who this program is there. Absent: `releve`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub client_id: Option<String>,
    /// `true` allows `http` to another machine of your own network: tokens
    /// then travel in the clear.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub allow_http: Option<bool>,
}

/// The proxy that the Domoticz plugin speaks to.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DomoticzProxy")]
pub struct RawDomoticzProxy {
    /// Beginning of the proxy's addresses; `https` except to this machine.
    /// Absent: `https://enedis.domoticz.russandol.pro`.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub base_url: Option<String>,
    /// Who this program is there. Absent: the client that the proxy knows.
    #[serde(default)]
    #[schemars(with = "String")]
    pub client_id: Option<String>,
    /// `true` allows `http` to another machine of your own network: tokens
    /// then travel in the clear.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub allow_http: Option<bool>,
}

/// A folder into which you put exports from the Enedis site.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Files")]
pub struct RawFiles {
    /// The folder. A relative path counts from the folder of the configuration
    /// file. What has been read is moved into its folder `imported`.
    #[schemars(required)]
    #[schemars(with = "String")]
    pub folder: Option<PathBuf>,
}

/// The Data Connect API of Enedis, with an application of your own.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DataConnect")]
pub struct RawDataConnect {
    /// Generation of the API: `2026`, the current one, `v5`, the one before, or
    /// `auto`, the one that serves. Absent: `auto`.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = ["auto", "2026", "v5"]))]
    pub generation: Option<RawGeneration>,
    /// Beginning of the API's addresses; `https` except to this machine.
    /// Absent: `https://gw.ext.prod.api.enedis.fr`.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub base_url: Option<String>,
    /// `true` allows `http` to another machine of your own network: what is
    /// secret then travels in the clear.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub allow_http: Option<bool>,
    /// The application's client id.
    #[schemars(required)]
    pub client_id: Option<String>,
    /// File that holds nothing but the client secret, closed to others (`0600`).
    /// A relative path counts from the folder of the configuration file.
    #[serde(default)]
    #[schemars(with = "String")]
    pub client_secret_file: Option<PathBuf>,
    /// The client secret itself, instead of `client_secret_file`. The
    /// configuration file must then be closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub client_secret: Option<SecretString>,
    /// Calls a second at most, 1 to 5. Absent: 5, the most that Enedis admits.
    #[serde(default)]
    #[schemars(with = "u8", range(min = 1, max = 5))]
    pub calls_per_second: Option<u8>,
    /// `false` takes the limit away, for tests against this machine only.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub pacing: Option<bool>,
}

/// A generation of the Data Connect API, or whichever serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawGeneration {
    /// Whichever serves, the current one first.
    Auto,
    /// The current one.
    #[serde(rename = "2026")]
    V2026,
    /// The one before.
    V5,
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

/// The customer account of the Enedis site.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Portal")]
pub struct RawPortal {
    /// The name of the account, as `releve account` knows it: lower-case
    /// letters, digits, `-` and `_`. Absent: the name of the source.
    #[serde(default)]
    #[schemars(with = "String")]
    pub account: Option<String>,
    /// One address that stands in for all of the portal's, for tests; `https`
    /// except to this machine. Absent: the portal's own.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub base_url: Option<String>,
    /// `true` allows `http` to another machine of your own network: what is
    /// secret then travels in the clear.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub allow_http: Option<bool>,
}

/// A gateway of others, with a token from its site.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Gateway")]
pub struct RawGateway {
    /// Beginning of the gateway's addresses; `https` except to this machine.
    /// Absent: that of the gateway.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub base_url: Option<String>,
    /// `true` allows `http` to another machine of your own network: what is
    /// secret then travels in the clear.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub allow_http: Option<bool>,
    /// File that holds nothing but the token, closed to others (`0600`). A
    /// relative path counts from the folder of the configuration file.
    #[serde(default)]
    #[schemars(with = "String")]
    pub token_file: Option<PathBuf>,
    /// The token itself, instead of `token_file`. The configuration file must
    /// then be closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub token: Option<SecretString>,
}

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

/// A calendar of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Calendar", inline)]
pub enum RawCalendar {
    /// Three colours, from 06:00 to 06:00.
    Tempo,
    /// Peak days in winter.
    Ejp,
}

/// Where the colours of days come from.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Colours")]
pub struct RawColours {
    /// `false`: nobody is ever asked; colours come from imported files alone.
    /// Absent: sources are asked if an offer of a usage point needs colours.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub enabled: Option<bool>,
    /// Calendars to keep even if no configured offer needs them.
    #[serde(default)]
    pub calendars: Vec<RawCalendar>,
    /// A file of colours, read last, where no source tells a day. A relative path
    /// counts from the folder of the configuration file.
    #[serde(default)]
    #[schemars(with = "String")]
    pub file: Option<PathBuf>,
    /// Client id of an account at data.rte-france.com, which is free. Absent:
    /// RTE's API is not asked, its public page is.
    #[serde(default)]
    #[schemars(with = "String")]
    pub rte_client_id: Option<String>,
    /// File that holds nothing but that account's client secret, closed to
    /// others (`0600`).
    #[serde(default)]
    #[schemars(with = "String")]
    pub rte_client_secret_file: Option<PathBuf>,
    /// That secret itself, instead of `rte_client_secret_file`.
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub rte_client_secret: Option<SecretString>,
    /// Beginning of the addresses of RTE's API. Absent:
    /// `https://digital.iservices.rte-france.com`.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub rte_api_url: Option<String>,
    /// Beginning of the address of RTE's public page. Absent:
    /// `https://www.services-rte.com`.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub rte_page_url: Option<String>,
    /// Beginning of the addresses of api-couleur-tempo.fr. Absent:
    /// `https://www.api-couleur-tempo.fr`.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub couleur_tempo_url: Option<String>,
    /// Beginning of the addresses of EDF's service. Absent:
    /// `https://api-commerce.edf.fr`.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub edf_url: Option<String>,
}

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
