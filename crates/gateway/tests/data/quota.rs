//! Enedis' limits, as rows: the pace, the clock hour, what Enedis itself says.

use std::sync::Arc;

use gateway::App;
use gateway::metrics::Api;
use gateway::quota::{self, Allowance, Class, Permit, Wanted};
use jiff::{SignedDuration, Timestamp};
use simulator::{Fault, FaultRule, Resource};

use crate::neutral::refused;
use crate::world::{BOX, Engine, HOME, LEGACY_BOX, World};
use crate::{legacy_week, measures, on_both, read, week};

on_both!(
    no_second_holds_more_calls_than_allowed,
    an_hour_that_is_used_up_says_when_it_reopens,
    the_hour_survives_a_restart,
    what_enedis_says_closes_the_interface_for_everybody,
    a_time_beyond_reason_is_not_believed,
    a_node_that_stood_still_takes_another_permit,
    i5_what_is_withdrawn_while_a_question_waits_is_not_asked,
);

const PACED: Allowance = Allowance {
    interval: SignedDuration::from_millis(250),
    per_hour: 900,
};

async fn take(app: &App, class: Class, allowance: Allowance) -> Permit {
    let taken = app
        .store
        .transact(move |tx| Box::pin(quota::take(tx, Api::Measures, class, allowance)));
    taken.await.unwrap()
}

async fn no_second_holds_more_calls_than_allowed(engine: Engine) {
    let world = World::new(engine).await;
    let mut granted = Vec::new();
    while granted.len() < 40 {
        match take(&world.app, Class::Readings, PACED).await {
            Permit::Granted(_) => granted.push(now(&world).await),
            Permit::Wait(wait) => advance(&world, wait).await,
            Permit::Exhausted(until) => panic!("until {until}"),
        }
    }
    for six in granted.windows(6) {
        assert!(six[5].duration_since(six[0]) > SignedDuration::from_secs(1));
    }
}

async fn now(world: &World) -> Timestamp {
    world.app.store.ping().await.unwrap()
}

async fn advance(world: &World, by: SignedDuration) {
    let to = now(world).await + by;
    world.app.store.set_time(to).await.unwrap();
}

async fn an_hour_that_is_used_up_says_when_it_reopens(engine: Engine) {
    let world = World::with(engine, |config, _| config.limits.calls_per_hour = Some(20)).await;
    let pair = world.tokens(BOX, HOME).await;
    let old = world.tokens(LEGACY_BOX, crate::world::NEIGHBOUR).await;
    // 20 less a twentieth; a tenth of that is kept for consents.
    let before = measures(&world);
    for n in 1..18 {
        let path = format!(
            "/data/v1/{}/daily?from=2026-10-{n:02}&to=2026-11-01",
            HOME.1
        );
        assert_eq!(read(&world, &path, &pair.access).await.status, 200);
    }
    let late = read(&world, &week(HOME.1, "daily"), &pair.access).await;
    assert_eq!(
        (late.status.as_u16(), late.error().as_str()),
        (429, "quota_exhausted")
    );
    assert!(late.text_of("message").contains("commun"), "{}", late.text);
    assert!(late.text_of("error_description").contains("shared"));
    let wait: i64 = late.header("retry-after").parse().unwrap();
    let reopens = now(&world).await + SignedDuration::from_secs(wait);
    assert_eq!(reopens.as_second() % 3600, 0, "reopens at {reopens}");
    assert_eq!(measures(&world), before + 17);
    let curve = "/metering_data_clc/v5/consumption_load_curve";
    let legacy = read(
        &world,
        &legacy_week(crate::world::NEIGHBOUR.1, curve),
        &old.access,
    )
    .await;
    assert_eq!(
        (legacy.status.as_u16(), legacy.error().as_str()),
        (429, "quota_exceeded")
    );
    assert!(
        legacy.text_of("message").contains("commun"),
        "{}",
        legacy.text
    );
    assert!(legacy.text_of("error_description").contains("shared"));
    assert!(legacy.header("retry-after").parse::<i64>().unwrap() > 0);
    // A person at the consent page still passes.
    let allowance = Allowance {
        interval: SignedDuration::ZERO,
        per_hour: 19,
    };
    let permit = take(&world.app, Class::Consent, allowance).await;
    assert_eq!(permit, Permit::Granted(18));
    world.pass(wait + 1).await;
    assert_eq!(
        read(&world, &week(HOME.1, "daily"), &pair.access)
            .await
            .status,
        200
    );
}

