//! The customer portal as a source: the truth, and every refusal told apart and
//! never hammered.

use std::fmt::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;

use collector::portal::{Accounts, Keys, Places, Secrets, State};
use collector::{Collector, Patience, Portal, Source};
use enedis::{Generation, Limits, Problem};
use jiff::civil::{Date, date};
use ledger::{Concerned, DayState, NoticeKind};
use meter::{Direction, Granularity, Kind, Period, paris};
use simulator::portal::{self as stand_in, Mood};
use simulator::{Fault, FaultRule, Resource};

use crate::held::{states, told};
use crate::world::{World, key, sync, true_days, usage_point, whole_curve};

const NOW: &str = "2026-11-21T11:00:00Z";
const TODAY: Date = date(2026, 11, 21);
const HOME: u64 = 22_222_222_222_222;
const SECOND: u64 = 33_333_333_333_333;
const DIFFICULT: u64 = 44_444_444_444_444;

fn secrets(cookie: &str, password: &str) -> Secrets {
    Secrets {
        login: stand_in::LOGIN.into(),
        password: password.into(),
        cookie: cookie.into(),
    }
}

fn right() -> Secrets {
    secrets(stand_in::COOKIE, stand_in::PASSWORD)
}

fn accounts(world: &World) -> Accounts {
    Accounts::of(world.dir.path(), None)
}

fn portal(world: &World, credentials: Option<PathBuf>) -> Portal {
    let base = format!("http://127.0.0.1{}", stand_in::PATH);
    let keys = Keys {
        account: "maison".to_owned(),
        data_dir: world.dir.path().to_owned(),
        credentials,
    };
    let places = Places::under(&base.parse().unwrap());
    let clock = Arc::new(world.clock.clone());
    Portal::new("compte", world.simulator.http(), clock, places, keys)
}

fn collector(world: &World, points: &[u64]) -> Collector {
    let plain = world.collector("a.db", Generation::V5, points);
    let source = portal(world, None).telling(Arc::clone(&plain.ledger));
    let source: Arc<dyn Source> = Arc::new(source);
    Collector {
        rhythm: plain.rhythm.within(source.hours()),
        source,
        ..plain
    }
}

/// As [`collector`], after a restart: nothing is left but ledger and files.
fn restart(world: &World, collector: &mut Collector) {
    let source = portal(world, None).telling(Arc::clone(&collector.ledger));
    collector.source = Arc::new(source);
}

fn notices(world: &World) -> Vec<NoticeKind> {
    let notices = world.reader("a.db").notices().unwrap();
    let ours = notices.into_iter();
    ours.filter(|notice| notice.concerned == Concerned::source("compte"))
        .map(|notice| notice.kind)
        .collect()
}

#[tokio::test]
async fn what_the_account_shows_is_held_exactly_with_its_months_and_years() {
    let world = World::at(NOW, |_| {});
    accounts(&world).write("maison", &right()).unwrap();
    let collector = collector(&world, &[HOME]);
    for _ in 0..5 * 24 {
        sync(&collector).await;
        world.advance_hours(1);
    }
    let store = world.reader("a.db");
    let floor = Limits::floor(Kind::Curve, paris::day_of(world.simulator.now()));
    for direction in Direction::ALL {
        let held = store.curve(
            key(HOME, direction, Kind::Curve),
            paris::day_start(floor),
            paris::day_start(TODAY),
        );
        let truth = true_days(&world, HOME, direction, floor, TODAY);
        assert!(held.unwrap() == truth, "{direction}");
        let total = |granularity, day| {
            let prm = usage_point(HOME);
            let total = store.source_total(prm, direction, granularity, day);
            total.unwrap().map(|total| total.watt_hours)
        };
        let truth = world.simulator.truth(usage_point(HOME)).unwrap();
        for (granularity, first) in [
            (Granularity::Month, date(2026, 10, 1)),
            (Granularity::Month, date(2025, 2, 1)),
            (Granularity::Year, date(2025, 1, 1)),
        ] {
            let days = Period::containing(granularity, first).days();
            let sum: u64 = days.map(|day| truth.daily_wh(direction, day)).sum();
            assert_eq!(total(granularity, first), Some(sum), "{direction} {first}");
        }
        // Neither the running ones, nor the year of which a part is kept.
        assert_eq!(total(Granularity::Month, date(2026, 11, 1)), None);
        assert_eq!(total(Granularity::Year, date(2026, 1, 1)), None);
        assert_eq!(total(Granularity::Year, date(2023, 1, 1)), None);
    }
    let maxima = states(&store, key(HOME, Direction::Consumption, Kind::Maximum));
    let complete = maxima.values().filter(|it| **it == DayState::Complete);
    assert!(complete.count() > 1000);
    let calls = world.simulator.calls();
    // A session is found to be over by 401, once a day at most.
    let refused: Vec<u16> = calls
        .iter()
        .map(|call| call.status)
        .filter(|status| *status >= 400)
        .collect();
    assert!(
        refused.len() <= 5 && refused.iter().all(|status| *status == 401),
        "{refused:?}"
    );
    assert_eq!(notices(&world), []);
}

