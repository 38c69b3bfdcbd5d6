//! The program over the customer account: adding, listing, testing, removing,
//! and a browser in which a person signs in.

use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use simulator::customers;
use simulator::portal::{COOKIE, LOGIN, Mood, PASSWORD, PATH};

use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::support::{Ended, Home};

const SECOND: u64 = customers::DEMO_SECOND;

/// One usage point over the customer account.
fn home(enedis: &Enedis) -> Home {
    let home = Home::new(&enedis.url, "v5", &[SECOND]);
    let url = enedis.url.trim_end_matches('/');
    let text = format!(
        "language = \"en\"\n\
         [sources.compte]\nkind = \"portal\"\naccount = \"maison\"\n\
         base_url = \"{url}{PATH}\"\n\
         [[usage_points]]\nprm = \"{SECOND:014}\"\n"
    );
    home.write("releve.toml", text, 0o600);
    home
}

/// Runs a command that is told these lines.
fn told(mut command: Command, lines: &[&str]) -> Ended {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input
        .write_all((lines.join("\n") + "\n").as_bytes())
        .unwrap();
    drop(input);
    child.wait_with_output().unwrap().into()
}

fn add(home: &Home, args: &[&str], secrets: &[&str]) -> Ended {
    let words: Vec<&str> = ["account", "add"].iter().chain(args).copied().collect();
    told(home.releve(&words), secrets)
}

fn said(home: &Home, enedis: &Enedis, ended: &Ended) -> String {
    let text = format!("{:?}\n{}{}", ended.code, ended.out, ended.err);
    home.neutral(&text.replace(enedis.url.trim_end_matches('/'), "[url]"))
}

#[test]
fn an_account_is_added_fetched_listed_tested_and_removed() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis);
    let mut out = String::new();
    let mut tell = |what: &str, ended: &Ended| {
        writeln!(out, "{what}: {}", said(&home, &enedis, ended)).unwrap();
    };
    tell("before", &home.run(&["account", "list"]));
    tell("sync", &home.run(&["sync"]));
    let added = add(&home, &[], &[LOGIN, PASSWORD, COOKIE]);
    tell("add", &added);
    assert!(inspect(&home.ledger()).readings > 10_000);
    tell("list", &home.run(&["account", "list"]));
    tell(
        "list, in French",
        &home.run(&["account", "list", "--lang", "fr"]),
    );
    tell("list --json", &home.run(&["account", "list", "--json"]));
    tell("test", &home.run(&["account", "test", "maison"]));
    tell("check", &home.run(&["check"]));
    tell("remove", &home.run(&["account", "remove", "maison"]));
    tell("again", &home.run(&["account", "remove", "maison"]));
    tell("after", &home.run(&["account", "test"]));
    for secret in [PASSWORD, COOKIE, LOGIN] {
        assert!(!out.contains(secret), "{out}");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn secrets_are_kept_in_a_file_of_their_owner_alone() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis);
    let ended = add(&home, &["--no-fetch", "--json"], &[LOGIN, PASSWORD, COOKIE]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for (name, mode) in [
        ("accounts", 0o700),
        ("accounts/maison.json", 0o600),
        ("accounts/maison.state.json", 0o600),
    ] {
        let about = std::fs::metadata(home.data_dir().join(name)).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, mode, "{name}");
    }
    assert!(!home.ledger().exists(), "nothing was fetched");
}

#[test]
fn each_refusal_is_told_in_both_languages_and_leaves_the_secrets_before() {
    let mut out = String::new();
    for (what, secrets, mood) in [
        ("wrong password", [LOGIN, "a guess", COOKIE], Mood::Usual),
        (
            "expired cookie",
            [LOGIN, PASSWORD, "an older one"],
            Mood::Usual,
        ),
        ("captcha", [LOGIN, PASSWORD, COOKIE], Mood::Captcha),
        ("terms", [LOGIN, PASSWORD, COOKIE], Mood::Terms),
    ] {
        let enedis = Enedis::start(|_| {});
        let home = home(&enedis);
        add(&home, &["--no-fetch"], &[LOGIN, PASSWORD, COOKIE]);
        enedis.simulator.set_portal(mood);
        for lang in ["fr", "en"] {
            let ended = add(&home, &["--no-fetch", "--lang", lang], &secrets);
            writeln!(out, "{what}, {lang}: {}", said(&home, &enedis, &ended)).unwrap();
        }
        enedis.simulator.set_portal(Mood::Usual);
        let after = home.run(&["account", "test"]);
        assert_eq!(after.code, Some(0), "{what}: {after:?}");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn too_few_answers_are_asked_for_and_nothing_is_kept() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis);
    let ended = add(&home, &[], &[LOGIN, PASSWORD]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("internalAuthId"), "{ended:?}");
    assert!(!home.data_dir().join("accounts").exists());
    assert_eq!(enedis.simulator.calls().len(), 0);
}

#[test]
fn an_account_that_no_source_uses_says_what_to_configure() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis);
    let url = enedis.url.trim_end_matches('/');
    home.write(
        "releve.toml",
        format!(
            "language = \"en\"\n[sources.compte]\nkind = \"portal\"\nbase_url = \"{url}{PATH}\"\n"
        ),
        0o600,
    );
    let ended = add(&home, &[], &[LOGIN, PASSWORD, COOKIE]);
    insta::assert_snapshot!(said(&home, &enedis, &ended));
}

#[test]
fn secrets_of_systemd_serve_and_are_not_changed() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis);
    let folder = home.path("credentials");
    std::fs::create_dir(&folder).unwrap();
    let text = format!(r#"{{"login":"{LOGIN}","password":"{PASSWORD}","cookie":"{COOKIE}"}}"#);
    home.write("credentials/releve-account-maison", text, 0o400);
    let run = |args: &[&str]| -> Ended {
        let mut command = home.releve(args);
        command.env("CREDENTIALS_DIRECTORY", &folder);
        command.output().unwrap().into()
    };
    assert_eq!(run(&["account", "test"]).code, Some(0));
    for args in [
        ["account", "add"].as_slice(),
        &["account", "remove", "maison"],
    ] {
        let refused = run(args);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains("systemd"), "{refused:?}");
    }
}

/// A real Chromium; the page of the stand-in plays the person who signs in.
#[test]
fn a_browser_in_which_somebody_signs_in_gives_the_cookie() {
    let lacks = |program: &str| !std::path::Path::new("/usr/bin").join(program).exists();
    if lacks("chromedriver") || lacks("chromium") {
        eprintln!("without chromium and chromedriver (package chromium-driver) this says nothing");
        return;
    }
    let enedis = Enedis::going(|_| {});
    enedis.simulator.set_portal(Mood::Person);
    let home = home(&enedis).going();
    let mut command = home.releve(&["account", "add", "--browser", "--no-fetch"]);
    command.env("RELEVE_BROWSER_HEADLESS", "1");
    let ended = told(command, &[LOGIN, PASSWORD]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let kept = std::fs::read_to_string(home.data_dir().join("accounts/maison.json")).unwrap();
    assert!(kept.contains(COOKIE));
}
