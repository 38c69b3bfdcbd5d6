//! Refusals that must be weighed before they are believed: of everybody at once,
//! in doubt, at night, of a generation; and what nobody refuses but the days show.

use std::sync::Arc;

use bytes::Bytes;
use collector::{DataConnect, Summary};
use enedis::{Generation, Problem};
use http::{Request, Response};
use jiff::civil::date;
use ledger::{DayState, SeriesKey};
use meter::{Direction, Kind, paris};
use service::clock::BoxFuture;
use service::{Http, HttpError, SharedHttp};
use simulator::profile::{Publication, Standing};
use simulator::{Fault, FaultRule, Mode, Profile, Resource, customers};

use crate::generations::switching;
use crate::held::states;
use crate::world::{World, key, sync, usage_point, whole_curve};

/// Noon in Paris.
const NOON: &str = "2026-11-21T11:00:00Z";
const ONE: u64 = 70_000_000_000_021;
const OTHER: u64 = 70_000_000_000_022;

fn world() -> World {
    World::at(NOON, |options| {
        options.profiles = [ONE, OTHER]
            .map(|number| customers::consumer(number, date(2026, 9, 7)))
            .into();
    })
}

fn problems(summary: &Summary) -> Vec<Problem> {
    let troubles = summary.troubles.iter();
    troubles.map(|trouble| trouble.problem.clone()).collect()
}

fn curve(number: u64) -> SeriesKey {
    key(number, Direction::Consumption, Kind::Curve)
}

/// The problem that stands at a usage point's curve.
fn standing(world: &World, number: u64) -> Option<Problem> {
    let note = world.reader("a.db").note(curve(number)).unwrap();
    serde_json::from_value(note.problem?).unwrap()
}

fn everybody(world: &World, standing: Standing) {
    for number in [ONE, OTHER] {
        world.simulator.set_standing(usage_point(number), standing);
    }
}

#[tokio::test]
async fn a_refusal_of_everybody_at_once_is_an_outage_and_costs_nobody_a_day() {
    let world = world();
    let collector = world.collector("a.db", Generation::V2026, &[ONE, OTHER]);
    assert_eq!(problems(&sync(&collector).await), []);
    world.advance_hours(24);
    everybody(&world, Standing::Revoked);
    assert_eq!(problems(&sync(&collector).await), [Problem::MassRefusal]);
    assert_eq!(
        (standing(&world, ONE), standing(&world, OTHER)),
        (None, None)
    );
    assert_eq!(sync(&collector).await.calls, 0, "the whole source waits");
    everybody(&world, Standing::Consented);
    world.advance_hours(1);
    let back = sync(&collector).await;
    assert!(back.finished && back.written.inserted >= 96, "{back:?}");
}

#[tokio::test]
async fn a_refusal_of_everybody_that_lasts_a_day_is_told_to_each() {
    let world = world();
    let collector = world.collector("a.db", Generation::V2026, &[ONE, OTHER]);
    sync(&collector).await;
    world.advance_hours(24);
    everybody(&world, Standing::Revoked);
    for _ in 0..40 {
        sync(&collector).await;
        world.advance_hours(1);
    }
    assert_eq!(standing(&world, ONE), Some(Problem::NoConsent));
    assert_eq!(standing(&world, OTHER), Some(Problem::NoConsent));
    let pause = world.reader("a.db").source_pause("enedis").unwrap();
    assert_eq!(pause, None);
    everybody(&world, Standing::Consented);
    world.advance_hours(32);
    let back = sync(&collector).await;
    assert!(back.finished, "{back:?}");
    assert_eq!(
        whole_curve(&world.reader("a.db"), curve(ONE)).len(),
        79 * 48 + 2
    );
}

#[tokio::test]
async fn a_refusal_of_one_is_that_ones_alone() {
    let world = world();
    let collector = world.collector("a.db", Generation::V2026, &[ONE, OTHER]);
    sync(&collector).await;
    world.advance_hours(24);
    world
        .simulator
        .set_standing(usage_point(ONE), Standing::Revoked);
    assert_eq!(problems(&sync(&collector).await), [Problem::NoConsent]);
    assert_eq!(standing(&world, OTHER), None);
}

