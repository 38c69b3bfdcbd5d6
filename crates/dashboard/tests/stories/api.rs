//! The JSON API: the same forms as `--json`, fingerprints, pages, problems.

use home::answer::{Sight, Whose};
use home::offers::Offers;
use http::Request;
use http::header::IF_NONE_MATCH;
use ledger::{Access, Store};
use meter::Granularity;
use serde_json::Value;

use crate::room::{Room, Said, lived_in};

/// The days of both clock changes, one with holes, and the last.
const DAYS: [&str; 4] = ["2026-03-29", "2026-10-25", "2026-11-05", "2026-11-20"];

fn json(said: &Said) -> Value {
    serde_json::from_str(&said.text).unwrap_or_else(|error| panic!("{error}: {}", said.text))
}

/// What `home` answers to the same question.
fn direct<T: serde::Serialize>(
    room: &Room,
    ask: impl FnOnce(&Sight<'_>) -> Result<T, home::Failure>,
) -> Value {
    let path = room.settings.data_dir.join(ledger::FILE_NAME);
    let store = Store::open(&path, Access::Read).unwrap();
    let sight = Sight {
        store: &store,
        settings: &room.settings,
        offers: &Offers::built_in(),
        now: lived_in::now(),
    };
    serde_json::to_value(ask(&sight).unwrap()).unwrap()
}

#[tokio::test]
async fn days_and_periods_are_those_of_the_command_line_on_clock_changes_too() {
    let room = Room::lived_in();
    for day in DAYS {
        let when = home::When::read(day, lived_in::now());
        let said = room.get("fr", &format!("/api/v1/day?day={day}")).await;
        assert_eq!(said.status, 200, "{}", said.text);
        let expected = direct(&room, |sight| sight.day(Whose::default(), when));
        assert_eq!(json(&said), expected, "{day}");
        for (by, granularity) in [
            ("week", Granularity::Week),
            ("month", Granularity::Month),
            ("year", Granularity::Year),
        ] {
            let path = format!("/api/v1/period?by={by}&day={day}");
            let expected = direct(&room, |sight| {
                sight.period(Whose::default(), granularity, when)
            });
            assert_eq!(json(&room.get("fr", &path).await), expected, "{path}");
        }
    }
    let autumn = json(&room.get("en", "/api/v1/day?day=2026-10-25").await);
    assert_eq!(autumn["usage_points"][0]["minutes"], 1_500);
}

#[tokio::test]
async fn money_is_that_of_the_command_line() {
    let room = Room::lived_in();
    for period in ["2026-10", "2026-10-25", "2026"] {
        let named = home::When::read(period, lived_in::now()).unwrap().period();
        let days = home::when::Days {
            first: named.first(),
            end: named.end(),
            to_come: 0,
        };
        let said = room
            .get("en", &format!("/api/v1/cost?period={period}"))
            .await;
        assert_eq!(said.status, 200, "{}", said.text);
        let expected = direct(&room, |sight| Ok(sight.costs(None, None, days)?.costs));
        assert_eq!(json(&said), expected, "{period}");
        let said = room
            .get("en", &format!("/api/v1/compare?period={period}"))
            .await;
        let expected = direct(&room, |sight| sight.compare(None, &[], days));
        assert_eq!(json(&said), expected, "{period}");
    }
}

#[tokio::test]
async fn the_pages_of_a_curve_make_the_whole_curve_with_every_point_once() {
    let room = Room::lived_in();
    let whole = format!("/api/v1/curve?point={}&limit=20000", lived_in::HOME);
    let whole = json(&room.get("fr", &whole).await);
    assert_eq!(whole["next"], Value::Null);
    let mut points = Vec::new();
    let mut next = Some(format!("/api/v1/curve?point={}&limit=777", lived_in::HOME));
    let mut pages = 0;
    while let Some(path) = next {
        let said = room.get("fr", &path).await;
        assert_eq!(said.status, 200, "{path}");
        points.extend(json(&said)["points"].as_array().unwrap().clone());
        pages += 1;
        next = said.headers.get("link").map(|link| {
            let link = link.to_str().unwrap();
            assert!(link.ends_with(">; rel=\"next\""), "{link}");
            link[1..link.find('>').unwrap()].to_owned()
        });
    }
    assert!(pages > 2, "{pages}");
    assert_eq!(Value::Array(points), whole["points"]);
}

#[tokio::test]
async fn who_has_the_answer_already_gets_no_other() {
    let room = Room::lived_in();
    let first = room.get("fr", "/api/v1/status").await;
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"'), "a strong one: {tag}");
    let request = |lang: &str| {
        Request::get("/api/v1/status")
            .header("host", "127.0.0.1:8733")
            .header("accept-language", lang)
            .header(IF_NONE_MATCH, &tag)
            .body(axum::body::Body::empty())
            .unwrap()
    };
    let again = room.send(request("fr")).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    assert_eq!(again.headers["etag"].to_str().unwrap(), tag);
    let other = room.send(request("en")).await;
    assert_eq!(other.status, 200, "its sentences are in another language");
}

#[tokio::test]
async fn a_slip_in_a_question_is_named_in_the_readers_language() {
    let room = Room::lived_in();
    for (path, name) in [
        ("/api/v1/day?point=123", "point"),
        ("/api/v1/day?day=hier", "day"),
        ("/api/v1/day?day=2026-02-30", "day"),
        ("/api/v1/day?colour=blue", "colour"),
        ("/api/v1/period?by=hour", "by"),
        ("/api/v1/period", "by"),
        ("/api/v1/cost?period=2026&period=2025", "period"),
        ("/api/v1/cost?period=2026&offer=", "offer"),
        ("/api/v1/curve?point=11111111111111&limit=99999999", "limit"),
        ("/api/v1/curve?point=11111111111111&cursor=-1", "cursor"),
        ("/api/v1/off-peak?expression=HC&holidays=moon", "holidays"),
        ("/api/v1/status?lang=de", "lang"),
    ] {
        let said = room.get("fr", path).await;
        assert_eq!(said.status, 400, "{path}: {}", said.text);
        assert_eq!(said.headers["content-type"], "application/problem+json");
        let problem = json(&said);
        assert_eq!(problem["type"], "urn:releve:problem:bad-request");
        assert_eq!(problem["status"], 400);
        let title = problem["title"].as_str().unwrap();
        assert!(
            title.contains(name) || name == "holidays",
            "{path}: {title}"
        );
        let english = json(&room.get("en", path).await);
        assert_ne!(english["title"], problem["title"], "{path}");
        assert_eq!(english["type"], problem["type"], "{path}");
    }
}

#[tokio::test]
async fn what_is_not_held_is_a_problem_of_its_own_and_no_empty_answer() {
    let room = Room::lived_in();
    for path in [
        "/api/v1/day?point=99999999999999",
        "/api/v1/curve?point=99999999999999",
        "/api/v1/cost?period=1999",
        "/api/v1/day?day=0001-01-01",
        "/api/v1/cost?period=9999",
        "/api/v1/offers/none",
    ] {
        let said = room.get("en", path).await;
        assert!([400, 404].contains(&said.status), "{path}: {}", said.text);
        assert_eq!(
            said.headers["content-type"], "application/problem+json",
            "{path}"
        );
    }
    let nowhere = room.get("en", "/api/v1/nowhere").await;
    assert_eq!(nowhere.status, 404);
    assert_eq!(json(&nowhere)["type"], "urn:releve:problem:not-found");
    let empty = Room::empty();
    assert_eq!(empty.get("en", "/api/v1/day").await.status, 404);
    assert_eq!(empty.get("en", "/api/v1/status").await.status, 200);
}

#[tokio::test]
async fn the_tariff_is_a_list_that_evcc_reads() {
    let room = Room::lived_in();
    let rates = json(&room.get("en", "/api/v1/tariff?hours=24").await);
    let rates = rates.as_array().unwrap();
    assert!(!rates.is_empty());
    let mut before: Option<String> = None;
    for rate in rates {
        let fields: Vec<&String> = rate.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["end", "start", "value"]);
        let (start, end) = (
            rate["start"].as_str().unwrap(),
            rate["end"].as_str().unwrap(),
        );
        assert!(start < end);
        assert!(before.is_none_or(|before| before.as_str() <= start));
        before = Some(end.to_owned());
        let value = rate["value"].as_f64().unwrap();
        assert!((0.01..1.0).contains(&value), "euros, not cents: {value}");
    }
    assert_eq!(rates[0]["start"], "2026-11-21T09:00:00Z");
}

