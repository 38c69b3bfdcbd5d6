//! What appears when, and that both generations tell the same truth.

use std::collections::BTreeMap;

use enedis::Generation;
use jiff::civil::{Date, date};
use meter::{Direction, Kind, Marks, paris, stamps};
use simulator::customers::{DEMO_HOME, DEMO_SECOND, DIFFICULT};
use simulator::history_start;

use crate::support::{Client, prm, v5, v2026};

/// Its meter has holes on Tuesdays and Wednesdays.
const CLIENT_4: u64 = 42_900_589_957_123;

fn path(generation: Generation, number: u64, kind: Kind, from: Date, to: Date) -> String {
    let direction = Direction::Consumption;
    match generation {
        Generation::V5 => v5(number, direction, kind, from, to),
        Generation::V2026 => v2026(number, direction, kind, from, to),
    }
}

#[tokio::test]
async fn yesterday_appears_in_the_morning_energy_first_and_curve_later() {
    let client = Client::new().await;
    let mut seen = BTreeMap::new();
    for minutes in 0..(5 * 60) {
        let now = "2026-11-21T05:00:00Z".parse::<jiff::Timestamp>().unwrap();
        client
            .clock
            .set(now + jiff::SignedDuration::from_mins(minutes));
        for kind in [Kind::Daily, Kind::Curve] {
            let (from, to) = (date(2026, 11, 20), date(2026, 11, 21));
            let mut statuses = Vec::new();
            for generation in Generation::ALL {
                let answer = client
                    .get(&path(generation, DEMO_HOME, kind, from, to))
                    .await;
                statuses.push(answer.status);
            }
            let at = client.simulator.now();
            let published =
                client
                    .simulator
                    .published(prm(DEMO_HOME), Direction::Consumption, kind, from, at);
            assert_eq!(statuses, if published { [200, 200] } else { [404, 404] });
            if published {
                seen.entry(kind.as_str()).or_insert(paris::local(at).time());
            }
        }
    }
    let (daily, curve) = (seen["daily"], seen["curve"]);
    assert!(daily < curve, "{daily} {curve}");
    assert!((7..=8).contains(&daily.hour()) && (8..=9).contains(&curve.hour()));
}

#[tokio::test]
async fn a_window_that_is_partly_published_holds_what_there_is() {
    let client = Client::new().await;
    client.clock.set("2026-11-21T06:00:00Z".parse().unwrap());
    let (from, to) = (date(2026, 11, 18), date(2026, 11, 21));
    let answer = client
        .get(&path(Generation::V5, DEMO_HOME, Kind::Daily, from, to))
        .await;
    let points = answer.json()["meter_reading"]["interval_reading"].clone();
    let days: Vec<_> = points
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["date"].clone())
        .collect();
    assert_eq!(days, ["2026-11-18", "2026-11-19"]);
}

#[tokio::test]
async fn tuesdays_and_wednesdays_of_client_4_have_no_curve() {
    let client = Client::new().await;
    let week = (date(2026, 11, 9), date(2026, 11, 16));
    let ask = path(Generation::V5, CLIENT_4, Kind::Curve, week.0, week.1);
    let points = client.get(&ask).await.json()["meter_reading"]["interval_reading"].clone();
    assert_eq!(points.as_array().unwrap().len(), 5 * 48);
    let tuesday = path(
        Generation::V5,
        CLIENT_4,
        Kind::Curve,
        date(2026, 11, 10),
        date(2026, 11, 12),
    );
    assert_eq!(client.get(&tuesday).await.code(), "404 no_data_found");
}

/// Every curve window of the whole history, over both generations.
#[tokio::test]
async fn two_years_of_curves_are_the_truth_in_both_generations() {
    let client = Client::new().await;
    let today = date(2026, 11, 21);
    for number in [DEMO_HOME, DEMO_SECOND, DIFFICULT] {
        let truth = client.simulator.truth(prm(number)).unwrap();
        let mut from = history_start(Kind::Curve, today);
        while from < today {
            let to = paris::add_days(from, 7).min(today);
            let expected: Vec<_> = paris::days(from, to)
                .filter(|day| {
                    let at = truth.published_at(Direction::Consumption, Kind::Curve, *day);
                    at.is_some_and(|at| at <= client.simulator.now())
                })
                .flat_map(|day| truth.collected_day(Direction::Consumption, day))
                .collect();
            for generation in Generation::ALL {
                let answer = client
                    .get(&path(generation, number, Kind::Curve, from, to))
                    .await;
                assert_eq!(answer.status, 200, "{}", answer.body);
                let curve = enedis::decode_curve(generation, answer.body.as_bytes()).unwrap();
                let resolved = stamps::resolve(&curve.points, Marks::End);
                assert_eq!(resolved.doubts, [], "{from}");
                assert_eq!(resolved.intervals, expected, "{generation} {from}");
            }
            from = to;
        }
    }
}

