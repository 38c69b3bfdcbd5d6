//! Nothing that was issued or read stands in a log, a metric or a row. Alone in
//! its file: what is logged belongs to the whole process.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/town.rs"]
mod town;

use simulator::Mode;
use town::{Browser, LINE, Town, ZOE};

/// What a subscriber wrote.
#[derive(Clone, Default)]
struct Sink(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn h40_no_code_token_or_usage_point_is_in_logs_metrics_or_rows() {
    let sink = Sink::default();
    let writer = sink.clone();
    let clock = std::sync::Arc::new(service::SystemClock);
    let options = service::logging::Options {
        level: service::logging::Level::Verbose,
        format: service::logging::Format::Json,
    };
    let subscriber = service::logging::subscriber(options, clock, false, move || writer.clone());
    let _guard = tracing::subscriber::set_default(subscriber);

    let town = Town::of(Mode::V2026).await;
    let (device_code, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    browser.get(&format!("/device?user_code={user_code}")).await;
    let left = browser.agrees(&user_code, &["daily", "curve"]).await;
    let back = town.at_enedis(left.to(), ZOE, "accept").await;
    browser.get(&back).await;
    town.a_minute_passes().await;
    browser.get("/device/status").await;
    let (_, tokens) = town.box_polls(&device_code).await;
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    browser.post("/manage", &[("key", refresh_token)]).await;

    let state = back
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let cookie = browser.cookie.clone().unwrap();
    let secrets = [
        device_code.as_str(),
        &user_code,
        &user_code.replace('-', ""),
        state,
        cookie.split_once('=').unwrap().1,
        &browser.csrf,
        refresh_token,
        tokens["access_token"].as_str().unwrap(),
        ZOE.1,
        LINE,
    ];
    let log = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
    let metrics = town.app.metrics.text();
    assert!(log.contains("/device/consent"), "{log}");
    assert!(metrics.contains("outcome=\"approved\""), "{metrics}");
    let rows = town.rows();
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!metrics.contains(secret), "{secret} is in the metrics");
        let found = rows
            .windows(secret.len())
            .any(|bytes| bytes == secret.as_bytes());
        assert!(!found, "{secret} is in the rows");
    }
}
