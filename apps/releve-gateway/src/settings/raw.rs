//! The configuration file as it is written: names, kinds and bounds of values,
//! from which the published JSON Schema is made. Every key is optional to
//! serde, so that one that is missing does not hide the problems of the others.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use service::Lang;
use service::logging::Level;

/// The configuration of a consent gateway.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "releve-gateway config.toml")]
pub struct RawConfig {
    /// Language of this program's messages. Absent: that of the system, else
    /// French. The pages speak the language of their reader.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = ["fr", "en"]))]
    pub language: Option<Lang>,
    /// How much the log says. Absent: `simple`.
    #[serde(default)]
    pub log_level: Level,
    /// The address under which people and boxes know the gateway; it may have a
    /// path. `https`, except on this very machine.
    #[schemars(required, extend("format" = "uri"))]
    pub public_url: Option<String>,
    /// Where it listens for them. Absent: `127.0.0.1:8443`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub listen: Option<String>,
    /// Where it listens for its operator: `/metrics` and `/health`. Absent: nowhere.
    #[serde(default)]
    #[schemars(with = "String")]
    pub operator_listen: Option<String>,
    /// Networks or addresses of proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub trusted_proxies: Vec<String>,
    /// A file with the address of a PostgreSQL (15 or later) on its one line.
    /// Absent: SQLite in the data folder. `sslmode` in it is `disable`, `require`,
    /// `verify-ca` or `verify-full`; absent: `disable` on this very machine,
    /// `verify-full` elsewhere.
    #[serde(default)]
    #[schemars(with = "String")]
    pub database_url_file: Option<PathBuf>,
    /// The authority of the database's certificate, in PEM. Absent: the system's.
    #[serde(default)]
    #[schemars(with = "String")]
    pub database_ca_file: Option<PathBuf>,
    /// The certificate, when the gateway speaks TLS itself.
    #[serde(default)]
    #[schemars(with = "RawTls")]
    pub tls: Option<RawTls>,
    /// Enedis, and your application there.
    #[schemars(required)]
    pub enedis: Option<RawEnedis>,
    /// Who answers for the data, as the pages say.
    #[schemars(required)]
    pub controller: Option<RawController>,
    /// How long codes and tokens live.
    #[serde(default)]
    pub lifetimes: RawLifetimes,
}

/// A certificate and its key, in PEM.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Tls")]
pub struct RawTls {
    /// The file of the chain, the server's own certificate first.
    #[schemars(required, with = "String")]
    pub certificate: Option<PathBuf>,
    /// The file of the private key.
    #[schemars(required, with = "String")]
    pub key: Option<PathBuf>,
}

/// Enedis, and an application registered there.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Enedis")]
pub struct RawEnedis {
    /// Which generation of the API serves. Absent: `2026`.
    #[serde(default)]
    #[schemars(with = "RawGeneration")]
    pub generation: Option<RawGeneration>,
    /// Beginning of the API's addresses. Absent: Enedis.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub base_url: Option<String>,
    /// Beginning of the address of the consent page. Absent: Enedis.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub consent_url: Option<String>,
    /// The application's identifier.
    #[schemars(required)]
    pub client_id: Option<String>,
    /// A file with its secret on its one line, which only its owner and group read.
    #[schemars(required, with = "String")]
    pub client_secret_file: Option<PathBuf>,
    /// How long consents are asked for: an ISO 8601 period of at most three
    /// years. Absent: `P3Y`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub duration: Option<String>,
    /// Where Enedis sends browsers back, when several addresses are registered.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "uri"))]
    pub redirect_uri: Option<String>,
    /// Calls a clock hour that your contract allows each interface. Absent:
    /// 1 000 of the 2026 generation, 10 000 of v5.
    #[serde(default)]
    #[schemars(with = "i64", range(min = 10, max = 10_000_000))]
    pub calls_per_hour: Option<i64>,
    /// In Enedis' sandbox: the last digit of `state`, which chooses the customer.
    #[serde(default)]
    #[schemars(with = "u8", range(min = 0, max = 9))]
    pub sandbox_digit: Option<u8>,
    /// `false` frees the pace of the calls, for a simulator on this machine only.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub pacing: Option<bool>,
}

/// A generation of the Data Connect API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "Generation")]
pub enum RawGeneration {
    /// The one that serves since 28 September 2026.
    #[default]
    #[serde(rename = "2026")]
    V2026,
    /// The one before.
    #[serde(rename = "v5")]
    V5,
}

/// Who answers for the data.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Controller")]
pub struct RawController {
    /// The application's name, as registered at Enedis: at most 38 characters,
    /// without "Enedis" and "Linky".
    #[schemars(required)]
    pub application: Option<String>,
    /// Person or company.
    #[schemars(required)]
    pub name: Option<String>,
    /// Postal address.
    #[schemars(required)]
    pub address: Option<String>,
    /// Mail address or telephone.
    #[schemars(required)]
    pub contact: Option<String>,
}

/// How long codes and tokens live.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Lifetimes")]
pub struct RawLifetimes {
    /// The codes of a box, in seconds. Absent: 1 200.
    #[serde(default)]
    #[schemars(with = "i64", range(min = 300, max = 1800))]
    pub code_seconds: Option<i64>,
    /// An access token, in seconds. Absent: 12 600.
    #[serde(default)]
    #[schemars(with = "i64", range(min = 60, max = 86_400))]
    pub access_seconds: Option<i64>,
}