#[tokio::test]
async fn three_years_of_days_come_in_one_call_and_are_the_truth() {
    let client = Client::new().await;
    let today = date(2026, 11, 21);
    let from = history_start(Kind::Daily, today);
    let truth = client.simulator.truth(prm(DEMO_HOME)).unwrap();
    for generation in Generation::ALL {
        let ask = |kind| path(generation, DEMO_HOME, kind, from, today);
        let daily = client.get(&ask(Kind::Daily)).await;
        let daily = enedis::decode_daily(generation, daily.body.as_bytes()).unwrap();
        assert_eq!(daily.days.len(), 1111);
        for day in daily.days {
            let truth = truth.daily_wh(Direction::Consumption, day.day);
            assert_eq!(day.watt_hours, truth, "{}", day.day);
        }
        let maxima = client.get(&ask(Kind::Maximum)).await;
        let maxima = enedis::decode_maxima(generation, maxima.body.as_bytes()).unwrap();
        assert_eq!(maxima.maxima.len(), 1111);
        for maximum in maxima.maxima {
            assert_eq!(Some(maximum), truth.maximum(maximum.day));
        }
    }
}

#[tokio::test]
async fn registers_differ_by_the_energy_of_the_days_between() {
    let client = Client::new().await;
    let (from, to) = (date(2026, 10, 1), date(2026, 11, 1));
    let answer = client
        .get(&path(Generation::V2026, DEMO_HOME, Kind::Index, from, to))
        .await;
    let read = enedis::decode_registers(answer.body.as_bytes()).unwrap();
    let total: Vec<_> = read
        .registers
        .iter()
        .filter(|r| r.class.is_empty())
        .collect();
    let truth = client.simulator.truth(prm(DEMO_HOME)).unwrap();
    assert_eq!(total.len(), 31);
    for pair in total.windows(2) {
        let energy = truth.daily_wh(Direction::Consumption, pair[0].day);
        assert_eq!(pair[1].watt_hours - pair[0].watt_hours, energy);
    }
}

#[tokio::test]
async fn what_is_missing_is_null_in_the_difficult_points_answers() {
    let client = Client::new().await;
    let truth = client.simulator.truth(prm(DIFFICULT)).unwrap();
    let published = |day: &Date| {
        let at = truth.published_at(Direction::Consumption, Kind::Curve, *day);
        at.is_some_and(|at| at <= client.simulator.now())
    };
    let days = || paris::days(date(2024, 12, 1), date(2026, 11, 1)).filter(published);
    let collected = |day: &Date| truth.collected_day(Direction::Consumption, *day).len();
    let whole = |day: &Date| truth.curve_day(Direction::Consumption, *day).len();
    let silent = days().find(|day| collected(day) == 0).unwrap();
    let partial = days()
        .find(|day| (1..whole(day)).contains(&collected(day)))
        .unwrap();

    let to = paris::add_days(partial, 1);
    let answer = client
        .get(&path(
            Generation::V2026,
            DIFFICULT,
            Kind::Curve,
            partial,
            to,
        ))
        .await;
    let curve = enedis::decode_curve(Generation::V2026, answer.body.as_bytes()).unwrap();
    assert_eq!(curve.points.len(), collected(&partial));
    assert_eq!(curve.points.len() + curve.nulls.len(), whole(&partial));

    let (from, to) = (paris::add_days(silent, -3), paris::add_days(silent, 3));
    for (generation, null) in [
        (Generation::V2026, r#"{"v":"null","d":"DAY 00:00:00"}"#),
        (Generation::V5, r#"{"value":null,"date":"DAY 00:00:00"}"#),
    ] {
        let answer = client
            .get(&path(generation, DIFFICULT, Kind::Maximum, from, to))
            .await;
        let null = null.replace("DAY", &silent.to_string());
        assert!(answer.body.contains(&null), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_corrected_day_tells_the_new_truth_in_every_kind() {
    let client = Client::new().await;
    let truth = client.simulator.truth(prm(DEMO_HOME)).unwrap();
    let day = date(2026, 11, 10);
    let direction = Direction::Consumption;
    let ask = path(
        Generation::V2026,
        DEMO_HOME,
        Kind::Daily,
        day,
        date(2026, 11, 12),
    );
    let before = client.get(&ask).await.json()["grandeur"][0]["points"].clone();
    let register = truth.registers(direction, date(2026, 11, 11))[2].watt_hours;
    let watts = truth.curve_day(direction, day)[0].watts;

    truth.correct(direction, day, 125);
    let after = client.get(&ask).await.json()["grandeur"][0]["points"].clone();
    let value = |points: &serde_json::Value, n: usize| -> u64 {
        points[n]["v"].as_str().unwrap().parse().unwrap()
    };
    assert_eq!(value(&after, 0), value(&before, 0) + 120 * 24);
    assert_eq!(value(&after, 1), value(&before, 1));
    assert_eq!(truth.curve_day(direction, day)[0].watts, watts + 120);
    let corrected = truth.registers(direction, date(2026, 11, 11))[2].watt_hours;
    assert_eq!(corrected, register + 120 * 24);
}