async fn the_hour_survives_a_restart(engine: Engine) {
    let world = World::with(engine, |config, _| config.limits.calls_per_hour = Some(20)).await;
    let allowance = Allowance::of(&world.app);
    while let Permit::Granted(_) = take(&world.app, Class::Readings, allowance).await {}
    // Another process on the same rows, with nothing in its memory.
    let app = &world.app;
    let again = App::new(
        app.config.clone(),
        app.store.clone(),
        gateway::keys::Keys::fresh(&*app.random).unwrap(),
        (app.clock.clone(), app.random.clone(), Arc::clone(&app.http)),
    );
    let wanted = Wanted {
        api: Api::Measures,
        class: Class::Readings,
        patience: SignedDuration::from_secs(1),
        point: None,
    };
    let permit = quota::permit(&again, &wanted).await;
    assert!(permit.unwrap().is_err());
}

async fn what_enedis_says_closes_the_interface_for_everybody(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let body = r#"{"fault":{"code":900804,"message":"Message throttled out","description":"You have exceeded your quota .You can access API after 2026-Nov-21 10:00:00+0000 UTC","nextAccessTime":"2026-Nov-21 10:00:00+0000 UTC"}}"#;
    let fault = Fault::Body {
        status: 429,
        body: body.to_owned(),
    };
    let rule = FaultRule::always(HOME.1.parse().unwrap(), Resource::ConsumptionDaily, fault);
    world.enedis.add_fault(rule.times(1));
    let answer = read(&world, &week(HOME.1, "daily"), &pair.access).await;
    assert_eq!(answer.status, 429, "{}", answer.text);
    assert!(refused(&answer).problem.is_some());
    let before = measures(&world);
    let other = read(&world, &week(HOME.1, "curve"), &pair.access).await;
    assert_eq!((other.status.as_u16(), measures(&world)), (429, before));
    world.pass(3600).await;
    assert_eq!(
        read(&world, &week(HOME.1, "curve"), &pair.access)
            .await
            .status,
        200
    );
}

async fn a_time_beyond_reason_is_not_believed(engine: Engine) {
    let world = World::new(engine).await;
    let start = now(&world).await;
    for (kind, said, until) in [
        (enedis::QuotaKind::Burst, None, 2),
        (enedis::QuotaKind::Hourly, Some(3 * 86_400), 3600),
        (enedis::QuotaKind::Hourly, Some(-40), 3600),
        (enedis::QuotaKind::Hourly, Some(1200), 1200),
    ] {
        let said = said.map(|seconds| start + SignedDuration::from_secs(seconds));
        let closed = world
            .app
            .store
            .transact(move |tx| Box::pin(quota::close(tx, Api::Services, kind, said)))
            .await
            .unwrap();
        let wait = closed.duration_since(start).as_secs();
        assert!(wait > 0 && wait <= until, "{kind:?} {said:?}: {wait}");
    }
}

async fn a_node_that_stood_still_takes_another_permit(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let used = async || {
        let sql = "SELECT used FROM upstream WHERE api = 'measures'";
        world
            .rows(sql)
            .await
            .first()
            .map_or(0, |row| row.int(0).unwrap())
    };
    let (calls, permits) = (measures(&world), used().await);
    // The token is looked up, then the permit comes half a second too late.
    world.pauses.lock().unwrap().extend([0, 501]);
    let answer = read(&world, &week(HOME.1, "daily"), &pair.access).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(measures(&world), calls + 1);
    assert_eq!(used().await, permits + 2, "the lost one counts");
    // Who always stands still is told that it is not their turn.
    world.pauses.lock().unwrap().extend([0; 1]);
    world.pauses.lock().unwrap().extend([7_000; 4]);
    let answer = read(&world, &week(HOME.1, "curve"), &pair.access).await;
    assert_eq!(answer.status, 429, "{}", answer.text);
    assert_eq!(measures(&world), calls + 1);
}

async fn i5_what_is_withdrawn_while_a_question_waits_is_not_asked(engine: Engine) {
    let world = World::with(engine, |config, _| config.enedis.calls_per_second = Some(4)).await;
    let pair = world.tokens(BOX, HOME).await;
    let calls = measures(&world);
    // Somebody else's call has just left: the next has to wait.
    let allowance = Allowance::of(&world.app);
    take(&world.app, Class::Readings, allowance).await;
    let path = week(HOME.1, "daily");
    let asked = read(&world, &path, &pair.access);
    let withdrawn = async {
        let seen = "SELECT count(*) FROM access_token WHERE seen IS NOT NULL";
        while world.count(seen).await == 0 {}
        let form = [("token", &*pair.refresh), ("client_id", BOX)];
        assert_eq!(world.post("/revoke", &form).await.status, 200);
        advance(&world, SignedDuration::from_secs(1)).await;
    };
    let (answer, ()) = tokio::join!(asked, withdrawn);
    assert_eq!(
        (answer.status.as_u16(), answer.error().as_str()),
        (403, "consent_ended")
    );
    assert_eq!(measures(&world), calls);
}
