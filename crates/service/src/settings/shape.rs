//! What a settings file may hold, taken from its JSON Schema, so that the
//! published schema and the check cannot disagree.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map as Json, Value as Schema};

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Text, of certain words when there are any.
    Text { choices: Vec<String> },
    /// A whole number within bounds.
    Integer { min: i64, max: i64 },
    /// Yes or no.
    Boolean,
    /// Several of one shape.
    List(Box<Self>),
    /// Named values.
    Table(Fields),
    /// Values of one shape under names that people choose.
    Map(Box<Self>),
    /// A table whose fields depend on the word under `tag`.
    Tagged {
        tag: String,
        variants: BTreeMap<String, Fields>,
    },
    /// Anything: a construct that this reader does not know.
    Any,
}

/// The keys of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fields {
    pub(super) shapes: BTreeMap<String, Shape>,
    pub(super) required: BTreeSet<String>,
    /// Keys whose value is never shown (`writeOnly` in the schema).
    pub(super) secret: BTreeSet<String>,
}

impl Shape {
    /// The shape of a whole schema document.
    pub(super) fn of(schema: &Schema) -> Self {
        Reader { root: schema }.shape(schema, 0)
    }

    /// The keys whose value may be shown in an excerpt: known, plain, not secret.
    pub(super) fn visible_keys(&self) -> BTreeSet<String> {
        let (mut plain, mut hidden) = (BTreeSet::new(), BTreeSet::new());
        self.sort_keys(&mut plain, &mut hidden);
        plain.difference(&hidden).cloned().collect()
    }

    fn sort_keys(&self, plain: &mut BTreeSet<String>, hidden: &mut BTreeSet<String>) {
        match self {
            Self::Table(fields) => fields.sort_keys(plain, hidden),
            Self::Map(inner) | Self::List(inner) => inner.sort_keys(plain, hidden),
            Self::Tagged { tag, variants } => {
                plain.insert(tag.clone());
                for fields in variants.values() {
                    fields.sort_keys(plain, hidden);
                }
            }
            Self::Text { .. } | Self::Integer { .. } | Self::Boolean | Self::Any => {}
        }
    }
}

impl Fields {
    fn sort_keys(&self, plain: &mut BTreeSet<String>, hidden: &mut BTreeSet<String>) {
        for (key, shape) in &self.shapes {
            let leaf = matches!(
                shape,
                Shape::Text { .. } | Shape::Integer { .. } | Shape::Boolean
            );
            if self.secret.contains(key) {
                hidden.insert(key.clone());
            } else if leaf {
                plain.insert(key.clone());
            }
            shape.sort_keys(plain, hidden);
        }
    }
}

struct Reader<'a> {
    root: &'a Schema,
}

impl Reader<'_> {
    /// References deeper than this are circles.
    const DEPTH: usize = 32;

    fn shape(&self, schema: &Schema, depth: usize) -> Shape {
        if depth > Self::DEPTH {
            return Shape::Any;
        }
        if let Some(target) = self.target(schema)
            && schema.get("properties").is_none()
        {
            return self.shape(target, depth + 1);
        }
        if let Some(variants) = schema.get("oneOf").and_then(Schema::as_array) {
            return self.choice(variants, depth);
        }
        match schema.get("type").and_then(Schema::as_str) {
            Some("string") => Shape::Text {
                choices: words(schema),
            },
            Some("integer") => Shape::Integer {
                min: bound(schema, "minimum", i64::MIN),
                max: bound(schema, "maximum", i64::MAX),
            },
            Some("boolean") => Shape::Boolean,
            Some("array") => Shape::List(Box::new(self.inner(schema, "items", depth))),
            Some("object") if schema.get("properties").is_some() => {
                Shape::Table(self.fields(schema, depth))
            }
            Some("object") => {
                Shape::Map(Box::new(self.inner(schema, "additionalProperties", depth)))
            }
            _ => Shape::Any,
        }
    }

    fn inner(&self, schema: &Schema, key: &str, depth: usize) -> Shape {
        let inner = schema.get(key).filter(|inner| inner.is_object());
        inner.map_or(Shape::Any, |inner| self.shape(inner, depth + 1))
    }

    fn target(&self, schema: &Schema) -> Option<&Schema> {
        let pointer = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
        self.root.pointer(pointer)
    }

    /// Words described one by one, or tables told apart by a tag.
    fn choice(&self, variants: &[Schema], depth: usize) -> Shape {
        if variants
            .iter()
            .all(|variant| variant.get("type") == Some(&"string".into()))
        {
            let choices = variants.iter().flat_map(words).collect();
            return Shape::Text { choices };
        }
        let tag = variants.first().and_then(tag_of).map(|(tag, _)| tag);
        let variants = variants
            .iter()
            .filter_map(|variant| Some((tag_of(variant)?.1, self.fields(variant, depth))));
        match tag {
            Some(tag) => Shape::Tagged {
                tag,
                variants: variants.collect(),
            },
            None => Shape::Any,
        }
    }

    /// A table's own fields and those of what it refers to.
    fn fields(&self, schema: &Schema, depth: usize) -> Fields {
        let mut fields = match self.target(schema) {
            Some(target) if depth < Self::DEPTH => self.fields(target, depth + 1),
            _ => Fields::default(),
        };
        for (key, inner) in properties(schema) {
            if inner.get("writeOnly") == Some(&true.into()) {
                fields.secret.insert(key.clone());
            }
            let shape = self.shape(inner, depth + 1);
            fields.shapes.insert(key.clone(), shape);
        }
        let required = schema.get("required").and_then(Schema::as_array);
        let required = required.into_iter().flatten().filter_map(Schema::as_str);
        fields.required.extend(required.map(str::to_owned));
        fields
    }
}

fn properties(schema: &Schema) -> impl Iterator<Item = (&String, &Schema)> {
    let properties = schema.get("properties").and_then(Schema::as_object);
    properties.into_iter().flat_map(Json::iter)
}

/// The property that has one fixed word, and the word.
fn tag_of(variant: &Schema) -> Option<(String, String)> {
    properties(variant)
        .find_map(|(key, inner)| Some((key.clone(), inner.get("const")?.as_str()?.to_owned())))
}

fn words(schema: &Schema) -> Vec<String> {
    let several = schema.get("enum").and_then(Schema::as_array);
    several
        .into_iter()
        .flatten()
        .chain(schema.get("const"))
        .filter_map(Schema::as_str)
        .map(str::to_owned)
        .collect()
}

fn bound(schema: &Schema, key: &str, otherwise: i64) -> i64 {
    schema
        .get(key)
        .and_then(Schema::as_i64)
        .unwrap_or(otherwise)
}
