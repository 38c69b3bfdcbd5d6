//! The program and consents: link, code and QR code, restarts, every end, and a
//! daemon that waits.

use std::fmt::Write;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use meter::UsagePoint;
use simulator::{Decision, Resource, customers, domoticz_proxy, relay};

use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::support::{Daemon, Ended, Home};
use crate::waiting::wait_until;

const PRM: u64 = customers::DEMO_SECOND;
const OTHER: u64 = customers::DEMO_HOME;

fn points(numbers: &[u64]) -> Vec<UsagePoint> {
    numbers.iter().map(|n| customers::usage_point(*n)).collect()
}

fn home(enedis: &Enedis, kind: &str, numbers: &[u64]) -> Home {
    let home = Home::new(&enedis.url, "v5", numbers);
    let path = match kind {
        "gateway" => relay::PATH,
        _ => domoticz_proxy::PATH,
    };
    let mut text = format!(
        "[sources.box]\nkind = \"{kind}\"\nbase_url = \"{}{path}\"\n",
        enedis.url
    );
    for prm in numbers {
        writeln!(text, "[[usage_points]]\nprm = \"{prm:014}\"").unwrap();
    }
    home.write("releve.toml", text, 0o600);
    home
}

/// Every exchange takes a while, so that a person is quick enough: the clock of
/// the program runs as fast as it polls.
fn slow() -> Enedis {
    let enedis = Enedis::start(|_| {});
    enedis.simulator.set_latency(Duration::from_millis(50));
    enedis
}

/// Runs the command while somebody answers its code.
fn answered(enedis: &Enedis, home: &Home, args: &[&str], decision: &Decision) -> Ended {
    std::thread::scope(|scope| {
        let person = scope.spawn(|| {
            wait_until("a code", || !enedis.simulator.pending_codes().is_empty());
            let code = enedis.simulator.pending_codes().remove(0);
            assert!(enedis.simulator.decide(&code, decision));
        });
        let ended = home.run(args);
        person.join().unwrap();
        ended
    })
}

fn said(enedis: &Enedis, home: &Home, ended: &Ended) -> String {
    let text = format!("{}{}", ended.out, ended.err);
    home.neutral(&text.replace(&enedis.url, "http://[gateway]"))
}

fn codes_asked(enedis: &Enedis) -> usize {
    let calls = enedis.simulator.calls();
    let asked = calls
        .iter()
        .filter(|call| call.resource == Some(Resource::DeviceCode));
    asked.count()
}

#[test]
fn a_person_gives_a_consent_and_everything_is_collected() {
    for kind in ["gateway", "domoticz-proxy"] {
        let enedis = slow();
        let home = home(&enedis, kind, &[PRM]);
        let before = home.run(&["sync", "--lang", "en"]);
        assert_eq!(before.code, Some(5), "{before:?}");
        assert!(enedis.simulator.calls().is_empty());
        let yes = Decision::Approved(points(&[PRM]));
        let ended = answered(&enedis, &home, &["consent", "--lang", "en"], &yes);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(codes_asked(&enedis), 1);
        let file = home.data_dir().join("consents/box-1.json");
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        enedis.simulator.set_latency(Duration::ZERO);
        // The program's clock has run on while it waited; the meter's has not.
        home.run(&["sync"]).well();
        assert!(inspect(&home.ledger()).readings > 10_000);
        let again = home.run(&["consent", "--lang", "en"]).well();
        assert!(again.contains("is given for all"), "{again}");
        assert_eq!(codes_asked(&enedis), 1);
    }
}

