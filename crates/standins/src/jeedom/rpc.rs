//! JSON-RPC: HTTP 200 whatever happens, and errors under the id 99999.

use axum::body::Bytes;
use axum::extract::Query;
use axum::http::{Request, Uri, header};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::Reply;
use super::core::{Command, Core, Equipment, text};
use super::describe::After;
use super::values;

/// A code as it was thrown, and its words.
struct Thrown(i64, String);

type Answer = Result<Value, Thrown>;

const REFUSED: &str = "Vous n'êtes pas autorisé à effectuer cette action";

impl Core {
    pub(super) fn post(&mut self, request: &Request<Bytes>, now: Timestamp) -> Reply {
        let call: Value = serde_json::from_str(&body(request)).unwrap_or(Value::Null);
        let id = call.get("id").cloned().unwrap_or(Value::Null);
        Reply::json(&match self.run(&call, now) {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            Err(Thrown(code, message)) => json!({
                "jsonrpc": "2.0",
                "id": 99999,
                "error": { "code": -32000 - code, "message": message },
            }),
        })
    }

    fn run(&mut self, call: &Value, now: Timestamp) -> Answer {
        if !self.options.json_rpc {
            return Err(Thrown(-32001, format!("{REFUSED} (JSON-RPC disable)")));
        }
        let version = call
            .get("jsonrpc")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if version != "2.0" {
            self.failed(now);
            let text = format!("Requête invalide. Version JSON-RPC invalide : {version}");
            return Err(Thrown(-32001, text));
        }
        let method = call
            .get("method")
            .and_then(Value::as_str)
            .unwrap_or_default();
        *self.calls.entry(method.to_owned()).or_default() += 1;
        if method == "ping" {
            return Ok("pong".into());
        }
        let empty = Map::new();
        let params = call
            .get("params")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let user = self.enter(params, now)?;
        if method.ends_with("::save") && user {
            return Err(Thrown(-32001, format!("{REFUSED} {method}")));
        }
        self.call(method, params, now)
    }

    /// Whether it is a user without rights who comes in.
    fn enter(&mut self, params: &Map<String, Value>, now: Timestamp) -> Result<bool, Thrown> {
        let key = match text(params, "apikey") {
            key if key.is_empty() => text(params, "api"),
            key => key,
        };
        let plugin = text(params, "plugin");
        let refused =
            |number: u8| Thrown(-32000 - i64::from(number), format!("{REFUSED} {number}"));
        if !plugin.is_empty() && plugin != "core" {
            if self
                .options
                .plugin_keys
                .get(&plugin)
                .is_some_and(|right| *right == key)
            {
                return Ok(false);
            }
            self.failed(now);
            return Err(Thrown(-32001, format!("{REFUSED} 1")));
        }
        if key == self.options.key {
            return Ok(false);
        }
        if self.options.user_keys.contains(&key) {
            return Ok(true);
        }
        self.failed(now);
        Err(refused(2))
    }

    fn call(&mut self, method: &str, params: &Map<String, Value>, now: Timestamp) -> Answer {
        match method {
            "version" => Ok(self.options.version.as_str().into()),
            "datetime" => Ok(json!(now.as_millisecond() as f64 / 1000.0)),
            "config::byKey" => {
                let value = self.options.settings.get(&text(params, "key"));
                Ok(value
                    .cloned()
                    .unwrap_or_else(|| text(params, "default"))
                    .into())
            }
            "scenario::all" => Ok(self.scenarios.iter().map(scenario).collect()),
            "eqLogic::byType" => {
                let kind = text(params, "type");
                let of = |one: &&Equipment| text(&one.fields, "eqType_name") == kind;
                let found = self.equipments.values().filter(of);
                Ok(found.map(|one| one.describe(After::Read)).collect())
            }
            "eqLogic::fullById" => self.full(number(params, "id")),
            "eqLogic::save" => self.save_equipment(params, now),
            "cmd::byEqLogicId" => Ok(self.commands_of(number(params, "eqLogic_id")).into()),
            "cmd::save" => self.save_command(params),
            "cmd::event" => {
                let id = self.known(params)?;
                let at = text(params, "datetime");
                self.event(id, params.get("value"), Some(&at), now);
                Ok("ok".into())
            }
            "cmd::getHistory" => self.rows(params),
            "cmd::execCmd" => self.current(params),
            _ => Err(Thrown(
                -32500,
                format!("Aucune méthode correspondante : {method}"),
            )),
        }
    }

