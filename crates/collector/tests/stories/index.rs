//! The real export of six Tempo registers, read, kept and reconciled.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use collector::import::{self, ImportError, Named};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{Access, DayState, SeriesKey, Store};
use meter::{Direction, Kind, Register, UsagePoint, paris};

const SAMPLE: &str = "index_daily_tempo_6cadrans_footer_bom.csv";
const TEMPO: [&str; 6] = ["BUHC", "BUHP", "BCHC", "BCHP", "RHC", "RHP"];

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata/csv")
        .join(name)
}

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// Readings by class and day.
fn by_class(registers: &[Register]) -> BTreeMap<(String, String), BTreeMap<Date, u64>> {
    let mut out: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for register in registers {
        let place = (register.calendar.clone(), register.class.clone());
        let twice = out
            .entry(place)
            .or_default()
            .insert(register.day, register.watt_hours);
        assert_eq!(twice, None, "{}", register.day);
    }
    out
}

#[test]
fn the_sample_reconciles_days_with_classes_and_months_with_readings() {
    let file = import::read_index(&sample(SAMPLE)).unwrap();
    assert_eq!(file.named, Named::Unclear("1429xxxxxxxxxx".to_owned()));
    assert_eq!(file.direction, Some(Direction::Consumption));
    assert_eq!((file.readings, file.duplicates), (198, 0));
    assert_eq!((file.unplaced.len(), file.unbalanced.len()), (0, 0));
    let readings = by_class(&file.registers);
    assert_eq!(
        readings.len(),
        8,
        "six classes, the distributor's one, the total"
    );
    let (first, last) = (date(2024, 1, 10), date(2024, 7, 25));
    let of = |calendar: &str, class: &str, day: Date| -> u64 {
        readings[&(calendar.to_owned(), class.to_owned())][&day]
    };
    let used = |calendar: &str, class: &str, from: Date, to: Date| -> u64 {
        of(calendar, class, to) - of(calendar, class, from)
    };
    let mut months: BTreeMap<(i8, &str), u64> = BTreeMap::new();
    for day in paris::days(first, last) {
        let next = paris::add_days(day, 1);
        let classes: u64 = TEMPO
            .iter()
            .map(|class| used("FC000050", class, day, next))
            .sum();
        assert_eq!(classes, used("", "", day, next), "{day}");
        assert_eq!(classes, used("DI000001", "BASE", day, next), "{day}");
        for class in TEMPO {
            *months.entry((day.month(), class)).or_default() += used("FC000050", class, day, next);
        }
    }
    for month in 2..=6 {
        let (from, to) = (date(2024, month, 1), date(2024, month + 1, 1));
        for class in TEMPO {
            assert_eq!(months[&(month, class)], used("FC000050", class, from, to));
        }
    }
    assert_eq!(used("", "", first, last), 22_093_047 - 18_623_827);
}

#[test]
fn the_sample_obeys_the_calendar_of_tempo() {
    let file = import::read_index(&sample(SAMPLE)).unwrap();
    let readings = by_class(&file.registers);
    let at = |class: &str, day: Date| readings[&("FC000050".to_owned(), class.to_owned())][&day];
    for day in paris::days(date(2024, 1, 10), date(2024, 7, 25)) {
        let next = paris::add_days(day, 1);
        let peaks = ["BUHP", "BCHP", "RHP"].map(|class| at(class, next) - at(class, day));
        let colours = peaks.iter().filter(|energy| **energy > 0).count();
        assert!(
            colours <= 1,
            "{day} has one colour at most between 6 and 22"
        );
    }
}

#[test]
fn readings_are_kept_by_day_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join(ledger::FILE_NAME), Access::Write).unwrap();
    let file = import::read_index(&sample(SAMPLE)).unwrap();
    let prm: UsagePoint = "11111111111111".parse().unwrap();
    let whose = (prm, Direction::Consumption);
    let first = import::keep_index(&mut store, &file, whose, now()).unwrap();
    assert_eq!((first.days, first.written.inserted), (198, 198 * 8));
    assert_eq!(first.span, Some((date(2024, 1, 10), date(2024, 7, 25))));
    assert_eq!(first.watt_hours, Some(3_469_220));
    let second = import::keep_index(&mut store, &file, whose, now()).unwrap();
    assert_eq!((second.written.rows(), second.written.days), (0, 0));
    let key = SeriesKey {
        usage_point: prm,
        direction: Direction::Consumption,
        kind: Kind::Index,
    };
    let day = date(2024, 3, 31);
    let held = store.registers(key, day, paris::add_days(day, 1)).unwrap();
    assert_eq!(held.len(), 8);
    let days = store.days(key, day, paris::add_days(day, 1)).unwrap();
    assert_eq!(days[0].state, DayState::Complete);
}

#[test]
fn other_exports_are_not_taken_for_registers() {
    for name in ["curve_PT30M_1year_2DST_bom.csv", "pmax_daily_excerpt.csv"] {
        assert!(
            matches!(
                import::read_index(&sample(name)),
                Err(ImportError::OtherData { .. })
            ),
            "{name}"
        );
    }
}
