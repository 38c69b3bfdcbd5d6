//! A year of daily life: days late, very late and never published, an outage, a
//! withdrawn consent, both clock changes. At the end every day that Enedis ever
//! published is held as it is, and every other day says why.

use enedis::Generation;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use ledger::DayState;
use meter::{Direction, Kind, curve, paris};
use simulator::profile::Standing;
use simulator::{Fault, FaultRule, customers};

use crate::held::states;
use crate::world::{World, key, sync, usage_point, whole_curve};

const HOME: u64 = 33_333_333_333_333;
const FIRST: Date = date(2026, 11, 21);
const LAST: Date = date(2027, 11, 21);

/// Hours of the local day at which a daemon looks; calls are made at few of them.
const LOOKS: [i8; 7] = [3, 8, 9, 11, 15, 16, 23];

#[tokio::test]
async fn every_day_that_was_ever_published_is_held_and_every_other_says_why() {
    let points = [HOME, customers::DIFFICULT];
    let world = World::at("2026-11-21T11:00:00Z", |options| {
        options.pacing_and_quotas = false;
    });
    let collector = world.collector("a.db", Generation::V2026, &points);
    sync(&collector).await;
    for day in paris::days(FIRST, LAST) {
        happen(&world, day);
        for hour in LOOKS {
            let local = day.at(hour, 30, 0, 0);
            let paris::Instants::One(now) = paris::instants(local) else {
                continue;
            };
            world.clock.set(now);
            let before = collector.source.calls();
            sync(&collector).await;
            let night = !(6..22).contains(&hour);
            let calls = collector.source.calls() - before;
            assert!(!night || calls == 0, "{calls} calls on {day} at {hour} h");
        }
    }
    let store = world.reader("a.db");
    let now = world.simulator.now();
    for number in points {
        let truth = world.simulator.truth(usage_point(number)).unwrap();
        let series = key(number, Direction::Consumption, Kind::Curve);
        let held = whole_curve(&store, series);
        let states = states(&store, series);
        let days: std::collections::BTreeMap<Date, _> = curve::by_day(&held)
            .map(|day| (day.day, day.intervals))
            .collect();
        let mut published = 0;
        for day in paris::days(FIRST, paris::add_days(LAST, -1)) {
            let there = truth.collected_day(Direction::Consumption, day);
            let came = truth
                .published_at(Direction::Consumption, Kind::Curve, day)
                .is_some_and(|at| at + SignedDuration::from_hours(24) <= now);
            let held = days.get(&day).copied().unwrap_or_default();
            if (came && !there.is_empty()) || !held.is_empty() {
                published += 1;
                assert_eq!(held, there, "{number} {day}");
            } else {
                let state = states.get(&day);
                assert!(
                    matches!(state, Some(DayState::AbsentAtSource | DayState::Awaited)),
                    "{number} {day}: {state:?}"
                );
            }
        }
        assert!(
            published > 300,
            "{number}: {published} days were ever published"
        );
    }
}

/// What befalls the household and Enedis on some days.
fn happen(world: &World, day: Date) {
    let simulator = &world.simulator;
    if day == date(2027, 1, 10) {
        for resource in [
            simulator::Resource::ConsumptionCurve,
            simulator::Resource::ConsumptionDaily,
        ] {
            let page = Fault::Html { status: 503 };
            simulator.add_fault(FaultRule::always(usage_point(HOME), resource, page));
        }
    }
    if day == date(2027, 1, 24) {
        simulator.clear_faults();
    }
    if day == date(2027, 4, 2) {
        simulator.set_standing(usage_point(HOME), Standing::Revoked);
    }
    if day == date(2027, 5, 20) {
        simulator.set_standing(usage_point(HOME), Standing::Consented);
    }
}
