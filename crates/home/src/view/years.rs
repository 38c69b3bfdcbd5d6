//! Every year of which something is held, by Enedis' own daily totals.

use ledger::{LedgerError, Store};
use meter::{Granularity, Kind, Period, PeriodTotal, paris, period};

use crate::json::show::Subject;

/// The totals of all years, the first that has one first.
pub fn read(store: &Store, subject: &Subject) -> Result<Vec<PeriodTotal>, LedgerError> {
    let key = subject.key(Kind::Daily);
    let counts = store.state_counts(key)?;
    let (Some(first), Some(last)) = (counts.first_held, counts.last_held) else {
        return Ok(Vec::new());
    };
    let daily = store.daily(key, first, paris::add_days(last, 1))?;
    let year = |first| Period::containing(Granularity::Year, first);
    let years = std::iter::successors(Some(year(first)), |before| Some(year(before.end())));
    Ok(years
        .take_while(|year| year.first() <= last)
        .map(|year| period::total(year, &daily))
        .collect())
}
