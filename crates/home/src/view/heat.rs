//! Hours by days over a year, and their means by month.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Kind, paris, period};

use crate::json::heat::{Heat, HeatDay, HeatMonth, HourSum};
use crate::json::show::Subject;

/// Reads the hours of the days in `[first, end)`.
pub fn read(store: &Store, subject: Subject, first: Date, end: Date) -> Result<Heat, LedgerError> {
    let (from, to) = (paris::day_start(first), paris::day_start(end));
    let intervals = store.curve(subject.key(Kind::Curve), from, to)?;
    let hours = period::hours(&intervals);
    let whole = hours.iter().filter(|hour| hour.minutes == 60);
    let held: BTreeMap<i64, u64> = whole
        .map(|hour| (hour.start.as_second(), hour.energy.0))
        .collect();
    let days: Vec<HeatDay> = paris::days(first, end)
        .map(|day| HeatDay {
            day,
            hours: starts(day).map(|start| held.get(&start).copied()).collect(),
        })
        .collect();
    Ok(Heat {
        first,
        last: paris::add_days(end, -1),
        months: months(&days),
        days,
        subject,
    })
}

/// The instants at which a day's hours begin.
fn starts(day: Date) -> impl Iterator<Item = i64> {
    let start = paris::day_start(day).as_second();
    (0..i64::from(paris::day_minutes(day) / 60)).map(move |hour| start + hour * 3600)
}

/// What the clock shows at the beginning of each hour of a day: 0 to 23, without
/// the hour that spring skips, with the one that autumn repeats.
pub fn clock(day: Date) -> Vec<u8> {
    let start = paris::day_start(day);
    let hours = i64::from(paris::day_minutes(day) / 60);
    (0..hours)
        .map(|hour| {
            paris::local(start + SignedDuration::from_hours(hour))
                .hour()
                .unsigned_abs()
        })
        .collect()
}

fn months(days: &[HeatDay]) -> Vec<HeatMonth> {
    let mut months: Vec<HeatMonth> = Vec::new();
    for day in days {
        let month = day.day.first_of_month();
        if months.last().is_none_or(|last| last.month != month) {
            months.push(HeatMonth {
                month,
                hours: vec![HourSum::default(); 24],
            });
        }
        let Some(of_month) = months.last_mut() else {
            continue;
        };
        for (hour, energy) in clock(day.day).into_iter().zip(&day.hours) {
            let (Some(sum), Some(energy)) = (of_month.hours.get_mut(usize::from(hour)), energy)
            else {
                continue;
            };
            sum.watt_minutes += energy;
            sum.hours += 1;
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn spring_skips_an_hour_of_the_clock_and_autumn_repeats_it() {
        let spring = clock(date(2026, 3, 29));
        assert_eq!((spring.len(), spring[2]), (23, 3));
        let autumn = clock(date(2025, 10, 26));
        assert_eq!((autumn.len(), autumn[2], autumn[3]), (25, 2, 2));
        assert_eq!(clock(date(2026, 1, 1)), (0..24).collect::<Vec<u8>>());
    }

    #[test]
    fn a_month_sums_the_hours_of_the_clock_that_are_held() {
        let day = |day, hours| HeatDay { day, hours };
        let mut autumn = vec![None; 25];
        autumn[2] = Some(60);
        autumn[3] = Some(120);
        let months = months(&[
            day(date(2025, 10, 26), autumn),
            day(date(2025, 11, 1), vec![Some(1); 24]),
        ]);
        assert_eq!(months.len(), 2);
        let two = months[0].hours[2];
        assert_eq!((two.watt_minutes, two.hours), (180, 2));
        assert_eq!(two.mean_watt_hours(), Some(2));
        assert_eq!(months[0].hours[3].mean_watt_hours(), None);
    }
}
