//! The split by curve beside what the meter's own registers counted.
//!
//! The registers are the authority: where the two differ by more than their
//! rounding, the plan, the colours or the curve are wrong.

use std::collections::BTreeMap;

use jiff::civil::Date;
use meter::{Register, WattMinutes, paris};
use serde::Serialize;

use super::{Usage, cost};
use crate::offer::Offer;
use crate::offer::schedule::Context;

/// One class of one day, counted in two ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Laid {
    /// The local day.
    pub day: Date,
    /// The class as Enedis names it; empty for everything.
    pub class: String,
    /// What the curve says.
    pub curve: WattMinutes,
    /// Whether the curve and the classes of the whole day are known.
    pub complete: bool,
    /// What the register counted in Wh; `None`: a reading lacks, or the register
    /// went back.
    pub register: Option<u64>,
    /// Register less curve in watt-minutes, where both are known.
    pub difference: Option<i64>,
}

/// Lays the classes of an offer beside the registers of that calendar, day by
/// day, and the whole day beside the register of everything. Classes of which no
/// reading is held, or whose names are not known, are left out.
pub fn lay(
    usage: &Usage,
    offer: &Offer,
    context: &Context,
    registers: &[Register],
    calendar: &str,
) -> Vec<Laid> {
    let readings = Readings::new(registers, calendar);
    let nothing = BTreeMap::new();
    let mut laid = Vec::new();
    for day in paris::days(usage.first, usage.end) {
        let (start, end) = (paris::day_start(day), paris::day_end(day));
        let from = usage
            .curve
            .partition_point(|interval| interval.end() <= start);
        let to = usage.curve.partition_point(|interval| interval.start < end);
        let of_day = Usage {
            first: day,
            end: paris::add_days(day, 1),
            curve: &usage.curve[from..to],
            daily: &nothing,
        };
        let split = cost(&of_day, offer, None, context);
        let covered = split.missing.minutes == 0;
        let classed: WattMinutes = split.classes.iter().map(|class| class.energy).sum();
        let all = split.measured();
        for (code, class) in offer.schedule.codes().iter().zip(&split.classes) {
            laid.extend(readings.beside(day, code, class.energy, covered && classed == all));
        }
        laid.extend(readings.beside(day, "", all, covered));
    }
    laid
}

/// Readings by class and day.
struct Readings<'a>(BTreeMap<(&'a str, Date), u64>);

impl<'a> Readings<'a> {
    fn new(registers: &'a [Register], calendar: &str) -> Self {
        let ours = registers
            .iter()
            .filter(|register| register.class.is_empty() || register.calendar == calendar);
        let place = |register: &'a Register| (register.class.as_str(), register.day);
        Self(
            ours.map(|register| (place(register), register.watt_hours))
                .collect(),
        )
    }

    fn beside(&self, day: Date, class: &str, curve: WattMinutes, complete: bool) -> Option<Laid> {
        let at = |day| self.0.get(&(class, day)).copied();
        let (before, after) = (at(day), at(paris::add_days(day, 1)));
        before.or(after)?;
        let register = before
            .zip(after)
            .and_then(|(before, after)| after.checked_sub(before));
        let difference = register
            .filter(|_| complete)
            .map(|watt_hours| watt_minutes(watt_hours.saturating_mul(60)) - watt_minutes(curve.0));
        Some(Laid {
            day,
            class: class.to_owned(),
            curve,
            complete,
            register,
            difference,
        })
    }
}

/// Half of what fits, so that two of them can be subtracted.
fn watt_minutes(energy: u64) -> i64 {
    i64::try_from(energy).unwrap_or(i64::MAX).min(i64::MAX / 2)
}
