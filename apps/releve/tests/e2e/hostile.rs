//! Sources that are not what they should be, and a clock that is not: told in one
//! message, nothing of it kept, no secret sent elsewhere, and all made good after.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::between::{Asked, listen};
use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::rows::{assert_same_rows, dump};
use crate::support::{Home, configuration};

const PRM: u64 = 22_222_222_222_222;
const OTHER: &str = "33333333333333";

/// One usage point with a month of history, asked at that address.
fn home(url: &str) -> Home {
    let home = Home::new(url, "2026", &[PRM]);
    home.write("releve.toml", month(url), 0o600);
    home
}

fn month(url: &str) -> String {
    format!("{}history = 30\n", configuration(url, "2026", &[PRM]))
}

/// What a sync says that keeps nothing, in both languages.
fn refused(what: &str, url: &str, through: &[&str]) -> String {
    let mut told = format!("{what}\n");
    for lang in ["fr", "en"] {
        let home = home(url).through(through.iter().map(|&word| word.to_owned()).collect());
        let ended = home.run(&["sync", "--lang", lang]);
        assert_eq!(ended.code, Some(5), "{what}: {ended:?}");
        assert!(!ended.err.contains("not-a-secret"), "{}", ended.err);
        assert!(!ended.err.contains("panicked"), "{}", ended.err);
        assert_eq!(inspect(&home.ledger()).readings, 0, "{what}");
        // Ports are the machine's.
        let words = ended.err.split("127.0.0.1:").enumerate();
        let plain = words.map(|(at, part)| match at {
            0 => part.to_owned(),
            _ => format!(
                "127.0.0.1:{}",
                part.trim_start_matches(|c: char| c.is_ascii_digit())
            ),
        });
        writeln!(told, "{}", plain.collect::<String>()).unwrap();
    }
    told
}

fn is_token(asked: &Asked) -> bool {
    asked.method == "POST"
}

#[test]
fn a_source_behind_a_path_is_asked_behind_it_and_gives_the_same() {
    let enedis = Enedis::start(|_| {});
    let straight = home(&enedis.url);
    straight.run(&["sync"]).well();
    let (server, strays) = (enedis.url.clone(), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&strays);
    let url = listen(move |asked, stream| {
        let Some(path) = asked.path.strip_prefix("/some/path") else {
            seen.fetch_add(1, Ordering::SeqCst);
            return;
        };
        stream.write_all(&asked.pass_on(&server, path)).unwrap();
    });
    let mut rows = Vec::new();
    for end in ["", "/"] {
        let behind = home(&format!("{url}/some/path{end}"));
        behind.run(&["sync"]).well();
        rows = dump(&behind.ledger());
        assert_same_rows(&rows, &dump(&straight.ledger()), "behind a path");
    }
    assert!(rows.len() > 1_000);
    assert_eq!(strays.load(Ordering::SeqCst), 0);
}

#[test]
fn an_answer_about_another_usage_point_is_refused_whole() {
    let enedis = Enedis::start(|_| {});
    let server = enedis.url.clone();
    let url = listen(move |asked, stream| {
        let answer = String::from_utf8(asked.pass_on(&server, &asked.path)).unwrap();
        let twisted = answer.replace(&PRM.to_string(), OTHER);
        stream.write_all(twisted.as_bytes()).unwrap();
    });
    insta::assert_snapshot!(refused("another usage point", &url, &[]));
}

#[test]
fn a_redirection_to_another_host_is_not_followed_and_no_secret_goes_there() {
    let visits = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&visits);
    let elsewhere = listen(move |_, _| {
        seen.fetch_add(1, Ordering::SeqCst);
    });
    let enedis = Enedis::start(|_| {});
    let mut told = String::new();
    for (what, status, tokens_too) in [
        ("the token is elsewhere", "307 Temporary Redirect", true),
        ("the data are elsewhere", "302 Found", false),
    ] {
        let (server, elsewhere) = (enedis.url.clone(), elsewhere.clone());
        let url = listen(move |asked, stream| {
            let answer = if is_token(asked) && !tokens_too {
                asked.pass_on(&server, &asked.path)
            } else {
                let place = format!("location: {elsewhere}{}", asked.path);
                format!("HTTP/1.1 {status}\r\n{place}\r\ncontent-length: 0\r\n\r\n").into_bytes()
            };
            stream.write_all(&answer).unwrap();
        });
        told += &refused(what, &url, &[]);
    }
    assert_eq!(visits.load(Ordering::SeqCst), 0, "nobody went there");
    insta::assert_snapshot!(told);
}

#[test]
fn an_answer_of_two_gigabytes_is_left_after_a_few_megabytes() {
    let enedis = Enedis::start(|_| {});
    // Who read it whole would have no room for it.
    let small = ["sh", "-c", "ulimit -v 800000; exec \"$@\"", "sh"];
    let mut told = String::new();
    for (what, length) in [
        ("two gigabytes", "content-length: 2147483648\r\n"),
        ("without an end", ""),
    ] {
        let most = Arc::new(AtomicUsize::new(0));
        let (server, sent) = (enedis.url.clone(), Arc::clone(&most));
        let url = listen(move |asked, stream| {
            if is_token(asked) {
                stream
                    .write_all(&asked.pass_on(&server, &asked.path))
                    .unwrap();
                return;
            }
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{length}\r\n");
            stream.write_all(head.as_bytes()).unwrap();
            let blank = vec![b' '; 1 << 16];
            let mut written = 0;
            while written < 2 << 30 && stream.write_all(&blank).is_ok() {
                written += 1 << 16;
            }
            sent.fetch_max(written, Ordering::SeqCst);
        });
        told += &refused(what, &url, &small);
        let most = most.load(Ordering::SeqCst);
        assert!(
            (16 << 20..64 << 20).contains(&most),
            "{most} bytes were taken"
        );
    }
    insta::assert_snapshot!(told);
}

