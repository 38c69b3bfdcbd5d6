//! RFC 7009 and 7662, R1 to R4 and introspection.

use gateway::random::Draw;

use crate::on_both;
use crate::opens::opens;
use crate::world::{BOX, Engine, HOME, OTHER_BOX, Pair, World};

on_both!(
    r1_only_the_own_client_revokes_and_a_hint_is_a_hint,
    r2_a_refresh_tokens_end_is_the_end_of_all,
    r1_an_access_token_is_revoked_alone,
    r3_an_unknown_token_is_revoked_already,
    r4_without_its_rows_the_server_says_that_all_is_still_valid,
    i1_introspection_needs_a_caller_and_tells_nobody_of_anothers_tokens,
    withdrawal_destroys_the_key_and_leaves_a_tombstone,
);

async fn revoke(world: &World, client: &str, token: &str, hint: &str) -> crate::world::Answer {
    let form = [
        ("client_id", client),
        ("token", token),
        ("token_type_hint", hint),
    ];
    world.post("/revoke", &form).await
}

async fn r1_only_the_own_client_revokes_and_a_hint_is_a_hint(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let foreign = revoke(&world, OTHER_BOX, &pair.refresh, "").await;
    assert_eq!(
        (foreign.status.as_u16(), &*foreign.error()),
        (400, "invalid_grant")
    );
    assert!(opens(&world, &pair.access).await.is_some());
    assert_eq!(world.get("/revoke").await.status, 405);
    let wrong = revoke(&world, BOX, &pair.refresh, "access_token").await;
    assert_eq!(wrong.status, 200);
    assert_eq!(
        world.refresh(BOX, &pair.refresh).await.error(),
        "invalid_grant"
    );
}

async fn r2_a_refresh_tokens_end_is_the_end_of_all(engine: Engine) {
    let world = World::new(engine).await;
    let first = world.tokens(BOX, HOME).await;
    let second = Pair::of(&world.refresh(BOX, &first.refresh).await);
    assert_eq!(
        revoke(&world, BOX, &second.refresh, "refresh_token")
            .await
            .status,
        200
    );
    for pair in [&first, &second] {
        assert_eq!(opens(&world, &pair.access).await, None);
        assert_eq!(
            world.refresh(BOX, &pair.refresh).await.error(),
            "invalid_grant"
        );
    }
    assert_eq!(world.audited("revoked").await, 1);
}

async fn r1_an_access_token_is_revoked_alone(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    assert_eq!(revoke(&world, BOX, &pair.access, "").await.status, 200);
    assert_eq!(opens(&world, &pair.access).await, None);
    assert_eq!(world.refresh(BOX, &pair.refresh).await.status, 200);
}

async fn r3_an_unknown_token_is_revoked_already(engine: Engine) {
    let world = World::new(engine).await;
    let random: &dyn gateway::random::Random = &gateway::random::Seeded::new(5);
    let token = random
        .token(grant::server::TokenKind::Refresh)
        .unwrap()
        .reveal();
    for token in [token.as_str(), "nonsense", "lgr_"] {
        assert_eq!(revoke(&world, BOX, token, "").await.status, 200);
    }
    let nobody = world
        .post("/revoke", &[("client_id", "nobody"), ("token", &token)])
        .await;
    assert_eq!(nobody.error(), "invalid_client");
    let none = world.post("/revoke", &[("client_id", BOX)]).await;
    assert_eq!(none.error(), "invalid_request");
}

