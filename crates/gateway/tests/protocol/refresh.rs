//! RFC 9700, S1 to S12, and the table of refresh tokens that come again.

use std::sync::Arc;

use crate::on_both;
use crate::opens::opens;
use crate::world::{BOX, Engine, HOME, Pair, World};

on_both!(
    s3_a_replaced_token_that_comes_back_ends_the_family,
    s3_a_lost_answer_is_recovered_at_any_time,
    s3_within_a_minute_a_retry_gets_a_sibling_and_three_at_most,
    s4_an_idle_token_dies_after_400_days_and_none_outlives_the_consent,
    s4_a_banned_clients_tokens_are_dead,
    f06_sixty_parallel_refreshes_leave_a_token_that_works,
    s6_s7_nothing_redirects_and_forwarded_addresses_need_a_trusted_proxy,
);

async fn s3_a_replaced_token_that_comes_back_ends_the_family(engine: Engine) {
    let world = World::new(engine).await;
    let first = world.tokens(BOX, HOME).await;
    let second = Pair::of(&world.refresh(BOX, &first.refresh).await);
    assert!(opens(&world, &second.access).await.is_some());
    world.pass(61).await;
    assert_eq!(
        world.refresh(BOX, &first.refresh).await.error(),
        "invalid_grant"
    );
    assert_eq!(world.audited("refresh_replay").await, 1);
    assert_eq!(opens(&world, &second.access).await, None);
    assert_eq!(
        world.refresh(BOX, &second.refresh).await.error(),
        "invalid_grant"
    );
}

async fn s3_a_lost_answer_is_recovered_at_any_time(engine: Engine) {
    let world = World::new(engine).await;
    let first = world.tokens(BOX, HOME).await;
    let lost = Pair::of(&world.refresh(BOX, &first.refresh).await);
    world.pass(30 * 86_400).await;
    let held = Pair::of(&world.refresh(BOX, &first.refresh).await);
    assert_eq!(
        world.refresh(BOX, &lost.refresh).await.error(),
        "invalid_grant"
    );
    assert!(opens(&world, &held.access).await.is_some());
    let next = Pair::of(&world.refresh(BOX, &held.refresh).await);
    assert!(opens(&world, &next.access).await.is_some());
    assert_eq!(world.audited("refresh_replay").await, 0);
}

async fn s3_within_a_minute_a_retry_gets_a_sibling_and_three_at_most(engine: Engine) {
    let world = World::new(engine).await;
    let first = world.tokens(BOX, HOME).await;
    let mut pairs = Vec::new();
    for _ in 0..4 {
        pairs.push(Pair::of(&world.refresh(BOX, &first.refresh).await));
        world.pass(1).await;
    }
    let many = world.refresh(BOX, &first.refresh).await;
    assert_eq!(
        (many.status.as_u16(), many.header("retry-after")),
        (429, "60")
    );
    for pair in &pairs {
        assert!(opens(&world, &pair.access).await.is_some());
    }
    Pair::of(&world.refresh(BOX, &pairs[2].refresh).await);
    assert_eq!(
        world.refresh(BOX, &pairs[0].refresh).await.error(),
        "invalid_grant"
    );
    assert_eq!(opens(&world, &pairs[3].access).await, None);
    assert!(opens(&world, &pairs[2].access).await.is_some());
    assert_eq!(world.audited("refresh_replay").await, 0);
}

async fn s4_an_idle_token_dies_after_400_days_and_none_outlives_the_consent(engine: Engine) {
    let day = 86_400;
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    world.pass(400 * day).await;
    let pair = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    world.pass(401 * day).await;
    assert_eq!(
        world.refresh(BOX, &pair.refresh).await.error(),
        "invalid_grant"
    );

    let pair = world.tokens(BOX, crate::world::NEIGHBOUR).await;
    world.pass(399 * day).await;
    let pair = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    world.pass(399 * day).await;
    let pair = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    let end = world
        .rows("SELECT until_at FROM consent ORDER BY until_at DESC")
        .await[0]
        .instant(0)
        .unwrap();
    let left = end
        .duration_since(service::Clock::now(&world.clock))
        .as_secs();
    world.pass(left - 600).await;
    let last = world.refresh(BOX, &pair.refresh).await;
    let expires_in = last.json()["expires_in"].as_i64().unwrap();
    assert!((590..=600).contains(&expires_in), "{expires_in}");
    let last = Pair::of(&last);
    world.pass(600).await;
    assert_eq!(
        world.refresh(BOX, &last.refresh).await.error(),
        "invalid_grant"
    );
    assert_eq!(opens(&world, &last.access).await, None);
}

async fn s4_a_banned_clients_tokens_are_dead(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let ban = |banned| {
        world.app.store.transact(move |tx| {
            Box::pin(async move { gateway::store::clients::ban(tx, BOX, banned).await })
        })
    };
    assert!(ban(true).await.unwrap());
    assert_eq!(opens(&world, &pair.access).await, None);
    assert_eq!(
        world.refresh(BOX, &pair.refresh).await.error(),
        "invalid_client"
    );
    assert!(ban(false).await.unwrap());
    assert_eq!(world.refresh(BOX, &pair.refresh).await.status, 200);
}

async fn f06_sixty_parallel_refreshes_leave_a_token_that_works(engine: Engine) {
    let world = Arc::new(World::new(engine).await);
    let pair = world.tokens(BOX, HOME).await;
    let tasks: Vec<_> = (0..60)
        .map(|_| {
            let (world, token) = (world.clone(), pair.refresh.clone());
            tokio::spawn(async move { world.refresh(BOX, &token).await })
        })
        .collect();
    let mut last = None;
    let mut served = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        if answer.status == 200 {
            served += 1;
            last = Some(Pair::of(&answer));
        } else {
            assert_eq!(answer.status, 429, "{}", answer.text);
        }
    }
    assert_eq!(served, 4);
    let last = last.unwrap();
    assert_eq!(world.refresh(BOX, &last.refresh).await.status, 200);
    assert_eq!(world.audited("refreshed").await, 2);
    assert_eq!(world.audited("refresh_replay").await, 0);
}

async fn s6_s7_nothing_redirects_and_forwarded_addresses_need_a_trusted_proxy(engine: Engine) {
    let world = World::with(engine, |config, _| {
        config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await;
    let form = |forwarded: &str| {
        let mut request =
            crate::world::form_request("/device_authorization", &[("client_id", BOX)]);
        request
            .headers_mut()
            .insert("x-forwarded-for", forwarded.parse().unwrap());
        request
            .headers_mut()
            .insert("x-forwarded-host", "evil.example".parse().unwrap());
        request
    };
    for n in 0..20 {
        let answer = world
            .send_from("203.0.113.1", form(&format!("198.51.100.{n}")))
            .await;
        assert_eq!(answer.status, 200);
        assert!(!answer.text.contains("evil"));
    }
    assert_eq!(
        world
            .send_from("203.0.113.1", form("198.51.100.99"))
            .await
            .status,
        429
    );
    assert_eq!(
        world
            .send_from("10.0.0.1", form("198.51.100.99"))
            .await
            .status,
        200
    );
    assert_eq!(
        world
            .send_from("10.0.0.1", form("203.0.113.1"))
            .await
            .status,
        429
    );
}
