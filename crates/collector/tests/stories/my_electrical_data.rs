//! myelectricaldata.fr as a source: the truth, every refusal, and its quota.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use collector::{Collector, MyElectricalData, Tokens, my_electrical_data};
use enedis::{ContractFacts, Generation, Limits, Problem, QuotaKind};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use ledger::DayState;
use meter::{Direction, Kind, paris};
use simulator::profile::Standing;
use simulator::{Fault, FaultRule, Resource, my_electrical_data as stand_in};

use crate::held::{assert_true, noted, states, told};
use crate::world::{World, key, sync, usage_point, whole_curve};

const NOW: &str = "2026-11-21T11:00:00Z";
const TODAY: Date = date(2026, 11, 21);
const HOME: u64 = 22_222_222_222_222;
const SECOND: u64 = 33_333_333_333_333;

fn source(world: &World, tokens: Tokens) -> MyElectricalData {
    let base = format!("http://127.0.0.1{}", stand_in::PATH);
    let clock = Arc::new(world.clock.clone());
    let http = world.simulator.http();
    MyElectricalData::new("med", http, clock, base.parse().unwrap(), tokens)
}

/// Each usage point's own token.
fn tokens(points: &[u64]) -> Tokens {
    let own = points.iter().map(|number| {
        let prm = usage_point(*number);
        (prm, stand_in::token(prm).into())
    });
    Tokens {
        common: None,
        own: own.collect(),
    }
}

fn collector(world: &World, points: &[u64]) -> Collector {
    Collector {
        source: Arc::new(source(world, tokens(points))),
        ..world.collector("a.db", Generation::V5, points)
    }
}

#[tokio::test]
async fn two_years_and_the_contract_are_held_exactly_within_a_week() {
    let world = World::at(NOW, |_| {});
    let collector = collector(&world, &[HOME]);
    let first = sync(&collector).await;
    let trouble = &first.troubles[0];
    assert_eq!(trouble.usage_point, Some(usage_point(HOME)));
    assert!(matches!(
        trouble.problem,
        Problem::Quota {
            kind: QuotaKind::Daily,
            until: Some(_)
        }
    ));
    assert_eq!(first.calls, u64::from(my_electrical_data::CALLS));
    assert_eq!(sync(&collector).await.calls, 0, "it waits");
    for _ in 0..7 * 24 {
        world.advance_hours(1);
        sync(&collector).await;
    }
    let store = world.reader("a.db");
    let floor = Limits::floor(Kind::Curve, paris::day_of(world.simulator.now()));
    assert_true(&world, HOME, (floor, TODAY));
    let contract = store.contract(usage_point(HOME)).unwrap().unwrap();
    let facts: ContractFacts = serde_json::from_value(contract.facts).unwrap();
    assert_eq!(facts.usage_point, Some(usage_point(HOME)));
    assert!(facts.subscribed_power_va.is_some());
    assert!(
        world
            .simulator
            .calls()
            .iter()
            .all(|call| call.status == 200)
    );
}

#[tokio::test]
async fn a_month_of_hourly_restarts_never_meets_the_quota_of_either_usage_point() {
    let world = World::at(NOW, |_| {});
    let points = [HOME, SECOND];
    let mut collector = collector(&world, &points);
    for _ in 0..31 * 24 {
        // A restart: nothing is left but the ledger.
        collector.source = Arc::new(source(&world, tokens(&points)));
        sync(&collector).await;
        world.advance_hours(1);
    }
    let calls = world.simulator.calls();
    assert!(calls.iter().all(|call| call.status != 409));
    let mut per_day: BTreeMap<_, u32> = BTreeMap::new();
    for call in &calls {
        let day = paris::day_of(call.at);
        *per_day.entry((call.usage_point, day)).or_default() += 1;
    }
    assert!(per_day.values().all(|calls| *calls < stand_in::QUOTA));
    let store = world.reader("a.db");
    for number in points {
        let states = states(&store, key(number, Direction::Consumption, Kind::Curve));
        let awaited = states.values().filter(|state| **state == DayState::Awaited);
        assert!(awaited.count() <= 2 && states.len() > 700, "{number}");
    }
}

#[tokio::test]
async fn only_days_that_are_settled_are_asked_of_the_gateways_cache() {
    let world = World::at(NOW, |_| {});
    let collector = collector(&world, &[SECOND]);
    for _ in 0..72 {
        sync(&collector).await;
        world.advance_hours(1);
    }
    let daily = key(SECOND, Direction::Consumption, Kind::Daily);
    let states = states(&world.reader("a.db"), daily);
    assert_eq!(states[&date(2026, 11, 22)], DayState::Complete);
    let calls = world.simulator.calls();
    let cached = |young: bool| {
        let calls = calls.iter().filter(move |call| {
            let to = call.to.as_deref().and_then(|to| to.parse::<Date>().ok());
            to.is_some_and(|to| (to > date(2026, 11, 8)) == young)
        });
        calls.filter(|call| call.path.ends_with("/cache")).count()
    };
    assert_eq!(cached(true), 0);
    assert!(cached(false) > 0);
}

