//! `[colours]`: where the colours of days come from.

use std::path::PathBuf;

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

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