#[tokio::test]
async fn events_tell_that_the_ledger_has_changed() {
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    let room = Room::lived_in();
    let mut request = Request::get("/api/v1/events")
        .header("host", "127.0.0.1:8733")
        .header("accept-encoding", "gzip")
        .body(axum::body::Body::empty())
        .unwrap();
    let peer: std::net::SocketAddr = "127.0.0.1:50000".parse().unwrap();
    request
        .extensions_mut()
        .insert(axum::extract::ConnectInfo(peer));
    let answer = room.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert!(!answer.headers().contains_key("content-encoding"));
    let mut body = answer.into_body();
    let mut line = async || {
        let frame = body.frame().await.unwrap().unwrap();
        String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
    };
    let page = room.get("en", "/").await.text;
    let shown = page.split("data-state=\"").nth(1).unwrap();
    let shown = shown.split('"').next().unwrap();
    assert_eq!(
        line().await,
        format!("retry: 5000\nevent: state\ndata: {shown}\n\n"),
        "the state of which the page is"
    );
    assert_eq!(line().await, ": here\n\n", "nothing has changed");
    let path = room.settings.data_dir.join(ledger::FILE_NAME);
    let mut writer = Store::open(&path, Access::Write).unwrap();
    lived_in::fill(&mut writer);
    let page = room.get("en", "/").await.text;
    assert!(!page.contains(shown), "the page is of another state now");
    let now = page.split("data-state=\"").nth(1).unwrap();
    let now = now.split('"').next().unwrap();
    // What was on its way already, and what it saw while it was written.
    let mut told = line().await;
    for _ in 0..8 {
        if told.contains(now) {
            break;
        }
        told = line().await;
    }
    assert_eq!(told, format!("event: ledger\ndata: {now}\n\n"));
}

