//! Two sources for one usage point: the second fills what the first lacks, and
//! where they differ the first is right.

use std::sync::Arc;

use collector::consents::Dialect;
use collector::trust::Trust;
use collector::{Collector, DataConnect};
use enedis::{Generation, Limits};
use jiff::civil::date;
use ledger::NoticeKind;
use meter::{Direction, Kind};
use simulator::Simulator;

use crate::consented::{collector_over, give};
use crate::world::{World, key, sync, true_days, usage_point, whole_curve};

const NOW: &str = "2026-11-21T11:00:00Z";
const HOME: u64 = 33_333_333_333_333;

/// The gateway first, then Enedis itself, perhaps another world's.
async fn pair(world: &World, enedis: &Simulator) -> [Collector; 2] {
    let http = world.simulator.http();
    let (mut first, consents) = collector_over(world, Dialect::Rfc, &[HOME], http);
    give(world, &consents, &[HOME]).await;
    let names = vec!["gateway".to_owned(), "enedis".to_owned()];
    first.wishes.trust = Trust::of([(usage_point(HOME), names)]);
    let second = Collector {
        source: pair_source(enedis, world),
        ..first.clone()
    };
    [first, second]
}

/// Enedis itself, perhaps another world's, on the clock of this one.
fn pair_source(enedis: &Simulator, world: &World) -> Arc<DataConnect> {
    let client = world.client_of(enedis, Generation::V2026);
    Arc::new(DataConnect::new("enedis", client))
}

/// Another world: other readings for the same usage point.
fn another(world: &World) -> Simulator {
    let mut options = simulator::Options::new(Arc::new(world.clock.clone()));
    options.pacing_and_quotas = false;
    options.seed = 8;
    Simulator::new(options)
}

/// Two sources that have told different things.
async fn apart(world: &World) -> [Collector; 2] {
    let [first, second] = pair(world, &another(world)).await;
    sync(&first).await;
    world.advance_hours(72);
    sync(&second).await;
    [first, second]
}

fn world(seed: u64) -> World {
    World::at(NOW, |options| {
        options.pacing_and_quotas = false;
        options.seed = seed;
    })
}

fn differs(world: &World) -> Option<String> {
    let notices = world.reader("a.db").notices().unwrap();
    let one = notices
        .into_iter()
        .find(|notice| notice.kind == NoticeKind::SourcesDiffer);
    one.and_then(|notice| notice.detail)
}

#[tokio::test]
async fn a_source_whose_consent_is_gone_is_replaced_by_the_next_one() {
    let world = world(7);
    let [first, second] = pair(&world, &world.simulator).await;
    sync(&first).await;
    world.simulator.withdraw_grants();
    for _ in 0..4 {
        world.advance_hours(24);
        assert!(!sync(&first).await.finished);
        sync(&second).await;
    }
    let today = date(2026, 11, 25);
    let (store, way) = (world.reader("a.db"), Direction::Consumption);
    let from = Limits::floor(Kind::Curve, date(2026, 11, 21));
    let truth = true_days(&world, HOME, way, from, today);
    let held = whole_curve(&store, key(HOME, way, Kind::Curve));
    assert!(held == truth, "{} of {}", held.len(), truth.len());
    assert_eq!(differs(&world), None);
}

#[tokio::test]
async fn what_differs_is_told_and_the_more_trusted_stays() {
    let world = world(7);
    let [first, second] = pair(&world, &another(&world)).await;
    sync(&first).await;
    let curve = key(HOME, Direction::Consumption, Kind::Curve);
    let before = whole_curve(&world.reader("a.db"), curve);
    world.advance_hours(72);
    // The second is asked while the first sleeps, and reads days of the first again.
    sync(&second).await;
    let store = world.reader("a.db");
    let held = whole_curve(&store, curve);
    assert_eq!(held[..before.len()], before[..], "what was told stays");
    assert!(held.len() > before.len(), "what was lacking is filled");
    let detail = differs(&world).unwrap();
    assert!(detail.contains("gateway ≠ enedis"), "{detail}");
    // The first one speaks again: within the calls that it makes anyway, it takes
    // the place of what the second filled.
    let filled = date(2026, 11, 22);
    let whose = || {
        let kinds = [Kind::Curve, Kind::Daily, Kind::Maximum].into_iter();
        let store = world.reader("a.db");
        let told = kinds.map(|kind| {
            let key = key(HOME, Direction::Consumption, kind);
            store.days(key, filled, date(2026, 11, 23)).unwrap()[0]
                .source
                .clone()
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(whose(), ["enedis"; 3]);
    let calls = || world.simulator.calls().len();
    let before = calls();
    for _ in 0..8 {
        world.advance_hours(24);
        assert!(sync(&first).await.finished);
    }
    assert_eq!(whose(), ["gateway"; 3]);
    let daily = calls() - before;
    assert!(daily <= 8 * 2 + 3, "{daily} calls for eight days");
    let truth = true_days(
        &world,
        HOME,
        Direction::Consumption,
        filled,
        date(2026, 11, 23),
    );
    let held = world.reader("a.db").curve(
        curve,
        meter::paris::day_start(filled),
        meter::paris::day_end(filled),
    );
    assert!(held.unwrap() == truth, "what the first says is held");
}

#[tokio::test]
async fn a_difference_is_taken_back_once_the_sources_agree() {
    let world = world(7);
    let [_, second] = apart(&world).await;
    assert!(differs(&world).is_some());
    // From here on the second one tells the same as the first.
    let agreeing = Collector {
        source: pair_source(&world.simulator, &world),
        ..second
    };
    world.advance_hours(24);
    sync(&agreeing).await;
    assert_eq!(differs(&world), None);
}

#[tokio::test]
async fn a_difference_that_nobody_finds_again_is_over_after_a_month() {
    let world = world(7);
    let [first, _] = apart(&world).await;
    let mut days = 0;
    while differs(&world).is_some() {
        days += 1;
        // Registers are read every four weeks: there it is found once more.
        assert!(days < 28 + 35, "it stands for ever");
        world.advance_hours(24);
        sync(&first).await;
    }
    assert!(days > 29, "over after {days} days");
}