#[tokio::test]
async fn a_refusal_in_doubt_is_believed_once_it_has_been_repeated_a_day_later() {
    let world = world();
    let collector = world.collector("a.db", Generation::V2026, &[ONE]);
    sync(&collector).await;
    let held = whole_curve(&world.reader("a.db"), curve(ONE));
    world.advance_hours(24);
    world.simulator.add_fault(FaultRule::always(
        usage_point(ONE),
        Resource::ConsumptionCurve,
        Fault::Html { status: 403 },
    ));
    sync(&collector).await;
    assert_eq!(standing(&world, ONE), Some(Problem::ConsentInDoubt));
    let mut before = collector.source.calls();
    for hours in 1..=24 {
        world.advance_hours(1);
        sync(&collector).await;
        let calls = collector.source.calls();
        assert_eq!(calls > before, hours == 24, "{hours} h later");
        before = calls;
    }
    assert_eq!(standing(&world, ONE), Some(Problem::NoConsent));
    let still = whole_curve(&world.reader("a.db"), curve(ONE));
    assert_eq!(still, held, "nothing is discarded");
    world.simulator.clear_faults();
    world.advance_hours(24);
    assert!(sync(&collector).await.finished);
    assert_eq!(standing(&world, ONE), None);
}

#[tokio::test]
async fn closed_for_the_night_is_asked_again_after_eight() {
    let world = World::at("2026-11-21T20:00:00Z", |options| {
        options.profiles = vec![customers::consumer(ONE, date(2026, 9, 7))];
    });
    let mut collector = world.collector("a.db", Generation::V2026, &[ONE]);
    world.simulator.add_fault(FaultRule {
        usage_point: None,
        resource: None,
        from_call: 1,
        calls: None,
        fault: Fault::Html { status: 503 },
    });
    // A person asks at 22:30; the program alone would not.
    world.advance_hours(1);
    assert_eq!(sync(&collector).await.calls, 0);
    collector.patience = collector::Patience::Tries;
    assert_eq!(problems(&sync(&collector).await), [Problem::NightClosure]);
    let pause = world.reader("a.db").source_pause("enedis").unwrap();
    let eight = "2026-11-22T07:05:00Z".parse().unwrap();
    assert_eq!(pause.unwrap().ask_at, Some(eight));
    assert_eq!(sync(&collector).await.calls, 0);
}

#[tokio::test]
async fn a_contract_call_that_was_too_fast_is_repeated() {
    let world = world();
    let collector = world.collector("a.db", Generation::V2026, &[ONE]);
    for resource in [Resource::Synthesis, Resource::Meter] {
        let burst = Fault::Problem {
            code: "900807".to_owned(),
            text: String::new(),
        };
        let rule = FaultRule::always(usage_point(ONE), resource, burst).times(1);
        world.simulator.add_fault(rule);
    }
    let first = sync(&collector).await;
    assert_eq!(problems(&first), []);
    let store = world.reader("a.db");
    let facts = store.contract(usage_point(ONE)).unwrap().unwrap().facts;
    assert_eq!(facts["consumption_activated"], "2026-09-07");
    assert!(facts["off_peak_text"].is_string() || facts["meter_type"].is_string());
    let days = states(&store, curve(ONE));
    assert_eq!(days[&date(2026, 11, 20)], DayState::Complete);
}

/// v5 alone at first, then v5 gone: `auto` changes over by itself, and back.
#[tokio::test]
async fn the_generation_that_serves_is_found_whichever_disappears() {
    let world = world();
    let collector = switching(&world, "a.db", &[ONE]);
    world.simulator.set_mode(Mode::V5);
    assert_eq!(problems(&sync(&collector).await), []);
    let mut expected = 48 * 75 + 2;
    let held = || whole_curve(&world.reader("a.db"), curve(ONE)).len();
    assert_eq!(held(), expected);
    for mode in [Mode::V5Gone, Mode::V5, Mode::V2026] {
        world.advance_hours(24);
        expected += 48;
        world.simulator.set_mode(mode);
        let changed = sync(&collector).await;
        assert!(changed.finished, "{mode:?} {changed:?}");
        assert_eq!(held(), expected, "{mode:?}");
    }
    // 2026 refuses the application, v5 does not.
    world.advance_hours(24);
    world.simulator.set_mode(Mode::Both);
    let refused = Fault::Problem {
        code: "900908".to_owned(),
        text: String::new(),
    };
    let rule = FaultRule::always(usage_point(ONE), Resource::ConsumptionCurve, refused);
    world.simulator.add_fault(rule.times(1));
    assert!(sync(&collector).await.finished);
    assert_eq!(held(), expected + 48);
}

