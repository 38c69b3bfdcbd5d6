//! Daily maxima of a period, beside the subscribed power.

use enedis::ContractFacts;
use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{DailyMaximum, Kind, PeakInstant, UsagePoint, paris};

use crate::json::show::{Maxima, Maximum, Subject};

/// Reads the maxima of the days in `[first, end)`.
pub fn read(
    store: &Store,
    subject: Subject,
    first: Date,
    end: Date,
) -> Result<Maxima, LedgerError> {
    let maxima = store.maxima(subject.key(Kind::Maximum), first, end)?;
    let maxima: Vec<_> = maxima.iter().map(Maximum::from).collect();
    let whole = maxima.iter().filter(|maximum| maximum.phase == 0);
    Ok(Maxima {
        first,
        last: paris::add_days(end, -1),
        subscribed_power_va: facts(store, subject.usage_point)?
            .and_then(|facts| facts.subscribed_power_va),
        // Of equal ones the first.
        highest: whole
            .rev()
            .max_by_key(|maximum| maximum.volt_amperes)
            .copied(),
        maxima,
        subject,
    })
}

/// What is known of a usage point's contract, as far as this version reads it.
pub fn facts(store: &Store, prm: UsagePoint) -> Result<Option<ContractFacts>, LedgerError> {
    let record = store.contract(prm)?;
    Ok(record.and_then(|record| serde_json::from_value(record.facts).ok()))
}

impl From<&DailyMaximum> for Maximum {
    fn from(maximum: &DailyMaximum) -> Self {
        Self {
            day: maximum.day,
            phase: maximum.phase.number(),
            volt_amperes: maximum.volt_amperes,
            at: maximum.at.earliest(),
            at_later: match maximum.at {
                PeakInstant::Known { .. } => None,
                PeakInstant::Either { later, .. } => Some(later),
            },
        }
    }
}
