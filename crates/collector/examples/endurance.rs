//! Thousands of days of collecting, one after the other, and the memory that
//! this process holds meanwhile. The simulator runs in another process.
//!
//! `cargo run -p collector --example endurance -- URL [DAYS]`

use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use collector::rhythm::Rhythm;
use collector::{Collector, DataConnect, Patience, Unwatched, Wishes};
use enedis::{Client, ClientConfig, Generation};
use http::{Method, Request};
use jiff::{SignedDuration, Timestamp};
use ledger::{Ledger, SeriesKey};
use meter::{Direction, Kind, UsagePoint};
use service::dates::Dates;
use service::http::{Client as HttpClient, ClientOptions};
use service::{Clock, Http, VirtualClock};
use url::Url;

/// The simulator's household that consumes only.
const PRM: u64 = 33_333_333_333_333;
/// The first days fill caches and a history of three years.
const WARM: usize = 1000;
/// A page of Linux, in bytes.
const PAGE: u64 = 4096;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let url: Url = args.next().ok_or("the simulator's address")?.parse()?;
    let days: usize = args.next().map_or(Ok(10_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let clock = VirtualClock::at("2026-11-21T11:00:00Z".parse()?);
    let http = Arc::new(HttpClient::new(&ClientOptions::default())?);
    let usage_point = UsagePoint::from_u64(PRM).ok_or("a usage point")?;
    let config = ClientConfig {
        base_url: url.clone(),
        generation: Generation::V2026,
        client_id: "releve-simulated".to_owned(),
        client_secret: "not-a-secret".to_owned().into(),
        calls_per_second: None,
    };
    let client = Client::new(http.clone(), Arc::new(clock.clone()), config);
    let collector = Collector {
        ledger: Arc::new(Ledger::open(&folder.path().join(ledger::FILE_NAME))?),
        source: Arc::new(DataConnect::new("enedis", client)),
        clock: Arc::new(clock.clone()),
        usage_points: vec![usage_point],
        patience: Patience::Waits,
        rhythm: Rhythm::enedis(0),
        wishes: Wishes::default(),
        dates: Dates::default(),
    };
    let mut out = std::io::stdout();
    let (mut least, mut most) = (u64::MAX, 0);
    for day in 0..=days {
        set_clock(&*http, &url, clock.now()).await?;
        collector.sync(&mut Unwatched).await?;
        clock.advance(SignedDuration::from_hours(24));
        if day < WARM {
            continue;
        }
        let held = resident()?;
        (least, most) = (least.min(held), most.max(held));
        if day % 1000 == 0 {
            let kib = held / 1024;
            writeln!(
                out,
                "day {day}: {kib} KiB, {} calls",
                collector.source.calls()
            )?;
        }
    }
    let key = SeriesKey {
        usage_point,
        direction: Direction::Consumption,
        kind: Kind::Curve,
    };
    let counts = collector.ledger.call(move |store| store.state_counts(key));
    let complete = counts.await?.of(ledger::DayState::Complete);
    let spread = (most - least) / 1024;
    writeln!(
        out,
        "{complete} days complete, resident memory within {spread} KiB"
    )?;
    if complete as usize > days && spread <= 1024 {
        return Ok(());
    }
    Err("memory is not flat, or days are missing".into())
}

async fn set_clock(http: &dyn Http, url: &Url, now: Timestamp) -> Result<(), Box<dyn Error>> {
    let url = url.join("/_control/clock")?;
    let body = format!(r#"{{"now":"{now}","frozen":true}}"#);
    let request = Request::builder()
        .method(Method::PUT)
        .uri(url.as_str())
        .body(Bytes::from(body))?;
    let answer = http.send(request).await?;
    if answer.status().is_success() {
        return Ok(());
    }
    Err("the simulator's clock was not set".into())
}

/// Resident memory of this process in bytes.
fn resident() -> Result<u64, Box<dyn Error>> {
    let facts = std::fs::read_to_string("/proc/self/statm")?;
    let pages = facts.split_whitespace().nth(1).ok_or("no statm")?;
    Ok(pages.parse::<u64>()? * PAGE)
}
