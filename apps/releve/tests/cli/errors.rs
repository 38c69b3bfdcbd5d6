//! Each thing that can go wrong: one clear message, a hint, its exit code.

use std::fmt::Write;

use insta::assert_snapshot;
use ledger::WriterLock;

use crate::house::House;

fn each(house: &House, lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        writeln!(text, "$ releve {line}\n{}", house.both(line)).unwrap();
    }
    text
}

#[test]
fn slips_in_the_command_line_leave_with_2() {
    let house = House::lived_in();
    assert_snapshot!(each(
        &house,
        &[
            "",
            "sho day",
            "show",
            "show dya",
            "show day --usage-piont 1",
            "show day demain",
            "show day 2026-11",
            "show day --usage-point 123",
            "show day --usage-point 2251691471427x",
            "show day --direction up",
            "show day --direction",
            "export csv --kind curve",
            "export csv --kind daily --usage-point 22516914714270 --from 2026-11 --to 2026-10",
        ]
    ));
}

#[test]
fn a_wrong_configuration_leaves_with_3() {
    let house = House::lived_in();
    house.file("typo.toml", "data_dri = \"x\"\n");
    assert_snapshot!(each(
        &house,
        &[
            "--config DIR/typo.toml status",
            "--config DIR/none.toml show day"
        ]
    ));
}

#[test]
fn a_ledger_that_is_absent_foreign_or_newer_leaves_with_4() {
    let house = House::empty();
    let mut text = each(
        &house,
        &[
            "show day",
            "export csv --kind curve --usage-point 22516914714270",
        ],
    );
    std::fs::create_dir_all(house.path("data")).unwrap();
    house.file("data/releve.db", "this is a text, not a database at all");
    text += &each(&house, &["show day", "status"]);
    assert_eq!(
        std::fs::read_to_string(house.path("data/releve.db")).unwrap(),
        "this is a text, not a database at all"
    );
    text += &each(&newer(), &["show day", "status"]);
    assert_snapshot!(text);
}

/// A ledger whose header carries the schema version of another century.
fn newer() -> House {
    let house = House::lived_in();
    let path = house.path("data/releve.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&path, bytes).unwrap();
    house
}

#[test]
fn readings_that_are_not_held_leave_with_4() {
    let house = House::lived_in();
    assert_snapshot!(each(
        &house,
        &[
            "show day --usage-point 33333333333333",
            "show day --usage-point 22516914714270 --direction production",
        ]
    ));
}

#[test]
fn a_second_writer_leaves_with_6_and_learns_who_the_first_is() {
    let house = House::lived_in();
    let file = house.file("curve.csv", "");
    let _lock = WriterLock::acquire(&house.path("data"), "run").unwrap();
    let pid = std::process::id().to_string();
    let error: releve::Failure = match WriterLock::acquire(&house.path("data"), "import") {
        Err(error) => error.into(),
        Ok(_) => panic!("two writers"),
    };
    assert_eq!(error.exit, releve::Exit::Busy);
    let text = error.render(service::Lang::Fr) + &error.render(service::Lang::En);
    assert_snapshot!(text.replace(&pid, "[pid]"));
    // A file that cannot be read is told before the lock.
    assert_eq!(
        house.run(&format!("import {file}")).exit,
        releve::Exit::Data
    );
}

/// An output that fails in one way.
struct Failing(std::io::ErrorKind);

impl std::io::Write for Failing {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(self.0.into())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_disk_is_one() {
    let house = House::lived_in();
    let data = house.path("data").to_string_lossy().into_owned();
    for line in [
        "show day",
        "--json show day",
        "status",
        "export csv --kind curve --usage-point 22516914714270",
        "export json --kind curve --usage-point 22516914714270",
        "completions bash",
    ] {
        let mut args = vec!["releve", "--data-dir", &data];
        args.extend(line.split(' '));
        let gone = house.run_into(&args, &mut Failing(std::io::ErrorKind::BrokenPipe));
        assert_eq!(gone, (releve::Exit::Ok, String::new()), "{line}");
        let full = house.run_into(&args, &mut Failing(std::io::ErrorKind::StorageFull));
        assert_eq!(full.0, releve::Exit::Data, "{line}");
    }
}

#[test]
fn with_json_an_error_is_json_too() {
    let said = House::empty().run("--json --lang en show day");
    let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(error["error"]["exit_code"], 4);
    assert_eq!(said.out, "");
}
