//! One direction of one usage point, day by day: totals, the split between peak
//! and off-peak, and what is not known.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayState, LedgerError, SeriesKey, Store};
use meter::{Direction, Interval, Kind, WattMinutes, paris};
use tariff::split::{WallClock, segments};
use tariff::{Plans, Windows};

use crate::meters::Meter;

/// Peak, then off-peak. What no plan calls off-peak is peak.
pub(super) type Classes = [u64; 2];

/// A day of a direction as far as it is held.
#[derive(Debug, Clone, Default)]
pub(super) struct SideDay {
    /// The energy that the source states, in Wh.
    pub stated: Option<u64>,
    /// What the curve says, in W·min.
    pub curve: Classes,
    /// Minutes that the curve covers.
    pub minutes: u32,
    /// The largest hour of each class, in W·min.
    pub largest: Classes,
    /// The ends of the intervals, with their energy in W·min; of late days only.
    pub points: Vec<(Timestamp, Classes)>,
    pub hour: (i64, Classes),
}

/// What is known of a day of a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Its energy in Wh.
    Energy(Classes),
    /// There was no meter, or none of that direction.
    Nothing,
    /// It is not held and is not expected any more.
    Missing,
    /// It is not held and may still come.
    Awaited,
}

/// One direction of one usage point.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    pub days: BTreeMap<Date, SideDay>,
    /// The first and the last day of which something is held.
    held: Option<(Date, Date)>,
    /// Nothing was there before the first day.
    begins: bool,
    awaited: Vec<Date>,
    /// The last answer of the source.
    pub succeeded_at: Option<Timestamp>,
    /// Days with an unknown split: held, but without curve or plan.
    pub unsplit: u32,
}

impl Side {
    /// One that holds just these days.
    #[cfg(test)]
    pub fn of_days(days: BTreeMap<Date, SideDay>) -> Self {
        let held = days.keys().next().copied().zip(days.keys().last().copied());
        Self {
            days,
            held,
            ..Self::default()
        }
    }

    /// Whether anything of it is held at all.
    pub fn exists(&self) -> bool {
        self.held.is_some()
    }

    /// What is known of a day.
    pub fn on(&self, day: Date) -> Known {
        let Some((first, last)) = self.held else {
            return Known::Nothing;
        };
        if day < first {
            return if self.begins {
                Known::Nothing
            } else {
                Known::Missing
            };
        }
        if let Some(energy) = self.days.get(&day).and_then(|held| held.watt_hours(day)) {
            return Known::Energy(energy);
        }
        if day > last || self.awaited.binary_search(&day).is_ok() {
            return Known::Awaited;
        }
        Known::Missing
    }

    /// Reads it up to a day; intervals are kept from a day on.
    pub fn read(
        store: &Store,
        meter: &Meter,
        plans: &Plans,
        direction: Direction,
        (end, points_from): (Date, Date),
    ) -> Result<Self, LedgerError> {
        let key = |kind| SeriesKey {
            usage_point: meter.prm,
            direction,
            kind,
        };
        let kinds = [key(Kind::Curve), key(Kind::Daily)];
        let mut side = Self {
            begins: direction == Direction::Production,
            ..Self::default()
        };
        for key in kinds {
            let counts = store.state_counts(key)?;
            side.begins |= counts.of(DayState::BeforeActivation) > 0;
            if let (Some(first), Some(last)) = (counts.first_held, counts.last_held) {
                let held = side.held.unwrap_or((first, last));
                side.held = Some((held.0.min(first), held.1.max(last)));
            }
            let succeeded_at = store.note(key)?.succeeded_at;
            side.succeeded_at = side.succeeded_at.max(succeeded_at);
        }
        let Some((first, _)) = side.held else {
            return Ok(side);
        };
        for key in kinds {
            let records = store.days(key, first, end)?;
            let awaited = records.iter().filter(|record| record.ask_at.is_some());
            side.awaited.extend(awaited.map(|record| record.day));
        }
        side.awaited.sort_unstable();
        let curve = store.curve(kinds[0], paris::day_start(first), paris::day_start(end))?;
        let windows = |day| plans.windows(direction, day, meter.holidays);
        side.add_curve(&curve, &windows, points_from);
        for (day, watt_hours) in store.daily(kinds[1], first, end)? {
            side.days.entry(day).or_default().stated = Some(watt_hours);
        }
        let unsplit = side.days.iter().filter(|(day, held)| {
            held.minutes < paris::day_minutes(**day) && windows(**day).is_none_or(|w| !w.is_empty())
        });
        side.unsplit = unsplit.count() as u32;
        Ok(side)
    }

    fn add_curve(
        &mut self,
        curve: &[Interval],
        windows: &dyn Fn(Date) -> Option<Windows>,
        points_from: Date,
    ) {
        let plan = RefCell::new((Date::MIN, None));
        let of = |day: Date, look: &dyn Fn(&Windows) -> u16, none: u16| {
            let mut plan = plan.borrow_mut();
            if plan.0 != day {
                *plan = (day, windows(day));
            }
            plan.1.as_ref().map_or(none, look)
        };
        let mut clock = WallClock::default();
        for interval in curve {
            let mut classes = [0; 2];
            let mut day = None;
            let parts = segments(&mut clock, interval, |day, minute| {
                of(day, &|windows| windows.next_boundary(minute), 1440)
            });
            for part in parts {
                let off_peak = of(part.date, &|w| u16::from(w.contains(part.minute)), 0);
                let day = day.get_or_insert(part.date);
                let held = self.days.entry(*day).or_default();
                held.minutes += u32::from(part.minutes);
                held.curve[usize::from(off_peak)] += part.energy.0;
                classes[usize::from(off_peak)] += part.energy.0;
            }
            let Some(day) = day else { continue };
            let held = self.days.entry(day).or_default();
            held.add_to_hour(interval.start.as_second().div_euclid(3600), classes);
            if day >= points_from {
                held.points.push((interval.end(), classes));
            }
        }
    }
}

impl SideDay {
    /// The day's energy: what the source states, else the whole curve's. The
    /// off-peak part is the curve's; the rest is peak.
    pub fn watt_hours(&self, day: Date) -> Option<Classes> {
        let curve = WattMinutes(self.curve[0] + self.curve[1]);
        let whole = self.is_whole(day).then(|| curve.watt_hours_rounded());
        let total = self.stated.or(whole)?;
        let off_peak = WattMinutes(self.curve[1]).watt_hours_rounded().min(total);
        Some([total - off_peak, off_peak])
    }

    /// Whether the curve covers every minute.
    pub fn is_whole(&self, day: Date) -> bool {
        self.minutes >= paris::day_minutes(day)
    }

    fn add_to_hour(&mut self, hour: i64, classes: Classes) {
        if self.hour.0 != hour {
            self.hour = (hour, [0; 2]);
        }
        for (class, energy) in classes.into_iter().enumerate() {
            self.hour.1[class] += energy;
            self.largest[class] = self.largest[class].max(self.hour.1[class]);
        }
    }
}
