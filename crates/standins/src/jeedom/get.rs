//! The HTTP doors: they read, and stamp what they are given with now. None of
//! them takes a date.

use axum::extract::Query;
use axum::http::Uri;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Reply;
use super::core::Core;
use super::values;

type Pairs = Vec<(String, String)>;

impl Core {
    pub(super) fn get(&mut self, query: &str, now: Timestamp) -> Reply {
        let uri: Uri = format!("/?{query}").parse().unwrap_or_default();
        let pairs = Query::<Pairs>::try_from_uri(&uri).map_or_else(|_| Vec::new(), |query| query.0);
        let of = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let right = match of("plugin") {
            "" => of("apikey") == self.options.key,
            plugin => self
                .options
                .plugin_keys
                .get(plugin)
                .is_some_and(|key| key == of("apikey")),
        };
        if !right {
            self.failed(now);
            let text = "Vous n'êtes pas autorisé à effectuer cette action 1, IP : 127.0.0.1";
            return Reply {
                delay: SignedDuration::from_secs(5),
                ..Reply::page(200, text)
            };
        }
        let id = of("id").parse().unwrap_or(0);
        match (of("plugin"), of("type")) {
            ("", "cmd") => self.read_one(id),
            ("virtual", "virtual") => {
                let value = Value::String(of("value").to_owned());
                self.event(id, Some(&value), None, now);
                Reply::page(200, "")
            }
            // The core knows no such type and says nothing about it.
            _ => Reply::page(200, ""),
        }
    }

    fn read_one(&self, id: u64) -> Reply {
        match self.commands.get(&id) {
            Some(command) => {
                let value = command.current.as_ref().map(|(value, _)| value);
                Reply::page(200, value.map(shown).unwrap_or_default())
            }
            None => Reply::page(200, format!("Commande introuvable : {id}")),
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => values::write(number.as_f64().unwrap_or(0.0)),
        Value::String(text) => text.clone(),
        _ => String::new(),
    }
}
