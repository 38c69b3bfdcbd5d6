//! The real program with its dashboard: alone and beside the daemon, without a
//! configuration and with a wrong one, started, asked and stopped.

use std::net::TcpListener;

use jiff::SignedDuration;
use jiff::civil::date;
use meter::Direction;
use simulator::{conso_api, customers, export};

use crate::browser::Browser;
use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::support::{Daemon, Ended, Home};
use crate::waiting::{real_now, wait_until};

const PRM: u64 = customers::DEMO_SECOND;

/// Longer than anybody should wait for the end.
const STOPS_WITHIN: SignedDuration = SignedDuration::from_secs(2);

/// A dashboard without a daemon.
fn serve(home: &Home, args: &[&str]) -> (Daemon, Browser) {
    let words: Vec<&str> = ["serve", "--listen", "127.0.0.1:0"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let mut daemon = home.start(&words);
    let said = daemon.line_of_output(|line| line.contains("http://"));
    (daemon, Browser::at(&said))
}

/// A daemon with its dashboard.
fn run(home: &Home, listen: &str) -> (Daemon, Browser) {
    let mut daemon = home.start_with(&["run"], &served(listen));
    let said = daemon.line_of_errors(|line| line.contains("http://"));
    (daemon, Browser::at(&said))
}

fn served(listen: &str) -> [(&str, &str); 2] {
    [
        ("RELEVE_DASHBOARD__ENABLED", "true"),
        ("RELEVE_DASHBOARD__LISTEN", listen),
    ]
}

fn stopped(daemon: Daemon, signal: &str) -> Ended {
    let told = real_now();
    let ended = daemon.end(signal);
    let took = real_now().duration_since(told);
    assert!(took < STOPS_WITHIN, "{signal}: {took:?}");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended
}

fn exported(enedis: &Enedis) -> String {
    let truth = enedis.simulator.truth(customers::usage_point(PRM)).unwrap();
    let (from, to) = (date(2026, 11, 1), date(2026, 11, 4));
    export::format_a(&truth, Direction::Consumption, from, to)
}

#[test]
fn without_configuration_or_ledger_it_opens_on_the_set_up_and_stops_at_once_when_told() {
    for signal in ["TERM", "INT"] {
        let enedis = Enedis::going(|_| {});
        let home = Home::new(&enedis.url, "2026", &[PRM]).going();
        std::fs::remove_file(home.path("releve.toml")).unwrap();
        let (daemon, browser) = serve(&home, &[]);
        assert_ne!(browser.port(), 0);
        let page = browser.get("/setup");
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("Bienvenue"), "{}", page.text);
        assert!(!home.ledger().exists());
        // A connection that rests does not keep it.
        let _rests = std::net::TcpStream::connect(("127.0.0.1", browser.port())).unwrap();
        stopped(daemon, signal);
    }
}

#[test]
fn the_address_is_a_result_for_programs_too() {
    let home = Home::new("http://127.0.0.1:1/", "2026", &[PRM]).going();
    let mut daemon = home.start(&["serve", "--listen", "127.0.0.1:0", "--json"]);
    let line = daemon.line_of_output(|line| line.contains("address"));
    assert!(line.contains("\"address\": \"http://127.0.0.1:"), "{line}");
    stopped(daemon, "TERM");
}

#[test]
fn a_wrong_configuration_and_a_taken_port_are_told_and_start_nothing() {
    let home = Home::new("http://127.0.0.1:1/", "2026", &[PRM]).going();
    home.write("releve.toml", "lanugage = \"fr\"\n", 0o600);
    let ended = home.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("lanugage"), "{}", ended.err);
    home.write("releve.toml", "", 0o600);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for lang in ["fr", "en"] {
        let ended = home.run(&["serve", "--listen", &address, "--lang", lang]);
        assert_eq!(ended.code, Some(3), "{ended:?}");
        assert!(
            ended.err.contains(&address) && ended.err.contains("--listen"),
            "{ended:?}"
        );
    }
    let open = home.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(open.code, Some(3), "nobody guards it: {open:?}");
}

