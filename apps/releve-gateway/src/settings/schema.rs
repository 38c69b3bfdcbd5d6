//! The JSON Schema of the configuration file, published in `docs/schema`.

use serde_json::Value;

use super::raw::RawConfig;

/// The schema. What serde takes by default is no default to people, and the
/// widths of our numbers are nobody's business.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(RawConfig).to_value();
    tidy(&mut schema);
    schema
}

fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.remove("default");
            object.retain(|key, value| key != "format" || value == "uri");
            for (key, inner) in object.iter_mut() {
                match inner {
                    // Under these stand names, not words of JSON Schema.
                    Value::Object(named) if key == "properties" || key == "$defs" => {
                        named.values_mut().for_each(tidy);
                    }
                    inner => tidy(inner),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}
