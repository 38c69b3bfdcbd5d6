//! The figures of the tile: the highest power of a period and the energy of one,
//! as the plugin defined them, but never of a period that is not whole.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use meter::{WattMinutes, paris};

use super::rows::{Four, Sides};
use super::settings::{Device, Figure, Period, Settings};
use super::side::{Known, Side};

/// What the tile shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tile {
    /// The day that the figures are of: yesterday, or the last before it whose
    /// periods are whole.
    pub of: Date,
    /// The value.
    pub value: String,
}

/// How far back whole figures are looked for, in days.
const BACK: i32 = 400;

/// The latest whole figures before a day; none where no day has them.
pub(super) fn tile(
    sides: Sides<'_>,
    maxima: &BTreeMap<Date, u32>,
    settings: &Settings,
    today: Date,
) -> Option<Tile> {
    let days = paris::days(paris::add_days(today, -BACK), today);
    days.rev().find_map(|of| {
        let watts = highest(sides.consumption, maxima, span(settings.main_value.0, of))?;
        let energy = energies(sides, settings, of)?;
        let [u1, u2, r1, r2] = energy;
        let value = match settings.device {
            Device::P1 => format!("{u1};{u2};{r1};{r2};{watts};0"),
            Device::ManagedCounter => format!("-1;{watts}"),
        };
        Some(Tile { of, value })
    })
}

/// The days of a period in `[first, end)`; "current" is that of the day.
fn span(period: Period, of: Date) -> (Date, Date) {
    let after = paris::add_days(of, 1);
    let monday = paris::add_days(of, -i32::from(of.weekday().since(Weekday::Monday)));
    let month = of.first_of_month();
    match period {
        Period::Day => (of, after),
        Period::CurrentWeek => (monday, after),
        Period::LastWeek => (paris::add_days(monday, -7), monday),
        Period::CurrentMonth => (month, after),
        Period::LastMonth => (paris::add_days(month, -1).first_of_month(), month),
        Period::Year => (date(of.year(), 1, 1), after),
    }
}

/// The highest power in VA. Production has none; a house whose maxima nobody
/// gives has none either.
fn highest(side: &Side, maxima: &BTreeMap<Date, u32>, (first, end): (Date, Date)) -> Option<u32> {
    if !side.exists() || maxima.is_empty() {
        return Some(0);
    }
    let mut highest = 0;
    for day in paris::days(first, end) {
        match (maxima.get(&day), side.on(day)) {
            (Some(watts), _) => highest = highest.max(*watts),
            (None, Known::Nothing) => {}
            (None, _) => return None,
        }
    }
    Some(highest)
}

fn energies(sides: Sides<'_>, settings: &Settings, of: Date) -> Option<Four> {
    let span = span(settings.other_value.period, of);
    let figure = settings.other_value.figure;
    let [u1, u2] = energy(sides.consumption, figure, span)?;
    let [r1, r2] = energy(sides.production, figure, span)?;
    Some([u1, u2, r1, r2])
}

fn energy(side: &Side, figure: Figure, (first, end): (Date, Date)) -> Option<[u64; 2]> {
    let (mut sums, mut largest, mut hours) = ([0; 2], [0; 2], 0);
    for day in paris::days(first, end) {
        let energy = match side.on(day) {
            Known::Energy(energy) => energy,
            Known::Nothing => continue,
            Known::Missing | Known::Awaited => return None,
        };
        let held = side.days.get(&day)?;
        // Hours are known only where the curve is whole.
        if figure != Figure::Value && !held.is_whole(day) {
            return None;
        }
        hours += u64::from(paris::day_minutes(day) / 60);
        for class in 0..2 {
            sums[class] += energy[class];
            let hour = WattMinutes(held.largest[class]).watt_hours_rounded();
            largest[class] = largest[class].max(hour);
        }
    }
    Some(match figure {
        Figure::Value => sums,
        Figure::Max => largest,
        Figure::Mean => sums.map(|sum| (sum + hours / 2).checked_div(hours).unwrap_or(0)),
    })
}

#[cfg(test)]
mod tests;
