//! A chart in its place: its caption, what its colours mean, the table behind
//! it, and the ways to take both along.

use askama::Template;
use askama::filters::Safe;
use home::Words;

use super::hue::Hue;

/// A chart with all that belongs to it. In a template: `{{ figure.html() }}`.
#[derive(Debug, Clone, Template)]
#[template(path = "chart/figure.html")]
pub struct Figure {
    /// The reader's language.
    pub words: Words,
    /// The id of the element.
    pub id: &'static str,
    /// What it is.
    pub title: String,
    /// More about it, smaller; empty for nothing.
    pub note: String,
    /// The drawing, as `Bars::svg` or `Curve::svg` made it.
    pub svg: String,
    /// What the colours mean.
    pub legend: Vec<Key>,
    /// The same in numbers.
    pub table: Table,
    /// The address of the same as CSV.
    pub csv: Option<String>,
}

/// What a colour means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The colour.
    pub hue: Hue,
    /// Its meaning.
    pub name: String,
    /// How much of it there is; empty for nothing.
    pub value: String,
}

/// A table for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The heads of its columns; the first names the lines.
    pub head: Vec<String>,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// A line of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// Where its name leads.
    pub href: Option<String>,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Whether it sums the others.
    pub total: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A number with its unit, as people read it.
    Number(String),
    /// Words.
    Words(String),
    /// Why there is nothing.
    Lack(String),
}

impl Figure {
    /// The markup; every word in it is escaped.
    pub fn html(&self) -> Safe<String> {
        Safe(self.render().unwrap_or_default())
    }

    fn t(&self, name: &str) -> String {
        self.words.t(name)
    }
}

impl Key {
    /// A colour and its meaning.
    pub fn new(hue: Hue, name: impl Into<String>) -> Self {
        Self {
            hue,
            name: name.into(),
            value: String::new(),
        }
    }

    /// The same with how much of it there is.
    #[must_use]
    pub fn worth(self, value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            ..self
        }
    }
}

impl Row {
    /// A line by its name.
    pub fn new(name: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self {
            name: name.into(),
            cells,
            ..Self::default()
        }
    }
}

impl Table {
    /// Whether a column holds numbers, by its place behind the names.
    fn is_number(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        cells.any(|cell| matches!(cell, Cell::Number(_)))
    }
}