async fn i1_introspection_needs_a_caller_and_tells_nobody_of_anothers_tokens(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let anonymous = world.post("/introspect", &[("token", &pair.access)]).await;
    assert_eq!(
        (anonymous.status.as_u16(), &*anonymous.error()),
        (401, "invalid_client")
    );
    let ask = async |client: &str, token: &str| {
        let form = [("client_id", client), ("token", token)];
        world.post("/introspect", &form).await.json()
    };
    let own = ask(BOX, &pair.access).await;
    assert_eq!(
        (own["active"].as_bool(), own["client_id"].as_str()),
        (Some(true), Some(BOX))
    );
    assert_eq!(own["scope"], "daily curve max_power production");
    assert_eq!(
        own["exp"].as_i64().unwrap() - own["iat"].as_i64().unwrap(),
        12_600
    );
    assert_eq!(ask(BOX, &pair.refresh).await["active"], true);
    let inactive = serde_json::json!({ "active": false });
    assert_eq!(ask(OTHER_BOX, &pair.access).await, inactive);
    assert_eq!(ask(BOX, "nonsense").await, inactive);
    world.pass(12_600).await;
    assert_eq!(ask(BOX, &pair.access).await, inactive);
    // To look is not to use: the first answer may still be fetched again.
    let seen = world
        .count("SELECT count(*) FROM family WHERE presented IS NOT NULL")
        .await;
    assert_eq!(seen, 0);
}

async fn withdrawal_destroys_the_key_and_leaves_a_tombstone(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser) = world.approved(BOX, HOME).await;
    let pair = Pair::of(&world.poll(BOX, &begun).await);
    let visitor = browser.visitor();
    let mine = gateway::binding::consents(&world.app, &visitor, None)
        .await
        .unwrap();
    assert_eq!(mine.len(), 1);
    assert!(mine[0].active && mine[0].points == ["2222••••••2222"]);
    let export = gateway::binding::export(&world.app, &visitor, None, &mine[0].id).await;
    let export = export.unwrap().unwrap();
    assert_eq!(export["usage_points"][0]["prm"], HOME.1);
    assert!(
        export["proof"]["page"]
            .as_str()
            .unwrap()
            .contains("demande l’accès")
    );
    let stranger = world.browser().visitor();
    let id = mine[0].id.clone();
    let app = &world.app;
    assert!(
        !gateway::binding::withdraw(app, &stranger, None, &id)
            .await
            .unwrap()
    );
    assert!(opens(&world, &pair.access).await.is_some());
    let by_token = gateway::binding::consents(app, &stranger, Some(&pair.refresh))
        .await
        .unwrap();
    assert_eq!(by_token.len(), 1);
    assert!(
        gateway::binding::withdraw(app, &visitor, None, &id)
            .await
            .unwrap()
    );
    assert_eq!(opens(&world, &pair.access).await, None);
    assert_eq!(
        world
            .count("SELECT count(*) FROM consent WHERE dek IS NOT NULL")
            .await,
        0
    );
    let sealed = "SELECT count(*) FROM consent_point WHERE point_sealed IS NOT NULL";
    assert_eq!(world.count(sealed).await, 0);
    assert_eq!(world.count("SELECT count(*) FROM tombstone").await, 1);
    assert_eq!(world.count("SELECT count(*) FROM proof").await, 1);
    assert_eq!(world.audited("deleted").await, 1);
}

async fn r4_without_its_rows_the_server_says_that_all_is_still_valid(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let pending = world.begin(BOX).await;
    assert_eq!(
        world.poll(BOX, &pending).await.error(),
        "authorization_pending"
    );
    world.down.store(true, std::sync::atomic::Ordering::Relaxed);
    for answer in [
        revoke(&world, BOX, &pair.refresh, "").await,
        world.refresh(BOX, &pair.refresh).await,
        world
            .post("/device_authorization", &[("client_id", BOX)])
            .await,
    ] {
        assert_eq!(
            (answer.status.as_u16(), answer.header("retry-after")),
            (503, "5")
        );
        assert_eq!(answer.error(), "temporarily_unavailable");
    }
    // A 503 makes most boxes give up: a code that was pending is told to wait.
    assert_eq!(
        world.poll(BOX, &pending).await.error(),
        "authorization_pending"
    );
    let random: &dyn gateway::random::Random = &gateway::random::Seeded::new(5);
    let device = random
        .token(grant::server::TokenKind::Device)
        .unwrap()
        .reveal();
    let unknown = crate::world::Begun {
        device,
        ..pending.clone()
    };
    assert_eq!(world.poll(BOX, &unknown).await.status, 503);
    world
        .down
        .store(false, std::sync::atomic::Ordering::Relaxed);
    assert!(opens(&world, &pair.access).await.is_some());
}
