//! The shapes in which errors come, brought to one: a code and a text.
//!
//! Enedis has three: `{error, error_description}`, `{error: {code, message}}`
//! and `{code, message, description}`. Gateways wrap them: bokub's in
//! `{status, message, error: {…}}`, MyElectricalData's in `enedis_return`, at
//! times twice; its own words are `{detail}`.

use serde_json::{Map, Value};

/// An error body is never longer; data usually is.
const LONGEST: usize = 8 << 10;
/// How many envelopes are opened.
const DEEPEST: usize = 5;

/// What kind of body came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Nothing.
    Empty,
    /// A web page.
    Html,
    /// A web page of the content network in front of a gateway.
    Firewall,
    /// An error in one of the known shapes.
    Error(Said),
    /// An error in MyElectricalData's own words.
    Detail(String),
    /// JSON without an error, or anything long: data, as far as we can see.
    Other,
}

/// The one shape.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// As sent.
    pub code: String,
    /// As sent.
    pub text: String,
    /// WSO2's `nextAccessTime`.
    pub next_access: Option<String>,
}

impl Body {
    pub(super) fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&body[..body.len().min(LONGEST)]);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Self::Empty;
        }
        if text.starts_with('<') {
            let page = text.to_ascii_lowercase();
            return if page.contains("cloudflare") {
                Self::Firewall
            } else {
                Self::Html
            };
        }
        if body.len() > LONGEST || !text.starts_with('{') {
            return Self::Other;
        }
        match serde_json::from_str(text) {
            Ok(Value::Object(object)) => open(&object, DEEPEST)
                .map(Self::Error)
                .or_else(|| detail(&object).map(Self::Detail))
                .unwrap_or(Self::Other),
            _ => Self::Other,
        }
    }
}

fn open(object: &Map<String, Value>, depth: usize) -> Option<Said> {
    let inside = depth.checked_sub(1)?;
    if let Some(Value::Object(inner)) = object.get("enedis_return")
        && let Some(said) = open(inner, inside)
    {
        return Some(said);
    }
    if let Some(Value::Object(inner)) = object.get("detail") {
        return open(inner, inside);
    }
    match object.get("error") {
        Some(Value::Object(inner)) => open(inner, inside).or_else(|| plain(object)),
        Some(Value::String(code)) => Some(Said {
            code: code.clone(),
            text: word(object, "error_description"),
            next_access: None,
        }),
        _ => plain(object),
    }
}

fn plain(object: &Map<String, Value>) -> Option<Said> {
    object.get("message")?;
    let code = if object.contains_key("code") {
        word(object, "code")
    } else {
        object.get("status")?;
        word(object, "status")
    };
    let text = [word(object, "message"), word(object, "description")].join(" ");
    Some(Said {
        code,
        text: text.trim().to_owned(),
        next_access: object.get("nextAccessTime").map(shown),
    })
}

/// `{"detail": text}`, `{"detail": [{"msg": text}]}` or, of old,
/// `{"error": true, "description": text}`.
fn detail(object: &Map<String, Value>) -> Option<String> {
    if object.get("error") == Some(&Value::Bool(true)) {
        return Some(word(object, "description"));
    }
    Some(match object.get("detail")? {
        Value::Array(items) => {
            let first = items.first().and_then(Value::as_object);
            first.map_or_else(String::new, |item| word(item, "msg"))
        }
        other => shown(other),
    })
}

fn word(object: &Map<String, Value>, name: &str) -> String {
    object.get(name).map(shown).unwrap_or_default()
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
