//! People are told by real mail and real webhooks, each thing once, whatever
//! fails or restarts in between; and neither logs nor reports tell too much.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::civil::date;
use ledger::{Access, Concerned, ContractRecord, Notice, NoticeKind, SeriesKey, Store, Verdict};
use mailin::{Action, AuthMechanism, Handler, Response, SessionBuilder, response};
use meter::{DailyEnergy, DailyMaximum, Direction, Kind, PeakInstant, Phase};

use crate::enedis::{Enedis, NOW};
use crate::support::Home;
use crate::waiting::wait_until;

const PRM: u64 = 33_333_333_333_333;
const PRODUCER: u64 = 70_000_000_000_001;
/// Nobody listens there: data stay late.
const NOBODY: &str = "http://127.0.0.1:9";

/// What a mail server was given.
#[derive(Clone, Default)]
struct Letters {
    current: Vec<u8>,
    all: Arc<Mutex<Vec<String>>>,
}

impl Handler for Letters {
    fn data(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.current.extend_from_slice(bytes);
        Ok(())
    }

    fn auth_plain(&mut self, _: &str, name: &str, password: &str) -> Response {
        if (name, password) == ("anne", "password-of-anne") {
            response::AUTH_OK
        } else {
            response::INVALID_CREDENTIALS
        }
    }

    fn data_end(&mut self) -> Response {
        let letter = String::from_utf8(std::mem::take(&mut self.current)).unwrap();
        self.all.lock().unwrap().push(letter);
        response::OK
    }
}

impl Letters {
    /// A real SMTP server on a free port.
    fn listen() -> (Self, u16) {
        let letters = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = letters.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that hangs up early is its own affair.
                let _ = server.converse(stream.unwrap());
            }
        });
        (letters, port)
    }

    fn converse(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut builder = SessionBuilder::new("mail.test");
        builder.insecure_enable_plaintext_auth();
        builder.enable_auth(AuthMechanism::Plain);
        let mut session = builder.build(stream.peer_addr()?.ip(), self.clone());
        session.greeting().write_to(&mut stream)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            let mut line = Vec::new();
            if reader.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            let response = session.process(&line);
            match response.action {
                Action::NoReply => {}
                Action::Close => return response.write_to(&mut stream),
                _ => response.write_to(&mut stream)?,
            }
        }
    }

    fn count(&self) -> usize {
        self.all.lock().unwrap().len()
    }

    /// Waits for so many, and names those that came when it is in vain.
    fn wait_for(&self, count: usize) {
        let subjects = || {
            let letters = self.all.lock().unwrap().clone();
            let lines = letters.iter().flat_map(|letter| letter.lines());
            let subjects = lines.filter(|line| line.starts_with("Subject"));
            subjects.map(str::to_owned).collect::<Vec<_>>()
        };
        let end = crate::waiting::real_now() + jiff::SignedDuration::from_secs(20);
        while self.count() != count {
            assert!(crate::waiting::real_now() < end, "{:#?}", subjects());
            crate::waiting::wait(jiff::SignedDuration::from_millis(10));
        }
    }
}

/// What a webhook was given: head and body.
#[derive(Clone, Default)]
struct Calls {
    all: Arc<Mutex<Vec<String>>>,
    is_broken: Arc<AtomicBool>,
}

impl Calls {
    /// A real HTTP receiver on a free port.
    fn listen() -> (Self, u16) {
        let calls = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let receiver = calls.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                receiver.answer(stream.unwrap());
            }
        });
        (calls, port)
    }

    fn answer(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut head, mut length) = (String::new(), 0);
        while reader.read_line(&mut head).unwrap_or(0) > 2 {
            let line = head.lines().last().unwrap_or_default().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let status = if self.is_broken.load(Ordering::SeqCst) {
            "500 Broken"
        } else {
            let body = String::from_utf8(body).unwrap();
            self.all.lock().unwrap().push(format!("{head}{body}"));
            "200 OK"
        };
        let mut stream = stream;
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        let _ = stream.write_all(answer.as_bytes());
    }

    fn count(&self) -> usize {
        self.all.lock().unwrap().len()
    }
}

