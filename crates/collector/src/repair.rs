//! Asking again: days are reopened in the ledger, where the next sync finds them.
//!
//! Nothing is discarded: what a new answer does not bring stays as it is.

use jiff::civil::Date;
use ledger::{LedgerError, SeriesNote};

use crate::sync::Collector;

impl Collector {
    /// Reopens the days in `[from, to)` that lack something, or all of them, and
    /// forgets until when its series wanted to be left alone. How many days of
    /// single series there are; days that were never asked need no reopening.
    pub async fn reopen(&self, days: (Date, Date), all: bool) -> Result<usize, LedgerError> {
        let series = self.series();
        let now = self.clock.now();
        self.ledger
            .call(move |store| {
                store.together(|store| {
                    let mut reopened = 0;
                    for key in series {
                        let note = store.note(key)?;
                        if note != SeriesNote::default() {
                            let inactive_until = note.inactive_until.filter(|_| !all);
                            let note = SeriesNote {
                                ask_at: None,
                                inactive_until,
                                ..note
                            };
                            store.set_note(key, &note)?;
                        }
                        reopened += store.reopen(key, days, all, now)?;
                    }
                    Ok(reopened)
                })
            })
            .await
    }
}
