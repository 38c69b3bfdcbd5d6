//! The proxy of `DomoticzLinky` as a source: its bytes, its pace, its errors.

use std::fmt::Write;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use collector::Collector;
use collector::consents::{Consents, Dialect};
use enedis::{Limits, Problem};
use http::{Request, Response};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use meter::{Direction, Kind};
use service::clock::BoxFuture;
use service::{Http, HttpError, SharedHttp};
use simulator::profile::Standing;
use simulator::{Fault, FaultRule, Resource};

use crate::consented::{collector_over, give};
use crate::held::told;
use crate::world::{World, key, sync, true_days, usage_point, whole_curve};

const NOW: &str = "2026-11-21T09:00:00Z";
const TODAY: Date = date(2026, 11, 21);
const SECOND: u64 = 33_333_333_333_333;
const HOME: u64 = 22_222_222_222_222;

/// Keeps what is sent.
struct Recorder(SharedHttp, Mutex<Vec<Request<Bytes>>>);

impl Http for Recorder {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        self.1.lock().unwrap().push(request.clone());
        self.0.send(request)
    }
}

async fn over(world: &World, points: &[u64]) -> (Collector, Arc<Consents>, Arc<Recorder>) {
    let http = Arc::new(Recorder(world.simulator.http(), Mutex::default()));
    let (collector, consents) = collector_over(world, Dialect::DomoticzProxy, points, http.clone());
    give(world, &consents, points).await;
    (collector, consents, http)
}

fn world() -> World {
    World::at(NOW, |_| {})
}

#[tokio::test]
async fn two_years_are_held_exactly_and_never_faster_than_the_proxy_admits() {
    let world = world();
    let (collector, _, _) = over(&world, &[SECOND]).await;
    let summary = sync(&collector).await;
    assert!(summary.finished, "{:?}", summary.troubles);
    let (store, consumption) = (world.reader("a.db"), Direction::Consumption);
    let floor = Limits::floor(Kind::Curve, TODAY);
    let truth = true_days(&world, SECOND, consumption, floor, TODAY);
    let held = whole_curve(&store, key(SECOND, consumption, Kind::Curve));
    assert!(held == truth);
    let calls = world.simulator.calls();
    let asked: Vec<_> = calls.iter().filter(|c| c.from.is_some()).collect();
    assert!(asked.len() > 100);
    for pair in asked.windows(2) {
        let apart = pair[1].at.duration_since(pair[0].at);
        assert!(apart >= SignedDuration::from_secs(6));
    }
    assert!(
        calls.iter().all(|call| call.status != 400
            || call.usage_point.is_none()
            || call.path.contains("production")),
        "no slow_down"
    );
}

#[tokio::test]
async fn every_byte_that_the_contract_fixes_is_sent_as_it_is_fixed() {
    let world = world();
    let (collector, _, http) = over(&world, &[HOME, SECOND]).await;
    world.advance_hours(23);
    sync(&collector).await;
    let sent = http.1.lock().unwrap();
    let mut out = String::new();
    let mut shown = Vec::new();
    for request in sent.iter() {
        let path = request.uri().path().to_owned();
        let form = String::from_utf8_lossy(request.body()).into_owned();
        let what = (path.clone(), form.split('=').next().unwrap().to_owned());
        if shown.contains(&what) {
            continue;
        }
        shown.push(what);
        let query = request.uri().query().unwrap_or_default();
        writeln!(out, "{} {path}?{query}", request.method()).unwrap();
        for (name, value) in request.headers() {
            writeln!(out, "  {name}: {}", hidden(value.to_str().unwrap())).unwrap();
        }
        writeln!(out, "  {}", hidden(&form)).unwrap();
    }
    insta::assert_snapshot!(out);
}

/// Tokens are long runs of hexadecimal digits.
fn hidden(text: &str) -> String {
    let parts = text.split(['=', '&', ' ']);
    let long = parts.filter(|part| part.len() == 64);
    long.fold(text.to_owned(), |text, part| text.replace(part, "[64 hex]"))
}

