//! The program as its operator meets it: applications, the doctor, a service
//! that starts, answers on two ports and stops at a signal.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "common/place.rs"]
mod place;

use std::fs;

use place::{Place, Service, follows, get, post, text};

#[test]
fn applications_are_registered_listed_limited_and_banned() {
    let place = Place::with("");
    assert!(
        place
            .run(&["client", "add", "Maison", "--id", "maison"])
            .status
            .success()
    );
    let twice = place.run(&["client", "add", "Autre", "--id", "maison"]);
    assert!(!twice.status.success());
    assert!(
        text(&twice).contains("is registered already"),
        "{}",
        text(&twice)
    );
    assert!(
        place
            .run(&["client", "limit", "maison", "7"])
            .status
            .success()
    );
    assert!(place.run(&["client", "ban", "maison"]).status.success());
    let list = text(&place.run(&["client", "list"]));
    let line = list
        .lines()
        .find(|line| line.starts_with("maison"))
        .unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words, ["maison", "7", "banned", "Maison"]);
    // Beside it those that are known from the start.
    for known in [
        "releve ",
        "d198fd52-61c0-4b77-8725-06a1ef90da9f ",
        "9c551777-9d1b-447c-9e68-bfe6896ee002 ",
    ] {
        let there = list.lines().any(|line| line.starts_with(known));
        assert!(there, "{known}: {list}");
    }
    assert_eq!(list.lines().count(), 4, "{list}");
    assert!(!place.run(&["client", "ban", "nobody"]).status.success());
}

#[test]
fn a_confidential_application_is_told_its_secret_once_and_no_file_holds_it() {
    let place = Place::with("");
    let added = text(&place.run(&["client", "add", "Atelier", "--secret"]));
    let secret = added.trim().rsplit(' ').next().unwrap();
    assert_eq!(secret.len(), 32, "{added}");
    place::traces::gave(secret);
    for file in fs::read_dir(place.path("data")).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(32).any(|part| part == secret.as_bytes()));
    }
}

#[test]
fn the_doctor_says_what_to_look_at_and_serves_on() {
    let place = Place::with("");
    let found = place.run(&["doctor"]);
    assert!(found.status.success(), "{}", text(&found));
    let lines = text(&found);
    assert!(
        lines.contains("good       Database                        SQLite"),
        "{lines}"
    );
    assert!(lines.contains("look       Enedis answers us"), "{lines}");
}

#[test]
fn nothing_is_served_without_encryption_unless_told_so() {
    let refused = Place::with("").run(&["serve"]);
    assert!(!refused.status.success());
    assert!(
        text(&refused).contains("--plain-http"),
        "{}",
        text(&refused)
    );
}

#[test]
fn a_slip_in_the_configuration_is_shown_with_its_line() {
    let place = Place::with("trusted_proxy = []");
    let refused = place.run(&["doctor"]);
    assert_eq!(refused.status.code(), Some(3));
    let told = text(&refused);
    let file = place.path("config.toml").display().to_string();
    assert!(told.starts_with(&format!("{file}:4:1: ")), "{told}");
    assert!(told.contains("trusted_proxies"), "{told}");
}

#[test]
fn every_problem_of_the_configuration_is_told_at_once_in_the_operators_language() {
    let place = Place::with("listen = 8443\ntrusted_proxies = [\"everybody\"]");
    let file = place.path("config.toml");
    let text_of = fs::read_to_string(&file).unwrap();
    let wrong = text_of
        .replace("listen = \"127.0.0.1:0\"\n", "")
        .replace("Essais", "Linky");
    fs::write(&file, &wrong).unwrap();
    let mut serve = place.command(&["serve"]);
    let told = text(&serve.env("LC_ALL", "fr_FR.UTF-8").output().unwrap());
    let found = told
        .lines()
        .filter(|line| line.contains("config.toml:"))
        .count();
    assert_eq!(found, 3, "{told}");
    assert!(told.contains("n’est ni une adresse ni un réseau"), "{told}");
    assert!(told.contains("Enedis n’admet pas ce nom"), "{told}");
    fs::write(&file, format!("language = \"en\"\n{wrong}")).unwrap();
    let mut serve = place.command(&["serve"]);
    let told = text(&serve.env("LC_ALL", "fr_FR.UTF-8").output().unwrap());
    assert!(
        told.contains("is neither an address nor a network"),
        "{told}"
    );
}

#[test]
fn what_programs_read_is_what_the_schemas_say() {
    let place = Place::with("");
    let added = ["client", "add", "Atelier", "--id", "atelier", "--secret"];
    assert!(place.run(&added).status.success());
    let listed = follows(
        &place.run(&["client", "list", "--json"]).stdout,
        "gateway-client-list",
    );
    let clients = listed["clients"].as_array().unwrap();
    let own = clients
        .iter()
        .find(|client| client["id"] == "atelier")
        .unwrap();
    assert_eq!(own["confidential"], true);
    assert_eq!(own["legacy"], false);
    assert_eq!(
        clients
            .iter()
            .filter(|client| client["legacy"] == true)
            .count(),
        2
    );

    let found = follows(&place.run(&["doctor", "--json"]).stdout, "gateway-doctor");
    assert_eq!(found["serves"], true);
    let enedis = found["checks"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&enedis["subject"], &enedis["health"]),
        (&"enedis".into(), &"doubtful".into())
    );
}

#[test]
fn it_starts_answers_on_two_ports_and_stops_at_a_signal() {
    let place = Place::with("");
    let service = Service::start(&place);
    let (public, operator) = (&service.public, &service.operator);

    assert!(get(public, "/device?lang=en").contains("Enter the code of your box"));
    assert!(get(public, "/metrics").starts_with("HTTP/1.1 404"));
    assert!(get(operator, "/health/live").starts_with("HTTP/1.1 200"));
    assert!(get(operator, "/health/ready").starts_with("HTTP/1.1 200"));
    let metrics = get(operator, "/metrics");
    let log = fs::read_to_string(place.path("log")).unwrap();
    assert!(log.contains("\"route\":\"/device\""), "{log}");
    let counted = "releve_gateway_answers_total{route=\"/device\",status=\"200\"} 1";
    assert!(metrics.contains(counted), "{metrics}");
    assert!(get(operator, "/device").starts_with("HTTP/1.1 404"));
    assert!(post(public, "/token", "").starts_with("HTTP/1.1 400"));

    assert!(service.stop());
}
