//! The curve's split beside the registers, out of the ledger.

use std::collections::BTreeSet;

use ledger::{LedgerError, Store};
use meter::{Kind, Register, paris};
use tariff::Offer;
use tariff::cost::index::lay;

use super::cost::{Held, needs_plan};
use super::pricing::Known;
use crate::json::cost::OfferName;
use crate::json::index::{Index, Row};
use crate::json::show::Subject;
use crate::when::Days;

/// A register shows whole Wh: a difference of two readings is off by less.
const ROUNDING: u64 = 60;

/// Lays the days beside each other, for each calendar that has the offer's
/// classes; for none of them, the totals alone. Nothing where no reading is held.
pub fn read(
    store: &Store,
    subject: &Subject,
    days: Days,
    offer: &Offer,
    known: &Known,
) -> Result<Vec<Index>, LedgerError> {
    // The reading at the end of the last day is that of the day after.
    let end = paris::add_days(days.end, 1);
    let registers = store.registers(subject.key(Kind::Index), days.first, end)?;
    if registers.is_empty() {
        return Ok(Vec::new());
    }
    let held = Held::read(store, subject, days)?;
    let mut laid = Vec::new();
    for calendar in calendars(&registers, offer) {
        let rows = known.with(subject.direction, |context| {
            lay(&held.usage(), offer, context, &registers, &calendar)
        });
        laid.push(Index {
            subject: subject.clone(),
            first: days.first,
            last: paris::add_days(days.end, -1),
            offer: OfferName::of(offer),
            calendar,
            rows: rows.into_iter().map(row).collect(),
            notes: known.notes(needs_plan(offer)),
        });
    }
    Ok(laid)
}

/// The calendars that have a class of the offer's, else the empty one.
fn calendars(registers: &[Register], offer: &Offer) -> BTreeSet<String> {
    let codes = offer.schedule.codes();
    let ours = registers
        .iter()
        .filter(|register| codes.contains(&register.class.as_str()))
        .map(|register| register.calendar.clone());
    let mut calendars: BTreeSet<String> = ours.collect();
    if calendars.is_empty() {
        calendars.insert(String::new());
    }
    calendars
}

fn row(laid: tariff::cost::index::Laid) -> Row {
    Row {
        day: laid.day,
        class: laid.class,
        curve_watt_minutes: laid.curve.0,
        complete: laid.complete,
        register_watt_hours: laid.register,
        differs: laid
            .difference
            .is_some_and(|difference| difference.unsigned_abs() >= ROUNDING),
        difference_watt_minutes: laid.difference,
    }
}
