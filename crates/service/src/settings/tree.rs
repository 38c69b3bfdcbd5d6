//! The values of a settings file with where each was written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// In the file, at these bytes.
    File(Range<usize>),
    /// In this environment variable.
    Env(String),
}

/// A value and where it was written. Has no `Debug`: it may be a secret.
pub(super) struct Node {
    pub(super) origin: Origin,
    pub(super) value: Value,
}

pub(super) enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// Kept for its kind alone: no setting is a date.
    Date,
    List(Vec<Node>),
    Table(Table),
}

#[derive(Default)]
pub(super) struct Table {
    pub(super) entries: BTreeMap<String, Entry>,
    /// Keys whose value was refused and taken out.
    pub(super) spoiled: BTreeSet<String>,
}

pub(super) struct Entry {
    /// Where the key itself is.
    pub(super) key: Origin,
    pub(super) node: Node,
}

impl Node {
    /// The tree of a parsed document.
    pub(super) fn document(table: &Spanned<DeTable<'_>>) -> Self {
        Self {
            origin: Origin::File(table.span()),
            value: Value::Table(Table::of(table.get_ref())),
        }
    }

    fn of(value: &Spanned<DeValue<'_>>) -> Self {
        Self {
            origin: Origin::File(value.span()),
            value: Value::of(value.get_ref()),
        }
    }

    /// The value at the end of a path; lists are entered by decimal index.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        let Some((step, rest)) = path.split_first() else {
            return Some(self);
        };
        let next = match &self.value {
            Value::Table(table) => &table.entries.get(*step)?.node,
            Value::List(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
        next.at(rest)
    }

    /// The table at the end of a path.
    pub(super) fn table(&self, path: &[&str]) -> Option<&Table> {
        match &self.at(path)?.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The same values for serde.
    pub(super) fn to_toml(&self) -> toml::Value {
        match &self.value {
            Value::Text(text) => text.clone().into(),
            Value::Integer(number) => (*number).into(),
            Value::Float(number) => (*number).into(),
            Value::Boolean(value) => (*value).into(),
            Value::Date => String::new().into(),
            Value::List(items) => items.iter().map(Self::to_toml).collect::<Vec<_>>().into(),
            Value::Table(table) => toml::Value::Table(table.to_toml()),
        }
    }
}

impl Value {
    fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.clone().into_owned()),
            DeValue::Integer(number) => Self::Integer(integer(number.as_str(), number.radix())),
            DeValue::Float(number) => Self::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(value) => Self::Boolean(*value),
            DeValue::Datetime(_) => Self::Date,
            DeValue::Array(items) => Self::List(items.iter().map(Node::of).collect()),
            DeValue::Table(table) => Self::Table(Table::of(table)),
        }
    }

    /// The message that names this kind of value, such as « text ».
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "config-kind-text",
            Self::Integer(_) => "config-kind-integer",
            Self::Float(_) => "config-kind-float",
            Self::Boolean(_) => "config-kind-boolean",
            Self::Date => "config-kind-date",
            Self::List(_) => "config-kind-list",
            Self::Table(_) => "config-kind-table",
        }
    }
}

impl Table {
    fn of(table: &DeTable<'_>) -> Self {
        let entries = table.iter().map(|(key, value)| {
            let entry = Entry {
                key: Origin::File(key.span()),
                node: Node::of(value),
            };
            (key.get_ref().clone().into_owned(), entry)
        });
        Self {
            entries: entries.collect(),
            spoiled: BTreeSet::new(),
        }
    }

    fn to_toml(&self) -> toml::Table {
        self.entries
            .iter()
            .map(|(key, entry)| (key.clone(), entry.node.to_toml()))
            .collect()
    }
}

/// A number beyond 64 bits becomes the nearest end: every range refuses it.
fn integer(text: &str, radix: u32) -> i64 {
    let beyond = if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    i64::from_str_radix(text, radix).unwrap_or(beyond)
}
