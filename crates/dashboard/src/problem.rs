//! A failure told to a program: the problem document of RFC 9457.

use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

/// The media type of a problem document.
pub(crate) const KIND: &str = "application/problem+json";

/// A problem document (RFC 9457).
#[derive(Serialize, JsonSchema)]
pub(crate) struct Problem<'a> {
    /// What kind of problem: `urn:releve:problem:…`, stable.
    r#type: String,
    /// What happened, in the reader's language.
    title: &'a str,
    /// The status of the answer.
    status: u16,
    /// What to do.
    detail: Option<&'a str>,
}

impl<'a> Problem<'a> {
    /// A problem by the stable name that ends its type.
    pub(crate) fn new(
        name: &str,
        status: StatusCode,
        title: &'a str,
        detail: Option<&'a str>,
    ) -> Self {
        Self {
            r#type: format!("urn:releve:problem:{name}"),
            title,
            status: status.as_u16(),
            detail,
        }
    }

    /// The document.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
