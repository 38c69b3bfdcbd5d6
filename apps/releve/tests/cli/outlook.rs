//! When something is asked next, and what is no reason for a day to be missing.

use ledger::{Concerned, Notice, NoticeKind, SeriesNote, Store};
use meter::{Direction, Kind};
use serde_json::{Value, json};

use crate::health::{BOTH, Scene, doctor, failed, note};
use crate::house::{HOME, key, now};

/// The next calls of the home, by series.
fn next_calls(scene: &Scene) -> Vec<Value> {
    let status = scene.json();
    let series = status["usage_points"][0]["series"].as_array().unwrap();
    series.iter().map(|one| one["next_call"].clone()).collect()
}

fn given(store: &mut Store) {
    let concerned = Concerned::point("enedis", HOME.parse().unwrap());
    let given = Notice::new(concerned, NoticeKind::ConsentGiven, now());
    let end = "2029-11-20T09:00:00Z".parse().unwrap();
    store.set_notice(&given.until(end)).unwrap();
}

#[test]
fn while_nothing_is_asked_no_next_call_is_promised() {
    let stops = [
        NoticeKind::ConsentAbsent,
        NoticeKind::CodeLapsed,
        NoticeKind::ConsentRevoked,
        NoticeKind::PortalLogin,
        NoticeKind::PortalCaptcha,
        NoticeKind::PortalCookie,
    ];
    for kind in stops {
        let scene = Scene::new().notice(kind, |it| it);
        let calls = next_calls(&scene);
        assert!(calls.iter().all(Value::is_null), "{kind:?}: {calls:?}");
        assert!(!scene.told().contains("Next request"), "{kind:?}");
    }
    let scene = Scene::new().notice(NoticeKind::PortalTerms, |it| it);
    let status = scene.json();
    let yesterday = &status["usage_points"][0]["yesterday"];
    assert_eq!(yesterday["next_try"], "2026-11-21T13:00:00Z");
}

#[test]
fn the_next_call_keeps_to_the_hours_and_to_the_pause_of_the_source() {
    let night = Scene::new().at("2026-11-22T00:30:00Z");
    let open: jiff::Timestamp = "2026-11-22T05:00:00Z".parse().unwrap();
    for call in next_calls(&night) {
        let call: jiff::Timestamp = call.as_str().unwrap().parse().unwrap();
        assert!(call >= open, "{call}");
    }
    let until = "2026-11-21T17:01:00Z";
    let quota = json!({ "problem": "quota", "kind": "hourly", "until": until });
    let pause = SeriesNote {
        ask_at: Some(until.parse().unwrap()),
        ..note(&quota)
    };
    let paused = Scene::new().with(|store| {
        store.set_source_pause("enedis", Some(&pause)).unwrap();
    });
    assert_eq!(next_calls(&paused)[0], until);
}

#[test]
fn where_nothing_lacks_the_next_call_is_for_the_next_day_that_is_worth_one() {
    let day = jiff::civil::date(2026, 11, 20);
    let scene = Scene::new().with(|store| {
        let intervals = crate::house::curve(day);
        let curve = key(HOME, Direction::Consumption, Kind::Curve);
        let judge = &crate::house::judge;
        let wrote = store.write_curve(curve, &intervals, &[day], "enedis", now(), judge);
        wrote.unwrap();
        // Whatever else is open in that house is closed.
        let last = jiff::civil::date(2026, 11, 21);
        let days = store.days(curve, jiff::civil::Date::MIN, last).unwrap();
        let open = days.iter().filter(|one| one.ask_at.is_some());
        let open: Vec<_> = open.map(|one| one.day).collect();
        let closed = &|_, _| ledger::Verdict {
            state: ledger::DayState::AbsentAtSource,
            reason: None,
            ask_at: None,
        };
        store
            .write_days(curve, &open, "enedis", now(), closed)
            .unwrap();
    });
    let call: jiff::Timestamp = next_calls(&scene)[0].as_str().unwrap().parse().unwrap();
    let local = meter::paris::local(call);
    assert_eq!(local.date(), jiff::civil::date(2026, 11, 22));
    assert!((9..11).contains(&local.hour()), "{local}");
}

#[test]
fn a_renewal_that_waits_beside_a_consent_that_holds_explains_no_missing_day() {
    let scene = Scene::new().with(|store| {
        given(store);
        let waits = Concerned::source("enedis");
        let waits = Notice::new(waits, NoticeKind::ConsentWaiting, now());
        store.set_notice(&waits).unwrap();
    });
    let status = scene.json();
    let yesterday = &status["usage_points"][0]["yesterday"];
    assert_eq!(yesterday["who"], "enedis", "{yesterday}");
    assert_eq!(yesterday["next_try"], "2026-11-21T13:00:00Z");
    let found = doctor(&scene);
    assert_eq!(failed(&found), [""; 0], "{found:#}");
}

#[test]
fn sources_that_differ_explain_no_missing_day_and_the_doctor_tells_it() {
    let differ = |notice: Notice| notice.detail("2026-11-18");
    let scene = Scene::new().notice(NoticeKind::SourcesDiffer, differ);
    let status = scene.json();
    assert_eq!(status["usage_points"][0]["yesterday"]["who"], "enedis");
    let found = doctor(&scene);
    let told = found["checks"].as_array().unwrap().iter();
    let mut told = told.filter(|check| check["part"] == "source" && check["state"] == "warning");
    let told = told.next().unwrap()["said"].as_str().unwrap().to_owned();
    assert!(told.contains("2026-11-18"), "{told}");
}

#[test]
fn terms_that_enedis_wants_accepted_are_for_the_person_to_accept() {
    let scene = Scene::new().refused(&BOTH, &json!({ "problem": "terms-to-accept" }));
    let status = scene.json();
    let yesterday = &status["usage_points"][0]["yesterday"];
    assert_eq!(yesterday["who"], "you", "{yesterday}");
    assert!(yesterday["next_try"].is_string());
}

#[test]
fn a_direction_that_does_not_exist_lacks_no_day() {
    let production = key(HOME, Direction::Production, Kind::Daily);
    let scene = Scene::new().with(|store| {
        let wrong = note(&json!({ "problem": "wrong-direction" }));
        store.set_note(production, &wrong).unwrap();
    });
    let status = scene.json();
    let series = status["usage_points"][0]["series"].as_array().unwrap();
    let mut series = series.iter();
    let production = series.find(|one| one["direction"] == "production").unwrap();
    let none = json!({ "complete": 0, "expected": 0 });
    assert_eq!(production["last_365_days"], none);
}

#[test]
fn one_problem_of_two_series_is_told_once() {
    let mass = json!({ "problem": "malformed", "detail": "x" });
    let day = jiff::civil::date(2026, 11, 20);
    // Yesterday is there, so that the problem stands among the remarks.
    let scene = Scene::new().with(|store| {
        let intervals = crate::house::curve(day);
        let total = meter::DailyEnergy {
            day,
            watt_hours: crate::house::energy(&intervals),
        };
        let judge = &crate::house::judge;
        let of = |kind| key(HOME, Direction::Consumption, kind);
        let wrote = store.write_curve(of(Kind::Curve), &intervals, &[day], "enedis", now(), judge);
        wrote.unwrap();
        let wrote = store.write_daily(of(Kind::Daily), &[total], &[day], "enedis", now(), judge);
        wrote.unwrap();
    });
    let scene = scene.refused(&BOTH, &mass);
    let said = scene
        .house
        .run(&format!("--config {} --lang en status", scene.config));
    assert!(
        said.out
            .contains("consumption, curve · consumption, energy:"),
        "{}",
        said.out
    );
}
