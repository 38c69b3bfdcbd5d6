//! Every reason for which yesterday may be missing, as `status` tells it in both
//! languages: what happened, what follows, what to do, when it is tried again.

use insta::assert_snapshot;
use ledger::{Access, Concerned, Notice, NoticeKind, SeriesNote, Store, WriterLock};
use meter::{Direction, Kind};
use serde_json::{Value, json};
use service::HttpError;
use service::net::NetError;

use crate::house::{Door, HOME, House, key, now};
use releve::Exit;

const CONFIG: &str = r#"
[sources.enedis]
kind = "data-connect"
client_id = "abcdefghijkl"
client_secret = "0123456789-secret"

[[usage_points]]
prm = "22516914714270"
name = "Maison"
"#;

/// A household whose daemon is at work, in some trouble.
pub struct Scene {
    pub house: House,
    pub config: String,
}

impl Scene {
    pub fn new() -> Self {
        let house = House::lived_in();
        // What the house has without these stories would only distract from them.
        let index = key(HOME, Direction::Consumption, Kind::Index);
        house.write(|store| store.set_note(index, &SeriesNote::default()).unwrap());
        let config = house.file("releve.toml", CONFIG);
        Self { house, config }
    }

    pub fn at(mut self, now: &str) -> Self {
        self.house.now = now.parse().unwrap();
        self.house.network.ahead = self.house.now.duration_since(crate::house::now()).as_secs();
        self
    }

    pub fn with(self, write: impl FnOnce(&mut Store)) -> Self {
        self.house.write(write);
        self
    }

    /// The last answer to both series was this problem.
    pub fn refused(self, kinds: &[Kind], problem: &Value) -> Self {
        self.with(|store| {
            for kind in kinds {
                let key = key(HOME, Direction::Consumption, *kind);
                store.set_note(key, &note(problem)).unwrap();
            }
        })
    }

    pub fn notice(self, kind: NoticeKind, change: impl FnOnce(Notice) -> Notice) -> Self {
        self.with(|store| {
            let concerned = Concerned::point("enedis", HOME.parse().unwrap());
            let notice = Notice::new(concerned, kind, "2026-11-20T08:00:00Z".parse().unwrap());
            store.set_notice(&change(notice)).unwrap();
        })
    }