#[test]
fn a_daemon_whose_port_is_taken_goes_on_collecting_and_says_so() {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let daemon = home.start_with(&["run"], &served(&address));
    wait_until("readings", || {
        home.ledger().exists() && inspect(&home.ledger()).readings > 0
    });
    let ended = stopped(daemon, "TERM");
    assert!(ended.err.contains(&address), "{}", ended.err);
    assert_eq!(ended.err.matches("http://").count(), 0, "{}", ended.err);
}

#[test]
fn files_are_imported_through_the_page_beside_the_daemon_and_without_it() {
    for daemon_runs in [true, false] {
        let enedis = Enedis::going(|_| {});
        let home = Home::new(&enedis.url, "2026", &[PRM]).going();
        // Nothing is asked, so that what is held is what was imported.
        enedis
            .simulator
            .set_latency(std::time::Duration::from_mins(10));
        let (daemon, browser) = if daemon_runs {
            run(&home, "127.0.0.1:0")
        } else {
            serve(&home, &[])
        };
        let file = exported(&enedis);
        let said = browser.upload("/data/import", "../courbe.csv", file.as_bytes());
        assert!(said.status < 400, "{} {}", said.status, said.text);
        wait_until("what was sent", || {
            home.ledger().exists() && inspect(&home.ledger()).readings == 144
        });
        for (name, foul) in [
            ("x.csv", b"\0\xff\xfe".as_slice()),
            ("<img src=x>.csv", b"<html>"),
        ] {
            let said = browser.upload("/data/import", name, foul);
            assert!((400..500).contains(&said.status), "{name}: {}", said.status);
            assert!(!said.text.contains("<img src=x>"), "{}", said.text);
        }
        assert_eq!(inspect(&home.ledger()).readings, 144);
        stopped(daemon, "TERM");
    }
}

#[test]
fn what_is_too_large_or_comes_from_elsewhere_is_turned_away_and_nothing_is_lost() {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    let (mut daemon, browser) = serve(&home, &[]);
    let head = "POST /data/import HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\n\
                content-type: multipart/form-data; boundary=x\r\n\
                content-length: 999999999999\r\nconnection: close\r\n\r\n";
    assert_eq!(browser.raw(head).status, 413);
    let elsewhere = "POST /data/import HTTP/1.1\r\nhost: {host}\r\norigin: https://evil.example\r\n\
                     content-type: multipart/form-data; boundary=x\r\n\
                     content-length: 0\r\nconnection: close\r\n\r\n";
    assert_eq!(browser.raw(elsewhere).status, 403);
    let other = "GET / HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n";
    assert!(browser.raw(other).status >= 400);
    let above =
        "GET /assets/../../../../etc/passwd HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n";
    assert_eq!(browser.raw(above).status, 404);
    assert!(daemon.is_running());
    assert!(!home.ledger().exists());
    stopped(daemon, "TERM");
}

#[test]
fn the_set_up_in_a_running_daemon_is_taken_up_without_a_new_start() {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    std::fs::remove_file(home.path("releve.toml")).unwrap();
    let (mut daemon, browser) = run(&home, "127.0.0.1:0");
    let point = customers::usage_point(PRM);
    let token = conso_api::token(&[point], "2026-11-01T00:00:00Z".parse().unwrap());
    let url = format!("{}{}", enedis.url.trim_end_matches('/'), conso_api::PATH);
    let prm = point.to_string();
    let source = [("token", token.as_str()), ("prm", &prm), ("url", &url)];
    for (path, fields) in [
        ("/setup/source/token", source.as_slice()),
        ("/setup/points", &[(&format!("keep-{prm}"), "1")]),
        ("/setup/finish", &[]),
    ] {
        let said = browser.post(path, fields);
        assert_eq!(said.status, 303, "{path}: {}", said.text);
    }
    wait_until("readings, collected by the daemon", || {
        home.ledger().exists() && inspect(&home.ledger()).readings > 0
    });
    assert!(daemon.is_running());
    // It is the daemon that holds the ledger now.
    let other = home.run(&["sync"]);
    assert_eq!(other.code, Some(6), "{other:?}");
    assert!(
        other.err.contains(&daemon.id().to_string()),
        "{}",
        other.err
    );
    stopped(daemon, "TERM");
}
