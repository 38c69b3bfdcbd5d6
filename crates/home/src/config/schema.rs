//! The JSON Schema of the configuration file, published in `docs/schema`.

use serde_json::Value;
use service::settings::published;

use super::RawConfig;

/// The schema.
pub fn schema() -> Value {
    published(schemars::schema_for!(RawConfig).to_value())
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
