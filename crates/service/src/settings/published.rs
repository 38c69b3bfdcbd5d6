//! The JSON Schema of a configuration file, as people and editors read it.

use serde_json::{Map, Value};

/// Takes out of a schema what is peculiar to our Rust structures: what serde
/// takes by default is no default to people, and the widths of our numbers are
/// nobody's business. A slip in a key is refused at every level.
#[must_use]
pub fn published(mut schema: Value) -> Value {
    tidy(&mut schema);
    schema
}

fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.remove("default");
            object.retain(|key, value| key != "format" || value == "uri");
            close(object);
            for (key, inner) in object.iter_mut() {
                tidy_under(key, inner);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// Under `properties` and `$defs` stand names, not words of JSON Schema.
fn tidy_under(key: &str, inner: &mut Value) {
    match inner {
        Value::Object(named) if key == "properties" || key == "$defs" => {
            named.values_mut().for_each(tidy);
        }
        inner => tidy(inner),
    }
}

/// A variant with its tag beside a reference: unknown keys are refused by the
/// variant, which alone sees both.
fn close(object: &mut Map<String, Value>) {
    if object.contains_key("$ref") && object.contains_key("properties") {
        object.insert("unevaluatedProperties".to_owned(), false.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_key_named_as_a_word_of_json_schema_stays() {
        let schema = json!({
            "default": 1,
            "properties": { "format": { "format": "uint8", "default": "human" } },
            "$defs": { "default": { "format": "uri" } },
        });
        let left = json!({
            "properties": { "format": {} },
            "$defs": { "default": { "format": "uri" } },
        });
        assert_eq!(published(schema), left);
    }

    #[test]
    fn a_variant_refuses_what_neither_it_nor_its_tag_knows() {
        let schema = json!({ "oneOf": [{ "$ref": "#/$defs/A", "properties": {} }] });
        let closed = &published(schema)["oneOf"][0]["unevaluatedProperties"];
        assert_eq!(*closed, json!(false));
    }
}
