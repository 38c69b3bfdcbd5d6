//! The JSON Schema of the configuration file, published in `docs/schema`.

use serde_json::{Map, Value};

use super::RawConfig;

/// The schema. What is peculiar to our Rust structures is taken out: TOML has
/// no null, and what serde takes by default is no default to people.
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
            close(object);
            object
                .iter_mut()
                .for_each(|(key, inner)| tidy_under(key, inner));
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
    use super::*;

    const PUBLISHED: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/schema/config.schema.json"
    );
    const EXAMPLE: &str = include_str!("../../../../releve.example.toml");

    /// `UPDATE=1 cargo test -p releve` writes the file anew.
    #[test]
    fn the_published_schema_is_that_of_the_program() {
        let current = format!("{:#}\n", schema());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(PUBLISHED, &current).unwrap();
        }
        let published = std::fs::read_to_string(PUBLISHED).unwrap();
        assert_eq!(published, current, "run: UPDATE=1 cargo test -p releve");
    }

    #[test]
    fn the_published_schema_accepts_the_example_and_refuses_a_slip_in_each_section() {
        let schema = schema();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let example = |text: &str| -> Value { toml::from_str(text).unwrap() };
        let errors: Vec<_> = validator
            .iter_errors(&example(EXAMPLE))
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        for slip in [
            "lanugage = \"fr\"",
            "language = \"de\"",
            "[schedule]\nevry = \"1h\"",
            "[[usage_points]]\nname = \"Maison\"",
            "[sources.enedis]\nkind = \"data-connect\"\nclient_id = \"x\"\nsecret = \"y\"",
            "[sources.enedis]\nkind = \"data-connect\"",
            "[sources.enedis]\nkind = \"data-conect\"\nclient_id = \"x\"",
        ] {
            assert!(!validator.is_valid(&example(slip)), "{slip}");
        }
    }
}