#[test]
fn http_to_another_machine_needs_to_be_allowed_whatever_the_source() {
    let home = Home::new("http://127.0.0.1:9", "2026", &[PRM]);
    home.write("token", "a-token", 0o600);
    let mut told = String::new();
    for (kind, more) in [
        (
            "data-connect",
            "client_id = \"x\"\nclient_secret_file = \"secret\"\n",
        ),
        ("conso-api", "token_file = \"token\"\n"),
        ("myelectricaldata", "token_file = \"token\"\n"),
        ("gateway", ""),
        ("domoticz-proxy", ""),
        ("portal", ""),
    ] {
        let text = |allowed: &str| {
            format!(
                "[sources.one]\nkind = \"{kind}\"\nbase_url = \"http://192.0.2.1/\"\n{more}{allowed}\
                 [[usage_points]]\nprm = \"{PRM:014}\"\n"
            )
        };
        for not_allowed in ["", "allow_http = false\n"] {
            home.write("releve.toml", text(not_allowed), 0o600);
            let ended = home.run(&["sync", "--lang", "en"]);
            assert_eq!(ended.code, Some(3), "{kind}: {ended:?}");
            assert!(!home.data_dir().exists(), "nothing was begun");
            if not_allowed.is_empty() {
                writeln!(told, "{kind}\n{}", home.neutral(&ended.err)).unwrap();
            }
        }
        home.write("releve.toml", text("allow_http = true\n"), 0o600);
        let checked = home.run(&["check"]);
        assert_eq!(checked.code, Some(0), "{kind}: {checked:?}");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_token_file_that_is_a_folder_is_told_in_both_languages_and_starts_nothing() {
    let home = Home::new("http://127.0.0.1:9", "2026", &[PRM]);
    std::fs::create_dir(home.path("token")).unwrap();
    let mut told = String::new();
    for kind in ["conso-api", "myelectricaldata"] {
        let text = format!(
            "[sources.one]\nkind = \"{kind}\"\ntoken_file = \"token\"\n\
             [[usage_points]]\nprm = \"{PRM:014}\"\n"
        );
        home.write("releve.toml", text, 0o600);
        for lang in ["fr", "en"] {
            let ended = home.run(&["sync", "--lang", lang]);
            assert_eq!((ended.code, ended.out.as_str()), (Some(3), ""), "{ended:?}");
            writeln!(told, "{}", home.neutral(&ended.err)).unwrap();
        }
    }
    assert!(!home.data_dir().exists());
    insta::assert_snapshot!(told);
}

#[test]
fn a_clock_one_year_off_is_told_by_status_and_costs_no_day_once_it_is_set() {
    let enedis = Enedis::start(|_| {});
    let straight = home(&enedis.url);
    straight.run(&["sync"]).well();
    let mut told = String::new();
    for (what, clock) in [
        ("ahead", "2027-11-21T11:00:00Z"),
        ("behind", "2025-11-21T11:00:00Z"),
    ] {
        let home = home(&enedis.url);
        let wrong = |args: &[&str]| -> crate::support::Ended {
            let mut command = home.releve(args);
            let ended = command.env("RELEVE_FROZEN_CLOCK", clock).output();
            ended.unwrap().into()
        };
        wrong(&["sync"]);
        for lang in ["fr", "en"] {
            let status = wrong(&["status", "--lang", lang]);
            assert_eq!(status.code, Some(0), "{status:?}");
            let about = |line: &&str| line.contains("horloge") || line.contains("clock");
            let lines: Vec<&str> = status.out.lines().filter(about).collect();
            assert!(!lines.is_empty(), "{}", status.out);
            writeln!(told, "{what}, {lang}\n{}", lines.join("\n")).unwrap();
        }
        let notices = wrong(&["--json", "status"]).well();
        let notices: serde_json::Value = serde_json::from_str(&notices).unwrap();
        assert_eq!(notices["notices"][0]["kind"], "wrong-clock", "{notices:#}");
        // The clock is set: the next answers say so, and nothing is missing.
        home.run(&["sync"]).well();
        let status = home.run(&["status"]).well();
        assert!(!status.contains("horloge"), "{status}");
        let readings = |home: &Home| -> Vec<String> {
            let mut rows = dump(&home.ledger());
            let tables = ["reading:", "daily:", "maximum:", "register:"];
            rows.retain(|row| tables.iter().any(|table| row.starts_with(table)));
            rows
        };
        let (right, straight) = (readings(&home), readings(&straight));
        let lacking: Vec<&String> = straight
            .iter()
            .filter(|row| right.binary_search(row).is_err())
            .collect();
        assert!(lacking.is_empty(), "{what}: {lacking:#?}");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_daemon_tells_of_a_wrong_clock_while_it_runs_and_takes_it_back() {
    let enedis = Enedis::going(|_| {});
    let home = home(&enedis.url).going();
    let about = |clock: &str, holds: &dyn Fn(&str) -> bool| {
        let daemon = home.start_with(&["run"], &[("RELEVE_FROZEN_CLOCK", clock)]);
        crate::waiting::wait_until(clock, || {
            let status = home.run(&["status"]);
            status.code == Some(0) && holds(&status.out)
        });
        assert_eq!(daemon.end("TERM").code, Some(0));
    };
    about("2026-11-22T13:30:00Z+", &|said| {
        said.contains("en avance de 26")
    });
    about("2026-11-21T11:00:00Z+", &|said| !said.contains("horloge"));
}
