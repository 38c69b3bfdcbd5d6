//! What a period cost: a pure function of a curve, daily totals, an offer and
//! what is known of its days.
//!
//! Every minute has a class and a price, or a reason why not. Sums are exact;
//! each figure is rounded once.

mod breakdown;
mod exact;
pub mod index;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use meter::{Interval, WattMinutes, paris};

use crate::offer::schedule::{Context, Reason};
use crate::offer::{Offer, Schedule};
use crate::split::{WallClock, segments};
use table::{Table, Worth};

pub use breakdown::{Breakdown, ClassCost, Completeness, Missing, Totals, Unknown};
pub use exact::Exact;

/// What was used, and when.
#[derive(Debug, Clone, Copy)]
pub struct Usage<'a> {
    /// The first local day.
    pub first: Date,
    /// The day after the last.
    pub end: Date,
    /// The curve, sorted, none overlapping another; what lies outside is left out.
    pub curve: &'a [Interval],
    /// Enedis' daily totals in Wh.
    pub daily: &'a BTreeMap<Date, u64>,
}

/// Prices what was used under an offer, for a subscribed power in kVA.
///
/// Where the curve of a day is not complete, the daily total prices the rest if
/// the whole day is of one class and price; else the rest is missing.
pub fn cost(usage: &Usage, offer: &Offer, kva: Option<u32>, context: &Context) -> Breakdown {
    let table = Table::new((usage.first, usage.end), offer, kva, context);
    let mut sums = Sums::new(offer, &table);
    sums.curve(usage.curve, offer, &table);
    sums.days(usage.daily, &table);
    sums.finish(usage, offer, kva, &table)
}

#[derive(Default, Clone, Copy)]
struct ClassSum {
    energy: u64,
    unpriced: u64,
    exact: Exact,
}

#[derive(Default, Clone, Copy)]
struct DaySum {
    minutes: u32,
    energy: u64,
}

#[derive(Default)]
struct UnknownSum {
    energy: u64,
    minutes: u64,
    days: BTreeSet<Date>,
}

struct Sums {
    classes: Vec<ClassSum>,
    days: Vec<DaySum>,
    unknown: BTreeMap<Reason, UnknownSum>,
    missing: Missing,
    totals: Totals,
    completeness: Completeness,
}

/// A part of an interval, or of a day, that is worth one thing.
struct Piece {
    day: Date,
    minutes: u64,
    energy: WattMinutes,
}

impl Sums {
    fn new(offer: &Offer, table: &Table) -> Self {
        Self {
            classes: vec![ClassSum::default(); offer.classes.len()],
            days: vec![DaySum::default(); table.days().count()],
            unknown: BTreeMap::new(),
            missing: Missing::default(),
            totals: Totals::default(),
            completeness: Completeness::default(),
        }
    }

    fn curve(&mut self, curve: &[Interval], offer: &Offer, table: &Table) {
        let mut clock = WallClock::default();
        for interval in curve {
            let mut minute = interval.start.as_second().div_euclid(60);
            let next = |day, minute| table.next_boundary(day, minute);
            for part in segments(&mut clock, interval, next) {
                let from = minute;
                minute += i64::from(part.minutes);
                let Some(index) = table.index(part.date) else {
                    continue;
                };
                let day = &mut self.days[index];
                day.minutes += u32::from(part.minutes);
                day.energy += part.energy.0;
                let piece = Piece {
                    day: part.date,
                    minutes: u64::from(part.minutes),
                    energy: part.energy,
                };
                match table.worth(index, part.minute) {
                    Worth::Dynamic => self.dynamic(offer, from, interval.watts, &piece),
                    worth => self.add(worth, &piece),
                }
            }
        }
    }

    /// Cuts a piece where the price changes by itself.
    fn dynamic(&mut self, offer: &Offer, from: i64, watts: u32, piece: &Piece) {
        let Schedule::Dynamic(prices) = &offer.schedule else {
            return;
        };
        let (mut at, end) = (from, from + piece.minutes as i64);
        while at < end {
            let (price, until) = prices.at(at);
            let minutes = (until.min(end) - at).unsigned_abs();
            let worth = match price {
                Some(per_kwh) => Worth::Priced { class: 0, per_kwh },
                None => Worth::Unpriced { class: 0 },
            };
            let energy = WattMinutes(u64::from(watts) * minutes);
            let day = piece.day;
            self.add(
                worth,
                &Piece {
                    day,
                    minutes,
                    energy,
                },
            );
            at = until.min(end);
        }
    }

