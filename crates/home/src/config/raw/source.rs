//! `[sources.NAME]`: where readings come from.

use std::path::PathBuf;

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

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