    fn known(&self, params: &Map<String, Value>) -> Result<u64, Thrown> {
        let id = number(params, "id");
        if self.commands.contains_key(&id) {
            return Ok(id);
        }
        let id = text(params, "id");
        Err(Thrown(-32702, format!("Commande introuvable : {id}")))
    }

    fn full(&self, id: u64) -> Answer {
        let Some(found) = self.equipments.get(&id) else {
            return Err(Thrown(-32602, format!("EqLogic introuvable : {id}")));
        };
        let mut described = found.describe(After::Read);
        described["cmds"] = self.commands_of(id).into();
        Ok(described)
    }

    fn save_equipment(&mut self, params: &Map<String, Value>, now: Timestamp) -> Answer {
        let plugin = text(params, "eqType_name");
        self.class(&plugin)?;
        let known = self.equipments.contains_key(&number(params, "id"));
        let id = if known {
            number(params, "id")
        } else {
            self.next_equipment
        };
        let name = text(params, "name");
        let twin = self
            .equipments
            .values()
            .find(|one| text(&one.fields, "name") == name);
        if twin.is_some_and(|twin| twin.id != id) {
            return Err(duplicate(&format!("{name}-")));
        }
        if !known {
            self.next_equipment += 1;
            let mut fields = Map::new();
            let made = json!({ "createtime": values::clock(now) });
            fields.insert("configuration".to_owned(), made);
            self.equipments.insert(
                id,
                Equipment {
                    id,
                    fields,
                    communicated: None,
                },
            );
            if plugin == "virtual" {
                self.refresh(id);
            }
        }
        let Some(equipment) = self.equipments.get_mut(&id) else {
            return Ok(Value::Null);
        };
        take(&mut equipment.fields, params);
        let equipment = equipment.clone();
        Ok(equipment.describe(After::Save))
    }

    /// The action that the plugin Virtual gives each of its equipments.
    fn refresh(&mut self, equipment: u64) {
        let fields = json!({
            "eqType_name": "virtual", "name": "Rafraichir", "logicalId": "refresh",
            "type": "action", "subType": "other", "isVisible": "1",
            "display": { "showStatsOnmobile": 0, "showStatsOndashboard": 0 },
        });
        if let Value::Object(fields) = fields {
            self.insert_command(equipment, fields);
        }
    }

    /// Installs a command without the API, as a plugin does.
    pub(super) fn insert_command(&mut self, equipment: u64, fields: Map<String, Value>) -> u64 {
        let id = self.next_command;
        self.next_command += 1;
        self.commands.insert(
            id,
            Command {
                id,
                equipment,
                fields,
                current: None,
            },
        );
        id
    }

    /// An equipment of another plugin, with its commands: what that plugin makes.
    pub fn install(&mut self, equipment: &Value, commands: &[Value]) -> u64 {
        let id = self.next_equipment;
        self.next_equipment += 1;
        let fields = equipment.as_object().cloned().unwrap_or_default();
        self.equipments.insert(
            id,
            Equipment {
                id,
                fields,
                communicated: None,
            },
        );
        for command in commands {
            self.insert_command(id, command.as_object().cloned().unwrap_or_default());
        }
        id
    }

    fn class(&self, plugin: &str) -> Result<(), Thrown> {
        if self.options.plugins.contains(plugin) {
            return Ok(());
        }
        let text = format!("Type incorrect (classe commande inexistante){plugin}Cmd");
        Err(Thrown(0, text))
    }

