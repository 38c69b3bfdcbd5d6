//! From the configured destinations to those that can be delivered to.

use std::sync::Arc;

use ledger::Ledger;
use outputs::{Context, Destination, Meter};
use service::{Lang, SharedClock};

use crate::config::{Output, OutputKind, Settings};
use crate::exit::Failure;

/// Every configured destination, in the order of its name.
pub(crate) fn destinations(settings: &Settings) -> Result<Vec<Arc<dyn Destination>>, Failure> {
    settings.outputs.iter().map(build).collect()
}

fn build(output: &Output) -> Result<Arc<dyn Destination>, Failure> {
    let name = output.name.clone();
    Ok(match &output.kind {
        OutputKind::Domoticz(settings) => Arc::new(outputs::domoticz::Domoticz::new(
            name,
            (**settings).clone(),
        )?),
    })
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
