//! What an installation holds, who may come in, and who is locked out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::body::Bytes;
use axum::http::{Method, Request};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::Reply;

/// How an installation is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// What `version` answers.
    pub version: String,
    /// The core's key.
    pub key: String,
    /// Keys of plugins, by plugin.
    pub plugin_keys: BTreeMap<String, String>,
    /// Keys of users who are no administrators.
    pub user_keys: BTreeSet<String>,
    /// Whether the administrator lets JSON-RPC in.
    pub json_rpc: bool,
    /// Plugins that are installed and active.
    pub plugins: BTreeSet<String>,
    /// Whether our address is in a white-listed net, as private ones are.
    pub white_listed: bool,
    /// Settings of the core that `config::byKey` tells.
    pub settings: BTreeMap<String, String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            version: "4.1.8".to_owned(),
            key: "core-key".to_owned(),
            plugin_keys: BTreeMap::from([("virtual".to_owned(), "virtual-key".to_owned())]),
            user_keys: BTreeSet::from(["user-hash".to_owned()]),
            json_rpc: true,
            plugins: BTreeSet::from(["virtual".to_owned()]),
            white_listed: false,
            settings: BTreeMap::from([("timezone".to_owned(), "Europe/Paris".to_owned())]),
        }
    }
}

/// Something that goes wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing goes wrong.
    None,
    /// No answer in time; nothing was done.
    NoAnswer,
    /// The connection breaks after everything was done.
    LostAnswer,
    /// A page in place of JSON.
    Page {
        /// Its HTTP status.
        status: u16,
    },
    /// JSON that ends in its middle.
    Garbage,
}

/// A scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Whether it runs.
    pub is_active: bool,
    /// What starts it, such as `#15#`.
    pub trigger: Vec<String>,
}

/// An equipment as it is kept.
#[derive(Debug, Clone)]
pub struct Equipment {
    /// Its number.
    pub id: u64,
    /// Its fields as they were saved.
    pub fields: Map<String, Value>,
    /// The date of the last event, in the words of that event.
    pub communicated: Option<String>,
}

/// A command as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub id: u64,
    pub equipment: u64,
    pub fields: Map<String, Value>,
    pub current: Option<(Value, String)>,
}

/// An installation.
#[derive(Debug)]
pub struct Core {
    /// How it is set up; its owner may change that.
    pub options: Options,
    /// Its scenarios.
    pub scenarios: Vec<Scenario>,
    /// What goes wrong with the next calls.
    pub faults: VecDeque<Fault>,
    pub(super) equipments: BTreeMap<u64, Equipment>,
    pub(super) commands: BTreeMap<u64, Command>,
    pub(super) history: BTreeMap<(u64, String), String>,
    pub(super) next_equipment: u64,
    pub(super) next_command: u64,
    pub(super) calls: BTreeMap<String, u64>,
    pub(super) fired: Vec<u64>,
    failures: Vec<Timestamp>,
    banned_until: Option<Timestamp>,
}

impl Core {
    pub(super) fn new(options: Options) -> Self {
        Self {
            options,
            scenarios: Vec::new(),
            faults: VecDeque::new(),
            equipments: BTreeMap::new(),
            commands: BTreeMap::new(),
            history: BTreeMap::new(),
            next_equipment: 1,
            next_command: 1,
            calls: BTreeMap::new(),
            fired: Vec::new(),
            failures: Vec::new(),
            banned_until: None,
        }
    }

    /// The numbers that the next equipment and command get.
    pub fn count_from(&mut self, equipment: u64, command: u64) {
        (self.next_equipment, self.next_command) = (equipment, command);
    }

    /// Calls of a JSON-RPC method so far.
    pub fn calls_of(&self, method: &str) -> u64 {
        self.calls.get(method).copied().unwrap_or(0)
    }

    /// Calls so far, of every method.
    pub fn all_calls(&self) -> u64 {
        self.calls.values().sum()
    }

    /// The scenarios that events have started, in order.
    pub fn fired(&self) -> &[u64] {
        &self.fired
    }

    /// The command of a logical id, in an equipment or in any.
    pub fn command_id(&self, logical_id: &str) -> Option<u64> {
        let of = |command: &&Command| text(&command.fields, "logicalId") == logical_id;
        self.commands.values().find(of).map(|command| command.id)
    }

    /// Every equipment.
    pub fn equipments(&self) -> impl Iterator<Item = &Equipment> {
        self.equipments.values()
    }

    /// Changes a field of a command, as its owner would: `path` is a field, or
    /// `configuration.` and a name.
    pub fn change(&mut self, id: u64, path: &str, value: Value) {
        let Some(command) = self.commands.get_mut(&id) else {
            return;
        };
        match path.strip_prefix("configuration.") {
            Some(name) => merge(&mut command.fields, "configuration", name, value),
            None => {
                command.fields.insert(path.to_owned(), value);
            }
        }
    }

    /// Changes a field of an equipment, likewise.
    pub fn change_equipment(&mut self, id: u64, field: &str, value: Value) {
        if let Some(equipment) = self.equipments.get_mut(&id) {
            equipment.fields.insert(field.to_owned(), value);
        }
    }

    /// The rows of a command's history: date and value.
    pub fn history_of(&self, id: u64) -> Vec<(String, String)> {
        let of = self
            .history
            .range((id, String::new())..(id + 1, String::new()));
        of.map(|((_, at), value)| (at.clone(), value.clone()))
            .collect()
    }

    /// What a command shows: its value and the date of the last event.
    pub fn current_of(&self, id: u64) -> Option<(Value, String)> {
        self.commands.get(&id)?.current.clone()
    }

    pub(super) fn next_fault(&mut self) -> Option<Fault> {
        self.faults.pop_front()
    }

    pub(super) fn answer(&mut self, request: &Request<Bytes>, now: Timestamp) -> Reply {
        if self.banned_until.is_some_and(|until| now < until) {
            return Reply::page(404, "<html><body><h1>404 Not Found</h1></body></html>");
        }
        if request.uri().path() != "/core/api/jeeApi.php" {
            return Reply::page(404, "<html><body><h1>404 Not Found</h1></body></html>");
        }
        match *request.method() {
            Method::POST => self.post(request, now),
            _ => self.get(request.uri().query().unwrap_or_default(), now),
        }
    }

    /// A wrong key: three in five minutes lock the address out for ten.
    pub(super) fn failed(&mut self, now: Timestamp) {
        if self.options.white_listed {
            return;
        }
        let since = now - SignedDuration::from_secs(300);
        self.failures.retain(|at| *at > since);
        self.failures.push(now);
        if self.failures.len() >= 3 {
            self.failures.clear();
            self.banned_until = Some(now + SignedDuration::from_secs(600));
        }
    }
}

/// A field as text: PHP makes no difference between `"1"` and `1`.
pub(super) fn text(fields: &Map<String, Value>, name: &str) -> String {
    match fields.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(true)) => "1".to_owned(),
        _ => String::new(),
    }
}

/// A value of `configuration` as text.
pub(super) fn setting(fields: &Map<String, Value>, name: &str) -> String {
    match fields.get("configuration") {
        Some(Value::Object(all)) => text(all, name),
        _ => String::new(),
    }
}

/// Sets one value of a field that holds several; `[]` is an empty one.
pub(super) fn merge(fields: &mut Map<String, Value>, field: &str, name: &str, value: Value) {
    let held = fields.entry(field).or_insert_with(|| Map::new().into());
    if !held.is_object() {
        *held = Map::new().into();
    }
    held[name] = value;
}