fn home(mail: u16, webhook: u16) -> Home {
    let home = Home::new(NOBODY, "2026", &[PRM, PRODUCER]).going();
    let base = std::fs::read_to_string(home.path("releve.toml")).unwrap();
    let notifications = format!(
        "{base}\n[notifications.mail]\nserver = \"127.0.0.1\"\nport = {mail}\nsecurity = \"none\"\n\
         user = \"anne\"\npassword = \"password-of-anne\"\nfrom = \"Relevé <releve@home.test>\"\nto = [\"anne@home.test\"]\n\
         [notifications.webhook]\nform = \"json\"\nurl_file = \"hook\"\ntoken = \"tk-very-secret\"\n"
    );
    home.write("releve.toml", notifications, 0o600);
    home.write(
        "hook",
        format!("http://127.0.0.1:{webhook}/topic-that-is-secret\n"),
        0o600,
    );
    home
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn key(kind: Kind) -> SeriesKey {
    SeriesKey {
        usage_point: PRM.to_string().parse().unwrap(),
        direction: Direction::Consumption,
        kind,
    }
}

/// A household with every kind of news.
fn fill(home: &Home) {
    std::fs::create_dir_all(home.data_dir()).unwrap();
    let mut store = Store::open(&home.ledger(), Access::Write).unwrap();
    let judge = |_, _| Verdict::complete();
    let last = date(2026, 11, 16);
    let total = DailyEnergy {
        day: last,
        watt_hours: 9_000,
    };
    store
        .write_daily(key(Kind::Daily), &[total], &[last], "enedis", now(), &judge)
        .unwrap();
    let maxima: Vec<DailyMaximum> = [(16, 9_500), (15, 8_900)]
        .map(|(day, volt_amperes)| DailyMaximum {
            day: date(2026, 11, day),
            phase: Phase::All,
            volt_amperes,
            at: PeakInstant::from_local(date(2026, 11, day).at(19, 30, 0, 0)).unwrap(),
        })
        .into();
    let days = [date(2026, 11, 15), last];
    store
        .write_maxima(key(Kind::Maximum), &maxima, &days, "enedis", now(), &judge)
        .unwrap();
    let record = ContractRecord {
        facts: serde_json::json!({ "subscribed_power_va": 9_000 }),
        source: "enedis".to_owned(),
        said_at: now(),
    };
    let point = key(Kind::Daily).usage_point;
    store.set_contract(point, &record, now()).unwrap();
    let ending = Notice::new(
        Concerned::point("enedis", point),
        NoticeKind::ConsentGiven,
        now(),
    );
    let end = "2026-11-26T11:00:00Z".parse().unwrap();
    store.set_notice(&ending.until(end)).unwrap();
    let producer = PRODUCER.to_string().parse().unwrap();
    let revoked = Concerned::point("enedis", producer);
    let revoked = Notice::new(revoked, NoticeKind::ConsentRevoked, now());
    store.set_notice(&revoked).unwrap();
    let tomorrow = (date(2026, 11, 22), "red");
    store
        .write_colours("tempo", &[tomorrow], "rte-page", now())
        .unwrap();
}

/// How much the ledger knows to have been told.
fn noted(home: &Home) -> i64 {
    let ledger = rusqlite::Connection::open(home.ledger()).unwrap();
    ledger
        .query_row("SELECT count(*) FROM told", (), |row| row.get(0))
        .unwrap_or_default()
}

#[test]
fn each_thing_is_told_once_by_each_way_whatever_fails_or_restarts() {
    let (letters, mail) = Letters::listen();
    let (calls, webhook) = Calls::listen();
    calls.is_broken.store(true, Ordering::SeqCst);
    let home = home(mail, webhook);
    fill(&home);
    let daemon = home.start(&["run", "--lang", "en"]);
    letters.wait_for(5);
    // A letter is out before the ledger knows of it: a kill in between tells
    // it again, which is better than never.
    wait_until("five letters are noted", || noted(&home) == 5);
    daemon.end("TERM");
    assert_eq!(calls.count(), 0, "the webhook was broken");
    // What one way could not tell is told later, what the other told is not.
    calls.is_broken.store(false, Ordering::SeqCst);
    let daemon = home.start(&["run", "--lang", "en"]);
    wait_until("five calls are noted", || noted(&home) == 10);
    daemon.end("TERM");
    assert_eq!(
        (letters.count(), calls.count()),
        (5, 5),
        "nothing came twice"
    );
    // What stands, ends and comes back is news each time, and nothing else is
    // told with it.
    for (round, since) in [(1, "2026-11-21T08:00:00Z"), (2, "2026-11-21T09:00:00Z")] {
        let terms = Concerned::source("enedis");
        let notice = Notice::new(
            terms.clone(),
            NoticeKind::PortalTerms,
            since.parse().unwrap(),
        );
        let mut store = Store::open(&home.ledger(), Access::Write).unwrap();
        store
            .clear_notice(&terms, &[NoticeKind::PortalTerms])
            .unwrap();
        store.set_notice(&notice).unwrap();
        drop(store);
        let daemon = home.start(&["run", "--lang", "en"]);
        wait_until("one more of each", || noted(&home) == 10 + 2 * round);
        daemon.end("TERM");
        let told = 5 + round as usize;
        assert_eq!((letters.count(), calls.count()), (told, told));
    }
    let calls = calls.all.lock().unwrap().clone();
    for (topic, words) in [
        (
            "late",
            "4 days are missing; the last day that is kept is 16 Nov 2026.",
        ),
        ("consent-ending", "ends on 26 Nov 2026"),
        ("consent", "has been withdrawn"),
        ("power", "the power reached 9,500"),
        ("red", "Sunday 22 November 2026 is a red Tempo day"),
    ] {
        let topic = format!("\"topic\":\"{topic}\"");
        let found = calls.iter().find(|call| call.contains(&topic)).unwrap();
        assert!(found.contains(words), "{found}");
        assert!(!found.contains(&PRM.to_string()), "{found}");
        assert!(found.contains("authorization: Bearer tk-very-secret"));
    }
    let letters = letters.all.lock().unwrap().clone();
    assert!(
        letters
            .iter()
            .all(|letter| letter.contains("To: anne@home.test"))
    );
    // By the daemon's clock, not by the machine's.
    assert!(letters[0].contains("21 Nov 2026"), "{}", letters[0]);
}

#[test]
fn a_test_message_goes_every_way_and_a_failure_is_told_without_secrets() {
    let (letters, mail) = Letters::listen();
    let (calls, webhook) = Calls::listen();
    let home = home(mail, webhook);
    let said = home.run(&["notify", "test", "--lang", "en"]).well();
    assert_eq!(
        said,
        "Test message sent: mail\nTest message sent: webhook\n"
    );
    assert_eq!((letters.count(), calls.count()), (1, 1));
    calls.is_broken.store(true, Ordering::SeqCst);
    let ended = home.run(&["notify", "test", "--json"]);
    assert_eq!(ended.code, Some(5), "{ended:?}");
    let report: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(report["ways"][0]["sent"], true);
    assert_eq!(report["ways"][1]["cause"], "HTTP 500");
    let wrong = [("RELEVE_NOTIFICATIONS__MAIL__PASSWORD", "wrong-secret")];
    let mut command = home.releve(&["notify", "test", "--lang", "en"]);
    command.envs(wrong);
    let ended: crate::support::Ended = command.output().unwrap().into();
    assert!(ended.err.contains("login refused"), "{}", ended.err);
    assert!(!ended.err.contains("secret"), "{}", ended.err);
    // A server that offers no encryption where it is asked for gets no letter.
    for (security, cause) in [("starttls", "STARTTLS"), ("tls", "TLS")] {
        let config = std::fs::read_to_string(home.path("releve.toml")).unwrap();
        let variable = [("RELEVE_NOTIFICATIONS__MAIL__SECURITY", security)];
        let mut command = home.releve(&["notify", "test", "--lang", "en"]);
        command.envs(variable);
        let ended: crate::support::Ended = command.output().unwrap().into();
        assert_eq!(ended.code, Some(5), "{config} {ended:?}");
        assert!(ended.err.contains(cause), "{}", ended.err);
        assert!(!ended.err.contains("secret"), "{}", ended.err);
    }
    assert_eq!(letters.count(), 2);
}

#[test]
fn the_service_manager_hears_that_the_daemon_lives_and_goes() {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    let path = home.path("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket
        .set_read_timeout(Some(std::time::Duration::from_secs(20)))
        .unwrap();
    let hear = || {
        let mut bytes = [0; 256];
        let length = socket.recv(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes[..length]).trim().to_owned()
    };
    let path = path.to_string_lossy().into_owned();
    let variables = [
        ("NOTIFY_SOCKET", path.as_str()),
        ("WATCHDOG_USEC", "100000"),
    ];
    let daemon = home.start_with(&["run"], &variables);
    assert_eq!(hear(), "READY=1");
    // Also while it is fetching two years.
    for _ in 0..5 {
        assert_eq!(hear(), "WATCHDOG=1");
    }
    let ended = daemon.end("TERM");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let mut last = hear();
    while last == "WATCHDOG=1" {
        last = hear();
    }
    assert_eq!(last, "STOPPING=1");
}

/// What must not leave this machine.
const SECRETS: [&str; 6] = [
    "password-of-anne",
    "not-a-secret",
    "topic-that-is-secret",
    "tk-very-secret",
    "33333333333333",
    "70000000000001",
];

#[test]
fn the_log_goes_into_a_file_that_is_named_and_holds_no_secret() {
    let (letters, mail) = Letters::listen();
    let (_, webhook) = Calls::listen();
    let home = home(mail, webhook);
    fill(&home);
    let daemon = home.start(&["run", "--lang", "en", "--log", "verbose"]);
    letters.wait_for(5);
    let ended = daemon.end("TERM");
    let folder = home.data_dir().join("logs");
    let line = format!("Log: {}", folder.display());
    assert!(ended.err.contains(&line), "{}", ended.err);
    let entries: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    let text = std::fs::read_to_string(entries[0].as_ref().unwrap().path()).unwrap();
    assert!(text.contains("WARN"), "{text}");
    for secret in SECRETS {
        assert!(
            !text.contains(secret) && !ended.err.contains(secret),
            "{secret}"
        );
    }
}

#[test]
fn a_report_holds_what_helps_and_nothing_that_is_nobodys_business() {
    let (letters, mail) = Letters::listen();
    let (_, webhook) = Calls::listen();
    let home = home(mail, webhook);
    fill(&home);
    let daemon = home.start(&["run", "--log", "verbose"]);
    letters.wait_for(5);
    daemon.end("TERM");
    let said = home.run(&["report", "rapport.txt"]).well();
    assert!(
        said.contains("rapport.txt") && said.contains("joignez-le"),
        "{said}"
    );
    let bundle = std::fs::read_to_string(home.path("rapport.txt")).unwrap();
    for part in ["releve", "doctor", "status", "configuration", "log"] {
        assert!(bundle.contains(&format!("==== {part} ====")), "{part}");
    }
    assert!(bundle.contains("3333••••••3333"), "{bundle}");
    assert!(bundle.contains("WARN"), "{bundle}");
    let ours = home.path("");
    let ours = ours.to_str().unwrap().trim_end_matches('/');
    for secret in SECRETS.iter().copied().chain(["anne@home.test", ours]) {
        assert!(!bundle.contains(secret), "{secret}: {bundle}");
    }
    // It replaces nothing.
    let again = home.run(&["report", "rapport.txt"]);
    assert_eq!(again.code, Some(4), "{again:?}");
}

#[test]
fn a_copy_is_made_while_a_daemon_fetches_and_holds_a_sound_part() {
    let enedis = Enedis::going(|_| {});
    enedis
        .simulator
        .set_latency(std::time::Duration::from_millis(10));
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    let daemon = home.start(&["run"]);
    wait_until("the first readings", || {
        home.ledger().exists() && crate::inspected::inspect(&home.ledger()).readings > 0
    });
    home.run(&["backup", "copie.db"]).well();
    daemon.end("TERM");
    let copied = crate::inspected::inspect(&home.path("copie.db"));
    assert_eq!(copied.integrity, "ok");
    assert!(copied.readings > 0);
    assert!(copied.readings <= crate::inspected::inspect(&home.ledger()).readings);
}
