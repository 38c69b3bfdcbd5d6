//! A week, month or year: sums of what is held, with the count of what is not.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Granularity, Kind, PeriodTotal, curve, paris, period};

use crate::json::show::{Part, Period, SourceTotal, StateNote, Subject, Total};

/// Reads a period as it stands at an instant.
pub fn read(
    store: &Store,
    subject: Subject,
    wanted: meter::Period,
    now: Timestamp,
) -> Result<Period, LedgerError> {
    let days = Days::read(store, &subject, wanted, now)?;
    let granularity = wanted.granularity();
    let parts = match granularity {
        Granularity::Year => months(wanted)
            .map(|month| Part {
                total: days.total(month),
                state: None,
            })
            .collect(),
        _ => wanted.days().map(|day| days.part(day)).collect(),
    };
    Ok(Period {
        granularity,
        total: days.total(wanted),
        source_total: source_total(store, &subject, &period::total(wanted, &days.daily))?,
        parts,
        subject,
    })
}

/// What is held of each day of a period.
struct Days {
    daily: BTreeMap<Date, u64>,
    curve: BTreeMap<Date, CurveDay>,
    states: BTreeMap<Date, StateNote>,
    /// Whether the source is asked about this series.
    asked: bool,
    now: Timestamp,
    today: Date,
}

#[derive(Clone, Copy)]
struct CurveDay {
    watt_minutes: u64,
    complete: bool,
}

impl Days {
    fn read(
        store: &Store,
        subject: &Subject,
        period: meter::Period,
        now: Timestamp,
    ) -> Result<Self, LedgerError> {
        let (first, end) = (period.first(), period.end());
        let (from, to) = (period.start_instant(), period.end_instant());
        let intervals = store.curve(subject.key(Kind::Curve), from, to)?;
        let curve = curve::by_day(&intervals).map(|day| {
            let summary = CurveDay {
                watt_minutes: day.energy().0,
                complete: day.is_complete(),
            };
            (day.day, summary)
        });
        // The curve's records, and those of the energy over them.
        let records = store.days(subject.key(Kind::Curve), first, end)?;
        let daily_records = store.days(subject.key(Kind::Daily), first, end)?;
        let records = records.iter().chain(&daily_records);
        Ok(Self {
            daily: store.daily(subject.key(Kind::Daily), first, end)?,
            curve: curve.collect(),
            states: records
                .map(|record| (record.day, StateNote::of(record)))
                .collect(),
            asked: store.note(subject.key(Kind::Daily))?.succeeded_at.is_some(),
            now,
            today: paris::day_of(now),
        })
    }

    fn total(&self, period: meter::Period) -> Total {
        let sum = period::total(period, &self.daily);
        let curve = || self.curve.range(period.first()..period.end());
        let complete = curve().filter(|(_, day)| day.complete).count() as u32;
        let watt_minutes = curve()
            .map(|(_, day)| day.watt_minutes)
            .reduce(|a, b| a + b);
        Total {
            first: period.first(),
            last: paris::add_days(period.end(), -1),
            days: sum.days,
            days_to_come: self.days_to_come(period),
            days_held: sum.days_held,
            watt_hours: (sum.days_held > 0).then_some(sum.watt_hours),
            partial: sum.is_partial(),
            curve_days_complete: complete,
            curve_days_partial: curve().count() as u32 - complete,
            curve_watt_minutes: watt_minutes,
        }
    }

    fn part(&self, day: Date) -> Part {
        Part {
            total: self.total(meter::Period::containing(Granularity::Day, day)),
            state: match self.states.get(&day) {
                Some(state) => Some(state.clone()),
                None => StateNote::on(None, day, self.asked, self.now),
            },
        }
    }

    fn days_to_come(&self, period: meter::Period) -> u32 {
        let first = self.today.max(period.first());
        paris::days_between(first, period.end())
            .max(0)
            .unsigned_abs()
    }
}

fn months(year: meter::Period) -> impl Iterator<Item = meter::Period> {
    let firsts = year.days().filter(|day| day.day() == 1);
    firsts.map(|day| meter::Period::containing(Granularity::Month, day))
}

fn source_total(
    store: &Store,
    subject: &Subject,
    ours: &PeriodTotal,
) -> Result<Option<SourceTotal>, LedgerError> {
    let period = ours.period;
    let said = store.source_total(
        subject.usage_point,
        subject.direction,
        period.granularity(),
        period.first(),
    )?;
    Ok(said.map(|said| SourceTotal {
        watt_hours: said.watt_hours,
        difference_watt_hours: ours.difference(said.watt_hours),
        source: said.source,
        said_at: said.said_at,
    }))
}
