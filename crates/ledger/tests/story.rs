//! What a ledger promises: kept once, replaced with a trace, whole or not at all.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use ledger::{
    Access, Coverage, DayState, Ledger, LedgerError, SeriesKey, SeriesNote, SourceTotal, Store,
    Verdict,
};
use meter::{DailyEnergy, DailyMaximum, Direction, Granularity, Interval, Kind, Register, Step};
use meter::{PeakInstant, Phase, paris};

fn key(kind: Kind) -> SeriesKey {
    SeriesKey {
        usage_point: "22516914714270".parse().unwrap(),
        direction: Direction::Consumption,
        kind,
    }
}

fn at(hour: i64) -> Timestamp {
    "2026-11-21T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hour)
}

fn day_of_half_hours(day: Date, watts: u32) -> Vec<Interval> {
    let mut start = paris::day_start(day);
    let mut intervals = Vec::new();
    while start < paris::day_end(day) {
        intervals.push(Interval {
            start,
            step: Step::HALF_HOUR,
            watts,
        });
        start += Step::HALF_HOUR.duration();
    }
    intervals
}

fn judge(_: Date, coverage: Coverage) -> Verdict {
    match coverage {
        c if c.is_complete() => Verdict::complete(),
        c if c.is_empty() => Verdict {
            state: DayState::Awaited,
            reason: Some("no-data".to_owned()),
            ask_at: Some(at(24)),
        },
        _ => Verdict {
            state: DayState::Partial,
            reason: Some("holes".to_owned()),
            ask_at: Some(at(24)),
        },
    }
}

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join(ledger::FILE_NAME), Access::Write).unwrap();
    (dir, store)
}

const DAY: Date = date(2022, 10, 30);

#[test]
fn the_same_answer_twice_writes_nothing_the_second_time() {
    let (_dir, mut store) = store();
    let curve = day_of_half_hours(DAY, 300);
    let key = key(Kind::Curve);
    let first = store
        .write_curve(key, &curve, &[DAY], "enedis", at(0), &judge)
        .unwrap();
    assert_eq!((first.inserted, first.days), (50, 1));
    let second = store
        .write_curve(key, &curve, &[DAY], "enedis", at(1), &judge)
        .unwrap();
    assert_eq!((second.rows(), second.unchanged, second.days), (0, 50, 0));
    let read = store
        .curve(key, paris::day_start(DAY), paris::day_end(DAY))
        .unwrap();
    assert_eq!(read, curve);
}

#[test]
fn a_day_is_complete_once_two_answers_together_cover_it() {
    let (_dir, mut store) = store();
    let curve = day_of_half_hours(DAY, 300);
    let key = key(Kind::Curve);
    store
        .write_curve(key, &curve[..20], &[DAY], "enedis", at(0), &judge)
        .unwrap();
    assert_eq!(
        store.days(key, DAY, paris::add_days(DAY, 1)).unwrap()[0].state,
        DayState::Partial
    );
    store
        .write_curve(key, &curve[20..], &[DAY], "enedis", at(1), &judge)
        .unwrap();
    let day = &store.days(key, DAY, paris::add_days(DAY, 1)).unwrap()[0];
    assert_eq!((day.state, day.ask_at), (DayState::Complete, None));
}

#[test]
fn an_empty_answer_never_empties_a_day() {
    let (_dir, mut store) = store();
    let curve = day_of_half_hours(DAY, 300);
    let key = key(Kind::Curve);
    store
        .write_curve(key, &curve[..20], &[DAY], "enedis", at(0), &judge)
        .unwrap();
    store
        .write_curve(key, &[], &[DAY], "enedis", at(1), &judge)
        .unwrap();
    assert_eq!(
        store.days(key, DAY, paris::add_days(DAY, 1)).unwrap()[0].state,
        DayState::Partial
    );
    store
        .write_days(key, &[DAY], "enedis", at(2), &|_, _| Verdict {
            state: DayState::Refused,
            reason: None,
            ask_at: None,
        })
        .unwrap();
    assert_eq!(
        store.days(key, DAY, paris::add_days(DAY, 1)).unwrap()[0].state,
        DayState::Partial
    );
}

#[test]
fn corrected_values_replace_and_leave_a_revision() {
    let (_dir, mut store) = store();
    let mut curve = day_of_half_hours(DAY, 300);
    let key = key(Kind::Curve);
    store
        .write_curve(key, &curve, &[DAY], "enedis", at(0), &judge)
        .unwrap();
    curve[7].watts = 302;
    let written = store
        .write_curve(key, &curve, &[DAY], "portal", at(1), &judge)
        .unwrap();
    assert_eq!((written.revised, written.unchanged), (1, 49));
    let revisions = store.revisions(key).unwrap();
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].old["watts"], 300);
    assert_eq!(revisions[0].replaced_by, "portal");
}

