//! A year of daily sessions of the older plugin: the gateway restarts every
//! night, Enedis has bad days, answers get lost. Nobody consents twice.

use std::sync::Arc;

use gateway::App;
use gateway::keys::{KeySet, Keys};
use gateway::random::Seeded;
use jiff::{SignedDuration, Timestamp, ToSpan};
use meter::paris;
use service::Clock;
use simulator::{Fault, FaultRule, Resource};

use crate::on_both;
use crate::plugin::{Plugin, Session};
use crate::world::{Engine, HOME, World};

on_both!(a_year_of_daily_sessions_needs_one_consent);

/// A new process on the same rows and keys.
fn restart(world: &mut World, keys: &KeySet) {
    let app = &world.app;
    world.app = App::new(
        app.config.clone(),
        app.store.clone(),
        Keys::new(keys.clone()),
        (app.clock.clone(), app.random.clone(), Arc::clone(&app.http)),
    );
}

/// Half past eight in the morning of the next day, in Paris.
fn tomorrow(now: Timestamp) -> Timestamp {
    let day = paris::day_of(now).saturating_add(1.day());
    paris::day_start(day) + SignedDuration::from_mins(8 * 60 + 30)
}

fn bad_day(day: usize) -> Option<Fault> {
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    Some(match day % 60 {
        7 => Fault::Html { status: 403 },
        14 => Fault::Html { status: 503 },
        21 => problem("ADAM-DC-0008"),
        28 => problem("900804"),
        35 => Fault::Empty { status: 500 },
        42 => Fault::Truncated,
        49 => problem("900908"),
        _ => return None,
    })
}

async fn a_year_of_daily_sessions_needs_one_consent(engine: Engine) {
    let mut world = World::new(engine).await;
    let keys = KeySet::fresh(&Seeded::new(99)).unwrap();
    restart(&mut world, &keys);
    let mut plugin = Plugin::default();
    let begun = plugin.ask(&world).await;
    assert!(!plugin.poll(&world, &begun.device).await);
    let browser = world.browser();
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    assert!(plugin.poll(&world, &begun.device).await);

    let mut days = 0;
    for day in 0..365 {
        let now = world.clock.now();
        let wait = tomorrow(now).duration_since(now).as_secs();
        world.pass(wait).await;
        restart(&mut world, &keys);
        if let Some(fault) = bad_day(day) {
            let rule = |resource| FaultRule {
                resource: Some(resource),
                ..FaultRule::always(HOME.1.parse().unwrap(), resource, fault.clone())
            };
            world.enedis.add_fault(rule(Resource::ConsumptionCurve));
            world.enedis.add_fault(rule(Resource::ConsumptionMaximum));
        }
        let mut lose = day % 37 == 5;
        let mut ended = plugin.session(&world, &mut lose).await;
        // It tries again every hour; Enedis recovers before noon.
        for attempt in 0..12 {
            if ended != Session::Failed {
                break;
            }
            if attempt == 1 {
                world.enedis.clear_faults();
            }
            world.pass(3600).await;
            ended = plugin.session(&world, &mut false).await;
        }
        world.enedis.clear_faults();
        assert_ne!(ended, Session::Wiped, "consent lost on day {day}");
        days += usize::from(ended == Session::Good);
    }
    println!(
        "{} sessions with readings, {} tried again, {} re-consents",
        plugin.good, plugin.failed, plugin.wiped
    );
    assert_eq!((days, plugin.wiped), (365, 0));
    assert_eq!(world.count("SELECT count(*) FROM consent").await, 1);
    assert_eq!(world.audited("refresh_replay").await, 0);
}
