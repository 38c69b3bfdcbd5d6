//! Back-off lives in the ledger: neither restarts nor a clock that is a day off
//! make a call that would not have been made.

use std::sync::Arc;

use collector::consents::Dialect;
use collector::{Cadence, Collector, Patience, Wishes};
use enedis::Generation;
use jiff::civil::date;
use ledger::DayState;
use meter::{Direction, Kind, paris};
use service::Clock;
use service::dates::Dates;
use simulator::{Fault, FaultRule, Resource, customers};

use crate::consented::{collector_over, give};
use crate::held::states;
use crate::world::{World, key, sync, usage_point, whole_curve};

const HOME: u64 = 70_000_000_000_041;
const OTHER: u64 = 70_000_000_000_042;

fn world() -> World {
    World::at("2026-11-21T11:00:00Z", |options| {
        options.pacing_and_quotas = false;
        options.profiles = [HOME, OTHER]
            .map(|number| customers::consumer(number, date(2026, 9, 7)))
            .into();
    })
}

fn started(world: &World) -> Collector {
    world.collector("a.db", Generation::V2026, &[HOME, OTHER])
}

fn outage(world: &World) {
    world.simulator.add_fault(FaultRule {
        usage_point: None,
        resource: None,
        from_call: 1,
        calls: None,
        fault: Fault::Html { status: 500 },
    });
}

/// Calls of a day of outage, with so many restarts at every look.
async fn calls_of_an_outage(restarts: usize) -> usize {
    let world = world();
    sync(&started(&world)).await;
    world.advance_hours(24);
    outage(&world);
    world.simulator.clear_calls();
    let mut collector = started(&world);
    for _ in 0..10 {
        for _ in 0..restarts {
            // The ledger closes and opens with its owner; so does the token.
            drop(collector);
            collector = started(&world);
            sync(&collector).await;
        }
        sync(&collector).await;
        world.advance_hours(1);
    }
    world.simulator.calls().len()
}

#[tokio::test]
async fn a_thousand_restarts_during_an_outage_make_not_one_call_more() {
    let without = calls_of_an_outage(0).await;
    assert!(without > 5, "{without} calls");
    assert_eq!(calls_of_an_outage(100).await, without);
}

/// Enedis, and a machine whose clock is another.
fn apart() -> (World, World) {
    let enedis = world();
    let machine = World {
        dir: tempfile::tempdir().unwrap(),
        clock: service::VirtualClock::at(enedis.simulator.now()),
        simulator: enedis.simulator.clone(),
        dates: Dates::default(),
    };
    (enedis, machine)
}

/// The machine's clock is a day slow, right, a day fast, and right again.
async fn a_day_off((enedis, machine): (&World, &World), collector: &Collector) {
    sync(collector).await;
    // A token is nobody's and lasts for some hours; one that a wrong clock
    // keeps for too long is refused once, and replaced.
    let calls = || {
        let calls = enedis.simulator.calls();
        calls
            .iter()
            .filter(|call| call.usage_point.is_some() && call.status != 401)
            .count()
    };
    let before = calls();
    for hours in [-24, 24] {
        machine.advance_hours(hours);
        for _ in 0..3 {
            sync(collector).await;
        }
    }
    assert_eq!(calls(), before, "a day slow, and right again");
    machine.advance_hours(24);
    for _ in 0..5 {
        sync(collector).await;
    }
    assert_eq!(calls(), before, "today is over for us alone");
    machine.advance_hours(-24);
    for _ in 0..21 {
        sync(collector).await;
        enedis.advance_hours(1);
        machine.advance_hours(1);
    }
    assert_eq!(calls(), before, "and is not asked before its time");
    for _ in 0..12 {
        sync(collector).await;
        enedis.advance_hours(1);
        machine.advance_hours(1);
    }
    let series = key(HOME, Direction::Consumption, Kind::Curve);
    let states = states(&machine.reader("a.db"), series);
    assert_eq!(states.get(&date(2026, 11, 21)), Some(&DayState::Complete));
    let curves = collector.usage_points.len();
    assert_eq!(calls(), before + curves, "each once, and that is all");
}

#[tokio::test]
async fn a_clock_a_day_slow_or_fast_makes_no_call() {
    let (enedis, machine) = apart();
    a_day_off((&enedis, &machine), &started(&machine)).await;
}

