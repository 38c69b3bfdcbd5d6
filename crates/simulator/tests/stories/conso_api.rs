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

#[tokio::test]
async fn every_row_of_its_table_is_answered_in_the_order_of_its_checks() {
    let client = Client::new().await;
    let good = yesterday("daily_consumption");
    let mut out = String::new();
    let mut tell = |what: &str, answer: &Answer| {
        writeln!(out, "{what}\n  {} {}", answer.status, answer.body).expect("a text");
    };
    let bearer = header();
    let options = client
        .as_bearer_of("", Method::OPTIONS, "/conso-api/api/x")
        .await;
    tell("OPTIONS", &options);
    let post = client
        .as_bearer_of("", Method::POST, "/conso-api/api/x")
        .await;
    tell("another method, and everything else wrong too", &post);
    let nothing = client
        .as_bearer_of("", Method::GET, "/conso-api/api/x")
        .await;
    tell("no parameter is right, and no token", &nothing);
    tell(
        "no token",
        &client.as_bearer_of("", Method::GET, &good).await,
    );
    let one_word = bearer.replace(' ', "");
    tell(
        "one word",
        &client.as_bearer_of(&one_word, Method::GET, &good).await,
    );
    tell(
        "a false token",
        &client
            .as_bearer_of("Bearer x.y.z", Method::GET, &good)
            .await,
    );
    let other = conso_api::token(
        &[prm(customers::DEMO_SECOND)],
        NOW.parse().expect("an instant"),
    );
    let other = format!("Bearer {other}");
    tell(
        "a token for another usage point",
        &client.as_bearer_of(&other, Method::GET, &good).await,
    );
    let old = conso_api::token(
        &[prm(HOME)],
        "2023-11-22T10:00:00Z".parse().expect("an instant"),
    );
    let old = format!("Basic {old}");
    tell(
        "a token of 1 095 days",
        &client.as_bearer_of(&old, Method::GET, &good).await,
    );
    tell(
        "eight days of curve",
        &get(
            &client,
            &path("consumption_load_curve", "2026-11-12", "2026-11-20"),
        )
        .await,
    );
    tell(
        "before the activation",
        &get(
            &client,
            &path("daily_consumption", "2010-01-01", "2010-01-02"),
        )
        .await,
    );
    tell(
        "a date that is none",
        &get(
            &client,
            &path("daily_consumption", "2026-11-20x", "2026-11-21"),
        )
        .await,
    );
    tell(
        "tomorrow",
        &get(
            &client,
            &path("daily_consumption", "2026-11-21", "2026-11-22"),
        )
        .await,
    );
    for standing in [Standing::Revoked, Standing::MovedOut] {
        client.simulator.set_standing(prm(HOME), standing);
        tell(&format!("{standing:?}"), &get(&client, &good).await);
    }
    client
        .simulator
        .set_standing(prm(HOME), Standing::Consented);
    for (what, resource, fault) in [
        (
            "the application's token fails",
            Resource::Token,
            Fault::Empty { status: 500 },
        ),
        (
            "Enedis cannot be read",
            Resource::ConsumptionDaily,
            Fault::Truncated,
        ),
        (
            "Enedis' quota",
            Resource::ConsumptionDaily,
            enedis("900804"),
        ),
        (
            "Enedis has nothing",
            Resource::ConsumptionDaily,
            enedis("no_data_found"),
        ),
        (
            "Enedis fails",
            Resource::ConsumptionDaily,
            enedis("technical_error"),
        ),
    ] {
        let rule = FaultRule {
            usage_point: None,
            ..FaultRule::always(prm(HOME), resource, fault)
        };
        client.simulator.add_fault(rule);
        tell(what, &get(&client, &good).await);
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
