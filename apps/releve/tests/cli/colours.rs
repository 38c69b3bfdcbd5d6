//! The colours of days: imported, contradicted, settled, told by `status`.

use insta::assert_snapshot;
use jiff::civil::date;
use ledger::ColourNote;

use crate::house::{House, now};
use crate::prices::schema_of;

const LINES: &str = include_str!("../../../../testdata/tempo/tempo_history_2014-2023_ddmmyyyy.csv");
const DATES: &str = include_str!("../../../../testdata/tempo/edf_tempo_history_2019-.json");

/// The two histories that disagree on three days.
fn two_histories() -> House {
    let house = House::empty();
    let lines = house.file("lines.csv", LINES);
    let dates = house.file("edf.json", DATES);
    let first = house.run(&format!("import {lines}"));
    assert!(first.err.is_empty(), "{}", first.err);
    let second = house.run(&format!("import {dates}")).render();
    let again = house.run(&format!("--lang en import {dates}")).render();
    assert_snapshot!("colours_import", [first.render(), second, again].join("\n"));
    house
}

#[test]
fn two_histories_that_disagree_are_both_kept_and_their_days_are_named() {
    let house = two_histories();
    let report = house.run("--json import DIR/lines.csv DIR/edf.json").json();
    schema_of("import", &report);
    let days = |file: usize| -> Vec<String> {
        let differ = report["colours"][file]["contradictions"]
            .as_array()
            .unwrap();
        let day = |one: &serde_json::Value| one["day"].as_str().unwrap().to_owned();
        differ.iter().map(day).collect()
    };
    let three = ["2022-04-14", "2022-05-24", "2022-06-01"];
    assert_eq!(days(0), three);
    assert_eq!(days(1), three);
    assert_eq!(report["colours"][1]["written"], 0, "said before");
    house.write(|store| {
        assert_eq!(store.colour_revisions("tempo").unwrap(), []);
        let both = store.colours("tempo", date(2022, 4, 14), date(2022, 4, 15));
        assert_eq!(both.unwrap().len(), 2);
    });
}

#[test]
fn ones_own_word_settles_a_disputed_day_and_replaces_no_other() {
    let house = two_histories();
    let before = house.both("tariff colours 2022-04-13..2022-04-15");
    let after = house.both("tariff colours 2022-04-14 --set blanc");
    let months = house.both("tariff colours 2022-03..2022-06");
    assert_snapshot!([before, after, months].join("\n"));
    let shown = house.run("--json tariff colours 2022-04-14").json();
    schema_of("tariff-colours", &shown);
    assert_eq!(shown["days"][0]["colour"], "white");
    assert_eq!(shown["days"][0]["said"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_no_colour_is_refused_whole_and_other_files_are_still_readings() {
    let house = House::empty();
    house.file("green.csv", "2026-11-20;BLEU\n2026-11-21;VERT\n");
    house.file("twice.csv", "2026-11-20;BLEU\n2026-11-20;ROUGE\n");
    house.file("day.csv", "20/11/2026;BLEU\n31/02/2026;ROUGE\n");
    house.file("values.csv", "2026-11-20;1250\n2026-11-21;1300\n");
    let mut text = String::new();
    for name in ["green", "twice", "day", "values"] {
        text += &house.both(&format!("import DIR/{name}.csv"));
        text += "\n";
    }
    text += &house.both("tariff colours 2026-11-20 --set vert");
    assert_snapshot!(text);
    assert!(!house.path("data").exists(), "nothing was written");
}

#[test]
fn status_tells_the_colours_their_sources_failures_and_the_next_question() {
    let house = two_histories();
    house.write(|store| {
        let today = [(date(2026, 11, 21), "red")];
        store
            .write_colours("tempo", &today, "rte-page", now())
            .unwrap();
        let note = ColourNote {
            asked_at: now(),
            ask_at: "2026-11-21T09:20:00Z".parse().unwrap(),
            searched: None,
            failures: 1,
            problems: serde_json::json!([
                { "source": "rte-page", "problem": "page" },
                { "source": "edf", "problem": "status", "detail": "503" },
            ]),
        };
        store.set_colour_note("tempo", &note).unwrap();
    });
    let tempo = "[[usage_points]]\nprm = \"22516914714270\"\noffer = \"tempo\"\n";
    house.file("releve.toml", tempo);
    let told = house.both("--config DIR/releve.toml status");
    let told: Vec<_> = told
        .lines()
        .filter(|line| !line.contains("/data"))
        .collect();
    assert_snapshot!(told.join("\n"));
    let status = house.run("--config DIR/releve.toml --json status").json();
    schema_of("status", &status);
    assert_eq!(status["colours"][0]["today"], "red");
    assert_eq!(status["colours"][0]["tomorrow"], serde_json::Value::Null);
    assert_eq!(status["colours"][0]["faults"][1]["code"], "status");
    house.file("off.toml", &format!("{tempo}[colours]\nenabled = false\n"));
    let off = house.run("--config DIR/off.toml --json status").json();
    assert_eq!(off["colours"][0]["asked"], false);
    assert_eq!(off["colours"][0]["ask_at"], serde_json::Value::Null);
}

#[test]
fn without_such_an_offer_status_says_nothing_of_colours() {
    let house = House::lived_in();
    let base = "[[usage_points]]\nprm = \"22516914714270\"\noffer = \"base\"\n";
    house.file("releve.toml", base);
    let status = house.run("--config DIR/releve.toml --json status").json();
    assert_eq!(status["colours"], serde_json::json!([]));
}

#[test]
fn the_section_of_colours_tells_its_mistakes_in_their_place() {
    let house = House::empty();
    house.file(
        "releve.toml",
        "[colours]\ncalendars = [\"tempo\"]\nrte_client_id = \"mine\"\nedf_url = \"ftp://x\"\n",
    );
    assert_snapshot!(house.both("--config DIR/releve.toml check"));
    house.file("secret", "s3cret\n");
    house.file(
        "right.toml",
        "[colours]\ncalendars = [\"tempo\"]\nrte_client_id = \"mine\"\n\
         rte_client_secret_file = \"secret\"\n",
    );
    let right = house.run("--config DIR/right.toml check");
    assert!(right.out.contains("tempo"), "{}", right.render());
    assert!(!right.out.contains("s3cret"));
}

#[test]
fn a_source_of_a_newer_version_is_another_source_and_stops_nothing() {
    let house = two_histories();
    house.write(|store| {
        let day = [(date(2022, 4, 14), "red")];
        store
            .write_colours("tempo", &day, "source-of-tomorrow", now())
            .unwrap();
    });
    let status = house.both("status");
    for words in ["une autre source", "another source"] {
        assert!(status.contains(words), "{status}");
    }
    let shown = house.run("--json tariff colours 2022-04-14").json();
    let said = shown["days"][0]["said"].as_array().unwrap();
    let sources: Vec<&str> = said
        .iter()
        .filter_map(|one| one["source"].as_str())
        .collect();
    assert!(sources.contains(&"source-of-tomorrow"), "{sources:?}");
}
