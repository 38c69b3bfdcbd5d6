//! Data, meters, consents, outputs and health.

use axum::body::Body;
use home::Words;
use home::json::consent::{ConsentEntry, ConsentState};
use home::view;
use http::Request;
use jiff::civil::{Date, date};
use ledger::{Access, Coverage, DayState, DeliveryNote, SeriesNote, Store, Verdict};
use meter::{Direction, Kind, paris};
use service::Lang;

use crate::acts::{Busy, headings_are_in_order, plain, token};
use crate::room::{LIVED_IN, Room, lived_in};

const BOTH: [Lang; 2] = [Lang::Fr, Lang::En];

/// A source that is asked, so that there is a next try.
const ASKED: &str = r#"
[sources.enedis]
kind = "data-connect"
client_id = "id"
client_secret = "not-a-secret"
"#;

/// Each state that the collector leaves a day in, on days of its own.
fn every_standing(store: &mut Store) {
    let key = lived_in::key(lived_in::HOME, Direction::Consumption, Kind::Curve);
    let now = lived_in::now();
    for (at, (state, reason)) in (0..).zip(collector::verdict::STANDINGS) {
        let first = paris::add_days(date(2026, 2, 1), at * 10);
        let days: Vec<Date> = paris::days(first, paris::add_days(first, 3)).collect();
        let judge = move |_: Date, _: Coverage| Verdict {
            state,
            reason: reason.map(str::to_owned),
            ask_at: (state == DayState::Awaited).then(|| "2026-11-22T13:00:00Z".parse().unwrap()),
        };
        store.write_days(key, &days, "enedis", now, &judge).unwrap();
    }
    let note = SeriesNote {
        succeeded_at: Some(now),
        ..SeriesNote::default()
    };
    store.set_note(key, &note).unwrap();
}

#[tokio::test]
async fn every_state_of_the_ledger_is_shown_with_its_reason_in_both_languages() {
    let room = Room::with(&format!("{LIVED_IN}{ASKED}"), every_standing);
    for lang in BOTH {
        let words = Words { lang };
        let path = format!("/data?point={}&kind=curve&year=2026", lived_in::HOME);
        let said = room.get(lang.tag(), &path).await;
        assert_eq!(said.status, 200, "{}", said.text);
        let text = plain(&said.text);
        for (at, (state, reason)) in (0..).zip(collector::verdict::STANDINGS) {
            let note = home::json::show::StateNote {
                state,
                reason: reason.map(str::to_owned),
            };
            let first = paris::add_days(date(2026, 2, 1), at * 10);
            let sentence = words.why(Some(&note));
            let shown = words.state(Some(&note));
            assert!(text.contains(&shown), "{state:?} {lang:?}");
            if state != DayState::Complete {
                assert!(text.contains(&sentence), "{sentence}\n{text}");
                let span = words.days_title(first, paris::add_days(first, 2));
                assert!(text.contains(&span), "{span}");
            }
            let day = room.get(lang.tag(), &format!("{path}&day={first}")).await;
            let text = plain(&day.text);
            assert!(text.contains(&sentence), "{first}: {sentence}");
            assert!(text.contains(&words.day(first)));
        }
        assert!(
            text.contains(&words.why(None)),
            "days that were never asked"
        );
        assert!(text.contains(&words.t("show-state-never")));
        let next = "2026-11-22T13:00:00Z".parse().unwrap();
        let next = words.say("day-next", &[("at", &words.instant(next))]);
        assert!(text.contains(&next), "{next}");
        assert!(
            !text.contains("day-") && !text.contains("show-state"),
            "{text}"
        );
        assert!(headings_are_in_order(&said.text));
        let classes = [
            "complete", "partial", "awaited", "absent", "refused", "before", "beyond", "never",
            "to-come",
        ];
        for class in classes {
            assert!(said.text.contains(&format!("day is-{class}")), "{class}");
        }
    }
}

#[tokio::test]
async fn clock_change_days_and_holes_are_days_like_others() {
    let room = Room::lived_in();
    let words = Words { lang: Lang::En };
    for day in [lived_in::SPRING, lived_in::AUTUMN, lived_in::PARTIAL] {
        let path = format!("/data?point={}&kind=curve&day={day}", lived_in::HOME);
        let said = room.get("en", &path).await;
        let store = Store::open(
            &room.settings.data_dir.join(ledger::FILE_NAME),
            Access::Read,
        );
        let key = lived_in::key(lived_in::HOME, Direction::Consumption, Kind::Curve);
        let records = store
            .unwrap()
            .days(key, day, paris::add_days(day, 1))
            .unwrap();
        let note = home::json::show::StateNote::of(&records[0]);
        assert!(plain(&said.text).contains(&words.why(Some(&note))), "{day}");
    }
    for foul in [
        "day=x",
        "year=1",
        "kind=x",
        "direction=net",
        "point=1",
        "year=99999",
    ] {
        assert_eq!(
            room.get("en", &format!("/data?{foul}")).await.status,
            400,
            "{foul}"
        );
    }
}

