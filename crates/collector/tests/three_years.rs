//! Three years of daily life: clock changes, late and corrected days, outages,
//! quotas, both generations, a consent taken back, new panels, a new meter, a
//! move. At the end the ledger equals the truth for every day that Enedis ever
//! published, and every other day says why. And what all that costs in calls.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

#[path = "stories/generations.rs"]
mod generations;
#[expect(dead_code, reason = "the other stories hold more to be true")]
#[path = "stories/held.rs"]
mod held;
#[path = "../testing/life.rs"]
mod life;
#[expect(dead_code, reason = "the other stories ask more of a world")]
#[path = "stories/world.rs"]
mod world;

use std::collections::BTreeMap;

use collector::verdict::STANDINGS;
use collector::{Patience, Scope, Wishes};
use enedis::Generation;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use ledger::{DayState, SeriesKey, Store};
use meter::{Direction, Interval, Kind, curve, paris};
use simulator::{Mode, Resource, customers};

use crate::generations::switching;
use crate::held::states;
use crate::life::{
    FIRST, HOME, LAST, LATE, MOVED, NEW, OLD, PRODUCES, STRUCK, faults, happen, local, profiles,
};
use crate::world::{World, key, sync, usage_point, whole_curve};

/// Local times at which a daemon looks.
const LOOKS: [(i8, i8); 5] = [(7, 30), (9, 30), (10, 30), (16, 30), (23, 30)];

#[tokio::test]
async fn three_years() {
    let world = World::at("2025-11-21T11:00:00Z", |options| {
        options.pacing_and_quotas = false;
        options.mode = Mode::V5;
        options.profiles = profiles();
    });
    let mut collector = switching(&world, "a.db", &[HOME, LATE, STRUCK, OLD]);
    sync(&collector).await;
    world.simulator.clear_calls();
    let (mut calls, mut meter_days) = (0, 0);
    for day in paris::days(FIRST, LAST) {
        happen(&world.simulator, &mut collector, day);
        for (hour, minute) in LOOKS {
            world.clock.set(local(day, hour, minute));
            world.simulator.clear_faults();
            for rule in faults(day, hour) {
                world.simulator.add_fault(rule);
            }
            sync(&collector).await;
        }
        calls += calls_about_meters(&world);
        meter_days += collector.usage_points.len();
    }
    world.clock.set(local(LAST, 11, 0));
    world.simulator.clear_faults();
    collector.patience = Patience::Tries;
    sync(&collector).await;
    let calls = per_meter_day(calls, meter_days);
    eprintln!("calls per meter-day in years of faults: {calls}");
    let store = world.reader("a.db");
    let mut published = 0;
    for (number, direction, kind, since) in series() {
        published += check(&world, &store, key(number, direction, kind), since);
    }
    assert!(published > 12_000, "{published} days were ever published");
}

/// A year in which every day is published the next morning.
#[tokio::test]
async fn three_years_calls() {
    let mut told = Vec::new();
    for daily_maximum in [false, true] {
        let world = World::at("2025-11-21T11:00:00Z", |options| {
            options.pacing_and_quotas = false;
            options.profiles = vec![customers::consumer(HOME, date(2019, 3, 1))];
        });
        let mut collector = world.collector("a.db", Generation::V2026, &[HOME]);
        let scope = Scope {
            daily_maximum,
            ..Scope::default()
        };
        collector.wishes = Wishes {
            scopes: [(usage_point(HOME), scope)].into(),
            ..Wishes::default()
        };
        sync(&collector).await;
        world.simulator.clear_calls();
        let (mut calls, mut days) = (0, 0);
        for day in paris::days(date(2025, 11, 22), date(2026, 11, 22)) {
            for (hour, minute) in LOOKS {
                world.clock.set(local(day, hour, minute));
                sync(&collector).await;
            }
            calls += calls_about_meters(&world);
            days += 1;
        }
        let store = world.reader("a.db");
        let held = states(&store, key(HOME, Direction::Consumption, Kind::Curve));
        let whole = |day: Date| held.get(&day) == Some(&DayState::Complete);
        assert!(paris::days(date(2025, 11, 22), date(2026, 11, 21)).all(whole));
        told.push((per_meter_day(calls, days), calls * 100 / days));
    }
    eprintln!("calls per meter-day: {}", told[0].0);
    eprintln!("calls per meter-day with daily maxima: {}", told[1].0);
    assert!(told[0].1 <= 150, "{told:?}");
    assert!(told[1].1 <= 240, "{told:?}");
}

