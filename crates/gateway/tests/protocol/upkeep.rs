//! The audit's chain, retention, keys that rotate, and whom a breach concerns.

use data_encoding::HEXLOWER;
use gateway::audit::chain::{self, Broken};
use gateway::breach::{self, Range};
use gateway::keys::{KeySet, Keys};
use gateway::random::Seeded;
use gateway::upkeep;

use crate::on_both;
use crate::opens::opens;
use crate::world::{BOX, Engine, HOME, Pair, World};

on_both!(
    i6_the_chain_is_sealed_and_any_change_breaks_it,
    a_pruned_chain_still_verifies_from_its_anchor,
    a_consent_ends_with_its_time_and_its_key_is_destroyed,
    i2_every_consent_has_its_proof_with_the_page_as_shown,
    keys_rotate_while_boxes_go_on,
    a_breach_list_names_who_was_touched,
    an_overdue_code_is_expired_and_forgotten_after_a_day,
);

async fn verify(world: &World) -> Result<chain::Verified, Broken> {
    let verified = world.app.store.transact(|tx| Box::pin(chain::verify(tx)));
    verified.await.unwrap()
}

async fn run(world: &World, sql: &'static str) -> u64 {
    let changed = world
        .app
        .store
        .transact(move |tx| Box::pin(async move { tx.execute(sql, Vec::new()).await }));
    changed.await.unwrap()
}

async fn i6_the_chain_is_sealed_and_any_change_breaks_it(engine: Engine) {
    let world = World::new(engine).await;
    world.tokens(BOX, HOME).await;
    let before = verify(&world).await.unwrap();
    assert_eq!(before.head.seq, 0);
    assert!(before.unsealed > 5);
    while upkeep::seal(&world.app).await.unwrap() > 0 {}
    let sealed = verify(&world).await.unwrap();
    assert_eq!((sealed.head.seq, sealed.unsealed), (before.unsealed, 0));
    run(&world, "UPDATE audit SET detail = 'forged' WHERE seq = 3").await;
    assert_eq!(verify(&world).await, Err(Broken::Changed(3)));
    run(&world, "DELETE FROM audit WHERE seq = 2").await;
    assert_eq!(verify(&world).await, Err(Broken::Missing(2)));

    let world = World::new(engine).await;
    world.tokens(BOX, HOME).await;
    while upkeep::seal(&world.app).await.unwrap() > 0 {}
    let head = verify(&world).await.unwrap().head.seq;
    run(
        &world,
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
    )
    .await;
    let cut = Broken::Cut {
        found: head - 1,
        head,
    };
    assert_eq!(verify(&world).await, Err(cut));
}

async fn a_pruned_chain_still_verifies_from_its_anchor(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    while upkeep::seal(&world.app).await.unwrap() > 0 {}
    let rows = world.count("SELECT count(*) FROM audit").await;
    world.pass(367 * 86_400).await;
    Pair::of(&world.refresh(BOX, &pair.refresh).await);
    while upkeep::seal(&world.app).await.unwrap() > 0 {}
    upkeep::tidy(&world.app).await.unwrap();
    assert!(world.count("SELECT count(*) FROM audit").await < rows);
    while upkeep::seal(&world.app).await.unwrap() > 0 {}
    assert!(verify(&world).await.unwrap().head.seq > rows);
}

async fn a_consent_ends_with_its_time_and_its_key_is_destroyed(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    upkeep::tidy(&world.app).await.unwrap();
    assert!(opens(&world, &pair.access).await.is_some());
    world.pass(3 * 366 * 86_400).await;
    upkeep::tidy(&world.app).await.unwrap();
    assert_eq!(
        world
            .count("SELECT count(*) FROM consent WHERE status = 'expired'")
            .await,
        1
    );
    assert_eq!(
        world
            .count("SELECT count(*) FROM consent WHERE dek IS NOT NULL")
            .await,
        0
    );
    assert_eq!(world.audited("deleted").await, 1);
    // The proof outlives the data.
    assert_eq!(world.count("SELECT count(*) FROM proof").await, 1);
    world.pass(6 * 366 * 86_400).await;
    upkeep::tidy(&world.app).await.unwrap();
    for table in [
        "proof",
        "consent_point",
        "family",
        "refresh_token",
        "access_token",
        "claim",
        "tombstone",
    ] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(world.count(&sql).await, 0, "{table}");
    }
    // Its number leads to no other consent, ever.
    let numbers = "SELECT count(*) FROM consent WHERE autorisation_id IS NOT NULL";
    assert_eq!(world.count(numbers).await, 1);
}