#[tokio::test]
async fn who_may_look_sees_no_button_and_changes_nothing() {
    let busy = Busy::with(
        Room::with(&format!("{LIVED_IN}{ASKED}"), lived_in::fill),
        Vec::new(),
    );
    for path in ["/data", "/consents", "/outputs"] {
        let seen = busy.get("bob", "en", path).await;
        assert_eq!(seen.status, 200);
        for action in [
            "/data/repair",
            "/data/import",
            "/outputs/push",
            "/consents/renew",
        ] {
            assert!(!seen.text.contains(action), "{path} {action}");
        }
    }
    let own = busy.get("ann", "en", "/data").await;
    assert!(own.text.contains("/data/repair") && own.text.contains("/data/import"));
    let form = format!("point={}&first=2026-11-05&last=2026-11-06", lived_in::HOME);
    for path in [
        "/data/repair",
        "/outputs/push",
        "/consents/renew",
        "/consents/forget",
    ] {
        let said = busy.post("bob", "/data", path, &form).await;
        assert_eq!(said.status, 403, "{path}");
    }
    assert!(busy.diary().is_empty());
}

#[tokio::test]
async fn days_are_asked_again_by_their_owner_only_with_a_token_and_only_days() {
    let busy = Busy::with(
        Room::with(&format!("{LIVED_IN}{ASKED}"), lived_in::fill),
        Vec::new(),
    );
    let form = format!(
        "point={}&first=2026-11-05&last=2026-11-06&back=/data?year=2026",
        lived_in::HOME
    );
    let said = busy.post("ann", "/data", "/data/repair", &form).await;
    assert_eq!(said.status, 303, "{}", said.text);
    assert_eq!(said.headers["location"], "/data?year=2026");
    let wanted = format!("repair 2026-11-05 2026-11-07 false {}", lived_in::HOME);
    assert_eq!(busy.diary(), [wanted]);
    for foul in [
        "point=1&first=2026-11-05&last=2026-11-06",
        "point=22516914714270&first=x&last=y",
        "point=22516914714270&first=2026-11-06&last=2026-11-05",
    ] {
        let said = busy.post("ann", "/data", "/data/repair", foul).await;
        assert_eq!(said.status, 400, "{foul}");
    }
    let request = Busy::request(Request::post("/data/repair"), "ann", "en")
        .header("origin", "http://127.0.0.1:8733")
        .header("content-type", "application/x-www-form-urlencoded");
    let said = busy
        .room
        .send(request.body(Body::from(form)).unwrap())
        .await;
    assert_eq!(said.status, 403, "without a token");
    assert_eq!(busy.diary().len(), 1);
}

#[tokio::test]
async fn files_are_handed_on_as_they_came_and_their_names_are_no_markup() {
    let busy = Busy::lived_in();
    let page = busy.get("ann", "en", "/data").await;
    let boundary = "b0undary";
    let field = |name: &str, value: &str| {
        format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let file = |name: &str, text: &str| {
        format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n{text}\r\n"
        )
    };
    let send = async |fields: String| {
        let body = format!(
            "{}{fields}--{boundary}--\r\n",
            field("csrf", &token(&page.text))
        );
        let request = Busy::request(Request::post("/data/import"), "ann", "en")
            .header("origin", "http://127.0.0.1:8733")
            .header(
                "content-type",
                format!("multipart/form-data; boundary={boundary}"),
            );
        busy.room
            .send(request.body(Body::from(body)).unwrap())
            .await
    };
    let names = ["a.csv", "<script>alert(1)</script>.csv"];
    let files = names.map(|name| file(name, "1;2")).concat();
    let said = send(format!("{}{files}", field("direction", "production"))).await;
    assert_eq!(said.status, 200, "{}", said.text);
    assert!(!said.text.contains("<script>alert"));
    let text = plain(&said.text);
    assert!(text.contains("47") && text.contains("Production"), "{text}");
    assert_eq!(busy.diary().len(), 2);
    assert_eq!(busy.diary()[0], "import a.csv 3");
    assert!(headings_are_in_order(&said.text));
    assert_eq!(send(String::new()).await.status, 400, "no file");
    assert_eq!(send(field("direction", "up")).await.status, 400);
    assert_eq!(busy.diary().len(), 2);
}

