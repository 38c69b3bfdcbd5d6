//! `kind = "domoticz"`: how to reach it, and what to write there.

use std::path::PathBuf;

use meter::UsagePoint;
use outputs::domoticz::{Device, Login, MainValue, OtherValue, Settings};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use service::settings::{Draft, Problem};

use super::mqtt::RawMqtt;
use super::{known_point, url};
use crate::config::secret::SecretKeys;

/// Domoticz, over its own interface.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
#[schemars(rename = "Domoticz")]
pub struct RawDomoticz {
    /// Beginning of its addresses, such as `http://192.168.1.10:8080`.
    #[schemars(required, with = "String", extend("format" = "uri"))]
    pub url: Option<String>,
    /// How to log in: `auto` asks what it admits, `session` its form, `basic`,
    /// `oauth2` a registered application, `trusted` not at all. Absent: `auto`.
    #[serde(default)]
    #[schemars(
        with = "String",
        extend("enum" = ["auto", "session", "basic", "oauth2", "trusted"])
    )]
    pub login: Option<Login>,
    /// A user with the right of an administrator. Absent: this machine is in
    /// Domoticz' trusted networks.
    #[serde(default)]
    #[schemars(with = "String")]
    pub user: Option<String>,
    /// File that holds nothing but the user's password, closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String")]
    pub password_file: Option<PathBuf>,
    /// The password itself, instead of `password_file`. The configuration file
    /// must then be closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub password: Option<SecretString>,
    /// The application's name at Domoticz, for `oauth2`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub client_id: Option<String>,
    /// The usage points that get a device. Absent: all.
    #[serde(default)]
    pub usage_points: Vec<String>,
    /// Pairs of usage points that get a device together: first the one that
    /// consumes, then the one that produces.
    #[serde(default)]
    #[schemars(with = "Vec<Vec<String>>")]
    pub merge: Vec<Vec<String>>,
    /// The kind of device that is made: `p1`, or `managed-counter` for the total
    /// alone. Absent: `p1`.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = ["p1", "managed-counter"]))]
    pub device: Option<Device>,
    /// Days of half hours, 0 to 7; 0: none. Absent: 7.
    #[serde(default)]
    #[schemars(with = "u8", range(min = 0, max = 7))]
    pub short_log_days: Option<u8>,
    /// Days of daily totals. Absent: everything that is held.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 1, max = 36500))]
    pub long_log_days: Option<u16>,
    /// The first line of the tile, the highest power of a period. Absent: `peak_day`.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = [
        "peak_day", "peak_cweek", "peak_lweek", "peak_cmonth", "peak_lmonth", "peak_year"
    ]))]
    pub main_value: Option<String>,
    /// The other line of the tile, the energy of a period. Absent: `value_day`.
    #[serde(default)]
    #[schemars(with = "String", extend("enum" = [
        "value_day", "value_cweek", "value_lweek", "value_cmonth", "value_lmonth", "value_year",
        "max_day", "max_cweek", "max_lweek", "max_cmonth", "max_lmonth", "max_year",
        "mean_day", "mean_cweek", "mean_lweek", "mean_cmonth", "mean_lmonth", "mean_year"
    ]))]
    pub other_value: Option<String>,
    /// The broker through which it may be reached.
    #[serde(flatten)]
    pub mqtt: RawMqtt,
}

/// What it means, or nothing when something is wrong.
pub(super) fn domoticz(
    draft: &mut Draft,
    name: &str,
    raw: RawDomoticz,
    configured: &[UsagePoint],
) -> Option<Settings> {
    let section = ["outputs", name];
    let keys = SecretKeys::password(&section, name);
    let given = raw.password.is_some() || raw.password_file.is_some() || keys.is_spoiled(draft);
    let password = keys.read(draft, raw.password, raw.password_file);
    let login = raw.login.unwrap_or_default();
    // A password that is wrong was reported.
    if raw.user.is_some() && !given {
        let problem = Problem::new("config-output-password").with("name", name);
        draft.report(&["outputs", name, "user"], problem);
    }
    if raw.user.is_none() && (given || !matches!(login, Login::Auto | Login::Trusted)) {
        draft.report(
            &section,
            Problem::new("config-output-user").with("name", name),
        );
    }
    if login == Login::OAuth2 && raw.client_id.is_none() {
        draft.report(&section, Problem::new("config-output-client-id"));
    }
    let path = ["outputs", name, "url"];
    let url = url(draft, &path, raw.url.as_deref()?, &["http", "https"]);
    let points = points(draft, name, "usage_points", &raw.usage_points, configured);
    let merge = merge(draft, name, &raw.merge, configured);
    let mqtt = raw
        .mqtt
        .read(draft, name, (&["mqtt", "mqtts"], "domoticz/in"))
        .ok()?;
    let main_value = raw.main_value.as_deref().and_then(MainValue::of_word);
    let other_value = raw.other_value.as_deref().and_then(OtherValue::of_word);
    Some(Settings {
        url: url?,
        login,
        user: raw.user,
        password,
        client_id: raw.client_id,
        usage_points: points,
        merge,
        device: raw.device.unwrap_or_default(),
        short_log_days: raw.short_log_days.unwrap_or(7),
        long_log_days: raw.long_log_days,
        main_value: main_value.unwrap_or_default(),
        other_value: other_value.unwrap_or_default(),
        mqtt,
    })
}

fn points(
    draft: &mut Draft,
    name: &str,
    key: &str,
    texts: &[String],
    configured: &[UsagePoint],
) -> Vec<UsagePoint> {
    let mut points = Vec::with_capacity(texts.len());
    for text in texts {
        points.extend(known_point(
            draft,
            &["outputs", name, key],
            text,
            configured,
        ));
    }
    points
}

fn merge(
    draft: &mut Draft,
    name: &str,
    pairs: &[Vec<String>],
    configured: &[UsagePoint],
) -> Vec<(UsagePoint, UsagePoint)> {
    let mut merged = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match points(draft, name, "merge", pair, configured)[..] {
            [one, two] if pair.len() == 2 && one != two => merged.push((one, two)),
            // A usage point that is wrong was reported.
            _ if pair.len() == 2 && pair[0] != pair[1] => {}
            _ => draft.report(
                &["outputs", name, "merge"],
                Problem::new("config-output-pair"),
            ),
        }
    }
    merged
}