async fn i2_every_consent_has_its_proof_with_the_page_as_shown(engine: Engine) {
    let world = World::new(engine).await;
    world.approved(BOX, HOME).await;
    let id = world.rows("SELECT id FROM consent").await[0]
        .bytes(0)
        .unwrap()
        .to_vec();
    let proof = world.app.store.transact(move |tx| {
        let id = id.clone();
        Box::pin(async move { gateway::proof::of_consent(tx, &id).await })
    });
    let proof = proof.await.unwrap().unwrap();
    assert!(proof.page.contains("demande l’accès"));
    let digest = ring::digest::digest(&ring::digest::SHA256, proof.page.as_bytes());
    assert_eq!(proof.page_sha256, HEXLOWER.encode(digest.as_ref()));
    assert_eq!(
        (proof.proved_by.as_str(), proof.duration.as_str()),
        ("quiet", "P3Y")
    );
    assert!(proof.begun <= proof.confirmed && proof.confirmed <= proof.approved);
    assert!(proof.autorisation_id.is_some());
}

async fn keys_rotate_while_boxes_go_on(engine: Engine) {
    let world = World::new(engine).await;
    let random = Seeded::new(77);
    let old = KeySet::fresh(&random).unwrap();
    world.app.keys.replace(old.clone());
    world.register_again().await;
    let (begun, browser) = world.approved(BOX, HOME).await;
    let rotated = old.rotated(&random).unwrap();
    world.app.keys.replace(rotated.clone());
    let pair = Pair::of(&world.poll(BOX, &begun).await);
    upkeep::tidy(&world.app).await.unwrap();
    let stale = world.rows("SELECT dek FROM consent").await;
    assert!(!world.app.keys.is_stale(stale[0].bytes(0).unwrap()));
    let next = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    assert!(opens(&world, &next.access).await.is_some());
    let mine = gateway::binding::consents(&world.app, &browser.visitor(), None)
        .await
        .unwrap();
    assert_eq!(mine[0].points, ["2222••••••2222"]);
    let other = Keys::fresh(&random).unwrap();
    assert!(!other.matches(gateway::keys::Purpose::Token, b"x", &rotated_hash(&rotated)));
}

fn rotated_hash(set: &KeySet) -> Vec<u8> {
    Keys::new(set.clone()).hash(gateway::keys::Purpose::Token, b"x")
}

async fn a_breach_list_names_who_was_touched(engine: Engine) {
    let world = World::new(engine).await;
    world.tokens(BOX, HOME).await;
    world.pass(86_400).await;
    let from = service::Clock::now(&world.clock);
    world
        .tokens(crate::world::OTHER_BOX, crate::world::NEIGHBOUR)
        .await;
    let list = async |range: Range| {
        let found = world.app.store.transact(move |tx| {
            let range = range.clone();
            Box::pin(async move { breach::concerned(tx, &range).await })
        });
        found.await.unwrap()
    };
    assert_eq!(list(Range::default()).await.len(), 2);
    let later = list(Range {
        from: Some(from),
        ..Range::default()
    });
    let later = later.await;
    assert_eq!(
        (later.len(), later[0].client.as_str()),
        (1, crate::world::OTHER_BOX)
    );
    let of_box = Range {
        client: Some(BOX.to_owned()),
        ..Range::default()
    };
    assert_eq!(list(of_box).await.len(), 1);
    for (key, count) in [(1, 2), (2, 0)] {
        let range = Range {
            key: Some(key),
            ..Range::default()
        };
        assert_eq!(list(range).await.len(), count);
    }
}

async fn an_overdue_code_is_expired_and_forgotten_after_a_day(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    world.pass(1200).await;
    upkeep::tidy(&world.app).await.unwrap();
    assert_eq!(world.audited("expired").await, 1);
    assert_eq!(world.poll(BOX, &begun).await.error(), "expired_token");
    world.pass(86_400).await;
    upkeep::tidy(&world.app).await.unwrap();
    assert_eq!(world.poll(BOX, &begun).await.error(), "invalid_grant");
    assert_eq!(world.count("SELECT count(*) FROM flow").await, 0);
}
