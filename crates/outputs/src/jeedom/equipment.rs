//! An equipment and its commands as Jeedom describes them: ids come as text or
//! as numbers, flags as `"1"` or `1`, an empty configuration as `[]`.

use serde_json::{Map, Value, json};

use super::decimal::Decimal;
use super::error::JeedomError;
use super::rpc::{Jeedom, number, text};

/// An equipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equipment {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its logical id; ours has one, others may not.
    pub logical_id: String,
    /// The plugin that it belongs to.
    pub plugin: String,
    /// Whether it takes values.
    pub is_enabled: bool,
    /// The usage point that the Enedis plugin collects for it, if it says one.
    pub usage_point: Option<String>,
    /// Its commands; only a full description has them.
    pub commands: Vec<Held>,
}

/// A command of an equipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its logical id.
    pub logical_id: String,
    /// Whether it is an information, and not an action.
    pub is_info: bool,
    /// Its subtype: `numeric`, `string`…
    pub subtype: String,
    /// Its unit.
    pub unit: String,
    /// Whether Jeedom keeps its history.
    pub is_historized: bool,
    /// How Jeedom keeps it.
    pub mode: Mode,
    /// Decimals that Jeedom rounds to.
    pub decimals: Option<u32>,
    /// What Jeedom makes of a value.
    pub offset: Offset,
    /// After how long Jeedom deletes its history, in Jeedom's words.
    pub purge: Option<String>,
    /// Its configuration, as Jeedom gave it.
    pub configuration: Map<String, Value>,
}

/// `historizeMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Every value is kept at its second, and replaced by a later one.
    None,
    /// Values are moved to five minutes, mixed with each other, and archived by
    /// the hour. This is the default.
    Mixing,
}

/// `calculValueOffset`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offset {
    /// The value as it is.
    Plain,
    /// `#value#/1000`.
    Thousandth,
    /// A formula that we cannot turn round.
    Other(String),
}

impl Held {
    /// What is to be sent so that this value is stored; `None` under a formula
    /// that is not known.
    pub fn sent(&self, stored: Decimal) -> Option<Decimal> {
        match &self.offset {
            Offset::Plain => Some(stored),
            Offset::Thousandth => Some(stored.times_thousand()),
            Offset::Other(_) => None,
        }
    }

    /// A value in kW, kWh or kVA as this command stores it: in its own unit and
    /// with its decimals.
    pub fn stored(&self, value: Decimal) -> Decimal {
        let value = match self.unit.trim() {
            "W" | "Wh" | "VA" => value.times_thousand(),
            _ => value,
        };
        self.decimals
            .map_or(value, |decimals| value.rounded(decimals))
    }

    fn read(value: &Value) -> Option<Self> {
        let field = |name: &str| text(value.get(name).unwrap_or(&Value::Null));
        let option = |name: &str| {
            let found = value.get("configuration").and_then(|all| all.get(name));
            found.map(text).filter(|text| !text.is_empty())
        };
        Some(Self {
            id: number(value.get("id")?)?,
            name: field("name"),
            logical_id: field("logicalId"),
            is_info: field("type") == "info",
            subtype: field("subType"),
            unit: field("unite"),
            is_historized: field("isHistorized") == "1",
            mode: match option("historizeMode").as_deref() {
                Some("none") => Mode::None,
                _ => Mode::Mixing,
            },
            decimals: option("historizeRound").and_then(|text| text.parse().ok()),
            offset: offset(option("calculValueOffset")),
            purge: option("historyPurge").filter(|purge| purge != "-1"),
            configuration: match value.get("configuration") {
                Some(Value::Object(all)) => all.clone(),
                _ => Map::new(),
            },
        })
    }
}

fn offset(formula: Option<String>) -> Offset {
    let Some(formula) = formula else {
        return Offset::Plain;
    };
    let plain: String = formula.chars().filter(|c| !c.is_whitespace()).collect();
    match plain.as_str() {
        "#value#" | "#value#*1" | "#value#/1" => Offset::Plain,
        "#value#/1000" | "#value#*0.001" => Offset::Thousandth,
        _ => Offset::Other(formula),
    }
}

impl Equipment {
    /// The command of a logical id.
    pub fn command(&self, logical_id: &str) -> Option<&Held> {
        let mut commands = self.commands.iter();
        commands.find(|command| command.logical_id == logical_id)
    }

    fn read(value: &Value) -> Option<Self> {
        let field = |name: &str| text(value.get(name).unwrap_or(&Value::Null));
        let commands = value.get("cmds").and_then(Value::as_array);
        let configuration = value.get("configuration");
        let usage_point = configuration.and_then(|all| all.get("usage_point_id"));
        Some(Self {
            id: number(value.get("id")?)?,
            name: field("name"),
            logical_id: field("logicalId"),
            plugin: field("eqType_name"),
            is_enabled: field("isEnable") == "1",
            usage_point: usage_point.map(text).filter(|text| !text.is_empty()),
            commands: commands
                .map(|all| all.iter().filter_map(Held::read).collect())
                .unwrap_or_default(),
        })
    }
}

impl Jeedom {
    /// The equipments of a plugin, without their commands.
    pub async fn equipments(&self, plugin: &str) -> Result<Vec<Equipment>, JeedomError> {
        let found = self
            .call("eqLogic::byType", json!({ "type": plugin }))
            .await?;
        let all = found.as_array().ok_or(JeedomError::Shape {
            method: "eqLogic::byType",
            what: "list",
        })?;
        Ok(all.iter().filter_map(Equipment::read).collect())
    }

    /// An equipment with its commands.
    pub async fn equipment(&self, id: u64) -> Result<Equipment, JeedomError> {
        let params = json!({ "id": id.to_string() });
        let found = self.call("eqLogic::fullById", params).await?;
        Equipment::read(&found)
            .filter(|found| found.id == id)
            .ok_or(JeedomError::Shape {
                method: "eqLogic::fullById",
                what: "equipment",
            })
    }

    /// Saves an equipment: a new one, or with its `id` changes of one.
    pub(super) async fn save_equipment(
        &self,
        fields: Map<String, Value>,
    ) -> Result<Equipment, JeedomError> {
        let saved = self.call("eqLogic::save", Value::Object(fields)).await?;
        Equipment::read(&saved).ok_or(JeedomError::Shape {
            method: "eqLogic::save",
            what: "equipment",
        })
    }

    /// Saves a command, likewise.
    pub(super) async fn save_command(
        &self,
        fields: Map<String, Value>,
    ) -> Result<Held, JeedomError> {
        let saved = self.call("cmd::save", Value::Object(fields)).await?;
        Held::read(&saved).ok_or(JeedomError::Shape {
            method: "cmd::save",
            what: "command",
        })
    }
}