#[tokio::test]
async fn each_error_of_the_proxy_and_of_enedis_leaves_the_right_thing_alone() {
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    let body = |status, error: &str, said: &str| Fault::Body {
        status,
        body: format!(r#"{{"error":"{error}","error_description":"{said}"}}"#),
    };
    let of_day = Resource::ConsumptionDaily;
    let mandatory = "Valid authentication credentials are mandatory to access the resource.";
    let mut out = String::new();
    for (what, resource, fault) in [
        (
            "no header",
            of_day,
            body(404, "Unauthorized", "Autorization missing"),
        ),
        (
            "unknown token",
            of_day,
            body(403, "Unauthorized", "Access token not found"),
        ),
        (
            "foreign usage point",
            of_day,
            body(404, "Unauthorized", "Bad access token"),
        ),
        ("too fast", of_day, body(400, "slow_down", "")),
        ("no client credentials", Resource::Token, problem("900901")),
        (
            "transport",
            of_day,
            Fault::Redirect {
                location: "http://x.example/".to_owned(),
            },
        ),
        (
            "Enedis refuses the proxy",
            of_day,
            body(200, "Unauthorized", mandatory),
        ),
        ("an old version", of_day, body(400, "version_mismatch", "")),
        ("a page", of_day, Fault::Html { status: 404 }),
        ("a firewall", of_day, Fault::Html { status: 403 }),
        ("no consent", of_day, problem("ADAM-DC-0008")),
        ("moved out", of_day, problem("ADAM-DC-0007")),
        ("wrong direction", of_day, problem("ADAM-ERR0069")),
        ("before the activation", of_day, problem("ADAM-ERR0123")),
        ("not published", of_day, problem("no_data_found")),
        ("the quota", of_day, problem("900804")),
        ("out of order", of_day, problem("technical_error")),
        (
            "a text body",
            of_day,
            Fault::Body {
                status: 500,
                body: "500 Internal Server Error".to_owned(),
            },
        ),
        ("cut short", of_day, Fault::Truncated),
        (
            "another usage point",
            of_day,
            Fault::WrongUsagePoint {
                usage_point: usage_point(HOME),
            },
        ),
    ] {
        let world = world();
        let (collector, consents, _) = over(&world, &[SECOND]).await;
        let rule = FaultRule {
            usage_point: None,
            ..FaultRule::always(usage_point(SECOND), resource, fault)
        };
        world.simulator.add_fault(rule);
        tell(&mut out, what, &collector).await;
        assert_eq!(consents.records().len(), 1, "{what}: the tokens stay");
    }
    insta::assert_snapshot!(out);
}

/// What a first sync tells, and how many calls a second one makes at once.
async fn tell(out: &mut String, what: &str, collector: &Collector) {
    let summary = sync(collector).await;
    writeln!(out, "{what} ({} calls)", summary.calls).unwrap();
    out.push_str(&told(&summary));
    writeln!(out, "  then {} calls", sync(collector).await.calls).unwrap();
}

#[tokio::test]
async fn a_refusal_that_makes_the_plugin_forget_its_consent_costs_us_nothing() {
    let world = world();
    let (collector, consents, _) = over(&world, &[SECOND]).await;
    sync(&collector).await;
    world
        .simulator
        .set_standing(usage_point(SECOND), Standing::Revoked);
    world.advance_hours(24);
    assert_eq!(
        sync(&collector).await.troubles[0].problem,
        Problem::NoConsent
    );
    let consented = Standing::Consented;
    world.simulator.set_standing(usage_point(SECOND), consented);
    world.advance_hours(25);
    let healed = sync(&collector).await;
    assert!(healed.finished, "{:?}", healed.troubles);
    assert_eq!(consents.records().len(), 1);
}
