//! Days, months, years and maxima.

use std::collections::BTreeMap;

use jiff::civil::Date;
use meter::{DailyMaximum, PeakInstant, paris};

use super::{Need, Row, always, evening};
use crate::jeedom::decimal::Decimal;
use crate::jeedom::readings::Flow;

/// The energy from the beginning of its period to each day, where every day
/// between is held; days before the service began lack nothing.
pub(super) fn running(flow: &Flow, first_of: impl Fn(Date) -> Date) -> BTreeMap<Date, Decimal> {
    let sums = sums(flow, first_of).into_iter();
    sums.map(|(day, wh)| (day, Decimal::thousandths(wh)))
        .collect()
}

fn sums(flow: &Flow, first_of: impl Fn(Date) -> Date) -> BTreeMap<Date, u64> {
    let mut sums: BTreeMap<Date, u64> = BTreeMap::new();
    for (day, wh) in &flow.daily {
        let first = first_of(*day);
        let begins = flow
            .in_service_since
            .map_or(first, |since| first.max(since));
        let before = if begins >= *day {
            Some(0)
        } else {
            sums.get(&paris::add_days(*day, -1)).copied()
        };
        if let Some(before) = before {
            sums.insert(*day, before.saturating_add(*wh));
        }
    }
    sums
}

/// Months or years in the dating of 2020: a whole one on its last evening, the
/// one that the last day falls in on the evening of that day. Rows of the days
/// between were pushed when these were the last; they are kept right.
pub(super) fn periods(flow: &Flow, first_of: impl Fn(Date) -> Date, first: Date) -> Vec<Row> {
    let last = flow.daily.keys().next_back().copied();
    let sums = sums(flow, &first_of);
    let row = |(day, wh): (&Date, &u64)| {
        let ends = first_of(paris::add_days(*day, 1)) != first_of(*day);
        Row {
            need: if ends || Some(*day) == last {
                Need::Always
            } else {
                Need::IfThere
            },
            ..always(evening(*day), Decimal::thousandths(*wh))
        }
    };
    sums.range(first..).map(row).collect()
}

/// Each day's maximum at the instant that its stamp shows.
pub(super) fn maxima(maxima: &[DailyMaximum], first: Date) -> Vec<Row> {
    let mut rows: Vec<Row> = maxima
        .iter()
        .filter(|maximum| maximum.day >= first)
        .map(|maximum| {
            let (PeakInstant::Known { at } | PeakInstant::Either { earlier: at, .. }) = maximum.at;
            let kva = Decimal::thousandths(u64::from(maximum.volt_amperes));
            always(paris::local(at), kva)
        })
        .collect();
    rows.sort_unstable_by_key(|row| row.at);
    rows.dedup_by_key(|row| row.at);
    rows
}
