//! conso.boris.sh as a source: the truth, every refusal, and never a ban.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use collector::{Collector, ConsoApi, Source, Tokens, conso_api};
use enedis::{Generation, Limits, Problem, QuotaKind};
use http::{Request, Response};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use ledger::DayState;
use meter::{Direction, Kind, paris};
use service::clock::BoxFuture;
use service::{Http, HttpError, SharedHttp};
use simulator::profile::Standing;
use simulator::{Fault, FaultRule, Resource, conso_api as stand_in};

use crate::held::{assert_true, noted, states, told};
use crate::world::{World, key, sync, usage_point, whole_curve};

const NOW: &str = "2026-11-21T11:00:00Z";
const TODAY: Date = date(2026, 11, 21);
const HOME: u64 = 22_222_222_222_222;
const SECOND: u64 = 33_333_333_333_333;

fn source(world: &World, http: SharedHttp, points: &[u64]) -> ConsoApi {
    let points: Vec<_> = points.iter().map(|n| usage_point(*n)).collect();
    let token = stand_in::token(&points, world.simulator.now());
    let base = format!("http://127.0.0.1{}", stand_in::PATH);
    let tokens = Tokens {
        common: Some(token.into()),
        own: BTreeMap::new(),
    };
    let clock = Arc::new(world.clock.clone());
    ConsoApi::new("conso", http, clock, base.parse().unwrap(), tokens)
}

fn collector(world: &World, points: &[u64]) -> Collector {
    let source = source(world, world.simulator.http(), points);
    Collector {
        source: Arc::new(source),
        ..world.collector("a.db", Generation::V5, points)
    }
}

