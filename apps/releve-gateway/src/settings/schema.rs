//! The JSON Schema of the configuration file, published in `docs/schema`.

use serde_json::Value;
use service::settings::published;

use super::raw::RawConfig;

/// The schema.
pub fn schema() -> Value {
    published(schemars::schema_for!(RawConfig).to_value())
}
