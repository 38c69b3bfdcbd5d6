//! What `status` and `check` say, in both languages.

use insta::assert_snapshot;
use ledger::{Access, SeriesNote, Store, WriterLock};

use crate::house::{House, now};

#[test]
fn nothing_yet_says_what_to_do() {
    assert_snapshot!(House::empty().both("status"));
}

#[test]
fn each_series_has_its_span_its_counts_and_its_problem_in_plain_words() {
    let house = House::lived_in();
    let config = house.file("releve.toml", CONFIG);
    let said = house.both(&format!("--config {config} status"));
    // The size of the file is the machine's.
    let said = said
        .lines()
        .map(|line| line.split(" (0").next().unwrap_or(line))
        .collect::<Vec<_>>();
    assert_snapshot!(said.join("\n"));
}

#[test]
fn without_a_source_no_request_is_announced() {
    let said = House::lived_in().both("status");
    assert!(
        !said.contains("Prochaine") && !said.contains("Next request"),
        "{said}"
    );
}

#[test]
fn who_writes_is_named_and_reading_goes_on_beside() {
    let house = House::lived_in();
    let _lock = WriterLock::acquire(&house.path("data"), "sync").unwrap();
    let said = house.run("--lang en status");
    let pid = std::process::id();
    let line = format!("Being written: releve sync (process {pid})");
    assert!(said.out.contains(&line), "{}", said.out);
}

#[test]
fn a_source_left_in_peace_says_why_and_until_when() {
    let house = House::lived_in();
    let path = house.path("data").join(ledger::FILE_NAME);
    let pause = SeriesNote {
        problem: Some(serde_json::json!({ "problem": "bad-credentials" })),
        problem_at: Some(now()),
        failures: 1,
        ask_at: Some("2026-11-21T12:00:00Z".parse().unwrap()),
        ..SeriesNote::default()
    };
    let mut store = Store::open(&path, Access::Write).unwrap();
    store.set_source_pause("enedis", Some(&pause)).unwrap();
    let config = house.file("releve.toml", CONFIG);
    let said = house.run(&format!("--config {config} --lang fr status"));
    assert!(
        said.out
            .contains("«\u{a0}enedis\u{a0}» est laissée en paix jusqu’au 21 nov. 2026 à 13"),
        "{}",
        said.out
    );
    assert!(said.out.contains("Maison · 22516914714270"));
}

pub const CONFIG: &str = r#"
[sources.enedis]
kind = "data-connect"
client_id = "abcdefghijkl"
client_secret = "0123456789-secret"

[[usage_points]]
prm = "22516914714270"
name = "Maison"
"#;

#[test]
fn check_prints_the_settings_without_secrets() {
    let house = House::lived_in();
    let config = house.file("releve.toml", CONFIG);
    std::fs::set_permissions(&config, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let said = house.both(&format!("--config {config} check"));
    assert!(!said.contains("secret") && !said.contains("abcdefgh"));
    assert_snapshot!(said);
}

#[test]
fn check_without_a_configuration_says_where_it_looked() {
    assert_snapshot!(House::empty().both("check"));
}
