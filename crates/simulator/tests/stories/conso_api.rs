//! conso.boris.sh as the reference describes it, row by row.

use std::fmt::Write;

use http::Method;
use meter::{Direction, Kind};
use simulator::{Fault, FaultRule, Resource, conso_api, customers, profile::Standing};

use crate::support::{Answer, Client, NOW, prm, v5};
use jiff::civil::date;

const HOME: u64 = customers::DEMO_HOME;

fn header() -> String {
    let token = conso_api::token(&[prm(HOME)], NOW.parse().expect("an instant"));
    format!("Bearer {token}")
}

fn path(kind: &str, start: &str, end: &str) -> String {
    let (base, prm) = (conso_api::PATH, prm(HOME));
    format!("{base}/api/{kind}?prm={prm}&start={start}&end={end}")
}

fn yesterday(kind: &str) -> String {
    path(kind, "2026-11-20", "2026-11-21")
}

async fn get(client: &Client, path: &str) -> Answer {
    client.as_bearer_of(&header(), Method::GET, path).await
}

#[tokio::test]
async fn each_type_answers_the_inside_of_what_enedis_answers() {
    let client = Client::new().await;
    for (kind, direction, of) in [
        ("daily_consumption", Direction::Consumption, Kind::Daily),
        (
            "consumption_load_curve",
            Direction::Consumption,
            Kind::Curve,
        ),
        (
            "consumption_max_power",
            Direction::Consumption,
            Kind::Maximum,
        ),
        ("daily_production", Direction::Production, Kind::Daily),
        ("production_load_curve", Direction::Production, Kind::Curve),
    ] {
        let enedis = v5(HOME, direction, of, date(2026, 11, 20), date(2026, 11, 21));
        let wrapped = client.get(&enedis).await.json();
        let answer = get(&client, &yesterday(kind)).await;
        assert_eq!(answer.status, 200, "{kind}");
        assert_eq!(answer.json(), wrapped["meter_reading"], "{kind}");
    }
    let daily = get(&client, &yesterday("daily_consumption")).await;
    insta::assert_snapshot!(daily.raw());
    let curve = get(&client, &yesterday("consumption_load_curve"))
        .await
        .json();
    let points = curve["interval_reading"].as_array().expect("points");
    let (first, last) = (&points[0]["date"], &points[47]["date"]);
    assert_eq!(
        (points.len(), first, last),
        (
            48,
            &"2026-11-20 00:30:00".into(),
            &"2026-11-21 00:00:00".into()
        )
    );
}

/// What was answered, for a snapshot.
fn told(out: &mut String, what: &str, answer: &Answer) {
    writeln!(out, "{what}\n  {} {}", answer.status, answer.body).expect("a text");
}

#[tokio::test]
async fn what_it_checks_itself_is_refused_in_its_own_words_and_order() {
    let client = Client::new().await;
    let good = yesterday("daily_consumption");
    let token = |number, issued: &str| {
        let issued = issued.parse().expect("an instant");
        format!("Basic {}", conso_api::token(&[prm(number)], issued))
    };
    let other = token(customers::DEMO_SECOND, NOW);
    let old = token(HOME, "2023-11-22T10:00:00Z");
    let one_word = header().replace(' ', "");
    let wrong = "/conso-api/api/x";
    let mut out = String::new();
    for (what, method, header, path) in [
        ("OPTIONS", Method::OPTIONS, "", wrong),
        ("another method", Method::POST, "", wrong),
        ("no parameter, no token", Method::GET, "", wrong),
        ("no token", Method::GET, "", &good),
        ("one word", Method::GET, &one_word, &good),
        ("a false token", Method::GET, "Bearer x.y.z", &good),
        ("another usage point's token", Method::GET, &other, &good),
        ("a token of 1 095 days", Method::GET, &old, &good),
    ] {
        let answer = client.as_bearer_of(header, method, path).await;
        told(&mut out, what, &answer);
    }
    insta::assert_snapshot!(out);
}

#[tokio::test]
async fn what_enedis_refuses_comes_in_an_envelope() {
    let client = Client::new().await;
    let mut out = String::new();
    for (what, kind, start, end) in [
        (
            "eight days of curve",
            "consumption_load_curve",
            "2026-11-12",
            "2026-11-20",
        ),
        (
            "before the activation",
            "daily_consumption",
            "2010-01-01",
            "2010-01-02",
        ),
        (
            "a date and a letter",
            "daily_consumption",
            "2026-11-20x",
            "2026-11-21",
        ),
        ("tomorrow", "daily_consumption", "2026-11-21", "2026-11-22"),
    ] {
        told(&mut out, what, &get(&client, &path(kind, start, end)).await);
    }
    let good = yesterday("daily_consumption");
    for standing in [Standing::Revoked, Standing::MovedOut] {
        client.simulator.set_standing(prm(HOME), standing);
        told(
            &mut out,
            &format!("{standing:?}"),
            &get(&client, &good).await,
        );
    }
    client
        .simulator
        .set_standing(prm(HOME), Standing::Consented);
    let of_day = Resource::ConsumptionDaily;
    for (what, resource, fault) in [
        (
            "no application token",
            Resource::Token,
            Fault::Empty { status: 500 },
        ),
        ("Enedis cannot be read", of_day, Fault::Truncated),
        ("Enedis' quota", of_day, enedis("900804")),
        ("Enedis has nothing", of_day, enedis("no_data_found")),
        ("Enedis fails", of_day, enedis("technical_error")),
    ] {
        let rule = FaultRule {
            usage_point: None,
            ..FaultRule::always(prm(HOME), resource, fault)
        };
        client.simulator.add_fault(rule);
        told(&mut out, what, &get(&client, &good).await);
        client.simulator.clear_faults();
    }
    insta::assert_snapshot!(out);
}

fn enedis(code: &str) -> Fault {
    let (code, text) = (code.to_owned(), String::new());
    Fault::Problem { code, text }
}

#[tokio::test]
async fn the_hundredth_request_in_twelve_hours_bans_the_address() {
    let client = Client::with(|_| {}).await;
    for n in 0..100 {
        client.advance(2);
        let answer = get(&client, &yesterday("daily_consumption")).await;
        assert_eq!(answer.status, 200, "request {n}");
    }
    client.advance(3600);
    let banned = get(&client, &yesterday("daily_consumption")).await;
    assert_eq!(
        (banned.status, banned.content_type.as_str()),
        (403, "text/html; charset=utf-8")
    );
    client.advance(24 * 3600);
    assert_eq!(
        get(&client, &yesterday("daily_consumption")).await.status,
        200
    );
}