#[test]
fn link_code_and_picture_fit_the_terminal_and_are_the_same_in_both_languages() {
    let mut out = String::new();
    for lang in ["fr", "en"] {
        let enedis = slow();
        let home = home(&enedis, "gateway", &[PRM]);
        let yes = Decision::Approved(points(&[PRM]));
        let ended = answered(&enedis, &home, &["consent", "--lang", lang], &yes);
        assert!(ended.out.lines().all(|line| line.chars().count() <= 80));
        let link = ended.out.lines().find(|line| line.contains("http://"));
        let text = said(&enedis, &home, &ended);
        // The picture holds the port, which changes.
        let drawn = |line: &&str| line.contains(['█', '▀', '▄']);
        assert!(text.lines().filter(drawn).count() > 15, "{link:?}");
        let rest: Vec<&str> = text.lines().filter(|line| !drawn(line)).collect();
        writeln!(out, "{lang}\n{}", rest.join("\n")).unwrap();
        let list = home.run(&["consent", "list", "--lang", lang]);
        writeln!(out, "{}", said(&enedis, &home, &list)).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_refusal_and_a_code_that_lapses_are_told_apart_and_nothing_begins_by_itself() {
    let mut out = String::new();
    let enedis = slow();
    let refusing = home(&enedis, "gateway", &[PRM]);
    let denied = answered(
        &enedis,
        &refusing,
        &["consent", "--lang", "en"],
        &Decision::Denied,
    );
    let lapsing = home(&enedis, "gateway", &[PRM]);
    enedis.simulator.set_latency(Duration::ZERO);
    let lapsed = lapsing.run(&["consent", "--lang", "en"]);
    for (what, home, ended) in [
        ("refused", &refusing, &denied),
        ("lapsed", &lapsing, &lapsed),
    ] {
        assert_eq!(ended.code, Some(5), "{ended:?}");
        writeln!(out, "{what}: {}", home.neutral(&ended.err)).unwrap();
        for lang in ["fr", "en"] {
            let sync = home.run(&["sync", "--lang", lang]);
            writeln!(out, "{}", said(&enedis, home, &sync)).unwrap();
            let list = home.run(&["consent", "list", "--lang", lang]);
            writeln!(out, "{}", said(&enedis, home, &list)).unwrap();
        }
    }
    assert_eq!(codes_asked(&enedis), 2);
    insta::assert_snapshot!(out);
}

#[test]
fn a_command_that_is_killed_while_it_waits_goes_on_with_the_same_code() {
    let enedis = slow();
    let home = home(&enedis, "gateway", &[PRM]);
    let first = home.start(&["consent"]);
    wait_until("a code", || {
        home.data_dir().join("consents/box-1.json").exists()
    });
    let code = enedis.simulator.pending_codes().remove(0);
    assert_eq!(first.end("KILL").code, None);
    let yes = Decision::Approved(points(&[PRM]));
    let ended = answered(&enedis, &home, &["consent"], &yes);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains(&code), "{}", ended.out);
    assert_eq!(codes_asked(&enedis), 1);
}

#[test]
fn two_consents_are_listed_renewed_and_forgotten_one_by_one() {
    let enedis = slow();
    let home = home(&enedis, "gateway", &[PRM, OTHER]);
    let one = Decision::Approved(points(&[PRM]));
    let first = answered(&enedis, &home, &["consent", "--lang", "en"], &one);
    assert!(first.out.contains("has no consent yet"), "{}", first.out);
    let other = Decision::Approved(points(&[OTHER]));
    answered(&enedis, &home, &["consent"], &other);
    let ids = || -> Vec<String> {
        let list = home.run(&["consent", "list", "--json"]).well();
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        let all = list["consents"].as_array().unwrap().clone();
        all.iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(), ["box-1", "box-2"]);
    let renewed = answered(&enedis, &home, &["consent", "renew", "box-1"], &one);
    assert_eq!(renewed.code, Some(0), "{renewed:?}");
    assert_eq!(ids(), ["box-2", "box-3"]);
    home.run(&["consent", "forget", "box-2"]).well();
    assert_eq!(ids(), ["box-3"]);
    let revoked = enedis.simulator.calls();
    let revoked = revoked.iter().filter(|call| call.path.ends_with("/revoke"));
    assert_eq!(revoked.count(), 1, "the gateway was told");
    let unknown = home.run(&["consent", "forget", "box-2", "--lang", "en"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
}

#[test]
fn no_secret_is_ever_printed() {
    let enedis = slow();
    let home = home(&enedis, "gateway", &[PRM]);
    let yes = Decision::Approved(points(&[PRM]));
    let mut text = String::new();
    for args in [
        &["consent", "--log", "verbose"][..],
        &["sync", "--log", "verbose"],
        &["consent", "list", "--json"],
        &["status", "--json"],
        &["check"],
    ] {
        let ended = if args[0] == "consent" && args.len() == 3 && args[1] == "--log" {
            answered(&enedis, &home, args, &yes)
        } else {
            home.run(args)
        };
        write!(text, "{}{}", ended.out, ended.err).unwrap();
    }
    let file = home.data_dir().join("consents/box-1.json");
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    for name in ["access", "refresh"] {
        let secret = kept[name].as_str().unwrap();
        assert!(secret.len() > 10 && !text.contains(secret), "{name}");
    }
}

#[test]
fn a_daemon_without_a_consent_shows_its_link_asks_nothing_and_collects_once_it_has_one() {
    let enedis = Enedis::going(|_| {});
    let home = home(&enedis, "gateway", &[PRM]).going();
    let daemon = home.start(&["run", "--lang", "en", "--log", "error"]);
    wait_until("a code", || !enedis.simulator.pending_codes().is_empty());
    let code = enedis.simulator.pending_codes().remove(0);
    let shown = || home.run(&["status", "--lang", "en"]).out;
    wait_until("status shows the code", || shown().contains(&code));
    assert_eq!(enedis.simulator.calls().len(), codes_asked(&enedis));
    let yes = Decision::Approved(points(&[PRM]));
    assert!(enedis.simulator.decide(&code, &yes));
    wait_until("the first readings", || {
        home.ledger().exists() && inspect(&home.ledger()).readings > 0
    });
    let ended = terminated(daemon);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let lines: Vec<&str> = ended
        .err
        .lines()
        .filter(|line| line.contains(&code))
        .collect();
    assert_eq!(lines.len(), 1, "{}", ended.err);
    assert!(lines[0].contains("ERROR") && lines[0].contains("/relay/device"));
}

fn terminated(daemon: Daemon) -> Ended {
    daemon.end("TERM")
}

#[test]
fn a_token_file_that_is_a_folder_is_explained_in_both_languages() {
    let enedis = slow();
    let home = home(&enedis, "gateway", &[PRM]);
    let yes = Decision::Approved(points(&[PRM]));
    answered(&enedis, &home, &["consent"], &yes);
    let file = home.data_dir().join("consents/box-1.json");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let mut out = String::new();
    for lang in ["fr", "en"] {
        let sync = home.run(&["sync", "--lang", lang]);
        assert_eq!(sync.code, Some(5));
        writeln!(out, "{}", said(&enedis, &home, &sync)).unwrap();
        let list = home.run(&["consent", "list", "--lang", lang]);
        writeln!(out, "{}", said(&enedis, &home, &list)).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn http_to_another_machine_is_refused_unless_it_is_allowed() {
    let enedis = Enedis::start(|_| {});
    let home = home(&enedis, "gateway", &[PRM]);
    let text = |extra: &str| {
        format!("[sources.box]\nkind = \"gateway\"\nbase_url = \"http://192.0.2.1/\"\n{extra}")
    };
    home.write("releve.toml", text(""), 0o600);
    assert_eq!(home.run(&["check"]).code, Some(3));
    home.write("releve.toml", text("allow_http = true\n"), 0o600);
    assert!(home.run(&["check"]).well().contains("http://192.0.2.1/"));
}
