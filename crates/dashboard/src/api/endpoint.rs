//! One address of the API: what it takes, what it gives, who answers.

use axum::routing::MethodRouter;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::house::House;

/// One address.
pub(super) struct Endpoint {
    /// Its path below the root; parts in braces come from the address.
    pub(super) path: &'static str,
    /// Its name in clients.
    pub(super) id: &'static str,
    /// What it answers, in one sentence.
    pub(super) summary: &'static str,
    /// `get` or `post`.
    pub(super) method: &'static str,
    /// What may be asked, a property a parameter.
    pub(super) query: Option<fn(&mut SchemaGenerator) -> Schema>,
    /// What it answers.
    pub(super) answer: Answer,
    /// Its parts in braces with their schemas.
    pub(super) parts: &'static [(&'static str, &'static str)],
    /// What a body holds, for those that take one.
    pub(super) body: Option<Body>,
    /// Whether it is one answer of several pages.
    pub(super) paged: bool,
    /// Who answers.
    pub(super) route: MethodRouter<House>,
}

/// What an endpoint answers.
pub(super) enum Answer {
    /// A JSON form.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// What goes on behind, as a JSON form, under 202.
    Begun(fn(&mut SchemaGenerator) -> Schema),
    /// Server-sent events.
    Events,
}

/// What a request's body holds.
pub(super) enum Body {
    /// A JSON form.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// Files.
    Files,
}

impl Endpoint {
    /// An address that is read; `Q` is its query, `A` its answer.
    pub(super) fn get<Q: JsonSchema, A: JsonSchema>(
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        route: MethodRouter<House>,
    ) -> Self {
        Self {
            path,
            id,
            summary,
            method: "get",
            query: Some(Q::json_schema),
            answer: Answer::Json(SchemaGenerator::subschema_for::<A>),
            parts: &[],
            body: None,
            paged: false,
            route,
        }
    }

    /// The same with parts in its path, as a name and a sentence.
    pub(super) fn with_parts(mut self, parts: &'static [(&'static str, &'static str)]) -> Self {
        self.parts = parts;
        self
    }

    /// The same, of which an answer may be one page of several.
    pub(super) fn paged(mut self) -> Self {
        self.paged = true;
        self
    }

    /// The same, which answers with events.
    pub(super) fn of_events(mut self) -> Self {
        self.answer = Answer::Events;
        self
    }
}