#[tokio::test]
async fn everything_that_is_held_can_be_taken_along() {
    let room = Room::lived_in();
    let store = Store::open(
        &room.settings.data_dir.join(ledger::FILE_NAME),
        Access::Read,
    )
    .unwrap();
    let key = lived_in::key(lived_in::HOME, Direction::Consumption, Kind::Curve);
    let held = store
        .curve(key, jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::MAX)
        .unwrap();
    let path = format!(
        "/data/export?point={}&direction=consumption&kind=curve",
        lived_in::HOME
    );
    let said = room.get("fr", &path).await;
    assert_eq!(said.status, 200);
    assert_eq!(said.text.lines().count(), held.len() + 1);
    let first = said.text.lines().nth(1).unwrap();
    assert_eq!(first, format!("{},30,{}", held[0].start, held[0].watts));
    let name = said.headers["content-disposition"].to_str().unwrap();
    assert!(name.contains("releve-22516914714270-consumption-curve.csv"));
    for kind in ["daily", "maximum", "index", "days"] {
        let path = format!(
            "/data/export?point={}&kind={kind}&format=json",
            lived_in::HOME
        );
        let said = room.get("fr", &path).await;
        assert_eq!(said.status, 200, "{kind}");
        let whole: serde_json::Value = serde_json::from_str(&said.text).unwrap();
        assert!(!whole["rows"].as_array().unwrap().is_empty(), "{kind}");
    }
    for foul in [
        "",
        "point=22516914714270",
        "point=22516914714270&kind=../x",
        "point=22516914714270&kind=curve&format=x",
    ] {
        assert_eq!(
            room.get("fr", &format!("/data/export?{foul}")).await.status,
            400,
            "{foul}"
        );
    }
    let nobody = room
        .get("fr", "/data/export?point=33333333333333&kind=curve")
        .await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn an_export_that_travels_compressed_arrives_whole() {
    use std::io::Read;

    use http_body_util::BodyExt;
    use tower::ServiceExt;

    let room = Room::lived_in();
    for kind in ["curve", "daily", "days", "maximum"] {
        let path = format!("/data/export?point={}&kind={kind}", lived_in::HOME);
        let plain = room.get("en", &path).await;
        let mut request = Request::get(&path)
            .header("host", "127.0.0.1:8733")
            .header("accept-encoding", "gzip, deflate, br, zstd")
            .body(Body::empty())
            .unwrap();
        let peer: std::net::SocketAddr = "127.0.0.1:50000".parse().unwrap();
        request
            .extensions_mut()
            .insert(axum::extract::ConnectInfo(peer));
        let answer = room.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.headers()["content-encoding"], "gzip", "{kind}");
        let zipped = answer.into_body().collect().await.unwrap().to_bytes();
        let mut text = String::new();
        flate2::read::GzDecoder::new(&zipped[..])
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, plain.text, "{kind}");
    }
}

#[tokio::test]
async fn health_says_what_status_says() {
    let room = Room::with(&format!("{LIVED_IN}{ASKED}"), lived_in::fill);
    let path = room.settings.data_dir.join(ledger::FILE_NAME);
    let store = Store::open(&path, Access::Read).unwrap();
    for lang in BOTH {
        let words = Words { lang };
        let status = view::status::read(Some(&store), &room.settings, lived_in::now(), words);
        let status = status.unwrap();
        let said = room.get(lang.tag(), "/health").await;
        let text = plain(&said.text);
        let mut wanted = vec![words.say("status-title", &[("now", &words.instant(status.now))])];
        wanted.extend(words.idle(&status));
        for point in &status.usage_points {
            wanted.push(words.point(point.name.as_deref(), point.usage_point));
            wanted.extend(point.yesterday.iter().map(|one| one.sentence.clone()));
            wanted.extend(point.yesterday.iter().filter_map(|one| one.advice.clone()));
            wanted.extend(point.contract.iter().filter_map(|one| words.contract(one)));
            wanted.extend(words.outlook(&point.series));
            for (_, problem) in words.troubled(point) {
                wanted.extend(words.trouble(problem));
            }
        }
        assert!(wanted.len() > 8, "{wanted:?}");
        for wanted in wanted {
            assert!(text.contains(&plain(&wanted)), "{wanted}\n{text}");
        }
        assert!(headings_are_in_order(&said.text));
    }
}

#[tokio::test]
async fn a_meter_shows_its_contract_its_hours_and_its_registers() {
    let room = Room::lived_in();
    for (lang, wanted) in [
        (
            "fr",
            [
                "9 kVA (configuration)",
                "HC (22H38-6H38)",
                "9\u{202f}000\u{a0}VA",
                "123,456\u{a0}kWh",
                "selon Enedis",
            ],
        ),
        (
            "en",
            [
                "9 kVA (configuration)",
                "HC (22H38-6H38)",
                "9,000\u{a0}VA",
                "123.456\u{a0}kWh",
                "says Enedis",
            ],
        ),
    ] {
        let said = room.get(lang, "/meters").await;
        assert_eq!(said.status, 200, "{}", said.text);
        let text = plain(&said.text);
        for wanted in wanted {
            assert!(
                text.replace('\u{a0}', " ")
                    .contains(&wanted.replace('\u{a0}', " ")),
                "{wanted}\n{text}"
            );
        }
        assert!(headings_are_in_order(&said.text));
    }
}

