//! Real exports, read and kept.

use std::path::{Path, PathBuf};

use collector::import::{self, ImportError, Named};
use jiff::Timestamp;
use jiff::civil::date;
use ledger::{Access, SeriesKey, Store};
use meter::{Direction, Kind, UsagePoint, paris};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata/csv")
        .join(name)
}

fn prm() -> UsagePoint {
    "11111111111111".parse().unwrap()
}

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

#[test]
fn a_real_year_is_kept_to_the_watt_hour_and_once() {
    let path = sample("curve_PT30M_1year_2DST_bom.csv");
    let file = import::read_classic(&path).unwrap();
    assert_eq!(file.named, Named::Unclear("1111111111111".to_owned()));
    assert!(matches!(
        file.usage_point(None, &path),
        Err(ImportError::WhichUsagePoint { .. })
    ));

    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join(ledger::FILE_NAME), Access::Write).unwrap();
    let first = import::keep(&mut store, &file, (prm(), Direction::Consumption), now()).unwrap();
    assert_eq!(first.points, 17_520);
    assert_eq!(first.written.inserted, 17_520);
    assert_eq!(first.energy.watt_hours(), Some(7_302_599));
    assert_eq!((first.days_complete, first.days_partial), (365, 0));
    assert_eq!(first.holes, []);

    let second = import::keep(&mut store, &file, (prm(), Direction::Consumption), now()).unwrap();
    assert_eq!((second.written.rows(), second.written.days), (0, 0));
    assert_eq!(second.days_complete, 365);

    let key = SeriesKey {
        usage_point: prm(),
        direction: Direction::Consumption,
        kind: Kind::Curve,
    };
    for (day, count) in [(date(2022, 10, 30), 50), (date(2023, 3, 26), 46)] {
        let curve = store
            .curve(key, paris::day_start(day), paris::day_end(day))
            .unwrap();
        assert_eq!(curve.len(), count, "{day}");
    }
}

#[test]
fn the_sum_agrees_with_a_reading_of_the_file_that_knows_nothing_of_ours() {
    let text = std::fs::read_to_string(sample("curve_PT30M_1year_2DST_bom.csv")).unwrap();
    let watts: u64 = text
        .lines()
        .filter_map(|line| {
            line.strip_prefix("20")?
                .split(';')
                .nth(1)?
                .parse::<u64>()
                .ok()
        })
        .sum();
    let file = import::read_classic(&sample("curve_PT30M_1year_2DST_bom.csv")).unwrap();
    let ours: u64 = file.intervals.iter().map(|i| i.energy().0).sum();
    assert_eq!(ours, watts * 30);
}

#[test]
fn empty_values_and_ten_minute_points_are_read_as_they_are() {
    let file = import::read_classic(&sample("curve_PT10M_and_empty_excerpt.csv")).unwrap();
    assert_eq!((file.points, file.empty), (2, 2));
    let steps: Vec<_> = file.intervals.iter().map(|i| i.step.minutes()).collect();
    assert_eq!(steps, [10, 10]);
    assert_eq!(file.intervals[0].start.to_string(), "2020-08-20T21:30:00Z");
}

#[test]
fn exports_of_other_data_and_other_things_are_told_apart() {
    for (name, found) in [
        ("index_daily_tempo_6cadrans_footer_bom.csv", "Index"),
        ("pmax_daily_excerpt.csv", "Puissance maximale quotidienne"),
    ] {
        match import::read_classic(&sample(name)) {
            Err(ImportError::OtherData { found: data, .. }) => assert_eq!(data, found),
            other => panic!("{name}: {other:?}"),
        }
    }
    assert!(matches!(
        import::read_classic(&sample("PROVENANCE.md")),
        Err(ImportError::UnknownFormat { .. })
    ));
    assert!(matches!(
        import::read_classic(&sample("")),
        Err(ImportError::Folder { .. })
    ));
    assert!(matches!(
        import::read_classic(&sample("absent.csv")),
        Err(ImportError::Unreadable { .. })
    ));
}
