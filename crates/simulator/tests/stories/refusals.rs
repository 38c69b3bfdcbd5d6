//! What is refused, in both generations' words.

use jiff::civil::{Date, date};
use meter::Direction::{Consumption, Production};
use meter::{Direction, Kind};
use simulator::customers::{DEMO_HOME, DEMO_SECOND, MOVED_OUT, NOT_ASKED};
use simulator::{Mode, profile::Standing};

use crate::support::{Client, prm, v5, v2026};

const CURVE_OFF: u64 = 32_320_647_321_714;
const SINCE_AUGUST_2019: u64 = 11_453_290_002_823;
const REFUSES: u64 = 26_584_978_546_985;

/// What is asked: what it shows, point, direction, kind, first day, day after the last.
type Case = (&'static str, u64, Direction, Kind, (Date, Date));

const YESTERDAY: (Date, Date) = (date(2026, 11, 20), date(2026, 11, 21));
const LONG_AGO: (Date, Date) = (date(2019, 8, 1), date(2019, 8, 3));
const BEFORE_HISTORY: (Date, Date) = (date(2023, 11, 5), date(2023, 11, 8));
const BEFORE_CURVES: (Date, Date) = (date(2024, 11, 5), date(2024, 11, 8));
const EIGHT_DAYS: (Date, Date) = (date(2026, 11, 1), date(2026, 11, 9));
const EMPTY: (Date, Date) = (date(2026, 11, 10), date(2026, 11, 10));
const TODAY: (Date, Date) = (date(2026, 11, 21), date(2026, 11, 22));

#[rustfmt::skip]
const CASES: [Case; 15] = [
    ("a day that is there", DEMO_HOME, Consumption, Kind::Daily, YESTERDAY),
    ("before activation", SINCE_AUGUST_2019, Consumption, Kind::Daily, LONG_AGO),
    ("before the history", DEMO_HOME, Consumption, Kind::Daily, BEFORE_HISTORY),
    ("before the history of curves", DEMO_HOME, Consumption, Kind::Curve, BEFORE_CURVES),
    ("daily of the same days", DEMO_HOME, Consumption, Kind::Daily, BEFORE_CURVES),
    ("eight days of curve", DEMO_HOME, Consumption, Kind::Curve, EIGHT_DAYS),
    ("an empty window", DEMO_HOME, Consumption, Kind::Curve, EMPTY),
    ("a window into the future", DEMO_HOME, Consumption, Kind::Daily, TODAY),
    ("the wrong direction", DEMO_SECOND, Production, Kind::Daily, YESTERDAY),
    ("a curve that is not collected", CURVE_OFF, Consumption, Kind::Curve, YESTERDAY),
    ("its daily energy", CURVE_OFF, Consumption, Kind::Daily, YESTERDAY),
    ("someone else's home", MOVED_OUT, Consumption, Kind::Daily, YESTERDAY),
    ("nobody was asked", NOT_ASKED, Consumption, Kind::Daily, YESTERDAY),
    ("withdrawn at once", REFUSES, Consumption, Kind::Daily, YESTERDAY),
    ("an unknown point", 98_765_432_109_876, Consumption, Kind::Daily, YESTERDAY),
];

#[tokio::test]
async fn each_reason_has_its_code_in_both_generations() {
    let client = Client::new().await;
    let mut said = Vec::new();
    for (what, number, direction, kind, (from, to)) in CASES {
        let old = client.get(&v5(number, direction, kind, from, to)).await;
        let new = client.get(&v2026(number, direction, kind, from, to)).await;
        said.push(format!("{what:30} | {:24} | {}", old.code(), new.code()));
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[tokio::test]
async fn calls_outside_the_2026_description_are_technical_errors() {
    let client = Client::new().await;
    for path in [
        "/mesure_synchrone_auto/v2/consommation_quotidienne",
        "/mesure_synchrone_auto/v2/consommation_quotidienne?pointId=1&dateDebut=2026-11-01&dateFin=2026-11-02",
        "/mesure_synchrone_auto/v2/consommation_quotidienne?pointId=22222222222222&dateDebut=01/11/2026&dateFin=2026-11-02",
        "/mesure_synchrone_auto/v2/puissance_conso_max_quotidienne?pointId=22222222222222&dateDebut=2026-11-01&dateFin=2026-11-02",
        "/situation_contrat_auto/v1?usage_point_id=22222222222222",
        "/synth_contrat_auto/v1/abc",
    ] {
        assert_eq!(client.get(path).await.code(), "500 500", "{path}");
    }
}

#[tokio::test]
async fn contracts_without_consent_have_no_services() {
    let client = Client::new().await;
    let path = format!("/situation_contrat_auto/v1/{NOT_ASKED}");
    assert_eq!(client.get(&path).await.code(), "400 Bad request");
    let path = format!("/customers_i/v5/identity?usage_point_id={NOT_ASKED}");
    assert_eq!(client.get(&path).await.code(), "403 ADAM-DC-0008");
}

#[tokio::test]
async fn an_api_that_is_not_subscribed_is_refused_by_the_gateway() {
    let client = Client::with(|options| options.meter_api = false).await;
    let path = format!("/comptage_auto/v1/{DEMO_HOME}");
    assert_eq!(client.get(&path).await.code(), "403 900908");
}

#[tokio::test]
async fn a_consent_withdrawn_while_running_ends_the_data() {
    let client = Client::new().await;
    let ask = v2026(
        DEMO_HOME,
        Consumption,
        Kind::Daily,
        date(2026, 11, 19),
        date(2026, 11, 20),
    );
    assert_eq!(client.get(&ask).await.status, 200);
    assert!(
        client
            .simulator
            .set_standing(prm(DEMO_HOME), Standing::Revoked)
    );
    assert_eq!(client.get(&ask).await.code(), "403 403");
}

#[tokio::test]
async fn each_mode_answers_its_own_generation_and_pages_for_the_other() {
    let days = (date(2026, 11, 19), date(2026, 11, 20));
    let old = v5(DEMO_HOME, Consumption, Kind::Daily, days.0, days.1);
    let new = v2026(DEMO_HOME, Consumption, Kind::Daily, days.0, days.1);
    let client = Client::new().await;
    for (mode, of_old, of_new) in [
        (Mode::Both, 200, 200),
        (Mode::V5, 200, 404),
        (Mode::V2026, 404, 200),
        (Mode::V5Gone, 410, 200),
    ] {
        client.simulator.set_mode(mode);
        let (old, new) = (client.get(&old).await, client.get(&new).await);
        assert_eq!((old.status, new.status), (of_old, of_new), "{mode:?}");
        for answer in [old, new] {
            assert_eq!(
                answer.status != 200,
                answer.content_type.starts_with("text/html")
            );
        }
    }
}

#[tokio::test]
async fn a_host_header_with_a_port_meets_the_firewall() {
    let client = Client::new().await;
    let request = http::Request::builder()
        .uri("https://enedis.test/synth_contrat_auto/v1/22222222222222")
        .header("Host", "enedis.test:443")
        .body(bytes::Bytes::new())
        .unwrap();
    let answer = client.simulator.http().send(request).await.unwrap();
    assert_eq!(answer.status(), 403);
    assert!(answer.body().starts_with(b"<html>"));
}
