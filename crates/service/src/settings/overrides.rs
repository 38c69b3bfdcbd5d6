//! Environment variables laid over the file: `PREFIX_` and the keys, `__`
//! between levels, in capitals, `_` for `-`.

use std::ffi::OsString;

use super::check::nearest;
use super::draft::Context;
use super::problem::{Place, Problem};
use super::shape::{Fields, Shape};
use super::tree::{Entry, Node, Origin, Table, Value};
use crate::Env;

/// Lays every variable that names a setting over the tree. One that names none
/// is only warned about: containers inherit such names (a service called like
/// the program sets `PREFIX_PORT`), and must start all the same.
pub(super) fn overlay(
    root: &mut Node,
    shape: &Shape,
    (prefix, reserved): (&str, &[&str]),
    env: &dyn Env,
    context: &mut Context,
) {
    for (name, value) in env.with_prefix(prefix) {
        if reserved.contains(&name.as_str()) {
            continue;
        }
        let path: Vec<_> = name[prefix.len()..].split("__").map(normal).collect();
        if leaf(shape, &path).is_none() {
            context
                .warnings
                .push(unknown(&name, prefix, &names(shape, root, "", "")));
            continue;
        }
        match text(&name, value) {
            Ok(text) => set(root, shape, &path, &text, &name),
            Err(problem) => context.problems.push(problem),
        }
    }
}

fn normal(key: &str) -> String {
    key.to_lowercase().replace('-', "_")
}

fn text(name: &str, value: OsString) -> Result<String, Problem> {
    value
        .into_string()
        .map_err(|_| Problem::new("config-env-not-text").at(Some(Place::Env(name.to_owned()))))
}

/// The prefix all share would make every name look near.
fn unknown(name: &str, prefix: &str, known: &[String]) -> Problem {
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    let problem = Problem::new("config-env-unknown").at(Some(Place::Env(name.to_owned())));
    match nearest(&name[prefix.len()..], &known) {
        Some(near) => problem
            .with("nearest", format!("{prefix}{near}"))
            .advise("config-did-you-mean"),
        None => problem,
    }
}

/// The shape that a path of normal keys leads to, when a text can set it.
fn leaf<'a>(shape: &'a Shape, path: &[String]) -> Option<&'a Shape> {
    let Some((step, rest)) = path.split_first() else {
        return settable(shape).then_some(shape);
    };
    match shape {
        Shape::Table(fields) => leaf(field(fields, step)?.1, rest),
        Shape::Tagged { tag, .. } if step == tag && rest.is_empty() => Some(shape),
        Shape::Tagged { variants, .. } => {
            let found = variants.values().find_map(|fields| field(fields, step))?;
            leaf(found.1, rest)
        }
        Shape::Map(inner) if !step.is_empty() => leaf(inner, rest),
        _ => None,
    }
}

/// Plain values, and lists of tables with one required key, which is then meant.
fn settable(shape: &Shape) -> bool {
    match shape {
        Shape::Text { .. } | Shape::Integer { .. } | Shape::Boolean => true,
        Shape::List(inner) => item_key(inner).is_some(),
        _ => false,
    }
}

fn item_key(item: &Shape) -> Option<&str> {
    match item {
        Shape::Table(fields) if fields.required.len() == 1 => {
            fields.required.first().map(String::as_str)
        }
        _ => None,
    }
}

fn field<'a>(fields: &'a Fields, step: &str) -> Option<(&'a str, &'a Shape)> {
    let mut shapes = fields.shapes.iter();
    shapes
        .find(|(key, _)| normal(key) == step)
        .map(|(key, shape)| (key.as_str(), shape))
}

