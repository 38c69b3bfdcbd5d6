//! What will go wrong in Jeedom itself, told before it does.

use serde_json::{Value, json};

use super::equipment::Equipment;
use super::error::JeedomError;
use super::rpc::{Jeedom, clean, number, text};

/// Something that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The nightly archiving of this core deletes rows of the year and later.
    DeletesSince {
        /// The core's version.
        version: String,
        /// The first year that is deleted.
        year: u16,
    },
    /// A version that we cannot read: whether it deletes rows is not known.
    UnknownCore {
        /// What it calls itself.
        version: String,
    },
    /// A command whose rows are deleted after a while.
    Purged {
        /// Its name.
        command: String,
        /// After how long, in Jeedom's words.
        after: String,
    },
    /// An equipment that is disabled: it takes no value.
    Disabled {
        /// Its name.
        equipment: String,
    },
    /// Jeedom's clock is not that of the meter.
    Zone {
        /// Its zone.
        zone: String,
    },
}

/// A scenario that values of ours would start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
}

/// What the version of a core says.
pub fn of_version(version: &str) -> Option<Warning> {
    let mut parts = version.split('.').map(|part| {
        let digits = part.chars().take_while(char::is_ascii_digit);
        digits.collect::<String>().parse::<u16>().ok()
    });
    let mut next = || parts.next().flatten();
    let Some(major) = next() else {
        let version = version.to_owned();
        return Some(Warning::UnknownCore { version });
    };
    let number = (major, next().unwrap_or(0), next().unwrap_or(0));
    let year = match number {
        (..4, ..) => 2020,
        (4, ..4, _) | (4, 4, ..10) => 2025,
        // The limit was moved by a year in the course of 4.4, and taken out in
        // February 2025; 4.5.3 was seen to keep its rows.
        (4, 4, _) | (4, 5, ..3) => 2026,
        _ => return None,
    };
    Some(Warning::DeletesSince {
        version: version.to_owned(),
        year,
    })
}

/// What the settings of an equipment say.
pub fn of_equipment(equipment: &Equipment) -> Vec<Warning> {
    let disabled = (!equipment.is_enabled).then(|| Warning::Disabled {
        equipment: equipment.name.clone(),
    });
    let purged = equipment.commands.iter().filter_map(|held| {
        Some(Warning::Purged {
            command: held.name.clone(),
            after: held.purge.clone()?,
        })
    });
    disabled.into_iter().chain(purged).collect()
}

/// What the settings of the core say, as far as the key may read them.
pub async fn of_core(jeedom: &Jeedom) -> Result<Vec<Warning>, JeedomError> {
    let mut warnings: Vec<_> = of_version(&jeedom.version().await?).into_iter().collect();
    let zone = setting(jeedom, "timezone").await.unwrap_or_default();
    if !zone.is_empty() && zone != "Europe/Paris" {
        warnings.push(Warning::Zone { zone });
    }
    let purge = setting(jeedom, "historyPurge").await.unwrap_or_default();
    if !["", "-1", "0"].contains(&purge.as_str()) {
        warnings.push(Warning::Purged {
            command: "*".to_owned(),
            after: purge,
        });
    }
    Ok(warnings)
}

/// A key of a plugin may not read the core's settings: then nothing is known.
async fn setting(jeedom: &Jeedom, key: &str) -> Option<String> {
    let params = json!({ "key": key, "default": "" });
    let value = jeedom.call("config::byKey", params).await.ok()?;
    Some(text(&value))
}

/// The active scenarios that a value of one of these commands starts; none where
/// the key may not list them.
pub async fn scenarios(jeedom: &Jeedom, commands: &[u64]) -> Result<Vec<Scenario>, JeedomError> {
    let all = match jeedom.call("scenario::all", json!({})).await {
        Ok(all) => all,
        Err(error @ (JeedomError::Unreachable(_) | JeedomError::Banned)) => return Err(error),
        Err(_) => return Ok(Vec::new()),
    };
    let marks: Vec<String> = commands.iter().map(|id| format!("#{id}#")).collect();
    let all = all.as_array().map(Vec::as_slice).unwrap_or_default();
    let started = all.iter().filter(|scenario| {
        let trigger = scenario
            .get("trigger")
            .map(Value::to_string)
            .unwrap_or_default();
        let active = scenario.get("isActive").map(text).as_deref() == Some("1");
        active && marks.iter().any(|mark| trigger.contains(mark))
    });
    Ok(started
        .filter_map(|scenario| {
            Some(Scenario {
                id: number(scenario.get("id")?)?,
                name: clean(scenario.get("name")?.as_str()?),
            })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(version: &str) -> Option<u16> {
        match of_version(version)? {
            Warning::DeletesSince { year, .. } => Some(year),
            _ => Some(0),
        }
    }

    #[test]
    fn cores_that_delete_the_rows_of_a_year_are_known_by_their_version() {
        for (version, deletes) in [
            ("3.3.59", Some(2020)),
            ("4.1.8", Some(2025)),
            ("4.4.2", Some(2025)),
            ("4.4.19", Some(2026)),
            ("4.5", Some(2026)),
            ("4.5.3", None),
            ("4.6.0-beta", None),
            ("5", None),
            ("beta", Some(0)),
        ] {
            assert_eq!(year(version), deletes, "{version}");
        }
    }
}
