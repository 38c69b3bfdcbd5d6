//! Scripted trouble reaches the client as the real one would.

use std::time::Duration;

use jiff::civil::date;
use meter::{Direction, Kind};
use service::HttpError;
use simulator::customers::{DEMO_HOME, DEMO_SECOND};
use simulator::{Fault, FaultRule, Resource};

use crate::support::{Client, NOW, prm, v5, v2026};

fn daily(number: u64) -> String {
    let (from, to) = (date(2026, 11, 19), date(2026, 11, 20));
    v2026(number, Direction::Consumption, Kind::Daily, from, to)
}

async fn broken(fault: Fault) -> Client {
    let client = Client::new().await;
    let rule = FaultRule::always(prm(DEMO_HOME), Resource::ConsumptionDaily, fault);
    client.simulator.add_fault(rule);
    client
}

#[tokio::test]
async fn a_fault_strikes_its_own_point_resource_and_calls_only() {
    let client = Client::new().await;
    let fault = Fault::Problem {
        code: "500".to_owned(),
        text: String::new(),
    };
    let rule = FaultRule::always(prm(DEMO_HOME), Resource::ConsumptionDaily, fault);
    client.simulator.add_fault(
        FaultRule {
            from_call: 2,
            ..rule
        }
        .times(1),
    );
    let statuses = [
        client.get(&daily(DEMO_HOME)).await.status,
        client.get(&daily(DEMO_SECOND)).await.status,
        client.get(&daily(DEMO_HOME)).await.status,
        client.get(&daily(DEMO_HOME)).await.status,
    ];
    assert_eq!(statuses, [200, 200, 500, 200]);
}

#[tokio::test]
async fn known_codes_speak_the_words_of_the_generation_that_is_asked() {
    let client = broken(Fault::Problem {
        code: "ADAM-DC-0007".to_owned(),
        text: String::new(),
    })
    .await;
    let (from, to) = (date(2026, 11, 19), date(2026, 11, 20));
    let old = v5(DEMO_HOME, Direction::Consumption, Kind::Daily, from, to);
    assert_eq!(client.get(&old).await.code(), "403 ADAM-DC-0007");
    assert_eq!(
        client.get(&daily(DEMO_HOME)).await.code(),
        "400 ADAM-DC-0007"
    );
}

#[tokio::test]
async fn pages_and_empty_bodies_come_with_the_status_wished() {
    let client = broken(Fault::Html { status: 503 }).await;
    let answer = client.get(&daily(DEMO_HOME)).await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.starts_with("<html>"));
    client.simulator.clear_faults();
    assert_eq!(client.get(&daily(DEMO_HOME)).await.status, 200);
    let empty = broken(Fault::Empty { status: 200 }).await;
    assert_eq!(empty.get(&daily(DEMO_HOME)).await.body, "");
}

#[tokio::test]
async fn a_truncated_answer_is_no_json() {
    let client = broken(Fault::Truncated).await;
    let answer = client.get(&daily(DEMO_HOME)).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with(r#"{"idPrm":"22222222222222""#));
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err());
}

#[tokio::test]
async fn another_points_name_stands_over_the_right_data() {
    let client = broken(Fault::WrongUsagePoint {
        usage_point: prm(DEMO_SECOND),
    })
    .await;
    let answer = client.get(&daily(DEMO_HOME)).await;
    assert_eq!(answer.json()["idPrm"], "33333333333333");
}

#[tokio::test]
async fn a_slow_answer_takes_simulated_time_and_a_minute_is_too_long() {
    let client = broken(Fault::Slow {
        milliseconds: 30_000,
    })
    .await;
    assert_eq!(client.get(&daily(DEMO_HOME)).await.status, 200);
    let waited = client.simulator.now().duration_since(NOW.parse().unwrap());
    assert_eq!(waited.as_secs(), 30);
    client.simulator.set_latency(Duration::from_secs(31));
    assert_eq!(
        client.try_get(&daily(DEMO_HOME)).await,
        Err(HttpError::Timeout)
    );
}

#[tokio::test]
async fn a_redirect_to_another_host_and_a_huge_answer_are_refused_by_the_client() {
    let client = broken(Fault::Redirect {
        location: "https://elsewhere.example/x".to_owned(),
    })
    .await;
    let host = "https://elsewhere.example".to_owned();
    assert_eq!(
        client.try_get(&daily(DEMO_HOME)).await,
        Err(HttpError::Redirected(host))
    );
    let client = broken(Fault::Huge {
        bytes: (16 << 20) + 1,
    })
    .await;
    let limit = 16 << 20;
    assert_eq!(
        client.try_get(&daily(DEMO_HOME)).await,
        Err(HttpError::TooLarge { limit })
    );
}

#[tokio::test]
async fn every_call_is_logged_with_its_window_and_without_its_query() {
    let client = Client::new().await;
    client.get(&daily(DEMO_HOME)).await;
    client.get("/nowhere?secret=1").await;
    let calls = client.simulator.calls();
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].resource, Some(Resource::ConsumptionDaily));
    assert_eq!(calls[0].usage_point, Some(prm(DEMO_HOME)));
    assert_eq!(calls[0].from.as_deref(), Some("2026-11-19"));
    assert_eq!((calls[1].status, &*calls[1].path), (404, "/nowhere"));
}
