//! What the operator's instruments say after each event, as they read it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use gateway::binding::{self, CodeTrouble, Outcome, Return};
use gateway::health::{NotReady, Readiness, Watched};
use gateway::store::BoxFuture;
use gateway::{health, upkeep};
use grant::server::UserCode;
use http::Request;
use tower::ServiceExt;

use crate::on_both;
use crate::world::{BOX, Engine, HOME, NEIGHBOUR, Pair, World};

on_both!(
    each_event_is_counted_once_it_is_committed,
    what_is_refused_is_counted_by_its_error,
    levels_follow_the_rows,
    what_the_database_did_not_keep_is_not_counted,
);

struct Always;

impl Readiness for Always {
    fn check(&self) -> BoxFuture<'_, Result<(), NotReady>> {
        Box::pin(async { Ok(()) })
    }
}

/// The value of one line of `/metrics`; nothing when there is none.
async fn reads(world: &World, line: &str) -> Option<i64> {
    let watched = Watched {
        metrics: world.app.metrics.clone(),
        ready: Arc::new(Always),
    };
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let answer = health::router(watched).oneshot(request).await.unwrap();
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let begins = format!("releve_gateway_{line} ");
    let found = text.lines().find_map(|line| line.strip_prefix(&*begins))?;
    Some(found.parse().unwrap())
}

/// Asserts that a line has gone up to that value.
async fn counts(world: &World, line: &str, value: i64) {
    assert_eq!(reads(world, line).await, Some(value), "{line}");
}

async fn each_event_is_counted_once_it_is_committed(engine: Engine) {
    let world = World::new(engine).await;
    counts(&world, "consents_given_total", 0).await;
    let (begun, _) = world.approved(BOX, HOME).await;
    counts(&world, "requests_total{outcome=\"ok\"}", 1).await;
    counts(&world, "unknown_claims_total", 1).await;
    counts(&world, "consents_given_total", 1).await;
    assert_eq!(
        reads(&world, "tokens_total{outcome=\"issued\"}").await,
        None
    );

    let first = Pair::of(&world.poll(BOX, &begun).await);
    counts(&world, "tokens_total{outcome=\"issued\"}", 1).await;
    let second = Pair::of(&world.refresh(BOX, &first.refresh).await);
    counts(&world, "tokens_total{outcome=\"refreshed\"}", 1).await;
    world.pass(1).await;
    Pair::of(&world.refresh(BOX, &first.refresh).await);
    counts(&world, "tokens_total{outcome=\"recovered\"}", 1).await;
    Pair::of(&world.refresh(BOX, &second.refresh).await);
    counts(&world, "tokens_total{outcome=\"refreshed\"}", 2).await;

    counts(&world, "replays_total", 0).await;
    world.pass(61).await;
    world.refresh(BOX, &first.refresh).await;
    counts(&world, "replays_total", 1).await;
    counts(&world, "tokens_total{outcome=\"revoked\"}", 1).await;
    counts(&world, "events_total{event=\"refresh_replay\"}", 1).await;
    counts(&world, "consents_withdrawn_total", 0).await;

    let pair = world.tokens(BOX, NEIGHBOUR).await;
    let form = [("client_id", BOX), ("token", &*pair.refresh)];
    assert_eq!(world.post("/revoke", &form).await.status, 200);
    counts(&world, "consents_given_total", 2).await;
    counts(&world, "consents_withdrawn_total", 1).await;
    counts(&world, "tokens_total{outcome=\"revoked\"}", 2).await;
    world.post("/revoke", &form).await;
    counts(&world, "consents_withdrawn_total", 1).await;
}

async fn what_is_refused_is_counted_by_its_error(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    world.poll(BOX, &begun).await;
    counts(&world, "tokens_total{outcome=\"authorization_pending\"}", 1).await;
    world.poll(BOX, &begun).await;
    counts(&world, "tokens_total{outcome=\"slow_down\"}", 1).await;
    world.refresh(BOX, "lgr_nonsense").await;
    counts(&world, "tokens_total{outcome=\"invalid_grant\"}", 1).await;
    world
        .post("/device_authorization", &[("client_id", "nobody")])
        .await;
    counts(&world, "requests_total{outcome=\"invalid_client\"}", 1).await;

    counts(&world, "wrong_codes_total", 0).await;
    let visitor = world.browser().visitor();
    let wrong = binding::look_up(&world.app, &visitor, "BBBB-BBBB").await;
    assert!(matches!(wrong, Err(CodeTrouble::Unknown)));
    counts(&world, "wrong_codes_total", 1).await;
    binding::look_up(&world.app, &visitor, &begun.user)
        .await
        .unwrap();
    counts(&world, "wrong_codes_total", 1).await;

    let browser = world.browser();
    let away = world.leave(&browser, &begun).await;
    let state = world.agree(&away, HOME).state;
    let made_up = Return {
        state,
        autorisation_id: Some("58249".to_owned()),
        usage_point_id: None,
        error: None,
    };
    world.come_back(&browser, &made_up).await;
    counts(&world, "unknown_claims_total", 1).await;
}

async fn levels_follow_the_rows(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    world.tokens(BOX, NEIGHBOUR).await;
    upkeep::tidy(&world.app).await.unwrap();
    counts(&world, "consents{state=\"active\"}", 2).await;
    counts(&world, "consents{state=\"revoked\"}", 0).await;
    let form = [("client_id", BOX), ("token", &*pair.refresh)];
    world.post("/revoke", &form).await;
    upkeep::tidy(&world.app).await.unwrap();
    counts(&world, "consents{state=\"active\"}", 1).await;
    counts(&world, "consents{state=\"revoked\"}", 1).await;

    let waiting = world.count("SELECT count(*) FROM audit").await;
    upkeep::weigh(&world.app).await.unwrap();
    counts(&world, "audit_unsealed", waiting).await;
    while upkeep::seal(&world.app).await.unwrap() > 0 {}
    upkeep::weigh(&world.app).await.unwrap();
    counts(&world, "audit_unsealed", 0).await;
}

async fn what_the_database_did_not_keep_is_not_counted(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    world.down.store(true, std::sync::atomic::Ordering::Relaxed);
    let form = [("client_id", BOX)];
    assert_eq!(world.post("/device_authorization", &form).await.status, 503);
    counts(&world, "requests_total{outcome=\"ok\"}", 1).await;
    counts(
        &world,
        "requests_total{outcome=\"temporarily_unavailable\"}",
        1,
    )
    .await;
    let code = UserCode::read(&begun.user).unwrap();
    let visitor = world.browser().visitor();
    assert!(binding::deny(&world.app, &visitor, &code).await.is_err());
    world
        .down
        .store(false, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(reads(&world, "events_total{event=\"denied\"}").await, None);
    binding::deny(&world.app, &visitor, &code).await.unwrap();
    counts(&world, "events_total{event=\"denied\"}", 1).await;
    assert_eq!(world.status(&world.browser()).await, Outcome::Unknown);
}