const DOMOTICZ: &str = r#"
[outputs.maison]
kind = "domoticz"
url = "http://127.0.0.1:8080"
"#;

#[tokio::test]
async fn a_destination_tells_its_last_delivery_its_trouble_and_is_pushed_again() {
    let room = Room::with(&format!("{LIVED_IN}{DOMOTICZ}"), |store| {
        lived_in::fill(store);
        let trouble =
            outputs::Trouble::new("domoticz-problem-unreachable").with("detail", "<b>no</b>");
        let note = DeliveryNote {
            succeeded_at: Some("2026-11-20T08:00:00Z".parse().unwrap()),
            problem: serde_json::to_value(trouble).ok(),
            problem_at: Some("2026-11-21T08:00:00Z".parse().unwrap()),
            failures: 3,
            ask_at: Some("2026-11-21T09:05:00Z".parse().unwrap()),
        };
        store.set_delivery_note("maison", &note).unwrap();
        store
            .record_deliveries(
                "maison",
                "meter",
                &[("day/1".to_owned(), "a".to_owned())],
                lived_in::now(),
            )
            .unwrap();
        store
            .set_delivery_target("maison", "meter", &serde_json::json!({}))
            .unwrap();
    });
    let busy = Busy::with(room, Vec::new());
    for lang in BOTH {
        let words = Words { lang };
        let said = busy.get("ann", lang.tag(), "/outputs").await;
        assert_eq!(said.status, 200, "{}", said.text);
        let text = plain(&said.text);
        let at = |text: &str| words.instant(text.parse().unwrap());
        for wanted in [
            at("2026-11-20T08:00:00Z"),
            at("2026-11-21T09:05:00Z"),
            words.t("data-output-fails"),
        ] {
            assert!(text.contains(&wanted), "{wanted}\n{text}");
        }
        assert!(!said.text.contains("<b>no</b>"));
        assert!(said.text.contains("/outputs/push"));
        assert!(headings_are_in_order(&said.text));
    }
    let said = busy
        .post("ann", "/outputs", "/outputs/push", "output=maison")
        .await;
    assert_eq!(said.status, 303);
    let said = busy
        .post("ann", "/outputs", "/outputs/verify", "output=maison")
        .await;
    assert_eq!(said.status, 200);
    assert!(plain(&said.text).contains("31") && !said.text.contains("<i>2026"));
    assert!(headings_are_in_order(&said.text));
    assert_eq!(busy.diary(), ["push maison", "verify maison"]);
}

#[tokio::test]
async fn a_consent_tells_its_end_and_is_renewed_in_time() {
    let entry = |state, until: &str| ConsentEntry {
        id: "linky-1".to_owned(),
        source: "linky".to_owned(),
        state,
        since: "2024-01-01T08:00:00Z".parse().unwrap(),
        until: Some(until.parse().unwrap()),
        usage_points: vec![lived_in::HOME.parse().unwrap()],
        link: Some("javascript:alert(1)".to_owned()),
        code: Some("BCDF-GHJK".to_owned()),
        error: None,
    };
    let entries = vec![
        entry(ConsentState::Given, "2026-12-01T08:00:00Z"),
        entry(ConsentState::Waiting, "2026-11-21T09:30:00Z"),
        entry(ConsentState::Expired, "2026-11-01T08:00:00Z"),
    ];
    let busy = Busy::with(Room::lived_in(), entries);
    for lang in BOTH {
        let words = Words { lang };
        let said = busy.get("ann", lang.tag(), "/consents").await;
        assert_eq!(said.status, 200, "{}", said.text);
        let text = plain(&said.text);
        let ends = words.instant("2026-12-01T08:00:00Z".parse().unwrap());
        for wanted in [
            ends,
            words.t("data-consent-soon-do"),
            words.t("consent-state-expired"),
            "BCDF-GHJK".to_owned(),
        ] {
            assert!(text.contains(&wanted), "{wanted}\n{text}");
        }
        assert!(
            !said.text.contains("javascript:"),
            "a link leads to the web only"
        );
        assert_eq!(
            said.text.matches("BCDF-GHJK").count(),
            1,
            "a code is shown while it waits"
        );
        assert!(headings_are_in_order(&said.text));
    }
    let said = busy
        .post("ann", "/consents", "/consents/renew", "source=linky")
        .await;
    assert_eq!(said.status, 303, "{}", said.text);
    assert_eq!(busy.diary(), ["renew linky"]);
}
