//! The control interface, as its users see it.

use http::Method;
use simulator::customers::DEMO_HOME;

use crate::support::Client;

#[tokio::test]
async fn every_control_answers_with_its_state() {
    let client = Client::with(|options| {
        options.customers.truncate(2);
        options.profiles.truncate(2);
    })
    .await;
    let fault = r#"{"usage_point":"22516914714270","resource":"consumption_curve","calls":2,
                    "fault":{"kind":"problem","code":"ADAM-DC-0008"}}"#;
    let mut said = Vec::new();
    for (method, path, body) in [
        (Method::GET, "clock", ""),
        (
            Method::PUT,
            "clock",
            r#"{"now":"2026-10-25T00:30:00Z","frozen":true}"#,
        ),
        (Method::POST, "clock", r#"{"advance_seconds":3600}"#),
        (Method::GET, "faults", ""),
        (Method::POST, "faults", fault),
        (Method::POST, "faults", r#"{"fault":{"kind":"earthquake"}}"#),
        (
            Method::POST,
            "faults",
            r#"{"fault":{"kind":"problem","code":"ADAM-DC-9999"}}"#,
        ),
        (
            Method::POST,
            "faults",
            r#"{"fault":{"kind":"html","status":99}}"#,
        ),
        (Method::DELETE, "faults", ""),
        (Method::GET, "latency", ""),
        (Method::PUT, "latency", r#"{"milliseconds":250}"#),
        (Method::GET, "consents", ""),
        (Method::DELETE, "consents/22516914714270", ""),
        (
            Method::PUT,
            "consents/22516914714270",
            r#"{"standing":"moved_out"}"#,
        ),
        (Method::DELETE, "consents/12345678901234", ""),
        (Method::GET, "log", ""),
        (Method::DELETE, "log", ""),
        (Method::GET, "nothing", ""),
        (Method::PUT, "log", ""),
    ] {
        let answer = client
            .json(method.clone(), &format!("/_control/{path}"), body)
            .await;
        said.push(format!(
            "{method} {path} {body}\n{} {}\n",
            answer.status, answer.body
        ));
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[tokio::test]
async fn the_log_shows_calls_and_never_itself() {
    let client = Client::new().await;
    client
        .get(&format!("/synth_contrat_auto/v1/{DEMO_HOME}"))
        .await;
    let log = client.get("/_control/log").await;
    insta::assert_snapshot!(log.body, @r#"{"calls":[{"at":"2026-11-21T10:00:00Z","path":"/synth_contrat_auto/v1/22222222222222","resource":"synthesis","status":200,"usage_point":"22222222222222"}]}"#);
}
