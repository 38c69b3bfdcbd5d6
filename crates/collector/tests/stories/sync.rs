//! The main job: from a simulated Enedis to an exact history.

use collector::Patience;
use enedis::{Generation, Limits, Problem};
use jiff::civil::{Date, date};
use ledger::DayState;
use meter::{Direction, Interval, Kind, WattMinutes, curve, paris};
use simulator::customers;

use crate::held::states;
use crate::world::{World, key, sync, true_days, usage_point, whole_curve};

const NOW: &str = "2026-11-21T11:00:00Z";
const TODAY: Date = date(2026, 11, 21);
const DEMO: [u64; 2] = [22_222_222_222_222, 33_333_333_333_333];

#[tokio::test]
async fn three_years_are_held_exactly_and_daily_energies_equal_the_curve() {
    let world = World::at(NOW, |_| {});
    let collector = world.collector("a.db", Generation::V2026, &DEMO);
    let summary = sync(&collector).await;
    assert_eq!(summary.troubles, []);
    assert!(summary.finished);
    let store = world.reader("a.db");
    let floor = Limits::floor(Kind::Curve, TODAY);
    for (number, direction) in [
        (DEMO[0], Direction::Consumption),
        (DEMO[0], Direction::Production),
        (DEMO[1], Direction::Consumption),
    ] {
        let held = whole_curve(&store, key(number, direction, Kind::Curve));
        assert_eq!(held, true_days(&world, number, direction, floor, TODAY));
        let daily = store
            .daily(key(number, direction, Kind::Daily), Date::MIN, Date::MAX)
            .unwrap();
        assert_eq!(daily.len(), 1111, "36 months and 15 days");
        let mut compared = 0;
        for day in curve::by_day(&held) {
            assert_eq!(day.energy(), WattMinutes::from_watt_hours(daily[&day.day]));
            compared += 1;
        }
        assert_eq!(compared, 745, "24 months and 15 days");
    }
    let production = key(DEMO[1], Direction::Production, Kind::Daily);
    assert!(
        states(&store, production).is_empty(),
        "nobody asked a consumer for production"
    );
}

#[tokio::test]
async fn both_generations_give_the_same_readings_and_day_states() {
    let world = World::at(NOW, |_| {});
    let v2 = world.collector("v2.db", Generation::V2026, &DEMO);
    let v5 = world.collector("v5.db", Generation::V5, &DEMO);
    sync(&v2).await;
    sync(&v5).await;
    let (v2, v5) = (world.reader("v2.db"), world.reader("v5.db"));
    for number in DEMO {
        for direction in Direction::ALL {
            let of = |kind| key(number, direction, kind);
            assert_eq!(
                whole_curve(&v2, of(Kind::Curve)),
                whole_curve(&v5, of(Kind::Curve))
            );
            let daily = |store: &ledger::Store| store.daily(of(Kind::Daily), Date::MIN, Date::MAX);
            assert_eq!(daily(&v2).unwrap(), daily(&v5).unwrap());
            let maxima =
                |store: &ledger::Store| store.maxima(of(Kind::Maximum), Date::MIN, Date::MAX);
            assert_eq!(maxima(&v2).unwrap(), maxima(&v5).unwrap());
            for kind in [Kind::Curve, Kind::Daily, Kind::Maximum] {
                assert_eq!(states(&v2, of(kind)), states(&v5, of(kind)), "{kind}");
            }
        }
    }
}

#[tokio::test]
async fn a_second_sync_asks_nothing_and_writes_nothing() {
    let world = World::at(NOW, |_| {});
    let collector = world.collector("a.db", Generation::V2026, &DEMO);
    sync(&collector).await;
    let again = sync(&collector).await;
    assert_eq!(
        (again.calls, again.written.rows(), again.written.days),
        (0, 0, 0)
    );
    // The next day: one call for each curve, and one more token.
    world.advance_hours(24);
    let next_day = sync(&collector).await;
    let curves = 3;
    assert_eq!(next_day.calls, curves + 1);
    assert_eq!(next_day.written.revised, 0);
    let intervals = 48 * 3;
    assert_eq!(next_day.written.inserted, intervals);
}

#[tokio::test]
async fn each_autumn_style_is_held_exactly_or_reported_partial() {
    for style in [
        simulator::AutumnStyle::InOrder,
        simulator::AutumnStyle::Mislabelled,
        simulator::AutumnStyle::Dropped,
    ] {
        let world = World::at(NOW, |options| options.autumn = style);
        let collector = world.collector("a.db", Generation::V2026, &DEMO[1..]);
        sync(&collector).await;
        let store = world.reader("a.db");
        let series = key(DEMO[1], Direction::Consumption, Kind::Curve);
        let autumn = date(2026, 10, 25);
        let held = store
            .curve(series, paris::day_start(autumn), paris::day_end(autumn))
            .unwrap();
        let truth = true_days(
            &world,
            DEMO[1],
            Direction::Consumption,
            autumn,
            paris::add_days(autumn, 1),
        );
        let record = &store
            .days(series, autumn, paris::add_days(autumn, 1))
            .unwrap()[0];
        if style == simulator::AutumnStyle::Dropped {
            assert_eq!((record.state, held.len()), (DayState::Partial, 46));
            assert_eq!(record.reason.as_deref(), Some("repeated-hour"));
            assert!(held.iter().all(|interval| truth.contains(interval)));
        } else {
            assert_eq!(
                (record.state, held.len()),
                (DayState::Complete, 50),
                "{style:?}"
            );
            assert_eq!(held, truth);
        }
    }
}

