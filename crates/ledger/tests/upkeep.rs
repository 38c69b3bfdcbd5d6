//! Copies of the ledger: made beside a writer, put back, made before a change of
//! schema; nothing that stands is lost by any of them.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use ledger::{Access, LedgerError, SeriesKey, Store, Verdict, restore};
use meter::{DailyEnergy, Direction, Kind};

const DAY: Date = date(2026, 11, 20);

fn key() -> SeriesKey {
    SeriesKey {
        usage_point: "22516914714270".parse().unwrap(),
        direction: Direction::Consumption,
        kind: Kind::Daily,
    }
}

fn write(store: &mut Store, day: Date, watt_hours: u64) {
    let at = "2026-11-21T09:00:00Z".parse().unwrap();
    let total = DailyEnergy { day, watt_hours };
    let judge = |_, _| Verdict::complete();
    store
        .write_daily(key(), &[total], &[day], "enedis", at, &judge)
        .unwrap();
}

fn days(path: &Path) -> usize {
    let store = Store::open(path, Access::Read).unwrap();
    store.days(key(), Date::MIN, Date::MAX).unwrap().len()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn ledger(&self) -> PathBuf {
        self.path(ledger::FILE_NAME)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_copy_is_made_beside_a_writer_and_is_that_of_one_instant() {
    let folder = Folder::new();
    let mut writer = Store::open(&folder.ledger(), Access::Write).unwrap();
    write(&mut writer, DAY, 1_000);
    let reader = Store::open(&folder.ledger(), Access::Read).unwrap();
    reader.backup(&folder.path("copy.db"), false).unwrap();
    write(&mut writer, date(2026, 11, 21), 2_000);
    assert_eq!(days(&folder.path("copy.db")), 1);
    assert_eq!(days(&folder.ledger()), 2);
    let mode = std::fs::metadata(folder.path("copy.db")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_copy_replaces_nothing_unless_told_to() {
    let folder = Folder::new();
    let mut store = Store::open(&folder.ledger(), Access::Write).unwrap();
    write(&mut store, DAY, 1_000);
    let target = folder.path("mine.txt");
    std::fs::write(&target, "mine").unwrap();
    let refused = store.backup(&target, false);
    assert!(
        matches!(refused, Err(LedgerError::Io { .. })),
        "{refused:?}"
    );
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "mine");
    store.backup(&target, true).unwrap();
    assert_eq!(days(&target), 1);
}

#[test]
fn a_copy_is_put_back_and_the_present_ledger_is_kept_beside_it() {
    let folder = Folder::new();
    let mut store = Store::open(&folder.ledger(), Access::Write).unwrap();
    write(&mut store, DAY, 1_000);
    store.backup(&folder.path("copy.db"), false).unwrap();
    write(&mut store, date(2026, 11, 21), 2_000);
    // Left open, as by a process that was killed: its journal holds the last day.
    std::mem::forget(store);
    let restored = restore(&folder.path("copy.db"), &folder.ledger(), ".before").unwrap();
    assert_eq!(restored.kept, Some(folder.path("releve.db.before")));
    assert_eq!(days(&folder.ledger()), 1);
    assert_eq!(days(&folder.path("releve.db.before")), 2);
}

#[test]
fn a_copy_is_put_where_nothing_was() {
    let folder = Folder::new();
    let mut store = Store::open(&folder.path("copy.db"), Access::Write).unwrap();
    write(&mut store, DAY, 1_000);
    drop(store);
    let restored = restore(&folder.path("copy.db"), &folder.ledger(), ".before").unwrap();
    assert_eq!(restored.kept, None);
    assert_eq!(days(&folder.ledger()), 1);
    assert_eq!(folder.names(), ["copy.db", "releve.db"]);
}

#[test]
fn what_is_foreign_newer_or_damaged_is_refused_and_the_present_ledger_stays() {
    let folder = Folder::new();
    let mut store = Store::open(&folder.ledger(), Access::Write).unwrap();
    for day in 1..=28 {
        for month in 1..=12 {
            write(&mut store, date(2025, month, day), 1_000);
        }
    }
    store.backup(&folder.path("whole.db"), false).unwrap();
    drop(store);
    let before = std::fs::read(folder.ledger()).unwrap();
    let whole = std::fs::read(folder.path("whole.db")).unwrap();
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let mut torn = whole.clone();
    let middle = torn.len() / 2;
    torn[middle..middle + 6_000].fill(0xa5);
    let cut = whole[..whole.len() / 2].to_vec();
    let told = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path(name), bytes).unwrap();
        let refused = restore(&folder.path(name), &folder.ledger(), ".before");
        assert_eq!(std::fs::read(folder.ledger()).unwrap(), before, "{name}");
        refused.unwrap_err()
    };
    let foreign = told("text.db", b"this is a text, not a database at all");
    assert!(
        matches!(foreign, LedgerError::Foreign { .. }),
        "{foreign:?}"
    );
    let newer = told("newer.db", &newer);
    assert!(
        matches!(newer, LedgerError::Newer { found: 99, .. }),
        "{newer:?}"
    );
    for (name, bytes) in [("torn.db", torn), ("cut.db", cut)] {
        let damaged = told(name, &bytes);
        assert!(
            matches!(
                damaged,
                LedgerError::Damaged { .. } | LedgerError::Sqlite(_)
            ),
            "{name}: {damaged:?}"
        );
    }
    let absent = restore(&folder.path("none.db"), &folder.ledger(), ".before");
    assert!(matches!(absent, Err(LedgerError::Absent { .. })));
    assert!(!folder.names().iter().any(|name| name.ends_with(".before")));
}

#[test]
fn a_damaged_present_ledger_is_kept_as_it_is_when_a_copy_takes_its_place() {
    let folder = Folder::new();
    let mut store = Store::open(&folder.ledger(), Access::Write).unwrap();
    write(&mut store, DAY, 1_000);
    store.backup(&folder.path("copy.db"), false).unwrap();
    drop(store);
    std::fs::write(folder.ledger(), b"lightning struck").unwrap();
    restore(&folder.path("copy.db"), &folder.ledger(), ".before").unwrap();
    assert_eq!(days(&folder.ledger()), 1);
    let kept = std::fs::read(folder.path("releve.db.before")).unwrap();
    assert_eq!(kept, b"lightning struck");
}

#[test]
fn a_copy_is_kept_before_the_schema_changes_and_its_place_is_told() {
    let folder = Folder::new();
    let path = folder.ledger();
    let old = rusqlite::Connection::open(&path).unwrap();
    for migration in [
        include_str!("../migrations/1.sql"),
        include_str!("../migrations/2.sql"),
    ] {
        old.execute_batch(migration).unwrap();
    }
    old.execute_batch("INSERT INTO usage_point (prm) VALUES ('22516914714270')")
        .unwrap();
    old.pragma_update(None, "application_id", 0x524c_5645)
        .unwrap();
    old.pragma_update(None, "user_version", 2).unwrap();
    drop(old);
    let store = Store::open(&path, Access::Write).unwrap();
    let migrated = store.migrated().unwrap().clone();
    assert_eq!((migrated.from, migrated.to), (2, store.schema()));
    assert_eq!(migrated.kept, folder.path("releve.db.schema-2"));
    assert_eq!(store.usage_points().unwrap().len(), 1);
    drop(store);
    assert_eq!(Store::open(&path, Access::Write).unwrap().migrated(), None);
    // The copy is the old ledger, to the row, and can be put back.
    let kept = rusqlite::Connection::open(&migrated.kept).unwrap();
    let version = kept.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    assert_eq!(version, Ok(2));
    drop(kept);
    restore(&migrated.kept, &path, ".before").unwrap();
    assert_eq!(days(&folder.path("releve.db.before")), 0);
}

#[test]
fn vacuum_gives_back_what_is_free_and_keeps_every_row() {
    let folder = Folder::new();
    let mut store = Store::open(&folder.ledger(), Access::Write).unwrap();
    for day in 1..=28 {
        write(&mut store, date(2025, 1, day), 1_000);
    }
    let other = rusqlite::Connection::open(folder.ledger()).unwrap();
    other
        .execute_batch(
            "CREATE TABLE ballast (b BLOB); INSERT INTO ballast VALUES (zeroblob(1000000));
             DROP TABLE ballast",
        )
        .unwrap();
    drop(other);
    let (before, after) = store.vacuum().unwrap();
    assert!(before > 1_000_000 && after < before / 4, "{before} {after}");
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    assert_eq!(days(&folder.ledger()), 28);
}
