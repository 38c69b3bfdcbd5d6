//! The schemas in `docs/schema` are those of the program, and what it prints
//! keeps to them. `UPDATE=1 cargo test -p releve` writes them anew.

use std::path::PathBuf;

use insta::assert_json_snapshot;
use releve::json::import::ImportedKind;
use releve::json::{self, Import, ImportedFile, Sums, Sync, SyncProblem};
use serde_json::Value;

use crate::house::{HOME, House, PARTIAL};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema")
}

fn schema(name: &str) -> Value {
    let found = json::schemas()
        .into_iter()
        .find(|(known, _)| *known == name);
    serde_json::to_value(found.unwrap().1).unwrap()
}

#[track_caller]
pub fn assert_valid(name: &str, value: &Value) {
    let validator = jsonschema::validator_for(&schema(name)).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
}

#[test]
fn the_published_schemas_are_those_of_the_program() {
    let update = std::env::vars_os().any(|(name, _)| name == "UPDATE");
    for (name, schema) in json::schemas() {
        let path = folder().join(format!("{name}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if update {
            std::fs::write(&path, text).unwrap();
            continue;
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            published == text,
            "{name} is out of date: run with UPDATE=1"
        );
    }
}

#[test]
fn every_command_keeps_to_its_schema() {
    let house = House::lived_in();
    for (line, name) in [
        (format!("show day {PARTIAL}"), "show-day"),
        ("show day hier".to_owned(), "show-day"),
        ("show week".to_owned(), "show-period"),
        ("show month 2026-10".to_owned(), "show-period"),
        ("show year".to_owned(), "show-period"),
        ("show max 2026-10".to_owned(), "show-max"),
        ("status".to_owned(), "status"),
        ("check".to_owned(), "check"),
    ] {
        assert_valid(name, &house.run(&format!("--json {line}")).json());
    }
    for kind in ["curve", "daily", "maximum", "index", "days"] {
        let said = house.run(&format!("export json --kind {kind} --usage-point {HOME}"));
        let value = said.json();
        assert!(!value["rows"].as_array().unwrap().is_empty());
        assert_valid(&format!("export-{kind}"), &value);
    }
    let said = house.run(&format!(
        "--json export csv --kind daily --usage-point {HOME} --output DIR/out.csv"
    ));
    assert_valid("export-file", &said.json());
    let failed = House::empty().run("--json show day");
    assert_valid("error", &serde_json::from_str(&failed.err).unwrap());
}

#[test]
fn a_schema_refuses_what_is_not_so() {
    let mut value = House::empty().run("--json status").json();
    assert_valid("status", &value);
    value["now"] = Value::from(12);
    assert!(!jsonschema::is_valid(&schema("status"), &value));
}

#[test]
fn the_shapes_of_shown_periods_and_status() {
    let house = House::lived_in();
    let mut shown = house
        .run(&format!("--json show week 2026-11-18 --usage-point {HOME}"))
        .json();
    let parts = shown["usage_points"][0]["parts"].as_array_mut().unwrap();
    parts.drain(2..4);
    assert_json_snapshot!("week", shown);
    let config = house.file("releve.toml", crate::status::CONFIG);
    let line = format!("--config {config} --json --lang en status");
    let mut status = house.run(&line).json();
    status["file_bytes"] = Value::from("[bytes]");
    assert_json_snapshot!("status", status);
    let max = house.run("--json show max 2026-10-25").json();
    assert_json_snapshot!("max", max);
    let empty = house.run(&format!("--json show day hier --usage-point {HOME}"));
    assert_json_snapshot!("day", empty.json());
}

/// The first rows stand for all.
fn shortened(mut value: Value, pointer: &str) -> Value {
    let rows = value.pointer_mut(pointer).and_then(Value::as_array_mut);
    rows.unwrap().truncate(2);
    value
}

#[test]
fn the_shapes_of_exports() {
    let house = House::lived_in();
    for kind in ["curve", "daily", "maximum", "index", "days"] {
        let line = format!("export json --kind {kind} --usage-point {HOME}");
        let value = shortened(house.run(&line).json(), "/rows");
        assert_json_snapshot!(format!("export-{kind}"), value);
    }
    let line = format!("--json export csv --kind daily --usage-point {HOME} --output DIR/out.csv");
    let mut written = house.run(&line).json();
    written["file"] = Value::from("[file]");
    assert_json_snapshot!("export-file", written);
}

#[test]
fn the_shapes_of_a_shown_autumn_day_a_month_and_a_year() {
    let house = House::lived_in();
    let shown = |line: &str| {
        house
            .run(&format!("--json {line} --usage-point {HOME}"))
            .json()
    };
    let day = shown("show day 2026-10-25");
    assert_json_snapshot!("autumn", shortened(day, "/usage_points/0/intervals"));
    for (name, line) in [("month", "show month 2026-10"), ("year", "show year 2026")] {
        let value = shortened(shown(line), "/usage_points/0/parts");
        assert_json_snapshot!(name, value);
    }
}

#[test]
fn the_shapes_of_a_check_an_error_and_a_first_configuration() {
    let house = House::empty();
    let mut check = house.run("--json check").json();
    let places = ["data_dir", "ledger", "file", "looked_in"];
    for (name, value) in check.as_object_mut().unwrap() {
        if places.contains(&name.as_str()) && !value.is_null() {
            *value = Value::from("[place]");
        }
    }
    assert_json_snapshot!("check", check);
    let failed = house.run("--json --lang en show day");
    let error: Value = serde_json::from_str(&failed.err).unwrap();
    assert_json_snapshot!("error", error);
}

#[test]
fn a_year_imported_twice_keeps_to_the_schema_and_writes_once() {
    let house = House::empty();
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../testdata/csv/curve_PT30M_1year_2DST_bom.csv"
    );
    let line = format!("--json import --usage-point 11111111111111 {file}");
    let first = house.run(&line).json();
    assert_valid("import", &first);
    // 7 302 599 Wh by a sum made with another tool.
    assert_eq!(first["watt_hours"], 7_302_599);
    assert_eq!(
        (&first["points"], &first["written"]),
        (&17_520.into(), &17_520.into())
    );
    let second = house.run(&line).json();
    assert_eq!(
        (&second["written"], &second["revised"]),
        (&0.into(), &0.into())
    );
    for (day, count) in [("2022-10-30", 50), ("2023-03-26", 46)] {
        let shown = house.run(&format!("--json show day {day}")).json();
        let intervals = shown["usage_points"][0]["intervals"].as_array().unwrap();
        assert_eq!(intervals.len(), count);
    }
}

