//! A household that has collected for some weeks, as a ledger: for the tests of
//! whoever reads one.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{
    ContractRecord, Coverage, DayState, SeriesKey, SeriesNote, SourceTotal, Store, Verdict,
};
use meter::{
    DailyEnergy, DailyMaximum, Direction, Granularity, Interval, Kind, PeakInstant, Phase,
    Register, Step, paris,
};

pub const HOME: &str = "22516914714270";
pub const ROOF: &str = "11111111111111";
pub const SPRING: Date = date(2026, 3, 29);
pub const AUTUMN: Date = date(2026, 10, 25);
/// Two hours are missing, and a half hour.
pub const PARTIAL: Date = date(2026, 11, 5);
/// Its energy is missing, its curve is not.
const WITHOUT_ENERGY: Date = date(2026, 11, 9);

pub fn now() -> Timestamp {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

pub fn key(prm: &str, direction: Direction, kind: Kind) -> SeriesKey {
    SeriesKey {
        usage_point: prm.parse().unwrap(),
        direction,
        kind,
    }
}

/// A day's curve: two peaks over a base load, always even, never twice the same.
pub fn curve(day: Date) -> Vec<Interval> {
    let mut start = paris::day_start(day);
    let mut intervals = Vec::new();
    while start < paris::day_end(day) {
        let time = paris::local(start).time();
        let half = time.hour() as u32 * 2 + time.minute() as u32 / 30;
        let peak = match half {
            13..=16 => 900,
            24..=26 => 1_400,
            37..=43 => 2_100,
            _ => 120,
        };
        let own = (u32::from(day.day().unsigned_abs()) * 37 + half * 11) % 90;
        intervals.push(Interval {
            start,
            step: Step::HALF_HOUR,
            watts: peak + own * 2,
        });
        start += Step::HALF_HOUR.duration();
    }
    intervals
}

pub fn energy(intervals: &[Interval]) -> u64 {
    let sum: meter::WattMinutes = intervals.iter().map(Interval::energy).sum();
    sum.watt_hours().unwrap()
}

pub fn judge(day: Date, coverage: Coverage) -> Verdict {
    let state = match coverage {
        c if c.is_complete() => return Verdict::complete(),
        c if !c.is_empty() => DayState::Partial,
        _ if day >= date(2026, 11, 18) => DayState::Awaited,
        _ => DayState::AbsentAtSource,
    };
    Verdict {
        state,
        reason: Some("no-data".to_owned()),
        ask_at: (state == DayState::Awaited).then(|| "2026-11-21T13:00:00Z".parse().unwrap()),
    }
}

/// Writes it.
pub fn fill(store: &mut Store) {
    let days: Vec<Date> = paris::days(date(2026, 10, 1), date(2026, 11, 21)).collect();
    fill_curve(store, &days);
    fill_daily(store, &days);
    fill_maxima(store, &days);
    fill_rest(store);
}

fn fill_curve(store: &mut Store, days: &[Date]) {
    let key = key(HOME, Direction::Consumption, Kind::Curve);
    store
        .write_curve(key, &curve(SPRING), &[SPRING], "enedis", now(), &judge)
        .unwrap();
    let last = date(2026, 11, 20);
    let held = days.iter().filter(|day| **day != last);
    let mut intervals: Vec<Interval> = held.flat_map(|day| curve(*day)).collect();
    intervals.retain(|interval| {
        let local = paris::local(interval.start);
        let hole = matches!(local.hour(), 3 | 4) || (local.hour(), local.minute()) == (18, 30);
        local.date() != PARTIAL || !hole
    });
    store
        .write_curve(key, &intervals, days, "enedis", now(), &judge)
        .unwrap();
}

fn fill_daily(store: &mut Store, days: &[Date]) {
    let key = key(HOME, Direction::Consumption, Kind::Daily);
    let missing = [WITHOUT_ENERGY, date(2026, 11, 20)];
    let totals: Vec<DailyEnergy> = days
        .iter()
        .filter(|day| !missing.contains(day))
        .map(|day| DailyEnergy {
            day: *day,
            // One day on which register and curve disagree by 2 Wh.
            watt_hours: energy(&curve(*day)) + if day.day() == 12 { 2 } else { 0 },
        })
        .collect();
    store
        .write_daily(key, &totals, days, "enedis", now(), &judge)
        .unwrap();
    let roof: Vec<DailyEnergy> = days
        .iter()
        .map(|day| DailyEnergy {
            day: *day,
            watt_hours: 4_000 + u64::from(day.day().unsigned_abs()) * 100,
        })
        .collect();
    let roof_key = SeriesKey {
        usage_point: ROOF.parse().unwrap(),
        direction: Direction::Production,
        ..key
    };
    store
        .write_daily(roof_key, &roof, days, "enedis", now(), &judge)
        .unwrap();
}

fn fill_maxima(store: &mut Store, days: &[Date]) {
    let maxima: Vec<DailyMaximum> = days
        .iter()
        .filter(|day| day.day() % 3 == 1)
        .map(|day| {
            let hour = if *day == AUTUMN { 2 } else { 19 };
            DailyMaximum {
                day: *day,
                phase: Phase::All,
                volt_amperes: 5_000 + u32::from(day.day().unsigned_abs()) * 170,
                at: PeakInstant::from_local(day.at(hour, 30, 12, 0)).unwrap(),
            }
        })
        .collect();
    let asked: Vec<Date> = maxima.iter().map(|maximum| maximum.day).collect();
    let key = key(HOME, Direction::Consumption, Kind::Maximum);
    store
        .write_maxima(key, &maxima, &asked, "enedis", now(), &judge)
        .unwrap();
}

fn fill_rest(store: &mut Store) {
    let registers =
        [("", "", 123_456), ("D", "HC", 23_456)].map(|(calendar, class, wh)| Register {
            day: date(2026, 11, 1),
            calendar: calendar.to_owned(),
            class: class.to_owned(),
            watt_hours: wh,
        });
    let index = key(HOME, Direction::Consumption, Kind::Index);
    let day = [date(2026, 11, 1)];
    store
        .write_registers(index, &registers, &day, "enedis", now(), &judge)
        .unwrap();
    let facts = serde_json::json!({
        "subscribed_power_va": 9_000,
        "off_peak_text": "HC (22H38-6H38)",
        "segment": "C5",
        "consumption_activated": "2021-05-03",
    });
    let record = ContractRecord {
        facts,
        source: "enedis".to_owned(),
        said_at: now(),
    };
    store
        .set_contract(HOME.parse().unwrap(), &record, now())
        .unwrap();
    store.set_note(index, &refused()).unwrap();
    let total = SourceTotal {
        granularity: Granularity::Month,
        first: date(2026, 10, 1),
        watt_hours: 1_000_000,
        source: "portail".to_owned(),
        said_at: now(),
    };
    store
        .set_source_total(HOME.parse().unwrap(), Direction::Consumption, &total)
        .unwrap();
}

fn refused() -> SeriesNote {
    SeriesNote {
        problem: Some(serde_json::json!({ "problem": "no-consent" })),
        problem_at: Some("2026-11-20T08:00:00Z".parse().unwrap()),
        failures: 2,
        ask_at: Some("2026-11-22T08:00:00Z".parse().unwrap()),
        ..SeriesNote::default()
    }
}
