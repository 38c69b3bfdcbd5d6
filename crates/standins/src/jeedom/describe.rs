//! Equipments and commands as the API describes them: ids and flags are text
//! right after a save and numbers when they are read.

use serde_json::{Map, Value, json};

use super::core::{Command, Core, Equipment, text};

/// In answer to what an object is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Save,
    Read,
}

impl After {
    fn id(self, id: u64) -> Value {
        match self {
            Self::Save => id.to_string().into(),
            Self::Read => id.into(),
        }
    }

    fn flag(self, fields: &Map<String, Value>, name: &str) -> Value {
        let text = text(fields, name);
        let text = if text.is_empty() {
            "0".to_owned()
        } else {
            text
        };
        match self {
            Self::Save => text.into(),
            Self::Read => text.parse::<u64>().unwrap_or(0).into(),
        }
    }
}

impl Equipment {
    pub(super) fn describe(&self, after: After) -> Value {
        let fields = &self.fields;
        let or = |name: &str, other: Value| fields.get(name).cloned().unwrap_or(other);
        let status = match &self.communicated {
            Some(at) => json!({
                "lastCommunication": at, "timeout": 0, "warning": 0, "danger": 0,
            }),
            None => json!([]),
        };
        json!({
            "id": after.id(self.id),
            "name": text(fields, "name"),
            "logicalId": text(fields, "logicalId"),
            "generic_type": or("generic_type", Value::Null),
            "object_id": or("object_id", Value::Null),
            "eqType_name": text(fields, "eqType_name"),
            "eqReal_id": Value::Null,
            "isVisible": after.flag(fields, "isVisible"),
            "isEnable": after.flag(fields, "isEnable"),
            "configuration": empty_as_list(or("configuration", json!([]))),
            "timeout": 0,
            "category": or("category", json!([])),
            "display": or("display", json!([])),
            "order": 9999,
            "comment": Value::Null,
            "tags": Value::Null,
            "status": status,
        })
    }
}

impl Command {
    pub(super) fn describe(&self, after: After) -> Value {
        let fields = &self.fields;
        let or = |name: &str, other: Value| fields.get(name).cloned().unwrap_or(other);
        let historized = text(fields, "isHistorized");
        let default = json!({ "dashboard": "default", "mobile": "default" });
        let mut described = json!({
            "id": after.id(self.id),
            "logicalId": text(fields, "logicalId"),
            "generic_type": or("generic_type", Value::Null),
            "eqType": text(fields, "eqType_name"),
            "name": text(fields, "name"),
            "order": 0,
            "type": text(fields, "type"),
            "subType": text(fields, "subType"),
            "eqLogic_id": after.id(self.equipment),
            "isHistorized": if historized.is_empty() { "0" } else { &historized },
            "unite": text(fields, "unite"),
            "configuration": empty_as_list(or("configuration", json!([]))),
            "template": or("template", default),
            "display": or("display", json!([])),
            "value": Value::Null,
            "isVisible": after.flag(fields, "isVisible"),
            "alert": [],
        });
        if after == After::Read {
            let current = self.current.as_ref().map(|(value, _)| value.clone());
            described["currentValue"] = current.unwrap_or(Value::Null);
        }
        described
    }
}

impl Core {
    /// The commands of an equipment, by name.
    pub(super) fn commands_of(&self, equipment: u64) -> Vec<Value> {
        let of = |command: &&Command| command.equipment == equipment;
        let mut commands: Vec<_> = self.commands.values().filter(of).collect();
        commands.sort_by_key(|command| text(&command.fields, "name"));
        let read = |command: &Command| command.describe(After::Read);
        commands.into_iter().map(read).collect()
    }
}

/// PHP has one empty array for both.
fn empty_as_list(value: Value) -> Value {
    match value {
        Value::Object(object) if object.is_empty() => json!([]),
        other => other,
    }
}