    fn add(&mut self, worth: Worth, piece: &Piece) {
        self.completeness.covered += piece.minutes;
        match worth {
            Worth::Priced { class, per_kwh } => {
                let sum = &mut self.classes[usize::from(class)];
                sum.energy += piece.energy.0;
                sum.exact += Exact::of_energy(piece.energy, per_kwh);
                self.completeness.priced += piece.minutes;
            }
            Worth::Unpriced { class } => {
                let sum = &mut self.classes[usize::from(class)];
                sum.energy += piece.energy.0;
                sum.unpriced += piece.energy.0;
                self.not_known(Reason::NoPrice, piece.day, piece);
            }
            Worth::Unknown { reason, about } => self.not_known(reason, about, piece),
            // Cut into pieces that are priced one by one.
            Worth::Dynamic => {}
        }
    }

    fn not_known(&mut self, reason: Reason, about: Date, piece: &Piece) {
        let unknown = self.unknown.entry(reason).or_default();
        unknown.energy += piece.energy.0;
        unknown.minutes += piece.minutes;
        unknown.days.insert(about);
    }

    /// Lays the daily totals beside the curve, day by day.
    fn days(&mut self, daily: &BTreeMap<Date, u64>, table: &Table) {
        for (index, day) in table.days() {
            let day_minutes = paris::day_minutes(day);
            self.completeness.days += 1;
            self.completeness.minutes += u64::from(day_minutes);
            let held = self.days[index];
            let total = daily.get(&day).map(|wh| wh.saturating_mul(60));
            if let Some(total) = total {
                self.totals.days += 1;
                self.totals.energy += WattMinutes(total);
            }
            let absent = u64::from(day_minutes.saturating_sub(held.minutes));
            if absent > 0 {
                let rest = total.and_then(|total| total.checked_sub(held.energy));
                self.rest(day, absent, rest, table.whole_day(index));
            } else if let Some(total) = total {
                self.totals.difference += total as i64 - held.energy as i64;
            }
        }
    }

    /// Minutes of a day that the curve lacks, with their energy where it is known.
    fn rest(&mut self, day: Date, minutes: u64, rest: Option<u64>, worth: Option<Worth>) {
        if let (Some(rest), Some(worth @ Worth::Priced { .. })) = (rest, worth) {
            let energy = WattMinutes(rest);
            self.totals.priced += energy;
            self.add(
                worth,
                &Piece {
                    day,
                    minutes,
                    energy,
                },
            );
            return;
        }
        self.missing.minutes += minutes;
        self.missing.days.insert(day);
        match rest {
            Some(rest) => self.missing.energy += WattMinutes(rest),
            None => {
                self.missing.amount_unknown.insert(day);
            }
        }
    }

    fn finish(self, usage: &Usage, offer: &Offer, kva: Option<u32>, table: &Table) -> Breakdown {
        let energy: Exact = self.classes.iter().map(|class| class.exact).sum();
        let (mut subscription, mut subscription_unknown) = (Exact::default(), BTreeSet::new());
        for (_, day) in table.days() {
            match offer.month(kva, day) {
                Some(month) => subscription += Exact::of_day(day, month),
                None => {
                    subscription_unknown.insert(day);
                }
            }
        }
        let classes = offer.classes.iter().zip(&self.classes);
        let unknown = self.unknown.into_iter().map(|(reason, sum)| Unknown {
            reason,
            energy: WattMinutes(sum.energy),
            minutes: sum.minutes,
            days: sum.days,
        });
        Breakdown {
            first: usage.first,
            end: usage.end,
            classes: classes
                .map(|(name, sum)| ClassCost {
                    class: name.clone(),
                    energy: WattMinutes(sum.energy),
                    unpriced: WattMinutes(sum.unpriced),
                    cost: sum.exact.round(),
                })
                .collect(),
            energy: energy.round(),
            subscription: subscription.round(),
            subscription_unknown,
            total: (energy + subscription).round(),
            unknown: unknown.collect(),
            missing: self.missing,
            totals: self.totals,
            completeness: self.completeness,
        }
    }
}
