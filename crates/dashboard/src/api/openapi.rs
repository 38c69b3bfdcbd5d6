//! The description of the API (`OpenAPI` 3.1), made from the endpoints and the
//! very types that they read and write.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::endpoint::{Answer, Body, Endpoint};
use super::reply;
use crate::problem::{self, Problem};

/// The media type of `OpenAPI` documents in JSON.
const KIND: &str = "application/vnd.oai.openapi+json;version=3.1";

static TEXT: LazyLock<String> = LazyLock::new(text);

/// Answers the description.
pub(super) async fn serve(asked: HeaderMap) -> Response {
    let mut response = reply::bytes(&asked, TEXT.clone().into_bytes());
    if response.headers().contains_key(CONTENT_TYPE) {
        let kind = [(CONTENT_TYPE, KIND)];
        response = (kind, response).into_response();
    }
    response
}

/// The description as text, with a line break at its end.
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for endpoint in super::endpoints() {
        let path = format!("{}{}", super::ROOT, endpoint.path);
        let entry = paths.entry(path).or_insert_with(|| json!({}));
        entry[endpoint.method] = operation(&endpoint, &mut generator);
    }
    let schema = generator.subschema_for::<Problem>();
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Relevé",
            "version": "1",
            "summary": "A household's electricity readings, as Enedis states them, and what they cost.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {
                "Problem": {
                    "description": "A problem, with a stable `type`.",
                    "content": { (problem::KIND): { "schema": schema } },
                },
                "Unchanged": { "description": "The caller has the same already." },
            },
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "releve",
                    "description": "Where it does not listen on this machine only: a session, \
                        or a proxy that vouches for the user.",
                },
                "csrf": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-CSRF-Token",
                    "description": "From `/api/v1/session`, with whatever changes something; \
                        `Origin` must be the server's own.",
                },
            },
        },
    })
}

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": endpoint.id,
        "summary": endpoint.summary,
        "parameters": parameters(endpoint, generator),
        "responses": responses(endpoint, generator),
    });
    if let Some(body) = &endpoint.body {
        operation["requestBody"] = request_body(body, generator);
    }
    if endpoint.method == "post" {
        operation["security"] = json!([{ "csrf": [] }, { "csrf": [], "session": [] }]);
    } else {
        operation["security"] = json!([{}, { "session": [] }]);
    }
    operation
}

/// The parts of the path, the properties of the query, and the language.
fn parameters(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Vec<Value> {
    let part = |(name, about): &(&str, &str)| {
        json!({
            "name": name,
            "in": "path",
            "required": true,
            "description": about,
            "schema": { "type": "string", "minLength": 1 },
        })
    };
    let mut all: Vec<Value> = endpoint.parts.iter().map(part).collect();
    let schema = endpoint.query.map(|query| query(generator).to_value());
    let schema = schema.unwrap_or_default();
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().cloned();
    for (name, schema) in properties.unwrap_or_default() {
        all.push(parameter(&name, schema, &required));
    }
    all.push(json!({
        "name": "lang",
        "in": "query",
        "description": "The language of sentences; without it the browser's.",
        "schema": { "type": "string", "enum": ["fr", "en"] },
    }));
    all
}

fn parameter(name: &str, mut schema: Value, required: &[Value]) -> Value {
    let about = schema
        .as_object_mut()
        .and_then(|schema| schema.remove("description"));
    present(&mut schema);
    json!({
        "name": name,
        "in": "query",
        "required": required.iter().any(|one| one == name),
        "description": about,
        "schema": schema,
    })
}

/// A query has no null: what may be left out is left out.
fn present(schema: &mut Value) {
    if let Some(kinds) = schema["type"].as_array() {
        let mut kinds: Vec<Value> = kinds
            .iter()
            .filter(|kind| *kind != "null")
            .cloned()
            .collect();
        if kinds.len() == 1 {
            schema["type"] = kinds.remove(0);
        }
    }
    if let Some(words) = schema["enum"].as_array_mut() {
        words.retain(|word| !word.is_null());
    }
    let mut only = None;
    if let Some(any) = schema["anyOf"].as_array_mut() {
        any.retain(|one| one["type"] != "null");
        any.iter_mut().for_each(present);
        if let [one] = any.as_slice() {
            only = Some(one.clone());
        }
    }
    if let Some(only) = only {
        *schema = only;
    }
    if let Some(fields) = schema.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let problem = json!({ "$ref": "#/components/responses/Problem" });
    let mut responses = json!({ "default": problem });
    let mut put = |status: &str, answer: Value| responses[status] = answer;
    for status in ["400", "404", "409", "500"] {
        put(status, problem.clone());
    }
    match &endpoint.answer {
        Answer::Json(schema) => {
            let schema = schema(generator);
            put("200", of_json(&schema, endpoint.paged));
            if endpoint.method == "get" {
                put("304", json!({ "$ref": "#/components/responses/Unchanged" }));
            }
        }
        Answer::Begun(schema) => {
            let schema = schema(generator);
            put("202", of_json(&schema, false));
        }
        Answer::Events => put(
            "200",
            json!({
                "description": "Events as they come.",
                "content": { "text/event-stream": { "schema": { "type": "string" } } },
            }),
        ),
    }
    responses
}

fn of_json(schema: &schemars::Schema, paged: bool) -> Value {
    let mut answer = json!({
        "description": "The answer.",
        "headers": {
            "ETag": {
                "description": "A strong fingerprint of the answer, for `If-None-Match`.",
                "schema": { "type": "string" },
            },
        },
        "content": { "application/json": { "schema": schema } },
    });
    if paged {
        answer["headers"]["Link"] = json!({
            "description": "The next page, as `rel=\"next\"`.",
            "schema": { "type": "string" },
        });
    }
    answer
}

fn request_body(body: &Body, generator: &mut SchemaGenerator) -> Value {
    match body {
        Body::Json(schema) => {
            let schema = schema(generator);
            json!({ "required": true, "content": { "application/json": { "schema": schema } } })
        }
        Body::Files => json!({
            "required": true,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file"],
                        "properties": {
                            "file": {
                                "type": "array",
                                "items": { "type": "string", "contentMediaType": "application/octet-stream" },
                            },
                        },
                    },
                },
            },
        }),
    }
}
