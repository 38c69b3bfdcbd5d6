//! From the configured destinations to those that can be delivered to.

use std::sync::Arc;

use ledger::Ledger;
use outputs::jeedom::JeedomOutput;
use outputs::{Context, Destination, Meter};
use service::http::{Client as HttpClient, ClientOptions};
use service::{Lang, SharedClock};

use crate::config::{Output, OutputKind, Settings};
use crate::exit::{Exit, Failure, Said};
use crate::view::beside;

/// Every configured destination, in the order of its name.
pub(crate) fn destinations(
    settings: &Settings,
    lang: Lang,
) -> Result<Vec<Arc<dyn Destination>>, Failure> {
    let build = |output| build(output, settings, lang);
    settings.outputs.iter().map(build).collect()
}

fn build(
    output: &Output,
    configured: &Settings,
    lang: Lang,
) -> Result<Arc<dyn Destination>, Failure> {
    let name = output.name.clone();
    Ok(match &output.kind {
        OutputKind::Domoticz(settings) => Arc::new(outputs::domoticz::Domoticz::new(
            name,
            (**settings).clone(),
        )?),
        OutputKind::Jeedom(settings) => Arc::new(jeedom(name, settings, configured, lang)?),
    })
}

/// A Jeedom, with what prices say of its usage points.
pub(crate) fn jeedom(
    name: String,
    settings: &outputs::jeedom::Settings,
    configured: &Settings,
    lang: Lang,
) -> Result<JeedomOutput, Failure> {
    let http = HttpClient::new(&ClientOptions::default()).map_err(|error| {
        Failure::new(Exit::Source, Said::new("error-output").with("cause", error))
    })?;
    let beside = beside::teller(configured, lang)?;
    Ok(JeedomOutput::new(
        name,
        settings.clone(),
        Arc::new(http),
        beside,
    ))
}

/// What destinations work with.
pub(crate) fn context(
    settings: &Settings,
    ledger: Arc<Ledger>,
    clock: SharedClock,
    lang: Lang,
) -> Context {
    let meters = settings.usage_points.iter().map(|point| Meter {
        prm: point.prm,
        name: point.name.clone(),
        plans: point.prices.plans.clone(),
        holidays: point.prices.holidays,
    });
    Context {
        ledger,
        clock,
        lang,
        meters: meters.collect(),
    }
}
