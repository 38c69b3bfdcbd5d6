//! Whether the colours of days are needed, and what keeps them.

use std::sync::Arc;

use collector::colours::{Needed, Watch};
use ledger::Ledger;
use service::{SharedClock, SharedHttp};
use tariff::offer::Schedule;

use crate::config::Settings;
use crate::offers::Offers;

/// What keeps the colours; none where nobody needs them, or nobody may be asked.
pub(super) fn watch(
    settings: &Settings,
    ledger: &Arc<Ledger>,
    clock: &SharedClock,
    http: &SharedHttp,
) -> Option<Watch> {
    let needed = needed(settings);
    let colours = &settings.colours;
    (colours.enabled && needed.any()).then(|| Watch {
        ledger: Arc::clone(ledger),
        http: Arc::clone(http),
        clock: Arc::clone(clock),
        addresses: colours.addresses.clone(),
        account: colours.account.clone(),
        file: colours.file.clone(),
        needed,
    })
}

/// The calendars that the configured offers hang on, and those that are asked for.
pub(crate) fn needed(settings: &Settings) -> Needed {
    let mut needed = settings.colours.wanted;
    // A slip in a file of offers must not stop the collection: `check` tells it.
    let offers = Offers::load(&settings.offers).unwrap_or_else(|_| Offers::built_in());
    for point in &settings.usage_points {
        let offer = point.prices.offer.as_deref().map(|id| offers.find(id));
        if let Some(Ok(offer)) = offer {
            add(&mut needed, &offer.schedule);
        }
    }
    needed
}

fn add(needed: &mut Needed, schedule: &Schedule) {
    match schedule {
        Schedule::Tempo => needed.tempo = true,
        Schedule::Ejp => needed.ejp = true,
        _ => {}
    }
}