/// Nobody asks what the configuration leaves out, however long.
#[tokio::test]
async fn what_is_off_is_never_asked_and_a_longer_history_asks_only_what_is_missing() {
    let world = World::at("2026-11-21T11:00:00Z", |options| {
        options.pacing_and_quotas = false;
        options.profiles = vec![customers::self_consumer(HOME, date(2019, 3, 1))];
    });
    let mut collector = world.collector("a.db", Generation::V2026, &[HOME]);
    let wish = |history| Wishes {
        scopes: [(
            usage_point(HOME),
            Scope {
                kinds: [Kind::Curve].into(),
                directions: [Direction::Consumption].into(),
                history: Some(history),
                daily_maximum: false,
            },
        )]
        .into(),
        ..Wishes::default()
    };
    collector.wishes = wish(30);
    sync(&collector).await;
    let series = key(HOME, Direction::Consumption, Kind::Curve);
    let held = || {
        let days = states(&world.reader("a.db"), series);
        (days.keys().next().copied(), days.len())
    };
    assert_eq!(held(), (Some(date(2026, 10, 22)), 30));
    world.simulator.clear_calls();
    collector.wishes = wish(100);
    sync(&collector).await;
    assert_eq!(held(), (Some(date(2026, 8, 13)), 100));
    let calls = world.simulator.calls();
    let asked = |call: &simulator::Call| call.to.as_deref() > Some("2026-10-22");
    assert_eq!(calls.len(), 10, "{calls:?}");
    assert!(!calls.iter().any(asked), "nothing that is held is asked");
    collector.wishes = wish(10);
    assert_eq!(sync(&collector).await.calls, 0);
    assert_eq!(held().1, 100, "what is held stays");
    let measures: Vec<Resource> = world
        .simulator
        .calls()
        .iter()
        .filter(|call| call.from.is_some())
        .filter_map(|call| call.resource)
        .collect();
    let off = |resource: &Resource| *resource != Resource::ConsumptionCurve;
    assert!(!measures.iter().any(off), "{measures:?}");
}

/// Everything that is compared: its usage point, and since when it is there.
fn series() -> Vec<(u64, Direction, Kind, Date)> {
    let mut all = Vec::new();
    for number in [HOME, LATE, STRUCK, OLD, NEW] {
        for kind in [Kind::Curve, Kind::Daily, Kind::Maximum] {
            let since = if number == NEW { MOVED } else { FIRST };
            all.push((number, Direction::Consumption, kind, since));
        }
    }
    for kind in [Kind::Curve, Kind::Daily] {
        all.push((HOME, Direction::Production, kind, PRODUCES));
    }
    all
}

/// Compares every day of a series; how many were published.
fn check(world: &World, store: &Store, key: SeriesKey, since: Date) -> usize {
    let truth = world.simulator.truth(key.usage_point).unwrap();
    let (states, held) = (states(store, key), Held::read(store, key));
    for record in store.days(key, Date::MIN, Date::MAX).unwrap() {
        let standing = (record.state, record.reason.as_deref());
        assert!(STANDINGS.contains(&standing), "{key:?} {record:?}");
    }
    let problem = store.note(key).unwrap().problem;
    let now = world.simulator.now();
    let moved_out = key.usage_point == usage_point(OLD);
    let mut published = 0;
    for day in paris::days(since, LAST) {
        let what = format!("{key:?} {day}");
        let at = truth.published_at(key.direction, key.kind, day);
        let came = at.is_some_and(|at| at + SignedDuration::from_hours(24) <= now);
        // Totals and maxima wait for their week; the curve never does.
        let batch = if key.kind == Kind::Curve { 0 } else { -7 };
        let until = local(paris::add_days(MOVED, batch), 0, 0);
        let refused = moved_out && at.is_none_or(|at| at >= until);
        if came && !refused {
            published += 1;
            held.assert_true(&truth, key, day, &what);
        } else {
            let state = states.get(&day);
            let says = matches!(
                state,
                Some(DayState::AbsentAtSource | DayState::Awaited | DayState::Complete)
            );
            let says = says || (refused && problem.is_some());
            assert!(says, "{what}: {state:?} and {problem:?}");
        }
    }
    published
}

/// What the ledger holds of a series.
struct Held {
    curve: BTreeMap<Date, Vec<Interval>>,
    daily: BTreeMap<Date, u64>,
    maxima: BTreeMap<Date, u32>,
}

impl Held {
    fn read(store: &Store, key: SeriesKey) -> Self {
        let all = whole_curve(store, key);
        let days = curve::by_day(&all);
        let maxima = store.maxima(key, Date::MIN, Date::MAX).unwrap();
        Self {
            curve: days.map(|day| (day.day, day.intervals.to_vec())).collect(),
            daily: store.daily(key, Date::MIN, Date::MAX).unwrap(),
            maxima: maxima
                .into_iter()
                .map(|maximum| (maximum.day, maximum.volt_amperes))
                .collect(),
        }
    }

    fn assert_true(&self, truth: &simulator::Truth, key: SeriesKey, day: Date, what: &str) {
        match key.kind {
            Kind::Curve => {
                let there = truth.collected_day(key.direction, day);
                let held = self.curve.get(&day).cloned().unwrap_or_default();
                assert!(held == there, "{what}: {} of {}", held.len(), there.len());
            }
            Kind::Daily => {
                let there = truth.daily_wh(key.direction, day);
                assert_eq!(self.daily.get(&day), Some(&there), "{what}");
            }
            Kind::Maximum => {
                let there = truth.maximum(day).map(|maximum| maximum.volt_amperes);
                assert_eq!(self.maxima.get(&day).copied(), there, "{what}");
            }
            Kind::Index => {}
        }
    }
}

/// Calls about usage points; a token is everybody's.
fn calls_about_meters(world: &World) -> usize {
    let calls = world.simulator.calls();
    world.simulator.clear_calls();
    let about = calls.iter().filter(|call| call.usage_point.is_some());
    about.count()
}

fn per_meter_day(calls: usize, days: usize) -> String {
    let hundredths = (calls * 100 + days / 2) / days;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