fn until_of(problem: &Problem) -> Timestamp {
    match problem {
        Problem::Quota {
            kind: QuotaKind::Own,
            until: Some(until),
        } => *until,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn two_years_are_held_exactly_within_three_days_without_a_ban() {
    let world = World::at(NOW, |_| {});
    let collector = collector(&world, &[HOME]);
    let first = sync(&collector).await;
    let trouble = &first.troubles[0];
    assert_eq!((trouble.usage_point, trouble.series), (None, None));
    assert!(until_of(&trouble.problem) <= world.simulator.now() + conso_api::SPAN);
    assert_eq!(first.calls, u64::from(conso_api::CALLS));
    for _ in 0..72 {
        world.advance_hours(1);
        sync(&collector).await;
    }
    let store = world.reader("a.db");
    // The history has moved on meanwhile.
    let floor = Limits::floor(Kind::Curve, paris::day_of(world.simulator.now()));
    assert!(floor <= paris::add_days(Limits::floor(Kind::Curve, TODAY), 3));
    assert_true(&world, HOME, (floor, TODAY));
    let maxima = states(&store, key(HOME, Direction::Consumption, Kind::Maximum));
    assert!(maxima.len() >= 1111);
    assert!(
        world
            .simulator
            .calls()
            .iter()
            .all(|call| call.status == 200)
    );
}

#[tokio::test]
async fn a_month_of_hourly_restarts_with_two_homes_never_comes_near_the_ban() {
    let world = World::at(NOW, |_| {});
    let points = [HOME, SECOND];
    let mut collector = collector(&world, &points);
    for hour in 0..31 * 24 {
        if hour % 3 == 0 {
            // A restart: nothing is left but the ledger.
            collector.source = Arc::new(source(&world, world.simulator.http(), &points));
        }
        sync(&collector).await;
        world.advance_hours(1);
    }
    let calls = world.simulator.calls();
    let most = calls.windows(conso_api::CALLS as usize + 1);
    for some in most {
        let span = some[some.len() - 1].at.duration_since(some[0].at);
        assert!(span >= conso_api::SPAN - SignedDuration::from_secs(1));
    }
    assert!(calls.iter().all(|call| call.status != 403));
    let store = world.reader("a.db");
    for number in points {
        let states = states(&store, key(number, Direction::Consumption, Kind::Curve));
        let awaited = states.values().filter(|state| **state == DayState::Awaited);
        assert!(awaited.count() <= 2 && states.len() > 700, "{number}");
    }
}

#[tokio::test]
async fn each_refusal_is_told_apart_and_leaves_the_right_thing_alone() {
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    let of_day = Resource::ConsumptionDaily;
    let banned = Fault::Body {
        status: 403,
        body: "<html>Access denied | conso.boris.sh used Cloudflare to restrict access</html>"
            .to_owned(),
    };
    let mut out = String::new();
    for (what, resource, fault) in [
        (
            "the application's token fails",
            Resource::Token,
            problem("900901"),
        ),
        ("Enedis cannot be read", of_day, Fault::Truncated),
        ("a page of the firewall", of_day, banned),
        (
            "a page that says nothing",
            of_day,
            Fault::Html { status: 403 },
        ),
        (
            "an answer cut short",
            of_day,
            Fault::Body {
                status: 200,
                body: "{\"usage_point_id\":".to_owned(),
            },
        ),
        (
            "another usage point",
            of_day,
            Fault::WrongUsagePoint {
                usage_point: usage_point(HOME),
            },
        ),
        ("moved out", of_day, problem("ADAM-DC-0007")),
        ("no consent", of_day, problem("ADAM-DC-0008")),
        ("nothing published", of_day, problem("no_data_found")),
        ("before the activation", of_day, problem("ADAM-ERR0123")),
        ("beyond the history", of_day, problem("ADAM-ERR0125")),
        ("Enedis' quota", of_day, problem("900804")),
        ("Enedis fails", of_day, problem("technical_error")),
        (
            "no curve",
            Resource::ConsumptionCurve,
            problem("ADAM-ERR0075"),
        ),
    ] {
        let world = World::at(NOW, |options| options.pacing_and_quotas = false);
        let rule = FaultRule {
            usage_point: None,
            ..FaultRule::always(usage_point(SECOND), resource, fault)
        };
        world.simulator.add_fault(rule);
        let collector = collector(&world, &[SECOND]);
        tell(&mut out, what, &world, &collector).await;
    }
    for (what, token) in [
        ("no token for it", None),
        ("a token for another", Some(HOME)),
    ] {
        let world = World::at(NOW, |_| {});
        let mut collector = collector(&world, &[SECOND]);
        collector.source = Arc::new(match token {
            None => ConsoApi::new(
                "conso",
                world.simulator.http(),
                Arc::new(world.clock.clone()),
                "http://127.0.0.1/".parse().unwrap(),
                Tokens::default(),
            ),
            Some(other) => source(&world, world.simulator.http(), &[other]),
        });
        tell(&mut out, what, &world, &collector).await;
    }
    insta::assert_snapshot!(out);
}

/// What a first sync tells, and how many calls a second one makes at once.
async fn tell(out: &mut String, what: &str, world: &World, collector: &Collector) {
    let summary = sync(collector).await;
    writeln!(out, "{what} ({} calls)", summary.calls).unwrap();
    out.push_str(&told(&summary));
    out.push_str(&noted(world, SECOND));
    writeln!(out, "  then {} calls", sync(collector).await.calls).unwrap();
}

#[tokio::test]
async fn an_answer_about_another_usage_point_leaves_no_reading() {
    let world = World::at(NOW, |_| {});
    let other = usage_point(SECOND);
    let fault = Fault::WrongUsagePoint { usage_point: other };
    for resource in [Resource::ConsumptionDaily, Resource::ConsumptionCurve] {
        world.simulator.add_fault(FaultRule::always(
            usage_point(HOME),
            resource,
            fault.clone(),
        ));
    }
    sync(&collector(&world, &[HOME])).await;
    let store = world.reader("a.db");
    let daily = key(HOME, Direction::Consumption, Kind::Daily);
    assert!(store.daily(daily, Date::MIN, Date::MAX).unwrap().is_empty());
    assert!(whole_curve(&store, key(HOME, Direction::Consumption, Kind::Curve)).is_empty());
}

#[tokio::test]
async fn a_withdrawn_consent_discards_nothing() {
    let world = World::at(NOW, |_| {});
    let collector = collector(&world, &[SECOND]);
    sync(&collector).await;
    let curve = key(SECOND, Direction::Consumption, Kind::Curve);
    let before = whole_curve(&world.reader("a.db"), curve);
    assert!(!before.is_empty());
    world
        .simulator
        .set_standing(usage_point(SECOND), Standing::Revoked);
    world.advance_hours(24);
    let refused = sync(&collector).await;
    assert_eq!(refused.troubles[0].problem, Problem::NoConsent);
    assert_eq!(whole_curve(&world.reader("a.db"), curve), before);
}

/// Keeps what is sent.
struct Recorder(SharedHttp, Mutex<Vec<Request<Bytes>>>);

impl Http for Recorder {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        self.1.lock().unwrap().push(request.clone());
        self.0.send(request)
    }
}

#[tokio::test]
async fn a_call_says_who_we_are_and_hides_its_token() {
    let world = World::at(NOW, |_| {});
    let http = Arc::new(Recorder(world.simulator.http(), Mutex::default()));
    let source = source(&world, http.clone(), &[HOME]);
    let daily = key(HOME, Direction::Consumption, Kind::Daily);
    let (from, to) = (date(2026, 11, 20), TODAY);
    source
        .fetch(daily, collector::planner::Window { from, to })
        .await
        .unwrap();
    let sent = http.1.lock().unwrap();
    let [request] = sent.as_slice() else {
        panic!("one call")
    };
    assert_eq!(
        request.uri().path_and_query().unwrap().as_str(),
        "/conso-api/api/daily_consumption?prm=22222222222222&start=2026-11-20&end=2026-11-21"
    );
    let agent = request.headers()["user-agent"].to_str().unwrap();
    assert!(agent.starts_with("releve/"), "{agent}");
    let token = &request.headers()["authorization"];
    assert!(token.to_str().unwrap().starts_with("Bearer ey"));
    assert!(!format!("{request:?}").contains("ey"));
}
