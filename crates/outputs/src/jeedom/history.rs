//! A command's history as Jeedom tells it, and one dated value as it is sent.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::decimal::Decimal;
use super::error::JeedomError;
use super::rpc::{Jeedom, text};

/// Jeedom's own form of a date; with any other it is lost or shifted.
const FORM: &str = "%Y-%m-%d %H:%M:%S";

/// What a command's history holds. A row that is no number has none: it is
/// different from every value of ours.
pub type History = BTreeMap<DateTime, Option<Decimal>>;

/// What a command shows now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Current {
    /// Its value.
    pub value: String,
    /// The date of the last value that Jeedom was sent, where it has one.
    pub collected: Option<DateTime>,
}

/// A date as Jeedom writes it.
pub(super) fn write(at: DateTime) -> String {
    at.strftime(FORM).to_string()
}

fn read(text: &str) -> Option<DateTime> {
    DateTime::strptime(FORM, text).ok()
}

impl Jeedom {
    /// The rows of a command between two dates, both included.
    pub async fn history(
        &self,
        id: u64,
        (from, to): (DateTime, DateTime),
    ) -> Result<History, JeedomError> {
        const METHOD: &str = "cmd::getHistory";
        let params = json!({
            "id": id.to_string(),
            "startTime": write(from),
            "endTime": write(to),
        });
        let found = self.call(METHOD, params).await?;
        let rows = found.as_array().ok_or(JeedomError::Shape {
            method: METHOD,
            what: "list",
        })?;
        let row = |row: &Value| {
            let at = read(row.get("datetime")?.as_str()?)?;
            Some((at, Decimal::read(&text(row.get("value")?))))
        };
        Ok(rows.iter().filter_map(row).collect())
    }

    /// The current values of commands.
    pub async fn current(&self, ids: &[u64]) -> Result<BTreeMap<u64, Current>, JeedomError> {
        const METHOD: &str = "cmd::execCmd";
        let texts: Vec<_> = ids.iter().map(ToString::to_string).collect();
        let found = self
            .call(METHOD, json!({ "id": texts, "options": null }))
            .await?;
        let mut currents = BTreeMap::new();
        for id in ids {
            let one = if let Some(one) = found.get(id.to_string()) {
                current(one)
            } else {
                // A core that does not take a list of ids.
                let params = json!({ "id": id.to_string(), "options": null });
                current(&self.call(METHOD, params).await?)
            };
            currents.insert(*id, one);
        }
        Ok(currents)
    }

    /// Sends a value. Jeedom answers « ok » whether or not it stores it.
    pub async fn event(
        &self,
        id: u64,
        value: &str,
        at: Option<DateTime>,
    ) -> Result<(), JeedomError> {
        let mut params = json!({ "id": id.to_string(), "value": value });
        if let Some(at) = at {
            params["datetime"] = write(at).into();
        }
        self.call("cmd::event", params).await?;
        Ok(())
    }
}

fn current(value: &Value) -> Current {
    let field = |name| value.get(name).map(text).unwrap_or_default();
    Current {
        value: field("value"),
        collected: read(&field("collectDate")),
    }
}
