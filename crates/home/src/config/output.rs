//! Destinations, each under a name, told apart by their kind. To add one: a
//! variant in [`RawOutput`] and in [`OutputKind`], and a file beside this one.

mod domoticz;
mod jeedom;
mod mqtt;

use std::collections::BTreeMap;

use meter::{UsagePoint, UsagePointError};
use schemars::JsonSchema;
use serde::Deserialize;
use service::settings::{Draft, Problem};
use url::Url;

use self::domoticz::RawDomoticz;
use self::jeedom::RawJeedom;

/// A destination of readings, by its kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Output")]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RawOutput {
    /// Domoticz, over its own interface.
    Domoticz(RawDomoticz),
    /// Jeedom, over JSON-RPC.
    Jeedom(RawJeedom),
}

/// A named destination.
#[derive(Debug, Clone)]
pub struct Output {
    /// The name people gave it.
    pub name: String,
    /// What it is.
    pub kind: OutputKind,
}

/// What a destination is.
#[derive(Debug, Clone)]
pub enum OutputKind {
    /// A Domoticz.
    Domoticz(Box<outputs::domoticz::Settings>),
    /// A Jeedom.
    Jeedom(Box<outputs::jeedom::Settings>),
}

/// The destinations that are in order; the others are reported.
pub(super) fn outputs(
    draft: &mut Draft,
    raw: BTreeMap<String, RawOutput>,
    configured: &[UsagePoint],
) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(raw.len());
    for (name, raw) in raw {
        if !super::source::is_source_name(&name) {
            let problem = Problem::new("config-output-name").with("name", &name);
            draft.report(&["outputs", &name], problem);
        }
        let kind = match raw {
            RawOutput::Domoticz(raw) => domoticz::domoticz(draft, &name, raw, configured)
                .map(|settings| OutputKind::Domoticz(Box::new(settings))),
            RawOutput::Jeedom(raw) => jeedom::jeedom(draft, &name, raw, configured)
                .map(|settings| OutputKind::Jeedom(Box::new(settings))),
        };
        if let Some(kind) = kind {
            outputs.push(Output { name, kind });
        }
    }
    outputs
}

/// The address of a destination, of one of these schemes; plain `http` may go
/// through the house.
fn url(draft: &mut Draft, path: &[&str], text: &str, schemes: &[&str]) -> Option<Url> {
    let problem = match Url::parse(text.trim()) {
        Ok(url) if !url.has_host() || !schemes.contains(&url.scheme()) => "config-output-url",
        Ok(url) if !url.username().is_empty() || url.password().is_some() => "config-url-parts",
        Ok(url) if url.query().is_some() || url.fragment().is_some() => "config-url-parts",
        Ok(url) => return Some(url),
        Err(_) => "config-output-url",
    };
    let problem = Problem::new(problem);
    let problem = match problem.name() {
        "config-output-url" => problem.with("schemes", schemes.join(", ")),
        _ => problem,
    };
    draft.report(path, problem);
    None
}

/// A usage point that is configured.
fn known_point(
    draft: &mut Draft,
    path: &[&str],
    text: &str,
    configured: &[UsagePoint],
) -> Option<UsagePoint> {
    let problem = match text.parse::<UsagePoint>() {
        Ok(prm) if configured.contains(&prm) => return Some(prm),
        Ok(prm) => Problem::new("config-output-point").with("prm", prm),
        Err(UsagePointError::Length(found)) => {
            Problem::new("config-prm-length").with("found", found.to_string())
        }
        Err(UsagePointError::NotADigit(found)) => {
            Problem::new("config-prm-digit").with("found", found)
        }
    };
    draft.report(path, problem);
    None
}