#[tokio::test]
async fn both_clock_changes_are_placed_by_their_starts() {
    for now in ["2026-10-28T11:00:00Z", "2026-04-01T11:00:00Z"] {
        let world = World::at(now, |_| {});
        accounts(&world).write("maison", &right()).unwrap();
        let collector = collector(&world, &[SECOND]);
        sync(&collector).await;
        let today = paris::day_of(now.parse().unwrap());
        let from = paris::add_days(today, -7);
        let held = world.reader("a.db").curve(
            key(SECOND, Direction::Consumption, Kind::Curve),
            paris::day_start(from),
            paris::day_start(paris::add_days(today, -1)),
        );
        let direction = Direction::Consumption;
        let truth = true_days(&world, SECOND, direction, from, paris::add_days(today, -1));
        assert!(held.unwrap() == truth, "{now}");
    }
}

#[tokio::test]
async fn at_night_nobody_knocks_and_from_four_on_somebody_may() {
    let world = World::at("2026-11-21T02:30:00Z", |_| {});
    accounts(&world).write("maison", &right()).unwrap();
    let collector = collector(&world, &[SECOND]);
    assert_eq!(sync(&collector).await.calls, 0);
    world.advance_hours(1);
    assert!(sync(&collector).await.calls > 0);
}

/// What goes wrong: its name, the secrets, the portal's mood, and a fault.
type Case = (&'static str, Secrets, Mood, Option<(Resource, Fault)>);

fn cases() -> Vec<Case> {
    let door = |fault| (Resource::PortalDoor, fault);
    let html = |status| Fault::Html { status };
    let body = |status, body: &str| Fault::Body {
        status,
        body: body.to_owned(),
    };
    let usual = Mood::Usual;
    vec![
        (
            "the cookie has expired",
            secrets("an older one", stand_in::PASSWORD),
            usual,
            None,
        ),
        (
            "a wrong password",
            secrets(stand_in::COOKIE, "a guess"),
            usual,
            None,
        ),
        ("a captcha", right(), Mood::Captcha, None),
        (
            "a captcha after the password",
            right(),
            Mood::CaptchaAfterPassword,
            None,
        ),
        ("terms", right(), Mood::Terms, None),
        (
            "no collection, as the older page says it",
            right(),
            usual,
            Some((
                Resource::ConsumptionCurve,
                body(200, r#"{"etat":{"valeur":"nonActive"}}"#),
            )),
        ),
        (
            "the page fails",
            right(),
            usual,
            Some((
                Resource::ConsumptionDaily,
                body(200, r#"{"etat":{"valeur":"erreur","erreurText":"…"}}"#),
            )),
        ),
        ("another page", right(), usual, Some(door(html(200)))),
        (
            "a page that is gone",
            right(),
            usual,
            Some((Resource::PortalPerson, html(404))),
        ),
        (
            "another form",
            right(),
            usual,
            Some((Resource::PortalSignIn, body(200, r#"{"callbacks":[]}"#))),
        ),
        (
            "readings in another shape",
            right(),
            usual,
            Some((Resource::ConsumptionDaily, body(200, r#"{"conso":{}}"#))),
        ),
        (
            "to another host",
            right(),
            usual,
            Some((
                Resource::PortalPerson,
                Fault::Redirect {
                    location: "https://example.org/".to_owned(),
                },
            )),
        ),
        (
            "the session is lost at once",
            right(),
            usual,
            Some((Resource::ConsumptionDaily, Fault::Empty { status: 401 })),
        ),
        (
            "turned away",
            right(),
            usual,
            Some((Resource::PortalPerson, html(403))),
        ),
        ("out of order", right(), usual, Some(door(html(503)))),
        (
            "too many calls",
            right(),
            usual,
            Some((Resource::PortalSignIn, Fault::Empty { status: 429 })),
        ),
    ]
}

#[tokio::test]
async fn each_refusal_has_its_own_message_and_is_not_hammered() {
    let mut out = String::new();
    for (what, secrets, mood, fault) in cases() {
        let world = World::at(NOW, |_| {});
        accounts(&world).write("maison", &secrets).unwrap();
        world.simulator.set_portal(mood);
        if let Some((resource, fault)) = fault {
            world.simulator.add_fault(FaultRule {
                usage_point: None,
                ..FaultRule::always(usage_point(SECOND), resource, fault)
            });
        }
        let mut collector = collector(&world, &[SECOND]);
        tell(&mut out, what, &world, &mut collector).await;
    }
    // Secrets that are not there, and a meter that is not the account's.
    let world = World::at(NOW, |_| {});
    tell(
        &mut out,
        "no secrets",
        &world,
        &mut collector(&world, &[SECOND]),
    )
    .await;
    let world = World::at(NOW, |_| {});
    accounts(&world).write("maison", &right()).unwrap();
    let mut strange = collector(&world, &[DIFFICULT]);
    tell(&mut out, "another's meter", &world, &mut strange).await;
    insta::assert_snapshot!(out);
}

/// What a first sync tells, and what a day of restarts costs.
async fn tell(out: &mut String, what: &str, world: &World, collector: &mut Collector) {
    let summary = sync(collector).await;
    let passwords = world.simulator.passwords_shown();
    writeln!(
        out,
        "{what} ({} calls, password shown {passwords})",
        summary.calls
    )
    .unwrap();
    out.push_str(&told(&summary));
    writeln!(out, "  notices: {:?}", notices(world)).unwrap();
    let before = (world.simulator.calls().len(), passwords);
    for _ in 0..50 {
        restart(world, collector);
        collector.patience = Patience::Waits;
        sync(collector).await;
        world.clock.advance(jiff::SignedDuration::from_mins(2));
    }
    let calls = world.simulator.calls().len() - before.0;
    let passwords = world.simulator.passwords_shown() - before.1;
    writeln!(
        out,
        "  50 restarts: {calls} calls, password shown {passwords}"
    )
    .unwrap();
}

#[tokio::test]
async fn a_wrong_password_is_shown_once_and_never_again_by_itself() {
    let world = World::at(NOW, |_| {});
    let wrong = secrets(stand_in::COOKIE, "a guess");
    accounts(&world).write("maison", &wrong).unwrap();
    let mut collector = collector(&world, &[SECOND, HOME]);
    for _ in 0..40 {
        restart(&world, &mut collector);
        for patience in [Patience::Waits, Patience::Tries] {
            collector.patience = patience;
            sync(&collector).await;
        }
        world.advance_hours(24);
    }
    assert_eq!(world.simulator.passwords_shown(), 1);
    assert_eq!(notices(&world), [NoticeKind::PortalLogin]);
    // A person may try, and other secrets are another matter.
    let refused = portal(&world, None).test().await;
    assert_eq!(refused, Err(Problem::PortalLogin));
    assert_eq!(world.simulator.passwords_shown(), 2);
    accounts(&world).write("maison", &right()).unwrap();
    let summary = sync(&collector).await;
    assert!(summary.written.inserted > 1000, "{summary:?}");
    assert_eq!(notices(&world), []);
}

#[tokio::test]
async fn a_changed_page_loses_nothing_and_all_is_made_good_once_it_is_understood() {
    let world = World::at(NOW, |_| {});
    accounts(&world).write("maison", &right()).unwrap();
    let collector = collector(&world, &[SECOND]);
    for _ in 0..48 {
        sync(&collector).await;
        world.advance_hours(1);
    }
    let curve = key(SECOND, Direction::Consumption, Kind::Curve);
    let before = whole_curve(&world.reader("a.db"), curve);
    assert!(before.len() > 10_000);
    world.simulator.add_fault(FaultRule {
        usage_point: None,
        resource: None,
        ..FaultRule::always(
            usage_point(SECOND),
            Resource::PortalDoor,
            Fault::Html { status: 200 },
        )
    });
    world.simulator.close_portal_sessions();
    let calls = world.simulator.calls().len();
    for _ in 0..10 * 24 {
        world.advance_hours(1);
        sync(&collector).await;
    }
    let held = whole_curve(&world.reader("a.db"), curve);
    assert_eq!(held[..before.len()], before);
    assert_eq!(notices(&world), [NoticeKind::PortalChanged]);
    let calls = world.simulator.calls().len() - calls;
    assert!(calls <= 12, "{calls} calls in ten days");
    world.simulator.clear_faults();
    for _ in 0..48 {
        world.advance_hours(1);
        sync(&collector).await;
    }
    let today = paris::day_of(world.simulator.now());
    let from = paris::add_days(today, -20);
    let until = paris::add_days(today, -1);
    let held = world
        .reader("a.db")
        .curve(curve, paris::day_start(from), paris::day_start(until));
    let truth = true_days(&world, SECOND, Direction::Consumption, from, until);
    assert!(held.unwrap() == truth);
    assert_eq!(notices(&world), []);
}

#[tokio::test]
async fn a_session_that_ends_is_opened_again_once() {
    let world = World::at(NOW, |_| {});
    accounts(&world).write("maison", &right()).unwrap();
    let collector = collector(&world, &[SECOND]);
    sync(&collector).await;
    assert_eq!(world.simulator.passwords_shown(), 1);
    world.advance_hours(26);
    let again = sync(&collector).await;
    assert!(again.written.inserted > 0, "{again:?}");
    assert_eq!(world.simulator.passwords_shown(), 2);
}

#[tokio::test]
async fn credentials_of_systemd_come_first_and_a_refusal_is_remembered_for_them_too() {
    let world = World::at(NOW, |_| {});
    let credentials = world.dir.path().join("credentials");
    std::fs::create_dir(&credentials).unwrap();
    let text = format!(
        r#"{{"login":"{}","password":"a guess","cookie":"{}"}}"#,
        stand_in::LOGIN,
        stand_in::COOKIE
    );
    std::fs::write(credentials.join("releve-account-maison"), text).unwrap();
    accounts(&world).write("maison", &right()).unwrap();
    let refused = portal(&world, Some(credentials.clone())).test().await;
    assert_eq!(refused, Err(Problem::PortalLogin));
    let given = Accounts::of(world.dir.path(), Some(credentials));
    assert!(given.is_given("maison"));
    assert_eq!(given.names(), ["maison"]);
    let state: State = given.state("maison").unwrap();
    assert_eq!(state.problem, Some(Problem::PortalLogin));
}

#[test]
fn secrets_are_their_owners_alone_and_never_shown() {
    let world = World::at(NOW, |_| {});
    accounts(&world).write("maison", &right()).unwrap();
    let file = world.dir.path().join("accounts/maison.json");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let shown = format!("{:?}", right());
    assert!(
        !shown.contains("Camille") && !shown.contains("AQIC"),
        "{shown}"
    );
    // What cannot be read is told without what it holds.
    std::fs::write(&file, r#"{"password":"hunter2""#).unwrap();
    let Err(Problem::PortalFile { detail }) = accounts(&world).read("maison") else {
        panic!("it is refused")
    };
    assert!(!detail.contains("hunter2"), "{detail}");
    assert!(accounts(&world).read("other").unwrap().is_none());
}
