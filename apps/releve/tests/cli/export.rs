//! Exports hold every reading, in UTC, and never half a file.

use insta::assert_snapshot;
use releve::Exit;

use crate::house::{AUTUMN, HOME, House, curve};

fn line(kind: &str) -> String {
    format!("export csv --kind {kind} --usage-point {HOME}")
}

#[test]
fn a_curve_is_three_columns_in_utc_and_adds_up() {
    let said = House::lived_in().run(&format!("{} --from {AUTUMN} --to {AUTUMN}", line("curve")));
    let mut rows = said.out.lines();
    assert_eq!(rows.next(), Some("start,step_minutes,watts"));
    let expected = curve(AUTUMN);
    assert_eq!(expected.len(), 50);
    for interval in expected {
        let row = format!("{},30,{}", interval.start, interval.watts);
        assert_eq!(rows.next(), Some(row.as_str()));
    }
    assert_eq!(rows.next(), None);
}

#[test]
fn the_other_kinds_have_their_columns() {
    let house = House::lived_in();
    let mut text = String::new();
    for kind in ["daily", "maximum", "index", "days"] {
        let said = house.run(&format!("{} --from 2026-10-25 --to 2026-11-01", line(kind)));
        text = text + kind + "\n" + &said.out + "\n";
    }
    assert_snapshot!(text);
}

#[test]
fn everything_is_exported_when_no_day_is_named() {
    let said = House::lived_in().run(&line("daily"));
    assert_eq!(said.out.lines().count(), 1 + 49);
}

#[test]
fn a_period_without_readings_is_headings_only() {
    let said = House::lived_in().run(&format!("{} --from 2020 --to 2020", line("daily")));
    assert_eq!(
        (said.exit, said.out.as_str()),
        (Exit::Ok, "day,watt_hours\n")
    );
}

#[test]
fn a_file_is_never_replaced_unless_asked() {
    let house = House::lived_in();
    let path = house.file("out.csv", "mine");
    let write = format!("{} --output {path}", line("daily"));
    let refused = house.run(&write);
    assert_eq!(refused.exit, Exit::Data);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    let written = house.run(&format!("{write} --force --lang en"));
    assert_eq!(written.err, "49 rows written to [dir]/out.csv\n");
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 50);
}

#[test]
fn a_folder_that_does_not_exist_is_an_error_and_leaves_nothing() {
    let house = House::lived_in();
    let said = house.run(&format!("{} --output DIR/no/out.csv", line("daily")));
    assert_eq!(said.exit, Exit::Data);
    assert!(!house.path("no").exists());
}

#[test]
fn no_export_replaces_a_file_of_ours_whatever_is_forced() {
    let house = House::lived_in();
    let config = house.file("releve.toml", crate::status::CONFIG);
    let before = std::fs::read(house.path("data/releve.db")).unwrap();
    for name in [
        "data/releve.db",
        "data/../data/releve.lock",
        "data/releve.db-wal",
        "releve.toml",
    ] {
        let line = format!(
            "--config {config} --lang en export csv --kind curve --usage-point {HOME} --force --output DIR/{name}"
        );
        let said = house.run(&line);
        assert_eq!(said.exit, Exit::Usage, "{name}: {}", said.err);
        assert!(
            said.err.contains("is a file of Relevé itself"),
            "{}",
            said.err
        );
    }
    assert_eq!(std::fs::read(house.path("data/releve.db")).unwrap(), before);
    assert!(house.run(&format!("--config {config} check")).exit == Exit::Ok);
}
