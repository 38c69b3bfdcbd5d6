//! `backup`, `restore`, `vacuum` as commands.

use std::fmt::Write;
use std::os::unix::fs::PermissionsExt;

use ledger::WriterLock;
use releve::Exit;
use serde_json::Value;

use crate::house::{HOME, House};
use crate::schema::assert_valid;

#[test]
fn a_copy_is_made_beside_a_daemon_and_put_back_with_the_present_one_kept() {
    let house = House::lived_in();
    let lock = WriterLock::acquire(&house.path("data"), "run").unwrap();
    let copied = house.run("--json backup DIR/copy.db").json();
    assert_valid("backup", &copied);
    let mode = std::fs::metadata(house.path("copy.db")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);
    // A daemon at work would write over what is put back.
    assert_eq!(house.run("restore DIR/copy.db").exit, Exit::Busy);
    drop(lock);
    house.file("data/releve.db", "lightning");
    let restored = house.run("--json restore DIR/copy.db").json();
    assert_valid("restore", &restored);
    assert_eq!(
        restored["kept"],
        "[dir]/data/releve.db.before-restore-20261121T090000Z"
    );
    let kept = house.path("data/releve.db.before-restore-20261121T090000Z");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "lightning");
    let shown = house.run(&format!("--json show day 2026-11-19 --usage-point {HOME}"));
    assert_eq!(shown.exit, Exit::Ok, "{}", shown.err);
}

#[test]
fn each_slip_is_told_and_nothing_is_touched() {
    let house = House::lived_in();
    house.run("backup DIR/copy.db");
    house.file("text.db", "this is a text, not a database at all");
    let mut newer = std::fs::read(house.path("copy.db")).unwrap();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(house.path("newer.db"), newer).unwrap();
    let before = std::fs::read(house.path("data/releve.db")).unwrap();
    let mut text = String::new();
    for line in [
        "backup DIR/copy.db",
        "backup DIR/data/releve.db",
        "backup DIR/none/copy.db",
        "backup",
        "restore DIR/text.db",
        "restore DIR/newer.db",
        "restore DIR/none.db",
    ] {
        writeln!(text, "$ releve {line}\n{}", house.both(line)).unwrap();
    }
    insta::assert_snapshot!(text);
    assert_eq!(std::fs::read(house.path("data/releve.db")).unwrap(), before);
    let empty = House::empty();
    assert_eq!(empty.run("backup DIR/copy.db").exit, Exit::Data);
    assert_eq!(empty.run("vacuum").exit, Exit::Data);
    assert!(!empty.path("data").exists());
}

#[test]
fn a_vacuum_says_what_it_gave_back() {
    let house = House::lived_in();
    let vacuumed: Value = house.run("--json vacuum").json();
    assert_valid("vacuum", &vacuumed);
    let again = house.run("--json vacuum").json();
    assert_eq!(again["bytes_before"], vacuumed["bytes_after"]);
    assert!(again["bytes_after"].as_u64() <= again["bytes_before"].as_u64());
    let said = house.run("--lang en vacuum");
    assert!(
        said.out.contains("The database went from 0."),
        "{}",
        said.out
    );
}