#[tokio::test]
async fn every_kind_of_usage_point_ends_and_every_day_says_why() {
    let world = World::at(NOW, |options| options.pacing_and_quotas = false);
    let (_, profiles) = customers::built_in();
    for generation in Generation::ALL {
        for profile in &profiles {
            let number = profile.usage_point.as_u64();
            let file = format!("{generation}-{number}.db");
            let collector = world.collector(&file, generation, &[number]);
            sync(&collector).await;
            let again = sync(&collector).await;
            assert_eq!(again.written.rows(), 0, "{generation} {number}");
            check_against_truth(&world, &file, number);
        }
    }
}

/// Everything held is true, and every day that the truth could fill is filled.
fn check_against_truth(world: &World, file: &str, number: u64) {
    let store = world.reader(file);
    let truth = world.simulator.truth(usage_point(number)).unwrap();
    for direction in Direction::ALL {
        let series = key(number, direction, Kind::Curve);
        let held = whole_curve(&store, series);
        let states = states(&store, series);
        for day in curve::by_day(&held) {
            let there = truth.collected_day(direction, day.day);
            assert!(
                day.intervals
                    .iter()
                    .all(|interval: &Interval| there.contains(interval)),
                "{file} {direction} {}",
                day.day
            );
            assert_eq!(
                states[&day.day] == DayState::Complete,
                day.is_complete(),
                "{file} {}",
                day.day
            );
        }
        for (day, state) in &states {
            let published = truth
                .published_at(direction, Kind::Curve, *day)
                .is_some_and(|at| at <= world.simulator.now());
            if published && !truth.collected_day(direction, *day).is_empty() {
                assert!(
                    matches!(state, DayState::Complete | DayState::Partial),
                    "{file} {direction} {day} is {state:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_withdrawn_consent_discards_nothing_and_is_asked_again_a_day_later() {
    let world = World::at(NOW, |_| {});
    let collector = world.collector("a.db", Generation::V2026, &DEMO[1..]);
    sync(&collector).await;
    let before = whole_curve(
        &world.reader("a.db"),
        key(DEMO[1], Direction::Consumption, Kind::Curve),
    );
    world
        .simulator
        .set_standing(usage_point(DEMO[1]), simulator::profile::Standing::Revoked);
    world.advance_hours(24);
    let refused = sync(&collector).await;
    assert_eq!(refused.troubles.len(), 1);
    assert_eq!(refused.troubles[0].problem, Problem::NoConsent);
    assert_eq!(sync(&collector).await.calls, 0, "left alone for a day");
    world.simulator.set_standing(
        usage_point(DEMO[1]),
        simulator::profile::Standing::Consented,
    );
    world.advance_hours(25);
    let back = sync(&collector).await;
    assert_eq!(back.troubles, []);
    let after = whole_curve(
        &world.reader("a.db"),
        key(DEMO[1], Direction::Consumption, Kind::Curve),
    );
    assert!(after.len() > before.len() && after.ends_with(&after[before.len()..]));
    assert_eq!(after[..before.len()], before);
}

#[tokio::test]
async fn a_person_who_has_cured_something_need_not_wait_and_a_quota_is_waited_for_all_the_same() {
    let world = World::at(NOW, |_| {});
    let mut collector = world.collector("a.db", Generation::V2026, &DEMO[1..]);
    let point = usage_point(DEMO[1]);
    world
        .simulator
        .set_standing(point, simulator::profile::Standing::Revoked);
    let refused = sync(&collector).await;
    let problems: Vec<_> = refused.troubles.iter().map(|t| &t.problem).collect();
    assert_eq!(problems, [&Problem::ServicesAbsent, &Problem::NoConsent]);
    world
        .simulator
        .set_standing(point, simulator::profile::Standing::Consented);
    assert_eq!(sync(&collector).await.calls, 0, "by itself it waits a day");
    collector.patience = Patience::Tries;
    let cured = sync(&collector).await;
    assert!(cured.finished && cured.written.inserted > 35_000);

    world.advance_hours(24);
    world.simulator.add_fault(simulator::FaultRule::always(
        point,
        simulator::Resource::ConsumptionDaily,
        simulator::Fault::Problem {
            code: "900804".to_owned(),
            text: String::new(),
        },
    ));
    assert_eq!(sync(&collector).await.troubles.len(), 1);
    assert_eq!(sync(&collector).await.calls, 0, "nobody can cure a quota");
}

#[tokio::test]
async fn a_refusal_of_days_before_the_consent_ends_in_few_calls_and_takes_nothing_away() {
    let world = World::at(NOW, |options| options.pacing_and_quotas = false);
    let collector = world.collector("a.db", Generation::V5, &DEMO[1..]);
    sync(&collector).await;
    let series = key(DEMO[1], Direction::Consumption, Kind::Curve);
    let before = whole_curve(&world.reader("a.db"), series);
    world.advance_hours(24);
    for resource in [
        simulator::Resource::ConsumptionCurve,
        simulator::Resource::ConsumptionDaily,
        simulator::Resource::ConsumptionMaximum,
    ] {
        let fault = simulator::Fault::Problem {
            code: "ADAM-DC-0009".to_owned(),
            text: String::new(),
        };
        let rule = simulator::FaultRule::always(usage_point(DEMO[1]), resource, fault);
        world.simulator.add_fault(rule);
    }
    let refused = sync(&collector).await;
    assert!(refused.calls < 40, "{} calls", refused.calls);
    assert_eq!(whole_curve(&world.reader("a.db"), series), before);
    world.advance_hours(1);
    assert!(
        sync(&collector).await.calls < 5,
        "and it is not begun again"
    );
}

#[tokio::test]
async fn contracts_that_never_answer_do_not_keep_readings_back() {
    let world = World::at(NOW, |options| options.pacing_and_quotas = false);
    let collector = world.collector("a.db", Generation::V2026, &DEMO[1..]);
    for resource in [
        simulator::Resource::Contract,
        simulator::Resource::Synthesis,
        simulator::Resource::Meter,
    ] {
        let page = simulator::Fault::Html { status: 404 };
        let rule = simulator::FaultRule::always(usage_point(DEMO[1]), resource, page);
        world.simulator.add_fault(rule);
    }
    sync(&collector).await;
    let series = key(DEMO[1], Direction::Consumption, Kind::Curve);
    assert_eq!(whole_curve(&world.reader("a.db"), series).len(), 35_760);
}

#[tokio::test]
async fn what_a_file_lacked_is_asked_of_the_source() {
    let world = World::at(NOW, |_| {});
    let collector = world.collector("a.db", Generation::V2026, &DEMO[1..]);
    let series = key(DEMO[1], Direction::Consumption, Kind::Curve);
    let day = date(2025, 6, 1);
    let truth = true_days(
        &world,
        DEMO[1],
        Direction::Consumption,
        day,
        paris::add_days(day, 1),
    );
    let path = world.dir.path().join("export.csv");
    let row = |interval: &Interval| format!("{};{}", interval.end(), interval.watts);
    let rows: Vec<String> = truth[..40].iter().map(row).collect();
    let head =
        "Identifiant PRM;Type de donnees\n33333333333333;Courbe de charge\nHorodate;Valeur\n";
    std::fs::write(&path, [head, &rows.join("\n"), "\n"].concat()).unwrap();
    let file = collector::import::read_classic(&path).unwrap();
    let whose = (usage_point(DEMO[1]), Direction::Consumption);
    let now = world.simulator.now();
    let imported = collector
        .ledger
        .call(move |store| collector::import::keep(store, &file, whose, now))
        .await
        .unwrap();
    assert_eq!((imported.points, imported.days_partial), (40, 1));
    sync(&collector).await;
    let days = states(&world.reader("a.db"), series);
    assert_eq!(days[&day], DayState::Complete);
}

#[tokio::test]
async fn totals_are_asked_every_day_once_the_end_of_the_consent_is_near() {
    let world = World::at(NOW, |options| options.pacing_and_quotas = false);
    let collector = world.collector("a.db", Generation::V2026, &DEMO[..1]);
    sync(&collector).await;
    let totals = key(DEMO[0], Direction::Consumption, Kind::Daily);
    let asked = || {
        let today = meter::paris::day_of(world.simulator.now());
        let series = Some((totals.direction, totals.kind));
        let store = world.reader("a.db");
        store
            .calls_of_day(totals.usage_point, series, today)
            .unwrap()
            > 0
    };
    let now = world.simulator.now();
    let end = now + jiff::SignedDuration::from_hours(24 * 28);
    let point = ledger::Concerned::point("enedis", totals.usage_point);
    let given = ledger::Notice::new(point, ledger::NoticeKind::ConsentGiven, now).until(end);
    let write = move |store: &mut ledger::Store| store.set_notice(&given);
    collector.ledger.call(write).await.unwrap();
    let mut days = Vec::new();
    for _ in 0..28 {
        world.advance_hours(24);
        sync(&collector).await;
        days.push(asked());
    }
    let often = |days: &[bool]| days.iter().filter(|asked| **asked).count();
    assert!(often(&days[..19]) <= 4, "{days:?}");
    assert_eq!(often(&days[20..27]), 7, "{days:?}");
}