#[test]
fn half_hours_replace_the_hour_they_refine_and_the_hour_is_kept_as_one_revision() {
    let (_dir, mut store) = store();
    let key = key(Kind::Curve);
    let day = date(2022, 11, 13);
    let fine = day_of_half_hours(day, 300);
    let hours: Vec<Interval> = fine
        .iter()
        .step_by(2)
        .map(|interval| Interval {
            step: Step::HOUR,
            ..*interval
        })
        .collect();
    store
        .write_curve(key, &hours, &[day], "enedis", at(0), &judge)
        .unwrap();
    store
        .write_curve(key, &fine, &[day], "enedis", at(1), &judge)
        .unwrap();
    let read = store
        .curve(key, paris::day_start(day), paris::day_end(day))
        .unwrap();
    assert_eq!(read, fine);
    assert_eq!(store.revisions(key).unwrap().len(), 24);
}

#[test]
fn an_hour_never_replaces_the_half_hours_it_holds_nor_a_half_hour_an_hour_it_splits() {
    let (_dir, mut store) = store();
    let key = key(Kind::Curve);
    let day = date(2022, 11, 13);
    let fine = day_of_half_hours(day, 300);
    let hour = |watts| Interval {
        step: Step::HOUR,
        watts,
        ..fine[10]
    };
    let mut write = |intervals: &[Interval], at_hour| {
        let written = store.write_curve(key, intervals, &[day], "import", at(at_hour), &judge);
        assert_eq!(written.unwrap().revised, 0);
        let (from, to) = (paris::day_start(day), paris::day_end(day));
        store.curve(key, from, to).unwrap()
    };
    write(&fine[..20], 0);
    assert_eq!(
        write(&[hour(999)], 1),
        &fine[..20],
        "two half hours say it all"
    );
    let elsewhere = Interval {
        start: fine[30].start,
        ..hour(400)
    };
    let with_hour = write(&[elsewhere], 2);
    assert_eq!(with_hour.last(), Some(&elsewhere));
    assert_eq!(
        write(&[fine[31]], 3),
        with_hour,
        "half of the hour would be lost"
    );
}

#[test]
fn one_bad_interval_keeps_the_whole_answer_out() {
    let (_dir, mut store) = store();
    let mut curve = day_of_half_hours(DAY, 300);
    curve[3].start += SignedDuration::from_secs(1);
    let key = key(Kind::Curve);
    let refused = store.write_curve(key, &curve, &[DAY], "enedis", at(0), &judge);
    assert!(matches!(refused, Err(LedgerError::OddStart(_))));
    assert_eq!(
        store
            .curve(key, Timestamp::UNIX_EPOCH, at(0))
            .unwrap()
            .len(),
        0
    );
    // The series numbers that the failed write gave are given anew.
    curve[3].start -= SignedDuration::from_secs(1);
    let kept = store
        .write_curve(key, &curve, &[DAY], "enedis", at(0), &judge)
        .unwrap();
    assert_eq!(kept.inserted, 50);
}

#[test]
fn daily_totals_maxima_and_registers_read_back_as_they_were_written() {
    let (_dir, mut store) = store();
    let next = paris::add_days(DAY, 1);
    let totals = [DailyEnergy {
        day: DAY,
        watt_hours: 12_345,
    }];
    let daily = key(Kind::Daily);
    let written = store
        .write_daily(daily, &totals, &[DAY, next], "enedis", at(0), &judge)
        .unwrap();
    assert_eq!((written.inserted, written.days), (1, 2));
    assert_eq!(
        store
            .daily(daily, DAY, next)
            .unwrap()
            .into_iter()
            .collect::<Vec<_>>(),
        [(DAY, 12_345)]
    );
    let states: Vec<_> = store
        .days(daily, DAY, paris::add_days(DAY, 2))
        .unwrap()
        .iter()
        .map(|record| record.state)
        .collect();
    assert_eq!(states, [DayState::Complete, DayState::Awaited]);

    let maxima: Vec<DailyMaximum> = [Phase::All, Phase::Two]
        .map(|phase| DailyMaximum {
            day: DAY,
            phase,
            volt_amperes: 4680,
            at: PeakInstant::from_local(jiff::civil::datetime(2022, 10, 30, 2, 3, 4, 0)).unwrap(),
        })
        .to_vec();
    let maximum = key(Kind::Maximum);
    store
        .write_maxima(maximum, &maxima, &[DAY], "enedis", at(0), &judge)
        .unwrap();
    assert_eq!(store.maxima(maximum, DAY, next).unwrap(), maxima);

    let registers = vec![Register {
        day: DAY,
        calendar: "DI000002".to_owned(),
        class: "HC".to_owned(),
        watt_hours: 9,
    }];
    let index = key(Kind::Index);
    store
        .write_registers(index, &registers, &[DAY], "enedis", at(0), &judge)
        .unwrap();
    assert_eq!(store.registers(index, DAY, next).unwrap(), registers);
}

