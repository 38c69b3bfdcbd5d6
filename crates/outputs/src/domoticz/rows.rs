//! The rows of a device: one for each half hour of late, one for each day.
//!
//! Indexes are cumulative since the first day that is held and never restart:
//! the index of the short log at midnight is that of the day's row.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use meter::paris;

use super::settings::{Device, Settings};
use super::side::{Classes, Known, Side};

/// U1, U2, R1, R2 in Wh: peak and off-peak, consumed and produced.
pub(super) type Four = [u64; 4];

/// What a device must hold: by date (`2026-11-20`, `2026-11-20 13:30:00`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// Days with their energy and the index at their end.
    pub days: BTreeMap<Date, (Four, Four)>,
    /// Index and energy of the interval at the ends of intervals.
    pub short: BTreeMap<DateTime, (Four, u64)>,
    /// Days on which one side is missing for good; the other is shown.
    pub one_sided: u32,
    /// The first day of the short log that is wanted.
    pub short_from: Option<DateTime>,
    /// The first day of the long log that is wanted.
    pub long_from: Option<Date>,
}

/// Both directions of a device.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides<'a> {
    pub consumption: &'a Side,
    pub production: &'a Side,
}

/// What a day adds up to.
enum DayRow {
    Whole(Four),
    /// One side will not come any more.
    OneSided(Four),
    None,
}

impl Sides<'_> {
    fn both(&self) -> [&Side; 2] {
        [self.consumption, self.production]
    }

    fn day(&self, day: Date) -> DayRow {
        let known = self.both().map(|side| side.on(day));
        let energy = known.map(|known| match known {
            Known::Energy(energy) => energy,
            _ => [0; 2],
        });
        let four = [energy[0][0], energy[0][1], energy[1][0], energy[1][1]];
        if known.contains(&Known::Awaited) {
            return DayRow::None;
        }
        if known.iter().all(|known| !matches!(known, Known::Energy(_))) {
            return DayRow::None;
        }
        if known.contains(&Known::Missing) {
            return DayRow::OneSided(four);
        }
        DayRow::Whole(four)
    }

    /// What the curves hold of a day that has no row, in whole Wh.
    fn part(&self, day: Date) -> Four {
        let curves = self
            .both()
            .map(|side| side.days.get(&day).map(|held| held.curve));
        let [used, given] = curves.map(Option::unwrap_or_default);
        [used[0], used[1], given[0], given[1]].map(|watt_minutes| watt_minutes / 60)
    }

    /// The ends of the day's intervals with the energy of each side in W·min;
    /// none while one side is awaited that has nothing yet.
    fn points(&self, day: Date) -> BTreeMap<Timestamp, [Classes; 2]> {
        let mut points: BTreeMap<Timestamp, [Classes; 2]> = BTreeMap::new();
        for (number, side) in self.both().into_iter().enumerate() {
            let held = side.days.get(&day).map(|held| held.points.as_slice());
            let held = held.unwrap_or_default();
            if held.is_empty() && side.on(day) == Known::Awaited {
                return BTreeMap::new();
            }
            for (end, energy) in held {
                points.entry(*end).or_default()[number] = *energy;
            }
        }
        points
    }
}

/// The rows of a device at a local moment, as Domoticz keeps them so many days.
pub(super) fn rows(sides: Sides<'_>, settings: &Settings, now: DateTime, kept: u32) -> Rows {
    let days = u32::from(settings.short_log_days).min(kept);
    let short_from = now.saturating_sub(jiff::Span::new().days(i64::from(days)));
    let long_from = settings
        .long_log_days
        .map(|days| paris::add_days(now.date(), -i32::from(days)));
    let mut rows = Rows {
        short_from: (days > 0).then_some(short_from),
        long_from,
        ..Rows::default()
    };
    let dates = sides.both().map(|side| side.days.keys().copied());
    let mut dates: Vec<Date> = dates.into_iter().flatten().collect();
    dates.sort_unstable();
    dates.dedup();
    // Of whole days, and of the parts of those that have no row.
    let (mut index, mut parts) = ([0; 4], [0; 4]);
    for day in dates.into_iter().filter(|day| *day < now.date()) {
        let row = match sides.day(day) {
            DayRow::Whole(row) => Some(row),
            DayRow::OneSided(row) => {
                rows.one_sided += 1;
                Some(row)
            }
            DayRow::None => None,
        };
        let begin = plus(index, parts);
        short(&mut rows, sides, day, (begin, row));
        match row {
            Some(row) => {
                index = plus(index, row);
                if long_from.is_none_or(|from| day >= from) {
                    rows.days.insert(day, (row, index));
                }
            }
            None => parts = plus(parts, sides.part(day)),
        }
    }
    rows
}

/// The short log of a day, from the index at its beginning; its last row ends at
/// the day's own total.
fn short(rows: &mut Rows, sides: Sides<'_>, day: Date, (begin, row): (Four, Option<Four>)) {
    let mut sums = [0; 4];
    let mut last = begin;
    let midnight = paris::day_end(day);
    for (end, energy) in sides.points(day) {
        let [used, given] = energy;
        sums = plus(sums, [used[0], used[1], given[0], given[1]]);
        let mut now = sums.map(|watt_minutes| watt_minutes / 60);
        if let Some(row) = row {
            now = if end == midnight {
                row
            } else {
                least(now, row)
            };
        }
        let now = plus(begin, now);
        let stamp = paris::local(end);
        let from = rows.short_from.is_some_and(|from| stamp > from);
        // Domoticz has no second 02:00 in autumn: the first one stays.
        if from && !is_second(end, stamp) {
            let used = now[0] + now[1] - last[0] - last[1];
            rows.short.insert(stamp, (now, used));
        }
        last = now;
    }
}

fn is_second(end: Timestamp, stamp: DateTime) -> bool {
    matches!(paris::instants(stamp), paris::Instants::Two(_, second) if second == end)
}

fn plus(one: Four, two: Four) -> Four {
    std::array::from_fn(|n| one[n] + two[n])
}

fn least(one: Four, two: Four) -> Four {
    std::array::from_fn(|n| one[n].min(two[n]))
}

/// A day's value: 11 fields of a P1 device, 3 of a managed counter.
pub(super) fn day_value(device: Device, day: Date, (row, index): (Four, Four)) -> String {
    match device {
        Device::P1 => {
            let [u1, u2, r1, r2] = row;
            let [i1, i2, j1, j2] = index;
            format!("{u1};{u2};{r1};{r2};0;0;{i1};{j1};{i2};{j2};{day}")
        }
        Device::ManagedCounter => format!("{};{};{day}", index[0] + index[1], row[0] + row[1]),
    }
}

/// A short-log value: 7 fields, or 3.
pub(super) fn short_value(device: Device, at: DateTime, (index, used): (Four, u64)) -> String {
    let stamp = stamp(at);
    match device {
        Device::P1 => {
            let [u1, u2, r1, r2] = index;
            format!("{u1};{u2};{r1};{r2};0;0;{stamp}")
        }
        Device::ManagedCounter => format!("{};{used};{stamp}", index[0] + index[1]),
    }
}

/// A moment as Domoticz writes it.
pub(super) fn stamp(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