#[test]
fn the_shape_of_an_import_of_two_files() {
    let file = |file: &str, prm: &str| ImportedFile {
        file: file.to_owned(),
        kind: ImportedKind::Curve,
        usage_point: prm.parse().unwrap(),
        direction: meter::Direction::Consumption,
        from: None,
        to: None,
        unbalanced: Vec::new(),
        sums: Sums {
            points: 3,
            written: 2,
            watt_minutes: 90,
            ..Sums::default()
        },
    };
    let report = Import::of(vec![file("a.csv", HOME), file("b.csv", HOME)]);
    let value = serde_json::to_value(&report).unwrap();
    // Two files of a Wh and a half each are 3 Wh, not twice a rounded 2.
    assert_eq!(value["watt_hours"], 3);
    assert_valid("import", &value);
    assert_json_snapshot!("import", value);
}

#[test]
fn the_shape_of_a_sync() {
    let report = Sync {
        calls: 4,
        written: 96,
        revised: 1,
        days: 2,
        problems: vec![SyncProblem {
            usage_point: HOME.parse().ok(),
            direction: None,
            kind: Some(meter::Kind::Curve),
            code: "no-consent".to_owned(),
            explanation: "…".to_owned(),
            hint: "…".to_owned(),
        }],
        files: Vec::new(),
        colours: vec![releve::json::colours::ColourRound {
            calendar: "tempo".to_owned(),
            asked: 2,
            written: 1,
            revised: 0,
            contradicted: vec![jiff::civil::date(2026, 11, 20)],
            faults: vec![releve::json::colours::ColourFault {
                source: "rte-page".to_owned(),
                code: "page".to_owned(),
                explanation: "rte-page".to_owned(),
            }],
        }],
        finished: true,
    };
    let value = serde_json::to_value(&report).unwrap();
    assert_valid("sync", &value);
    assert_json_snapshot!("sync", value);
}
