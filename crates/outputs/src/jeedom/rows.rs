//! Which rows a command's history is to hold: a pure function of the readings.
//!
//! A month or a year is stated only if each of its days is held, up to its end
//! or up to the last day that is known. Nothing is filled in.

mod curve;
mod totals;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, date};
use meter::Direction;

use super::decimal::Decimal;
use super::profile::{Command, Dating, Series};
use super::readings::{Readings, kwh};

/// A row of a history, in the unit of the command's profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Its local date, as Jeedom writes it.
    pub at: DateTime,
    /// Its value, as it is to be stored.
    pub value: Decimal,
    /// Whether it must be there.
    pub need: Need,
}

/// Whether a row must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It must.
    Always,
    /// A running total of an earlier day: right if it is there, not missed if not.
    IfThere,
}

/// The rows of a command from a day on, sorted by date, one for each date.
pub fn rows(command: &Command, readings: &Readings, first: Date) -> Vec<Row> {
    let dating = command.dating;
    let of_days = |values: &BTreeMap<Date, Decimal>| -> Vec<Row> {
        let values = values.range(first..);
        values
            .map(|(day, value)| of_day(dating, *day, *value))
            .collect()
    };
    let daily = |direction| &readings.flow(direction).daily;
    let mut rows = match command.series {
        Series::Power(direction) => curve::rows(&readings.flow(direction).curve, dating, first),
        Series::Day(direction) => {
            let energy = daily(direction).iter();
            of_days(
                &energy
                    .map(|(day, wh)| (*day, Decimal::thousandths(*wh)))
                    .collect(),
            )
        }
        Series::Month(direction) => {
            totals::periods(readings.flow(direction), Date::first_of_month, first)
        }
        Series::Year(direction) => totals::periods(readings.flow(direction), first_of_year, first),
        Series::MonthToDate(direction) => {
            let running = totals::running(readings.flow(direction), Date::first_of_month);
            of_days(&running)
        }
        Series::YearToDate(direction) => {
            of_days(&totals::running(readings.flow(direction), first_of_year))
        }
        Series::Maximum => totals::maxima(&readings.maxima, first),
        Series::Peak => of_days(&class(readings, |(peak, _)| peak)),
        Series::OffPeak => of_days(&class(readings, |(_, off_peak)| off_peak)),
        Series::Tempo => {
            let colours = readings.beside.tempo.range(first..);
            // A Tempo day begins at six in the morning.
            let row =
                |(day, class): (&Date, &i64)| always(day.at(6, 0, 0, 0), Decimal::whole(*class));
            colours.map(row).collect()
        }
        Series::Cost => {
            let costs = readings.beside.cost.iter();
            of_days(
                &costs
                    .map(|(day, micro)| (*day, Decimal::millionths(*micro)))
                    .collect(),
            )
        }
        Series::Subscribed => subscribed(readings, first),
        Series::Completeness => of_days(&curve::completeness(&readings.consumption.curve)),
        Series::Problem => Vec::new(),
    };
    for row in &mut rows {
        row.value = row.value.rounded(command.decimals);
    }
    rows
}

fn class(readings: &Readings, of: impl Fn((u64, u64)) -> u64) -> BTreeMap<Date, Decimal> {
    let days = readings.beside.peak.iter();
    days.map(|(day, split)| (*day, kwh(of(*split)))).collect()
}

/// Only what is known now is known: one row, on the last day that is held.
fn subscribed(readings: &Readings, first: Date) -> Vec<Row> {
    let last = readings
        .flow(Direction::Consumption)
        .daily
        .keys()
        .next_back();
    let known = readings
        .beside
        .subscribed_kva
        .zip(last.filter(|day| **day >= first));
    known
        .map(|(kva, day)| of_day(Dating::Evening, *day, Decimal::whole(i64::from(kva))))
        .into_iter()
        .collect()
}

fn of_day(dating: Dating, day: Date, value: Decimal) -> Row {
    always(
        match dating {
            Dating::Evening => evening(day),
            Dating::Midnight => day.at(0, 0, 0, 0),
        },
        value,
    )
}

fn always(at: DateTime, value: Decimal) -> Row {
    Row {
        at,
        value,
        need: Need::Always,
    }
}

/// Where the plugin of 2020 put what belongs to a whole day: Jeedom groups it
/// into the right day, month and year.
fn evening(day: Date) -> DateTime {
    day.at(23, 55, 0, 0)
}

fn first_of_year(day: Date) -> Date {
    date(day.year(), 1, 1)
}