#[test]
fn notes_contracts_and_own_totals_survive_a_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(ledger::FILE_NAME);
    let note = SeriesNote {
        problem: Some(serde_json::json!({"code": "quota"})),
        problem_at: Some(at(0)),
        failures: 2,
        ask_at: Some(at(1)),
        inactive_until: Some(DAY),
        succeeded_at: None,
    };
    let total = SourceTotal {
        granularity: Granularity::Month,
        first: date(2026, 10, 1),
        watt_hours: 7,
        source: "portal".to_owned(),
        said_at: at(0),
    };
    let prm = key(Kind::Daily).usage_point;
    {
        let mut store = Store::open(&path, Access::Write).unwrap();
        store.set_note(key(Kind::Daily), &note).unwrap();
        store
            .set_source_total(prm, Direction::Consumption, &total)
            .unwrap();
    }
    let store = Store::open(&path, Access::Read).unwrap();
    assert_eq!(store.note(key(Kind::Daily)).unwrap(), note);
    assert_eq!(store.usage_points().unwrap(), [prm]);
    assert_eq!(
        store
            .source_total(
                prm,
                Direction::Consumption,
                Granularity::Month,
                date(2026, 10, 1)
            )
            .unwrap(),
        Some(total)
    );
}

#[test]
fn the_file_is_private_and_foreign_or_newer_files_are_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(ledger::FILE_NAME);
    drop(Store::open(&path, Access::Write).unwrap());
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(
        Store::open(&path, Access::Write),
        Err(LedgerError::Newer { found: 99, .. })
    ));
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let text = dir.path().join("notes.txt");
    std::fs::write(&text, "some notes that are no database at all".repeat(40)).unwrap();
    assert!(matches!(
        Store::open(&text, Access::Write),
        Err(LedgerError::Foreign { .. })
    ));
    assert!(matches!(
        Store::open(&dir.path().join("absent.db"), Access::Read),
        Err(LedgerError::Absent { .. })
    ));
}

#[tokio::test]
async fn a_reader_beside_the_owner_thread_sees_what_was_committed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(ledger::FILE_NAME);
    let owner = Ledger::open(&path).unwrap();
    let curve = day_of_half_hours(DAY, 300);
    owner
        .call(move |store| {
            store.write_curve(key(Kind::Curve), &curve, &[DAY], "enedis", at(0), &judge)
        })
        .await
        .unwrap();
    let reader = Store::open(&path, Access::Read).unwrap();
    let counts = reader.state_counts(key(Kind::Curve)).unwrap();
    assert_eq!(counts.of(DayState::Complete), 1);
    // The same by shorter ways.
    assert_eq!(
        reader.last_held(key(Kind::Curve)).unwrap(),
        counts.last_held
    );
    assert_eq!(reader.last_held(key(Kind::Daily)).unwrap(), None);
    let next = paris::add_days(DAY, 1);
    let states = reader.states(key(Kind::Curve), DAY, next).unwrap();
    assert_eq!(
        states.into_iter().collect::<Vec<_>>(),
        [(DayState::Complete, 1)]
    );
    assert_eq!(reader.count_days(key(Kind::Curve), DAY, next).unwrap(), 1);
    let after = reader.states(key(Kind::Curve), next, paris::add_days(next, 9));
    assert!(after.unwrap().is_empty());
}

#[test]
fn a_ledger_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kept?#%.db");
    let mut store = Store::open(&path, Access::Write).unwrap();
    let curve = day_of_half_hours(DAY, 300);
    store
        .write_curve(key(Kind::Curve), &curve, &[DAY], "enedis", at(0), &judge)
        .unwrap();
    drop(store);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    let (from, to) = (paris::day_start(DAY), paris::day_end(DAY));
    let read = Store::open(&path, Access::Read).unwrap();
    assert_eq!(read.curve(key(Kind::Curve), from, to).unwrap(), curve);
    // A file where the folder should be is no ledger that is yet to come.
    let inside = path.join(ledger::FILE_NAME);
    let refused = Store::open(&inside, Access::Read);
    assert!(matches!(refused, Err(LedgerError::Io { .. })));
}