    /// What the commands say while a daemon runs.
    pub fn told(&self) -> String {
        let _lock = WriterLock::acquire(&self.house.path("data"), "run").unwrap();
        let [status, doctor] = ["status", "doctor"]
            .map(|name| self.house.both(&format!("--config {} {name}", self.config)));
        let said = format!("{status}\n{doctor}");
        let pid = std::process::id().to_string();
        // Nor is the room on its disk ours to compare.
        let ours = |line: &&str| !line.starts_with("✓ Place") && !line.starts_with("✓ Room");
        let lines = said.lines().filter(ours).map(|line| {
            // The size of the file is the machine's.
            let line = line.split(" (0").next().unwrap_or(line);
            line.replace(&pid, "[pid]")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    pub fn json(&self) -> Value {
        let line = format!("--config {} --lang en --json status", self.config);
        self.house.run(&line).json()
    }
}

pub fn note(problem: &Value) -> SeriesNote {
    SeriesNote {
        succeeded_at: Some("2026-11-20T07:10:00Z".parse().unwrap()),
        problem: Some(problem.clone()),
        problem_at: Some("2026-11-21T07:10:00Z".parse().unwrap()),
        failures: 1,
        ask_at: Some("2026-11-21T15:10:00Z".parse().unwrap()),
        ..SeriesNote::default()
    }
}

pub const BOTH: [Kind; 2] = [Kind::Curve, Kind::Daily];

#[test]
fn not_yet_published() {
    let scene = Scene::new();
    assert_snapshot!(scene.told());
    let yesterday = &scene.json()["usage_points"][0]["yesterday"];
    assert_eq!(yesterday["who"], "enedis");
    assert_eq!(yesterday["next_try"], "2026-11-21T13:00:00Z");
}

#[test]
fn night_closure() {
    // Half past one in Paris: today's yesterday was never asked.
    let scene = Scene::new().at("2026-11-22T00:30:00Z");
    assert_snapshot!(scene.told());
    let next: jiff::Timestamp = scene.json()["usage_points"][0]["yesterday"]["next_try"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let local = meter::paris::local(next);
    assert_eq!(local.day(), 22);
    assert!((6..12).contains(&local.hour()), "{local}");
}

#[test]
fn quota() {
    let until = "2026-11-21T10:01:00Z";
    let quota = json!({ "problem": "quota", "kind": "hourly", "until": until });
    let pause = SeriesNote {
        ask_at: Some(until.parse().unwrap()),
        ..note(&quota)
    };
    let scene = Scene::new().with(|store| {
        store.set_source_pause("enedis", Some(&pause)).unwrap();
    });
    assert_snapshot!(scene.told());
}

#[test]
fn outage() {
    let outage = json!({ "problem": "outage", "status": 503 });
    assert_snapshot!(Scene::new().refused(&BOTH, &outage).told());
}

#[test]
fn curve_not_activated() {
    let refused = json!({ "problem": "curve-not-activated" });
    let day = jiff::civil::date(2026, 11, 20);
    let scene = Scene::new()
        .refused(&[Kind::Curve], &refused)
        .with(|store| {
            let total = meter::DailyEnergy {
                day,
                watt_hours: 12_345,
            };
            let key = key(HOME, Direction::Consumption, Kind::Daily);
            store
                .write_daily(key, &[total], &[day], "enedis", now(), &crate::house::judge)
                .unwrap();
        });
    assert_snapshot!(scene.told());
    assert_eq!(scene.json()["usage_points"][0]["yesterday"]["who"], "you");
}

#[test]
fn new_meter() {
    assert_snapshot!(Scene::new().notice(NoticeKind::NewMeter, |it| it).told());
}

#[test]
fn consent_absent() {
    let scene = Scene::new().notice(NoticeKind::ConsentAbsent, |it| it);
    assert_snapshot!(scene.told());
    let yesterday = scene.json()["usage_points"][0]["yesterday"].clone();
    assert_eq!(yesterday["who"], "consent");
    assert_eq!(yesterday["next_try"], Value::Null);
}

#[test]
fn consent_waiting() {
    let scene = Scene::new().notice(NoticeKind::ConsentWaiting, |notice| Notice {
        link: Some("https://gateway.example/device".to_owned()),
        code: Some("WDJB-MJHT".to_owned()),
        ..notice.until("2026-11-21T09:20:00Z".parse().unwrap())
    });
    assert_snapshot!(scene.told());
}

#[test]
fn code_lapsed() {
    assert_snapshot!(Scene::new().notice(NoticeKind::CodeLapsed, |it| it).told());
}

#[test]
fn consent_revoked() {
    let refused = json!({ "problem": "no-consent" });
    let scene = Scene::new().refused(&BOTH, &refused);
    let scene = scene.notice(NoticeKind::ConsentRevoked, |it| it);
    assert_snapshot!(scene.told());
}

#[test]
fn consent_refused_by_enedis_without_a_notice() {
    let refused = json!({ "problem": "no-consent" });
    assert_snapshot!(Scene::new().refused(&BOTH, &refused).told());
}

#[test]
fn consent_ending() {
    let end = "2026-11-28T09:00:00Z".parse().unwrap();
    let scene = Scene::new().notice(NoticeKind::ConsentGiven, |notice| notice.until(end));
    assert_snapshot!(scene.told());
    let point = &scene.json()["usage_points"][0];
    assert_eq!(point["consent"]["ends"], "2026-11-28T09:00:00Z");
    assert_eq!(point["yesterday"]["who"], "enedis");
    // A consent that has years to go is no matter.
    let end = "2029-11-20T09:00:00Z".parse().unwrap();
    let scene = Scene::new().notice(NoticeKind::ConsentGiven, |notice| notice.until(end));
    assert_eq!(scene.json()["usage_points"][0]["notices"], json!([]));
}

#[test]
fn portal_login() {
    assert_snapshot!(Scene::new().notice(NoticeKind::PortalLogin, |it| it).told());
}

#[test]
fn portal_captcha() {
    assert_snapshot!(
        Scene::new()
            .notice(NoticeKind::PortalCaptcha, |it| it)
            .told()
    );
}

#[test]
fn portal_terms() {
    assert_snapshot!(Scene::new().notice(NoticeKind::PortalTerms, |it| it).told());
}

#[test]
fn portal_cookie() {
    let scene = Scene::new().notice(NoticeKind::PortalCookie, |it| it);
    assert_snapshot!(scene.told());
}

#[test]
fn portal_changed() {
    let scene = Scene::new().notice(NoticeKind::PortalChanged, |it| it.detail("step 4"));
    assert_snapshot!(scene.told());
}

#[test]
fn wrong_clock() {
    let mut scene = Scene::new().with(|store| {
        let notice = Notice::new(Concerned::source("releve"), NoticeKind::WrongClock, now());
        store.set_notice(&notice.detail("31536000")).unwrap();
    });
    scene.house.network.ahead = -365 * 24 * 3600;
    assert_snapshot!(scene.told());
}

#[test]
fn wrong_clock_that_only_certificates_show() {
    let mut scene = Scene::new().with(|store| {
        let notice = Notice::new(Concerned::source("releve"), NoticeKind::WrongClock, now());
        store.set_notice(&notice).unwrap();
    });
    scene.house.network.broken = Some(NetError::TlsTime);
    assert_snapshot!(scene.told());
}

#[test]
fn a_value_missing_for_a_destination() {
    let scene = Scene::new().with(|store| {
        let concerned = Concerned::source("domoticz");
        let notice = Notice::new(concerned, NoticeKind::DestinationLacks, now());
        store.set_notice(&notice.detail("HP/HC")).unwrap();
    });
    assert_snapshot!(scene.told());
}

#[test]
fn what_was_never_asked_since_nothing_runs_is_for_the_reader_to_start() {
    let scene = Scene::new().at("2026-11-22T09:00:00Z");
    let yesterday = scene.json()["usage_points"][0]["yesterday"].clone();
    assert_eq!(yesterday["who"], "you", "{yesterday}");
    assert_eq!(yesterday["next_try"], Value::Null);
    let said = scene
        .house
        .both(&format!("--config {} status", scene.config));
    assert!(
        said.contains("releve run»".replace('»', "\u{a0}»").as_str()),
        "{said}"
    );
}

#[test]
fn a_yesterday_that_is_there_needs_one_line() {
    let day = jiff::civil::date(2026, 11, 20);
    let scene = Scene::new().with(|store| {
        let intervals = crate::house::curve(day);
        let total = meter::DailyEnergy {
            day,
            watt_hours: crate::house::energy(&intervals),
        };
        let judge = &crate::house::judge;
        let of = |kind| key(HOME, Direction::Consumption, kind);
        let wrote = store.write_curve(of(Kind::Curve), &intervals, &[day], "enedis", now(), judge);
        wrote.unwrap();
        let wrote = store.write_daily(of(Kind::Daily), &[total], &[day], "enedis", now(), judge);
        wrote.unwrap();
    });
    let point = scene.json()["usage_points"][0].clone();
    assert_eq!(point["yesterday"]["is_missing"], false);
    assert_eq!(
        point["yesterday"]["sentence"],
        "Yesterday (20 Nov 2026) is there."
    );
    let curve = &point["series"][0];
    assert_eq!(
        curve["last_30_days"],
        json!({ "complete": 29, "expected": 30 })
    );
}

#[test]
fn calls_of_today_are_counted_and_those_of_yesterday_are_not() {
    let scene = Scene::new().with(|store| {
        let point = HOME.parse().unwrap();
        let curve = Some((Direction::Consumption, Kind::Curve));
        let today = jiff::civil::date(2026, 11, 21);
        store.add_calls(point, curve, today, 3).unwrap();
        store.add_calls(point, None, today, 1).unwrap();
        let before = jiff::civil::date(2026, 11, 20);
        store.add_calls(point, curve, before, 7).unwrap();
    });
    let point = &scene.json()["usage_points"][0];
    assert_eq!(point["calls_today"], 4);
    assert_eq!(point["series"][0]["calls_today"], 3);
}

#[test]
fn reading_beside_a_writer_takes_nothing_from_it() {
    let scene = Scene::new();
    let path = scene.house.path("data").join(ledger::FILE_NAME);
    let writer = Store::open(&path, Access::Write).unwrap();
    assert_eq!(scene.json()["usage_points"][0]["name"], "Maison");
    drop(writer);
}

pub fn doctor(scene: &Scene) -> Value {
    // A daemon is at work, where there is a place for one.
    let _lock = WriterLock::acquire(&scene.house.path("data"), "run").ok();
    let line = format!("--config {} --lang en --json doctor", scene.config);
    let said = scene.house.run(&line);
    let mut value: Value = serde_json::from_str(&said.out).unwrap();
    value["exit"] = (said.exit as u8).into();
    value
}

/// The parts that do not work.
pub fn failed(found: &Value) -> Vec<&str> {
    let checks = found["checks"].as_array().unwrap().iter();
    let failed = checks.filter(|check| check["state"] == "failed");
    failed
        .map(|check| check["part"].as_str().unwrap())
        .collect()
}

#[test]
fn the_doctor_names_the_layer_that_fails_and_looks_at_none_above_it() {
    type Break = fn(&mut crate::house::Wire);
    let cases: [(Break, &[&str], &str, u8); 8] = [
        (|_| {}, &[], "Nothing to do: yesterday", 0),
        (
            |wire| wire.broken = Some(NetError::Name("no such host".to_owned())),
            &["name"],
            "name server",
            5,
        ),
        (
            |wire| wire.broken = Some(NetError::Connect("refused".to_owned())),
            &["tls"],
            "firewall",
            5,
        ),
        (
            |wire| wire.broken = Some(NetError::Tls("unknown issuer".to_owned())),
            &["tls"],
            "ca-certificates",
            5,
        ),
        (
            |wire| wire.broken = Some(NetError::TlsTime),
            &["clock", "tls"],
            "Set the clock",
            4,
        ),
        (
            |wire| wire.status = Some(503),
            &["source"],
            "out of order",
            5,
        ),
        (
            |wire| wire.silent = Some(HttpError::Redirected("https://evil.example".to_owned())),
            &["source"],
            "was not sent to https://evil.example",
            5,
        ),
        (
            |wire| wire.silent = Some(HttpError::TooLarge { limit: 1 << 20 }),
            &["source"],
            "not the server we expect",
            5,
        ),
    ];
    for (break_it, parts, advice, exit) in cases {
        let mut scene = Scene::new();
        break_it(&mut scene.house.network);
        let found = doctor(&scene);
        assert_eq!(failed(&found), parts, "{found:#}");
        let said = found["advice"].as_str().unwrap();
        assert!(said.contains(advice), "{said}");
        assert_eq!(found["exit"], exit);
    }
}

#[test]
fn the_doctor_tells_how_far_the_clock_is_off() {
    for (ahead, state, said) in [
        (-30, "ok", "right"),
        (1_800, "warning", "30 minutes behind"),
        (-7_200, "failed", "2 hours ahead"),
        (366 * 86_400, "failed", "366 days behind"),
    ] {
        let mut scene = Scene::new();
        scene.house.network.ahead = ahead;
        let found = doctor(&scene);
        let checks = found["checks"].as_array().unwrap();
        let clock = checks
            .iter()
            .find(|check| check["part"] == "clock")
            .unwrap();
        assert_eq!(clock["state"], state, "{clock}");
        assert!(clock["said"].as_str().unwrap().contains(said), "{clock}");
    }
}

#[test]
fn the_door_of_the_dashboard_is_looked_at() {
    let told = |section: &str, door: Door, password: bool| {
        let mut scene = Scene::new();
        scene.house.network.door = door;
        let text = format!("{CONFIG}\n[dashboard]\n{section}\n");
        let config = scene.house.file("door.toml", &text);
        if password {
            scene.house.input = "a long enough password\n";
            let set = scene
                .house
                .run(&format!("--config {config} dashboard password"));
            assert_eq!(set.exit, Exit::Ok, "{}", set.err);
        }
        let said = ["fr", "en"].map(|lang| {
            let line = format!("--config {config} --lang {lang} --json doctor");
            let said = scene.house.run(&line);
            let found: Value = serde_json::from_str(&said.out).unwrap();
            let checks = found["checks"].as_array().unwrap();
            let checks = checks.iter().filter(|check| check["part"] == "door");
            let words = checks.map(|check| {
                let word = |name: &str| check[name].as_str().unwrap_or("").to_owned();
                let line = format!("{}: {}\n→ {}", word("state"), word("said"), word("advice"));
                line.trim_end_matches("\n→ ").to_owned()
            });
            words.collect::<Vec<_>>().join("\n")
        });
        format!("## {section}\n{}", said.join("\n"))
            .replace(&scene.house.path("data").display().to_string(), "[data]")
    };
    let here = "listen = \"127.0.0.1:8733\"";
    let all = "listen = \"0.0.0.0:8733\"";
    let proxy =
        |net: &str| format!("{all}\ntrusted_proxies = [\"{net}\"]\nuser_header = \"Remote-User\"");
    let told = [
        told("enabled = false", Door::Ours, false),
        told(here, Door::Ours, false),
        told(here, Door::Nobody, false),
        told(here, Door::Other, false),
        told(here, Door::Forbidden, false),
        told(all, Door::Ours, false),
        told(all, Door::Ours, true),
        told(&proxy("10.0.0.7"), Door::Ours, false),
        told(&proxy("10.0.0.0/8"), Door::Ours, false),
        told(&format!("{all}\ningress = true"), Door::Ours, true),
    ];
    assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_door_that_does_not_open_ends_with_the_code_of_the_configuration() {
    let mut scene = Scene::new();
    scene.house.network.door = Door::Other;
    let line = format!("--config {} doctor", scene.config);
    let said = scene.house.run(&line);
    assert_eq!(said.exit, Exit::Configuration, "{}", said.out);
    // The file of a password that everybody may read is refused by its name.
    scene.house.network.door = Door::Ours;
    let open = scene.house.file("data/dashboard.password", "anything");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(&open, mode).unwrap();
    let said = scene.house.run(&line);
    assert_eq!(said.exit, Exit::Configuration, "{}", said.out);
    assert!(said.out.contains("dashboard.password"), "{}", said.out);
}

#[test]
fn a_daemon_that_does_not_listen_is_told() {
    let mut scene = Scene::new();
    scene.house.network.door = Door::Nobody;
    assert!(scene.told().contains("nobody answers on 127.0.0.1:8733"));
}

#[test]
fn without_a_network_a_clock_behind_the_last_answer_is_found_out() {
    let answered = "2027-11-21T07:10:00Z".parse().unwrap();
    let mut scene = Scene::new().with(|store| {
        let note = SeriesNote {
            succeeded_at: Some(answered),
            ..SeriesNote::default()
        };
        let key = key(HOME, Direction::Consumption, Kind::Daily);
        store.set_note(key, &note).unwrap();
    });
    scene.house.network.broken = Some(NetError::Name("no network".to_owned()));
    let found = doctor(&scene);
    assert_eq!(failed(&found), ["clock", "name"]);
    assert!(
        found["advice"]
            .as_str()
            .unwrap()
            .starts_with("Set the clock")
    );
}

#[test]
fn the_doctor_finds_a_wrong_configuration_folder_and_database() {
    let mut scene = Scene::new();
    scene.config = scene.house.file("wrong.toml", "data_dri = 1\n");
    let found = doctor(&scene);
    assert_eq!(failed(&found), ["configuration"]);
    assert_eq!(found["exit"], 3);
    let scene = Scene::new();
    scene.house.file("data/releve.db", "no database at all");
    let found = doctor(&scene);
    assert_eq!(failed(&found), ["database"]);
    assert_eq!(found["exit"], 4);
    let house = House::empty();
    house.file("data", "a file");
    let config = house.file("releve.toml", CONFIG);
    let found = doctor(&Scene { house, config });
    assert_eq!(failed(&found)[0], "folder");
    assert!(found["advice"].as_str().unwrap().contains("data_dir"));
}

#[test]
fn the_doctor_keeps_to_its_schema_and_advises_where_nothing_is_yet() {
    let house = House::empty();
    let said = house.run("--json --lang en doctor");
    let value: Value = serde_json::from_str(&said.out).unwrap();
    crate::schema::assert_valid("doctor", &value);
    let advice = value["advice"].as_str().unwrap();
    assert!(advice.contains("releve init"), "{advice}");
}