#[tokio::test]
async fn each_refusal_is_told_apart_and_leaves_the_right_thing_alone() {
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    let said = |status: u16, text: &str| Fault::Body {
        status,
        body: format!(r#"{{"detail":"{text}"}}"#),
    };
    let mut out = String::new();
    for (what, fault) in [
        ("moved out", problem("ADAM-DC-0007")),
        ("no consent", problem("ADAM-DC-0008")),
        ("Enedis fails", problem("technical_error")),
        ("Enedis cannot be read", Fault::Truncated),
        (
            "the day is used up",
            said(409, "Vous avez dépassé votre quota journalier (50)"),
        ),
        ("too fast", said(429, "Too Many Requests")),
        ("no such route", said(404, "Not Found")),
        ("forbidden, and the access is valid", said(403, "Forbidden")),
        (
            "of old",
            Fault::Body {
                status: 400,
                body: r#"{"error":true,"description":"?"}"#.to_owned(),
            },
        ),
        ("a page", Fault::Html { status: 502 }),
        (
            "another usage point",
            Fault::WrongUsagePoint {
                usage_point: usage_point(HOME),
            },
        ),
    ] {
        let world = World::at(NOW, |options| options.pacing_and_quotas = false);
        let resource = Resource::ConsumptionDaily;
        world
            .simulator
            .add_fault(FaultRule::always(usage_point(SECOND), resource, fault));
        tell(&mut out, what, &world, &collector(&world, &[SECOND])).await;
    }
    let world = World::at(NOW, |_| {});
    let mut wrong = collector(&world, &[SECOND]);
    let other = Tokens {
        common: Some("med-other".to_owned().into()),
        ..Tokens::default()
    };
    wrong.source = Arc::new(source(&world, other));
    tell(&mut out, "another's token", &world, &wrong).await;
    let world = World::at(NOW, |_| {});
    world
        .simulator
        .set_standing(usage_point(SECOND), Standing::Revoked);
    let resource = Resource::ConsumptionDaily;
    let forbidden = FaultRule::always(usage_point(SECOND), resource, said(403, "Forbidden"));
    world.simulator.add_fault(forbidden);
    tell(
        &mut out,
        "forbidden, and the consent is over",
        &world,
        &collector(&world, &[SECOND]),
    )
    .await;
    insta::assert_snapshot!(out);
}

/// What a first sync tells, and how many calls a second one makes at once.
async fn tell(out: &mut String, what: &str, world: &World, collector: &Collector) {
    let summary = sync(collector).await;
    writeln!(out, "{what} ({} calls)", summary.calls).unwrap();
    out.push_str(&told(&summary));
    out.push_str(&noted(world, SECOND));
    let held = whole_curve(
        &world.reader("a.db"),
        key(SECOND, Direction::Consumption, Kind::Curve),
    );
    writeln!(
        out,
        "  {} half-hours held, then {} calls",
        held.len(),
        sync(collector).await.calls
    )
    .unwrap();
}

#[tokio::test]
async fn another_program_that_uses_the_day_up_is_noticed_and_waited_for() {
    let world = World::at(NOW, |_| {});
    let http = world.simulator.http();
    let prm = usage_point(SECOND);
    for _ in 0..stand_in::QUOTA {
        let path = format!("http://127.0.0.1{}/contracts/{prm}", stand_in::PATH);
        let request = http::Request::get(path)
            .header("authorization", stand_in::token(prm))
            .body(bytes::Bytes::new())
            .unwrap();
        world.clock.advance(SignedDuration::from_secs(1));
        http.send(request).await.unwrap();
    }
    let collector = collector(&world, &[SECOND]);
    let spent = sync(&collector).await;
    let until = None;
    let kind = QuotaKind::Daily;
    assert!(
        spent
            .troubles
            .iter()
            .all(|t| t.problem == Problem::Quota { kind, until })
    );
    assert!(spent.calls <= 2, "{} calls", spent.calls);
    for _ in 0..24 {
        world.advance_hours(1);
        sync(&collector).await;
    }
    let daily = key(SECOND, Direction::Consumption, Kind::Daily);
    assert!(!states(&world.reader("a.db"), daily).is_empty());
}