#[tokio::test]
async fn nor_does_it_where_a_gateway_renews_the_token() {
    let (enedis, machine) = apart();
    let clock = Arc::new(machine.clock.clone());
    let http = machine.dates.over(enedis.simulator.http(), clock);
    let (collector, consents) = collector_over(&machine, Dialect::Rfc, &[HOME], http);
    give(&machine, &consents, &[HOME]).await;
    enedis.clock.set(machine.clock.now());
    a_day_off((&enedis, &machine), &collector).await;
}

#[tokio::test]
async fn a_day_that_one_answer_closed_is_asked_again_and_nothing_is_discarded() {
    let world = world();
    let mut collector = started(&world);
    // For once Enedis knows nothing of October.
    let none = Fault::Problem {
        code: "no_data_found".to_owned(),
        text: String::new(),
    };
    for resource in [Resource::ConsumptionCurve, Resource::ConsumptionDaily] {
        let rule = FaultRule::always(usage_point(HOME), resource, none.clone());
        world.simulator.add_fault(rule.times(20));
    }
    sync(&collector).await;
    let curve = key(HOME, Direction::Consumption, Kind::Curve);
    let day = date(2026, 10, 10);
    let state = || states(&world.reader("a.db"), curve).get(&day).copied();
    assert_eq!(state(), Some(DayState::AbsentAtSource));
    world.simulator.clear_faults();
    let asked_at_once = sync(&collector).await;
    assert_eq!(asked_at_once.calls, 0, "by itself it waits");
    collector.patience = Patience::Tries;
    let week = (date(2026, 10, 8), date(2026, 10, 15));
    let reopened = collector.reopen(week, false).await.unwrap();
    assert!(reopened >= 14, "{reopened}");
    sync(&collector).await;
    assert_eq!(state(), Some(DayState::Complete));
    // Everything again: the same readings, and no revision.
    let held = whole_curve(&world.reader("a.db"), curve);
    world.simulator.clear_calls();
    let all = (jiff::civil::Date::MIN, date(2026, 11, 21));
    collector.reopen(all, true).await.unwrap();
    let again = sync(&collector).await;
    assert!(world.simulator.calls().len() > 20);
    assert_eq!((again.written.revised, again.finished), (0, true));
    let after = whole_curve(&world.reader("a.db"), curve);
    assert!(held.iter().all(|interval| after.contains(interval)));
    assert_eq!(world.reader("a.db").revisions(curve).unwrap(), []);
}

/// What a quota stops goes on by itself, newest first, over restarts.
#[tokio::test]
async fn a_repair_that_a_quota_stops_goes_on_for_days() {
    let world = world();
    sync(&started(&world)).await;
    let collector = started(&world);
    let all = (jiff::civil::Date::MIN, date(2026, 11, 21));
    collector.reopen(all, true).await.unwrap();
    drop(collector);
    let spent = Fault::Problem {
        code: "900804".to_owned(),
        text: String::new(),
    };
    world.simulator.clear_calls();
    for _ in 0..40 {
        world.simulator.clear_faults();
        world.simulator.add_fault(FaultRule {
            usage_point: None,
            resource: Some(Resource::ConsumptionCurve),
            from_call: 3,
            calls: None,
            fault: spent.clone(),
        });
        let mut collector = started(&world);
        collector.wishes = Wishes {
            cadence: Cadence {
                totals: 1,
                ..Cadence::default()
            },
            ..Wishes::default()
        };
        sync(&collector).await;
        world.advance_hours(2);
    }
    let asked = world.simulator.calls();
    let firsts: Vec<&str> = asked
        .iter()
        .filter(|call| call.resource == Some(Resource::ConsumptionCurve) && call.status == 200)
        .filter_map(|call| call.from.as_deref())
        .collect();
    assert!(firsts.len() >= 20, "{firsts:?}");
    let store = world.reader("a.db");
    for number in [HOME, OTHER] {
        let series = key(number, Direction::Consumption, Kind::Curve);
        let days = store
            .days(series, date(2026, 9, 7), date(2026, 11, 21))
            .unwrap();
        let now = world.simulator.now();
        let left = days
            .iter()
            .filter(|day| day.ask_at.is_some_and(|at| at <= now));
        assert_eq!(left.count(), 0);
        assert_eq!(days.len(), 75);
    }
    assert_eq!(paris::day_of(world.simulator.now()), date(2026, 11, 24));
}