/// Puts the text where the path leads, making tables on the way. A value in the
/// way that is no table is left for the check to refuse.
fn set(node: &mut Node, shape: &Shape, path: &[String], text: &str, variable: &str) {
    let Some((step, rest)) = path.split_first() else {
        node.value = value(shape, text, &node.value, variable);
        node.origin = Origin::Env(variable.to_owned());
        return;
    };
    let Value::Table(table) = &mut node.value else {
        return;
    };
    let (key, inner) = match shape {
        Shape::Table(fields) => match field(fields, step) {
            Some((key, inner)) => (key.to_owned(), inner),
            None => return,
        },
        Shape::Tagged { tag, variants } => {
            let found = variants.values().find_map(|fields| field(fields, step));
            match found {
                Some((key, inner)) => (key.to_owned(), inner),
                None => (tag.clone(), shape),
            }
        }
        Shape::Map(inner) => (existing(table, step), &**inner),
        _ => return,
    };
    let entry = table.entries.entry(key).or_insert_with(|| Entry {
        key: Origin::Env(variable.to_owned()),
        node: Node {
            origin: Origin::Env(variable.to_owned()),
            value: Value::Table(Table::default()),
        },
    });
    set(&mut entry.node, inner, rest, text, variable);
}

/// The name in the file that the variable means, else the variable's own.
fn existing(table: &Table, step: &str) -> String {
    let named = table.entries.keys().find(|key| normal(key) == step);
    named.cloned().unwrap_or_else(|| step.to_owned())
}

/// The text as the shape wants it; as text where it does not fit, so that the
/// check tells it like any other wrong value.
fn value(shape: &Shape, text: &str, old: &Value, variable: &str) -> Value {
    let parsed = match shape {
        Shape::Integer { .. } => text.trim().parse().map(Value::Integer).ok(),
        Shape::Boolean => text.trim().parse().map(Value::Boolean).ok(),
        Shape::List(inner) => item_key(inner).map(|key| list(key, text, old, variable)),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::Text(text.to_owned()))
}

/// A list from `a,b`: items of the file with the same key keep their other values.
fn list(key: &str, text: &str, old: &Value, variable: &str) -> Value {
    let words = text
        .split([',', ';'])
        .map(str::trim)
        .filter(|word| !word.is_empty());
    Value::List(words.map(|word| item(key, word, old, variable)).collect())
}

fn item(key: &str, word: &str, old: &Value, variable: &str) -> Node {
    let origin = || Origin::Env(variable.to_owned());
    let mut table = Table::default();
    if let Some(found) = same(key, word, old) {
        for (name, entry) in &found.entries {
            if let Value::Text(text) = &entry.node.value {
                let node = Node {
                    origin: entry.node.origin.clone(),
                    value: Value::Text(text.clone()),
                };
                let key = entry.key.clone();
                table.entries.insert(name.clone(), Entry { key, node });
            }
        }
    }
    let node = Node {
        origin: origin(),
        value: Value::Text(word.to_owned()),
    };
    table.entries.insert(
        key.to_owned(),
        Entry {
            key: origin(),
            node,
        },
    );
    Node {
        origin: origin(),
        value: Value::Table(table),
    }
}

fn same<'a>(key: &str, word: &str, old: &'a Value) -> Option<&'a Table> {
    let Value::List(items) = old else {
        return None;
    };
    let bare = |text: &str| text.replace(char::is_whitespace, "");
    items.iter().find_map(|item| match &item.value {
        Value::Table(table) => match &table.entries.get(key)?.node.value {
            Value::Text(text) if bare(text) == bare(word) => Some(table),
            _ => None,
        },
        _ => None,
    })
}

/// Every variable that would be known, without the prefix, for suggestions.
fn names(shape: &Shape, node: &Node, so_far: &str, joint: &str) -> Vec<String> {
    let under = |key: &str| format!("{so_far}{joint}{}", normal(key).to_uppercase());
    let next = |key: &str, shape: &Shape| match node.at(&[key]) {
        Some(inner) => names(shape, inner, &under(key), "__"),
        None if settable(shape) => vec![under(key)],
        None => Vec::new(),
    };
    let of = |fields: &Fields| -> Vec<String> {
        let shapes = fields.shapes.iter();
        shapes.flat_map(|(key, shape)| next(key, shape)).collect()
    };
    match shape {
        Shape::Table(fields) => of(fields),
        Shape::Tagged { variants, .. } => variants.values().flat_map(of).collect(),
        Shape::Map(inner) => match &node.value {
            Value::Table(table) => table
                .entries
                .keys()
                .flat_map(|key| next(key, inner))
                .collect(),
            _ => Vec::new(),
        },
        shape if settable(shape) => vec![so_far.to_owned()],
        _ => Vec::new(),
    }
}
