//! What an operator meets when the program cannot start: one sentence in their
//! language, a code, and every file as it was.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[expect(dead_code, reason = "the other stories use the rest")]
#[path = "common/place.rs"]
mod place;

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;
use std::sync::Arc;

use gateway::store::{Sqlite, Store};
use place::{Place, Service, get, post, text};
use service::SystemClock;

const CONSENT: &str = "INSERT INTO consent (id, flow, client, generation, scopes, from_at,
      until_at, status, status_at)
    VALUES (x'01', x'01', 'releve', '2026', 'daily', 0, 1, 'active', 0)";

/// Does that to the rows of a place whose program does not run.
async fn change(place: &Place, sql: &'static str) {
    let file = place.path("data/gateway.db");
    let store = Store::new(Sqlite::open(&file, Arc::new(SystemClock)).unwrap());
    let changed = store.transact(move |tx| {
        Box::pin(async move { tx.query(sql, Vec::new()).await.map(|rows| rows.len()) })
    });
    changed.await.unwrap();
}

/// The one line that a program said which could not start for its data.
fn sentence(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(4), "{}", text(output));
    let told = text(output);
    let line = told.strip_prefix("releve-gateway: ").unwrap();
    assert_eq!(line.lines().count(), 1, "{told}");
    line.trim_end().to_owned()
}

#[test]
fn a_configuration_that_is_not_there_is_all_that_is_told() {
    let place = Place::with("");
    fs::remove_file(place.path("config.toml")).unwrap();
    let stopped = place.run(&["serve"]);
    assert_eq!(stopped.status.code(), Some(3));
    let told = text(&stopped);
    assert!(
        told.contains("config.toml: this file does not exist"),
        "{told}"
    );
    assert_eq!(told.matches('→').count(), 1, "{told}");
    assert!(!place.path("data").exists());
}

#[test]
fn a_slip_of_the_command_line_is_told_in_the_operators_language() {
    let place = Place::with("");
    let slips = [
        (
            "en_GB",
            "breach-list --from yesterday",
            "--from cannot be “yesterday”",
        ),
        ("fr_FR", "client add", "il manque <NOM>"),
        ("fr_FR", "client lst", "Vouliez-vous écrire « list » ?"),
        (
            "fr_FR",
            "serve --plain",
            "l’option « --plain » n’existe pas",
        ),
    ];
    for (language, line, sentence) in slips {
        let arguments: Vec<&str> = line.split(' ').collect();
        let told = place.command(&arguments).env("LC_ALL", language).output();
        let told = told.unwrap();
        assert_eq!(told.status.code(), Some(2));
        let (told, command) = (text(&told), arguments[0]);
        assert!(told.replace('\u{a0}', " ").contains(sentence), "{told}");
        assert!(told.contains(&format!("releve-gateway {command} --help")));
        assert!(told.starts_with("releve-gateway: "), "{told}");
    }
    let helped = place
        .command(&["client", "--help"])
        .env("LC_ALL", "fr_FR")
        .output();
    let helped = text(&helped.unwrap());
    for words in [
        "Utilisation",
        "Commandes",
        "Options communes",
        "Affiche cette aide",
    ] {
        assert!(helped.contains(words), "{helped}");
    }
}

#[test]
fn an_empty_configuration_names_what_it_needs() {
    let place = Place::with("");
    fs::write(place.path("config.toml"), "").unwrap();
    let told = text(&place.run(&["serve"]));
    for needed in [
        "“public_url” is missing",
        "the section “enedis” is missing",
        "the section “controller” is missing",
    ] {
        assert!(told.contains(needed), "{told}");
    }
}

