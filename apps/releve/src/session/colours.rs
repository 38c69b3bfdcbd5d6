//! Whether the colours of days are needed, and what keeps them.

use std::sync::Arc;

use collector::colours::Watch;
use ledger::Ledger;
use service::{SharedClock, SharedHttp};

use crate::config::Settings;
use crate::view::colours::needed;

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