    fn save_command(&mut self, params: &Map<String, Value>) -> Answer {
        self.class(&text(params, "eqType_name"))?;
        let equipment = number(params, "eqLogic_id");
        let (asked, name) = (number(params, "id"), text(params, "name"));
        let twin = self.commands.values().find(|command| {
            command.equipment == equipment
                && text(&command.fields, "name") == name
                && command.id != asked
        });
        if twin.is_some() {
            return Err(duplicate(&format!("{equipment}-{name}")));
        }
        let id = if self.commands.contains_key(&asked) {
            asked
        } else {
            self.insert_command(equipment, Map::new())
        };
        let Some(command) = self.commands.get_mut(&id) else {
            return Ok(Value::Null);
        };
        take(&mut command.fields, params);
        // Without a history there is none: what was there is deleted.
        if text(&command.fields, "isHistorized") != "1" {
            self.history.retain(|(of, _), _| *of != id);
        }
        Ok(self
            .commands
            .get(&id)
            .map_or(Value::Null, |command| command.describe(After::Save)))
    }

    fn rows(&self, params: &Map<String, Value>) -> Answer {
        let id = self.known(params)?;
        let (from, to) = (text(params, "startTime"), text(params, "endTime"));
        let rows = self.history_of(id).into_iter();
        let within = rows.filter(|(at, _)| *at >= from && (to.is_empty() || *at <= to));
        Ok(within
            .map(|(at, value)| json!({ "cmd_id": id, "value": value, "datetime": at }))
            .collect())
    }

    fn current(&self, params: &Map<String, Value>) -> Answer {
        let Some(Value::Array(ids)) = params.get("id") else {
            let id = self.known(params)?;
            return Ok(self.shown(id));
        };
        let mut all = Map::new();
        for id in ids {
            let one = Map::from_iter([("id".to_owned(), id.clone())]);
            let id = self.known(&one)?;
            all.insert(id.to_string(), self.shown(id));
        }
        Ok(if all.is_empty() {
            json!([])
        } else {
            all.into()
        })
    }

    fn shown(&self, id: u64) -> Value {
        match self.current_of(id) {
            Some((value, at)) => json!({ "value": value, "collectDate": at }),
            None => json!({ "value": "", "collectDate": "" }),
        }
    }
}

fn scenario(scenario: &super::Scenario) -> Value {
    json!({
        "id": scenario.id.to_string(),
        "name": scenario.name,
        "isActive": if scenario.is_active { "1" } else { "0" },
        "trigger": scenario.trigger,
    })
}

/// Fields that hold several values are merged, the others replaced.
fn take(fields: &mut Map<String, Value>, params: &Map<String, Value>) {
    const NOT_OURS: [&str; 6] = ["id", "apikey", "api", "plugin", "eqLogic_id", "cmd"];
    for (name, value) in params {
        match value {
            _ if NOT_OURS.contains(&name.as_str()) => {}
            Value::Object(values) => {
                for (inner, value) in values {
                    super::core::merge(fields, name, inner, value.clone());
                }
            }
            value => {
                fields.insert(name.clone(), value.clone());
            }
        }
    }
}

fn duplicate(entry: &str) -> Thrown {
    let text = format!(
        "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '{entry}' for key 'unique'"
    );
    Thrown(23000, text)
}

fn number(params: &Map<String, Value>, name: &str) -> u64 {
    text(params, name).parse().unwrap_or(0)
}

/// The call is the body, or the form field `request`.
fn body(request: &Request<Bytes>) -> String {
    let body = String::from_utf8_lossy(request.body()).into_owned();
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return body;
    }
    let uri: Uri = format!("/?{body}").parse().unwrap_or_default();
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(&uri);
    let pairs = pairs.map_or_else(|_| Vec::new(), |query| query.0);
    let found = pairs.into_iter().find(|(name, _)| name == "request");
    found.map(|(_, value)| value).unwrap_or_default()
}
