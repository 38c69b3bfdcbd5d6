//! `kind = "jeedom"`: how to reach it, and what to write there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use meter::UsagePoint;
use outputs::jeedom::{Access, Profile, Settings, Span};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use service::settings::{Draft, Problem};

use super::mqtt::RawMqtt;
use super::{known_point, url};
use crate::config::secret::SecretKeys;

/// Jeedom, over JSON-RPC.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
#[schemars(rename = "Jeedom")]
pub struct RawJeedom {
    /// Beginning of its addresses, such as `http://192.168.1.20`.
    #[schemars(required, with = "String", extend("format" = "uri"))]
    pub url: Option<String>,
    /// File that holds nothing but the API key, closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String")]
    pub key_file: Option<PathBuf>,
    /// The API key itself, instead of `key_file`. The configuration file must
    /// then be closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub key: Option<SecretString>,
    /// The plugin whose key it is, such as `virtual`. Absent: the key is the
    /// core's or a user's.
    #[serde(default)]
    #[schemars(with = "String")]
    pub key_of: Option<String>,
    /// The commands that are made and filled: `2020` and `2023` as the two
    /// generations of the Enedis plugin, `releve` for all. Absent: `releve`.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = ["2020", "2023", "releve"]))]
    pub profile: Option<String>,
    /// The usage points that get an equipment. Absent: all.
    #[serde(default)]
    pub usage_points: Vec<String>,
    /// Equipments of the Enedis plugin that are filled in place of one of ours:
    /// the usage point, and the equipment's number in Jeedom.
    #[serde(default)]
    pub adopted: BTreeMap<String, u64>,
    /// Days of half hours on a first push. Absent: 1 with the profile `2020`
    /// and its commands, 7 with those of `2023`.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 1, max = 1100))]
    pub curve_days: Option<u16>,
    /// `true` sends everything that is held, however old.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub everything: Option<bool>,
    /// The broker through which it may be reached.
    #[serde(flatten)]
    pub mqtt: RawMqtt,
}

/// What it means, or nothing when something is wrong.
pub(super) fn jeedom(
    draft: &mut Draft,
    name: &str,
    raw: RawJeedom,
    configured: &[UsagePoint],
) -> Option<Settings> {
    let section = ["outputs", name];
    let path = |key| ["outputs", name, key];
    let keys = SecretKeys::key(&section, name);
    let given = raw.key.is_some() || raw.key_file.is_some() || keys.is_spoiled(draft);
    let key = keys.read(draft, raw.key, raw.key_file);
    if !given {
        let problem = Problem::new("config-jeedom-key").with("name", name);
        draft.report(&section, problem);
    }
    let mut points = Vec::new();
    for text in &raw.usage_points {
        points.extend(known_point(draft, &path("usage_points"), text, configured));
    }
    let mut adopted = BTreeMap::new();
    for (text, id) in &raw.adopted {
        let known = known_point(draft, &path("adopted"), text, configured);
        adopted.extend(known.map(|prm| (prm, *id)));
    }
    // Nothing but a known word passes the schema.
    let profile = raw.profile.as_deref().and_then(|word| word.parse().ok());
    let mqtt = raw.mqtt.read(draft, name, (&["mqtt"], "jeedom")).ok()?;
    let url = url(draft, &path("url"), raw.url.as_deref()?, &["http", "https"]);
    Some(Settings {
        access: Access {
            url: url?,
            key: key?,
            plugin: raw.key_of,
        },
        usage_points: points,
        adopted,
        profile: profile.unwrap_or(Profile::Releve),
        span: Span {
            curve_days: raw.curve_days,
            everything: raw.everything.unwrap_or(false),
        },
        mqtt,
    })
}