#[tokio::test]
async fn lost_keys_are_not_replaced_while_consents_need_them() {
    let place = Place::with("language = \"fr\"");
    assert!(place.run(&["client", "list"]).status.success());
    let keys = place.path("data/keys");
    let kept = fs::read(&keys).unwrap();
    fs::remove_file(&keys).unwrap();
    let fresh = place.run(&["client", "list"]);
    assert!(fresh.status.success(), "nobody needed the old ones");
    fs::write(&keys, &kept).unwrap();
    change(&place, CONSENT).await;

    fs::remove_file(&keys).unwrap();
    let told = sentence(&place.run(&["serve", "--plain-http"]));
    assert!(told.contains("data/keys manque"), "{told}");
    assert!(!keys.exists(), "no other keys were made");

    fs::write(&keys, &kept[..40]).unwrap();
    fs::set_permissions(&keys, Permissions::from_mode(0o600)).unwrap();
    let told = sentence(&place.run(&["serve", "--plain-http"]));
    assert!(told.contains("est abîmé"), "{told}");
    assert_eq!(fs::read(&keys).unwrap(), kept[..40]);

    fs::write(&keys, &kept).unwrap();
    fs::set_permissions(&keys, Permissions::from_mode(0o644)).unwrap();
    let told = sentence(&place.run(&["serve", "--plain-http"]));
    assert!(told.contains("chmod 600"), "{told}");

    fs::set_permissions(&keys, Permissions::from_mode(0o600)).unwrap();
    assert!(place.run(&["client", "list"]).status.success());
}

#[test]
fn keys_and_rows_are_their_owners_alone() {
    let place = Place::with("");
    assert!(place.run(&["client", "list"]).status.success());
    for (name, mode) in [
        ("data", 0o700),
        ("data/keys", 0o600),
        ("data/gateway.db", 0o600),
    ] {
        let found = fs::metadata(place.path(name)).unwrap().permissions();
        assert_eq!(found.mode() & 0o777, mode, "{name}");
    }
}

#[tokio::test]
async fn tables_of_a_newer_program_and_other_files_are_left_alone() {
    let place = Place::with("language = \"en\"");
    assert!(place.run(&["client", "list"]).status.success());
    change(&place, "PRAGMA user_version = 99").await;
    let told = sentence(&place.run(&["serve", "--plain-http"]));
    assert!(told.contains("version 99"), "{told}");

    let place = Place::with("language = \"fr\"");
    fs::create_dir(place.path("data")).unwrap();
    let file = place.path("data/gateway.db");
    fs::write(&file, "a diary, not a database").unwrap();
    let told = sentence(&place.run(&["serve", "--plain-http"]));
    assert!(told.contains("gateway.db ne s’ouvre pas"), "{told}");
    assert_eq!(fs::read(&file).unwrap(), b"a diary, not a database");
}

#[test]
fn a_database_that_does_not_answer_is_told_without_its_password() {
    let place = Place::with("database_url_file = \"url\"\nlanguage = \"fr\"");
    let url = place.path("url");
    fs::write(&url, "postgres://releve:geheim@127.0.0.1:1/releve\n").unwrap();
    fs::set_permissions(&url, Permissions::from_mode(0o600)).unwrap();
    let told = sentence(&place.run(&["serve", "--plain-http"]));
    assert!(
        told.starts_with("la base de données ne répond pas"),
        "{told}"
    );
    assert!(!told.contains("geheim"), "{told}");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for port in ["RELEVE_GATEWAY_LISTEN", "RELEVE_GATEWAY_OPERATOR_LISTEN"] {
        let place = Place::with("");
        let mut serve = place.command(&["serve", "--plain-http"]);
        let told = sentence(&serve.env(port, &address).output().unwrap());
        assert!(
            told.contains(&format!("cannot listen on {address}")),
            "{told}"
        );
    }
}

#[test]
fn two_processes_on_one_folder_serve_the_same_boxes() {
    let place = Place::with("");
    let (one, other) = (Service::start(&place), Service::start(&place));
    let begun = post(&one.public, "/device_authorization", "client_id=releve");
    let code = begun.split("\"device_code\":\"").nth(1).unwrap();
    let code = code.split('"').next().unwrap();
    let form = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=releve&device_code={code}"
    );
    let polled = post(&other.public, "/token", &form);
    assert!(polled.contains("authorization_pending"), "{polled}");
    assert!(one.stop());
    assert!(get(&other.operator, "/health/ready").starts_with("HTTP/1.1 200"));
    assert!(other.stop());
}
