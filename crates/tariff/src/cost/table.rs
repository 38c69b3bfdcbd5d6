//! What each minute of a run of days is worth under an offer.

use std::cell::Cell;

use jiff::civil::Date;
use meter::paris;

use crate::offer::schedule::{Context, Reason, Slot};
use crate::offer::{MicroEuro, Offer, Schedule};
use crate::windows::DAY;

/// What a minute is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    Priced {
        class: u8,
        per_kwh: MicroEuro,
    },
    /// Of that class, whose price no line says.
    Unpriced {
        class: u8,
    },
    /// The price is looked up by instant.
    Dynamic,
    Unknown {
        reason: Reason,
        about: Date,
    },
}

/// The days from the first on, one after the other.
pub(super) struct Table {
    first: Date,
    days: Vec<Vec<(u16, Worth)>>,
    /// The last day looked up: pieces come in order.
    last: Cell<(Date, Option<usize>)>,
}

impl Table {
    pub(super) fn new(
        (first, end): (Date, Date),
        offer: &Offer,
        kva: Option<u32>,
        context: &Context,
    ) -> Self {
        let dynamic = matches!(offer.schedule, Schedule::Dynamic(_));
        let worth = |day, slot| match slot {
            Slot::Class(_) if dynamic => Worth::Dynamic,
            Slot::Class(class) => match offer.price(class, kva, day) {
                Some(per_kwh) => Worth::Priced { class, per_kwh },
                None => Worth::Unpriced { class },
            },
            Slot::Unknown { reason, about } => Worth::Unknown { reason, about },
        };
        let days = paris::days(first, end)
            .map(|day| {
                let parts = offer.schedule.day(day, context);
                let priced = parts
                    .into_iter()
                    .map(|(from, slot)| (from, worth(day, slot)));
                priced.collect()
            })
            .collect();
        Self {
            first,
            days,
            last: Cell::new((Date::ZERO, None)),
        }
    }

    /// The number of a day, when it is one of the table's.
    pub(super) fn index(&self, day: Date) -> Option<usize> {
        let (last, index) = self.last.get();
        if last == day {
            return index;
        }
        let index = usize::try_from(paris::days_between(self.first, day))
            .ok()
            .filter(|index| *index < self.days.len());
        self.last.set((day, index));
        index
    }

    /// The first minute of the day after that one at which the worth may change.
    pub(super) fn next_boundary(&self, day: Date, minute: u16) -> u16 {
        let parts = self.index(day).map_or(&[][..], |index| &self.days[index]);
        parts
            .iter()
            .map(|(from, _)| *from)
            .find(|from| *from > minute)
            .unwrap_or(DAY)
    }

    /// What a minute of a day is worth; days by their number.
    pub(super) fn worth(&self, index: usize, minute: u16) -> Worth {
        let parts = &self.days[index];
        let held = parts.iter().rev().find(|(from, _)| *from <= minute);
        held.map_or(parts[0].1, |(_, worth)| *worth)
    }

    /// What the whole day is worth, where that does not change.
    pub(super) fn whole_day(&self, index: usize) -> Option<Worth> {
        match self.days[index].as_slice() {
            [(_, worth)] => Some(*worth),
            _ => None,
        }
    }

    /// The days and their numbers.
    pub(super) fn days(&self) -> impl Iterator<Item = (usize, Date)> {
        let day = |index| paris::add_days(self.first, index as i32);
        (0..self.days.len()).map(move |index| (index, day(index)))
    }
}