#[tokio::test]
async fn totals_for_three_days_without_any_curve_say_that_none_is_recorded() {
    let world = World::at(NOON, |options| {
        let silent = Profile {
            holes: simulator::profile::Holes::Sprinkled {
                part: 0,
                whole: 1000,
            },
            ..customers::consumer(ONE, date(2026, 9, 7))
        };
        options.profiles = vec![silent];
    });
    let collector = world.collector("a.db", Generation::V2026, &[ONE]);
    sync(&collector).await;
    assert_eq!(standing(&world, ONE), Some(Problem::CurveNotActivated));
    let advice = Problem::CurveNotActivated.advice(service::Lang::Fr);
    assert!(advice.contains("Gérer l’accès à mes données"), "{advice}");
    let totals = key(ONE, Direction::Consumption, Kind::Daily);
    let before = world
        .reader("a.db")
        .daily(totals, date(2026, 9, 7), date(2027, 1, 1));
    world.advance_hours(24);
    sync(&collector).await;
    assert_eq!(standing(&world, ONE), Some(Problem::CurveNotActivated));
    let after = world
        .reader("a.db")
        .daily(totals, date(2026, 9, 7), date(2027, 1, 1));
    assert_eq!(
        after.unwrap().len(),
        before.unwrap().len() + 1,
        "totals every day"
    );
}

#[tokio::test]
async fn a_meter_of_which_nothing_was_ever_published_is_told_apart() {
    let world = World::at(NOON, |options| {
        let new = Profile {
            publication: Publication {
                late: 0,
                very_late: 0,
                never: 1000,
            },
            ..customers::consumer(ONE, date(2026, 11, 16))
        };
        options.profiles = vec![new];
    });
    let collector = world.collector("a.db", Generation::V2026, &[ONE]);
    let told = sync(&collector).await;
    assert_eq!(problems(&told), [Problem::NothingPublished]);
    let daily = key(ONE, Direction::Consumption, Kind::Daily);
    let states = states(&world.reader("a.db"), daily);
    for day in paris::days(date(2026, 11, 16), date(2026, 11, 21)) {
        assert_eq!(states[&day], DayState::Awaited);
    }
}

/// A service that is out of order and says for how long.
struct Ailing(SharedHttp, &'static str);

impl Http for Ailing {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        if request.uri().path().contains("token") {
            return self.0.send(request);
        }
        let answer = Response::builder()
            .status(503)
            .header("Retry-After", self.1)
            .body(Bytes::from_static(b"<html>back soon</html>"))
            .unwrap();
        Box::pin(async { Ok(answer) })
    }
}

#[tokio::test]
async fn an_outage_that_says_for_how_long_is_believed_within_reason_and_never_asked_more_for_it() {
    let now: jiff::Timestamp = NOON.parse().unwrap();
    for (said, waits) in [("18000", 5), ("5", 1), ("900000", 1), ("soon", 1)] {
        let world = world();
        let http = Arc::new(Ailing(world.simulator.http(), said));
        let client = world.client_over(Generation::V2026, http);
        let source = DataConnect::new("enedis", client);
        let collector = world.collector_of("a.db", source, &[ONE]);
        sync(&collector).await;
        let note = world.reader("a.db").note(curve(ONE)).unwrap();
        // Calls take their turn: some seconds pass.
        let wait = note.ask_at.unwrap().duration_since(now);
        assert_eq!((wait.as_hours(), wait.as_mins() % 60), (waits, 0), "{said}");
    }
}
