//! The plugin MQTT Manager: what comes within one cycle of its daemon is merged
//! by topic, and nothing is confirmed.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Jeedom;

/// A daemon that listens to `<root>/cmd/set/<id>`.
pub struct Manager {
    jeedom: Jeedom,
    root: String,
    /// The cycle under way: since when, and what came by topic.
    begun: Option<Timestamp>,
    came: BTreeMap<String, Value>,
}

/// How long its daemon gathers messages.
const CYCLE: SignedDuration = SignedDuration::from_millis(300);

impl Manager {
    /// One that fills this Jeedom.
    pub fn new(jeedom: Jeedom, root: &str) -> Self {
        Self {
            jeedom,
            root: root.to_owned(),
            begun: None,
            came: BTreeMap::new(),
        }
    }

    /// A message comes in.
    pub fn take(&mut self, topic: &str, payload: &[u8], now: Timestamp) {
        self.pass(now);
        let text = String::from_utf8_lossy(payload).into_owned();
        let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
        self.begun.get_or_insert(now);
        // Fields that come again replace those of the message before.
        match (self.came.get_mut(topic), value) {
            (Some(Value::Object(held)), Value::Object(new)) => held.extend(new),
            (_, value) => {
                self.came.insert(topic.to_owned(), value);
            }
        }
    }

    /// Time passes: a cycle that has ended goes to the core.
    pub fn pass(&mut self, now: Timestamp) {
        let over = |begun: Timestamp| now.duration_since(begun) >= CYCLE;
        if !self.begun.is_some_and(over) {
            return;
        }
        self.begun = None;
        for (topic, value) in std::mem::take(&mut self.came) {
            let id = topic.strip_prefix(&format!("{}/cmd/set/", self.root));
            let Some(id) = id.and_then(|id| id.parse().ok()) else {
                continue;
            };
            let (value, at) = match value {
                Value::Object(fields) => (
                    fields.get("value").cloned(),
                    fields
                        .get("datetime")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                ),
                value => (Some(value), None),
            };
            self.jeedom
                .inside(|core| core.event(id, value.as_ref(), at.as_deref(), now));
        }
    }
}
