//! A settings tree against its shape: each key known, each value of its kind.
//!
//! What is refused is taken out, so that the rest can be read and its own
//! problems told in the same breath.

use std::collections::BTreeMap;

use super::draft::Context;
use super::problem::Problem;
use super::shape::{Fields, Shape};
use super::tree::{Node, Origin, Table, Value};

/// Reports what does not fit; false when the value itself must be taken out.
pub(super) fn check(node: &mut Node, shape: &Shape, key: &str, context: &mut Context) -> bool {
    match (&mut node.value, shape) {
        (Value::Text(_), Shape::Text { choices }) => choice(node, choices, key, context),
        (Value::Integer(number), Shape::Integer { min, max }) => {
            let fits = (min..=max).contains(&&*number);
            if !fits {
                let problem = Problem::new("config-out-of-range")
                    .with("key", key)
                    .with("min", min.to_string())
                    .with("max", max.to_string());
                context.problem(problem, &node.origin);
            }
            fits
        }
        (Value::Boolean(_), Shape::Boolean) | (_, Shape::Any) => true,
        (Value::List(items), Shape::List(inner)) => {
            items.retain_mut(|item| check(item, inner, key, context));
            true
        }
        (Value::Table(table), Shape::Table(fields)) => {
            check_fields(table, &node.origin, fields, key, context);
            true
        }
        (Value::Table(table), Shape::Map(inner)) => {
            retain(table, |name, entry| {
                check(&mut entry.node, inner, name, context)
            });
            true
        }
        (Value::Table(table), Shape::Tagged { tag, variants }) => {
            check_tagged(table, &node.origin, (tag, variants), key, context)
        }
        (_, shape) => {
            context.problem(wrong_kind(node, shape, key), &node.origin);
            false
        }
    }
}

fn choice(node: &Node, choices: &[String], key: &str, context: &mut Context) -> bool {
    let Value::Text(text) = &node.value else {
        return false;
    };
    let fits = choices.is_empty() || choices.contains(text);
    if !fits {
        let problem = Problem::new("config-choice")
            .with("key", key)
            .with("value", text)
            .with("choices", choices.join(", "));
        context.problem(problem, &node.origin);
    }
    fits
}

fn check_fields(
    table: &mut Table,
    origin: &Origin,
    fields: &Fields,
    name: &str,
    context: &mut Context,
) {
    retain(table, |key, entry| {
        let Some(shape) = fields.shapes.get(key) else {
            let known: Vec<_> = fields.shapes.keys().map(String::as_str).collect();
            context.problem(unknown_key(key, &known), &entry.key);
            return false;
        };
        check(&mut entry.node, shape, key, context)
    });
    for key in &fields.required {
        if !table.entries.contains_key(key) && !table.spoiled.contains(key) {
            let problem = missing(key, fields.shapes.get(key), name);
            context.problem(problem, origin);
        }
    }
}

/// A key that must be there, in the table of that name or above all of them.
fn missing(key: &str, shape: Option<&Shape>, table: &str) -> Problem {
    let is_section = matches!(shape, Some(Shape::Table(_) | Shape::Tagged { .. }));
    let name = match (table, is_section) {
        ("", true) => "config-missing-section",
        ("", false) => "config-missing-at-top",
        _ => "config-missing-key",
    };
    let problem = Problem::new(name).with("key", key);
    match table {
        "" => problem,
        _ => problem.with("table", table),
    }
}

/// Without its tag a table cannot be read, but its keys can be told.
fn check_tagged(
    table: &mut Table,
    origin: &Origin,
    (tag, variants): (&str, &BTreeMap<String, Fields>),
    name: &str,
    context: &mut Context,
) -> bool {
    let chosen = match table.entries.get(tag).map(|entry| &entry.node.value) {
        Some(Value::Text(word)) => variants.get(word),
        _ => None,
    };
    if let Some(fields) = chosen {
        check_fields(table, origin, fields, name, context);
        return true;
    }
    let mut every = Fields::default();
    for fields in variants.values() {
        every.shapes.extend(fields.shapes.clone());
    }
    let choices = variants.keys().cloned().collect();
    every.shapes.insert(tag.to_owned(), Shape::Text { choices });
    every.required.insert(tag.to_owned());
    check_fields(table, origin, &every, name, context);
    false
}

fn retain(table: &mut Table, mut keep: impl FnMut(&str, &mut super::tree::Entry) -> bool) {
    let spoiled = &mut table.spoiled;
    table.entries.retain(|key, entry| {
        let kept = keep(key, entry);
        if !kept {
            spoiled.insert(key.clone());
        }
        kept
    });
}

fn unknown_key(key: &str, known: &[&str]) -> Problem {
    let problem = Problem::new("config-unknown-key").with("key", key);
    match nearest(key, known) {
        Some(near) => problem.with("nearest", near).advise("config-did-you-mean"),
        None => problem
            .with("known", known.join(", "))
            .advise("config-known-keys"),
    }
}

/// The known word that was probably meant.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .iter()
        .map(|candidate| {
            (
                strsim::jaro_winkler(&word, &candidate.to_lowercase()),
                *candidate,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

fn wrong_kind(node: &Node, shape: &Shape, key: &str) -> Problem {
    let problem = Problem::new("config-wrong-kind")
        .with("key", key)
        .with_message("expected", kind(shape))
        .with_message("found", node.value.kind());
    if matches!(node.origin, Origin::Env(_)) {
        return problem;
    }
    match (shape, &node.value) {
        (
            Shape::Text { .. },
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Date,
        ) => problem.advise("config-wrong-kind-quote"),
        (Shape::Integer { .. } | Shape::Boolean, Value::Text(_)) => {
            problem.advise("config-wrong-kind-unquote")
        }
        (Shape::List(_), Value::Table(_)) => problem.advise("config-wrong-kind-double"),
        (Shape::Table(_), Value::List(_)) => problem.advise("config-wrong-kind-single"),
        _ => problem,
    }
}

/// The message that names what a shape expects.
fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text { .. } | Shape::Any => "config-kind-text",
        Shape::Integer { .. } => "config-kind-integer",
        Shape::Boolean => "config-kind-boolean",
        Shape::List(_) => "config-kind-list",
        Shape::Table(_) | Shape::Map(_) | Shape::Tagged { .. } => "config-kind-table",
    }
}
