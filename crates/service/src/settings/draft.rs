//! Settings while they are read: the tree, its places, and its problems so far.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::DeTable;

use super::excerpt::Excerpt;
use super::problem::{Place, Problem, SettingsError};
use super::secret::is_open;
use super::shape::Shape;
use super::tree::{Node, Origin, Value};
use super::{check, overrides, syntax};
use crate::{Env, Lang};

/// What a program's settings look like.
#[derive(Debug, Clone, Copy)]
pub struct Program<'a> {
    /// The JSON Schema of its file.
    pub schema: &'a serde_json::Value,
    /// The beginning of its environment variables, such as `RELEVE_`.
    pub prefix: &'a str,
    /// Variables with that beginning that are no settings.
    pub reserved: &'a [&'a str],
}

/// Settings that were read and checked against their shape, not yet understood.
pub struct Draft {
    root: Node,
    file: Option<PathBuf>,
    open: bool,
    /// Nothing of the file can be understood.
    illegible: bool,
    context: Context,
}

/// What it takes to tell a problem with its place.
pub(super) struct Context {
    source: String,
    visible: BTreeSet<String>,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
}

impl Context {
    pub(super) fn problem(&mut self, problem: Problem, origin: &Origin) {
        let place = self.place(origin);
        self.problems.push(problem.at(Some(place)));
    }

    fn place(&self, origin: &Origin) -> Place {
        match origin {
            Origin::File(span) => Place::File(Excerpt::new(&self.source, span, &self.visible)),
            Origin::Env(name) => Place::Env(name.clone()),
        }
    }
}

/// No settings file is larger than this many bytes.
const LARGEST: u64 = 1 << 20;

impl Draft {
    /// Reads the file, if there is one, lays the environment over it, and checks
    /// the whole. Problems are kept, not returned: see [`Draft::finish`].
    pub fn read(program: &Program, file: Option<&Path>, env: &dyn Env) -> Self {
        let (source, open, unread) = match file.map(read_file) {
            Some(Ok((source, open))) => (source, open, None),
            Some(Err(problem)) => (String::new(), false, Some(problem)),
            None => (String::new(), false, None),
        };
        let draft = Self::build(program, source, env, unread);
        let file = file.map(Path::to_owned);
        Self {
            file,
            open,
            ..draft
        }
    }

    /// The same from a text instead of a file.
    pub fn of_text(program: &Program, source: String, env: &dyn Env) -> Self {
        Self::build(program, source, env, None)
    }

    /// A file that was not read lacks nothing that could be named.
    fn build(program: &Program, source: String, env: &dyn Env, unread: Option<Problem>) -> Self {
        let shape = Shape::of(program.schema);
        let mut context = Context {
            visible: shape.visible_keys(),
            source,
            problems: Vec::new(),
            warnings: Vec::new(),
        };
        let (mut root, damaged) = parse(&mut context);
        let illegible = damaged || unread.is_some();
        context.problems.extend(unread);
        let names = (program.prefix, program.reserved);
        overrides::overlay(&mut root, &shape, names, env, &mut context);
        if !illegible {
            check::check(&mut root, &shape, "", &mut context);
        }
        Self {
            root,
            file: None,
            open: false,
            illegible,
            context,
        }
    }

    /// The program's own raw structure, in which every key must be optional.
    /// Nothing when the file cannot be understood at all.
    pub fn raw<T: DeserializeOwned>(&mut self) -> Option<T> {
        if self.illegible {
            return None;
        }
        let raw = T::deserialize(self.root.to_toml()).ok();
        if raw.is_none() {
            // The schema allows what the structure does not: a slip of ours.
            self.context.problems.push(Problem::new("config-not-toml"));
        }
        raw
    }

    /// The place of a value, or of the table that should hold it.
    pub fn place(&self, path: &[&str]) -> Option<Place> {
        let node = (0..=path.len()).rev().find_map(|length| {
            let node = self.root.at(&path[..length])?;
            (length > 0).then_some(node)
        })?;
        Some(self.context.place(&node.origin))
    }

    /// Whether an environment variable gave this value.
    pub fn is_from_env(&self, path: &[&str]) -> bool {
        let origin = self.root.at(path).map(|node| &node.origin);
        matches!(origin, Some(Origin::Env(_)))
    }

    /// Whether this value was given but refused already.
    pub fn is_spoiled(&self, path: &[&str]) -> bool {
        let Some((key, table)) = path.split_last() else {
            return false;
        };
        let table = self.root.table(table);
        table.is_some_and(|table| table.spoiled.contains(*key))
    }

    /// Whether anybody on the machine may read or change the file.
    pub fn is_open_to_all(&self) -> bool {
        self.open
    }

    /// The file that was read.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Adds a problem with the value at `path`.
    pub fn report(&mut self, path: &[&str], problem: Problem) {
        let place = self.place(path);
        self.context.problems.push(problem.at(place));
    }

    /// Adds a problem with a part of the text at `path`: `width` characters from
    /// `column` on, counted from 1.
    pub fn report_in_text(
        &mut self,
        path: &[&str],
        (text, column, width): (&str, usize, usize),
        problem: Problem,
    ) {
        let place = self.place(path).map(|place| match place {
            Place::File(excerpt) => Place::File(excerpt.narrowed(text, column, width)),
            place @ Place::Env(_) => place,
        });
        self.context.problems.push(problem.at(place));
    }

    /// The settings with the warnings, unless there is any problem.
    pub fn finish<S>(mut self, settings: Option<S>) -> Result<(S, Vec<Problem>), SettingsError> {
        match settings {
            Some(settings) if self.context.problems.is_empty() => {
                Ok((settings, self.context.warnings))
            }
            _ => {
                self.context.problems.sort_by_key(Problem::order);
                Err(SettingsError {
                    language: self.language(),
                    file: self.file,
                    problems: self.context.problems,
                })
            }
        }
    }

    fn language(&self) -> Option<Lang> {
        match &self.root.at(&["language"])?.value {
            Value::Text(tag) => Lang::from_tag(tag),
            _ => None,
        }
    }
}

/// The tree, and whether it is too damaged to be checked.
fn parse(context: &mut Context) -> (Node, bool) {
    let source = std::mem::take(&mut context.source);
    let (table, errors) = DeTable::parse_recoverable(&source);
    let root = Node::document(&table);
    context.source.clone_from(&source);
    let mut lines = BTreeSet::new();
    for error in &errors {
        let span = error.span().unwrap_or_default();
        let excerpt = Excerpt::new(&source, &span, &context.visible);
        // One slip often has the parser complain twice about its line.
        if lines.insert(excerpt.line) {
            let problem = Problem::new(syntax::message(error.message(), &span));
            context
                .problems
                .push(problem.at(Some(Place::File(excerpt))));
        }
    }
    (root, !errors.is_empty())
}

/// A file's text, and whether anybody may read or change it.
fn read_file(path: &Path) -> Result<(String, bool), Problem> {
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(Problem::new("config-file-not-a-file"));
    }
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::new("config-file-too-large"));
    }
    let text = String::from_utf8(bytes).map_err(|_| Problem::new("config-file-not-text"))?;
    Ok((text, is_open(&metadata)))
}

fn unreadable(error: &std::io::Error) -> Problem {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Problem::new("config-file-missing"),
        _ => Problem::new("config-file-unreadable"),
    }
}