#[tokio::test]
async fn more_streams_than_screens_are_asked_to_come_later_and_starve_nobody() {
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    let room = Room::lived_in();
    let open = async || {
        let mut request = Request::get("/api/v1/events")
            .header("host", "127.0.0.1:8733")
            .body(axum::body::Body::empty())
            .unwrap();
        let peer: std::net::SocketAddr = "127.0.0.1:50000".parse().unwrap();
        request
            .extensions_mut()
            .insert(axum::extract::ConnectInfo(peer));
        room.router.clone().oneshot(request).await.unwrap()
    };
    let mut held = Vec::new();
    for _ in 0..32 {
        let answer = open().await;
        assert_eq!(answer.status(), 200);
        held.push(answer);
    }
    let refused = open().await;
    assert_eq!(refused.status(), 503);
    assert_eq!(refused.headers()["retry-after"], "30");
    assert_eq!(
        refused.headers()["content-type"],
        "application/problem+json"
    );
    assert_eq!(room.get("en", "/history").await.status, 200);
    // Whoever leaves makes room.
    let mut last = held.pop().unwrap().into_body();
    last.frame().await.unwrap().unwrap();
    drop(last);
    let mut again = open().await;
    for _ in 0..100 {
        if again.status() == 200 {
            break;
        }
        tokio::task::yield_now().await;
        again = open().await;
    }
    assert_eq!(again.status(), 200);
}

#[tokio::test]
async fn only_pages_that_show_readings_follow_the_stream() {
    let room = Room::lived_in();
    for path in ["/", "/history", "/data", "/outputs", "/consents", "/health"] {
        let said = room.get("en", path).await;
        assert!(said.text.contains("data-state=\""), "{path}");
        assert!(said.text.contains("/live.js"), "{path}");
        assert!(said.text.contains("role=\"status\""), "{path}");
    }
    let failure = room.get("en", "/history?period=never").await;
    assert_ne!(failure.status, 200);
    assert!(!failure.text.contains("data-state"), "{}", failure.text);
    assert!(!failure.text.contains("/live.js"));
}

#[test]
fn the_description_is_the_committed_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/openapi.json");
    let text = dashboard::api::openapi::text();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
        std::fs::write(path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        committed, text,
        "UPDATE=1 cargo test -p dashboard writes it"
    );
}

#[tokio::test]
async fn every_read_that_is_described_answers_and_fits_its_schema() {
    let room = Room::lived_in();
    let document = json(&room.get("en", "/api/v1/openapi.json").await);
    assert_eq!(document["openapi"], "3.1.0");
    for (path, operations) in document["paths"].as_object().unwrap() {
        if operations.get("get").is_none() || path.ends_with("/events") {
            continue;
        }
        let given = given(path);
        let said = room.get("en", &given).await;
        assert_eq!(said.status, 200, "{given}: {}", said.text);
        let pointer = "/get/responses/200/content/application~1json/schema";
        let mut schema = operations.pointer(pointer).unwrap().clone();
        schema["components"] = document["components"].clone();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let form = json(&said);
        let faults: Vec<String> = validator
            .iter_errors(&form)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert_eq!(faults, Vec::<String>::new(), "{given}");
    }
}

/// An address with what it requires.
fn given(path: &str) -> String {
    let path = path.replace("{offer}", "trv-base");
    let query = match path.as_str() {
        "/api/v1/period" => "?by=month".to_owned(),
        "/api/v1/curve" | "/api/v1/calendar" => format!("?point={}", lived_in::HOME),
        "/api/v1/cost" | "/api/v1/compare" | "/api/v1/colours" => "?period=2026-10".to_owned(),
        "/api/v1/off-peak" => "?expression=HC%20(22H00-6H00)".to_owned(),
        _ => String::new(),
    };
    path + &query
}
