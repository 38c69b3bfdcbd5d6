//! F20, F21: a refusal by Enedis is believed the second time, a day later, and
//! never when everybody is refused at once.

use simulator::{Fault, FaultRule, Resource};

use crate::neutral::refused;
use crate::world::{BOX, Engine, HOME, Pair, World};
use crate::{on_both, read};

on_both!(
    f21_one_refusal_is_a_doubt_and_a_good_answer_lifts_it,
    f21_a_second_refusal_a_day_later_ends_the_consent,
    f20_when_many_are_refused_at_once_none_is_believed,
);

fn refuse(world: &World, code: &str) {
    let fault = Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    let rule = FaultRule::always(HOME.1.parse().unwrap(), Resource::ConsumptionDaily, fault);
    world.enedis.add_fault(rule);
}

fn path() -> String {
    format!("/data/v1/{}/daily?from=2026-11-01&to=2026-11-20", HOME.1)
}

async fn statuses(world: &World) -> Vec<String> {
    let rows = world.rows("SELECT status FROM consent ORDER BY id").await;
    rows.iter()
        .map(|row| row.text(0).unwrap().to_owned())
        .collect()
}

async fn f21_one_refusal_is_a_doubt_and_a_good_answer_lifts_it(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    refuse(&world, "ADAM-DC-0008");
    for _ in 0..2 {
        let answer = read(&world, &path(), &pair.access).await;
        assert_eq!(answer.status, 502, "{}", answer.text);
        assert_eq!(
            refused(&answer).problem,
            Some(enedis::Problem::ConsentInDoubt)
        );
    }
    assert_eq!(statuses(&world).await, ["suspect"]);
    assert_eq!(world.audited("doubted").await, 1);
    world.enedis.clear_faults();
    assert_eq!(read(&world, &path(), &pair.access).await.status, 200);
    assert_eq!(statuses(&world).await, ["active"]);
    assert_eq!(world.audited("doubt_lifted").await, 1);
}

async fn f21_a_second_refusal_a_day_later_ends_the_consent(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    refuse(&world, "ADAM-DC-0008");
    assert_eq!(read(&world, &path(), &pair.access).await.status, 502);
    world.pass(25 * 3600).await;
    let pair = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    let answer = read(&world, &path(), &pair.access).await;
    assert_eq!(
        (answer.status.as_u16(), answer.error().as_str()),
        (403, "consent_ended")
    );
    assert_eq!(statuses(&world).await, ["revoked"]);
    assert_eq!(
        world.refresh(BOX, &pair.refresh).await.error(),
        "invalid_grant"
    );
    assert_eq!(
        world
            .count("SELECT count(*) FROM consent WHERE dek IS NOT NULL")
            .await,
        0
    );
}

async fn f20_when_many_are_refused_at_once_none_is_believed(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    // Thirty other households fell into doubt at the same time.
    let rows = world.app.store.transact(|tx| {
        Box::pin(async move {
            for n in 0..30_i64 {
                let sql = "INSERT INTO consent (id, flow, client, generation, scopes, from_at,
                             until_at, status, status_at)
                           VALUES ($1, $2, 'box', '2026', 'daily', 0, $3, 'suspect', $4)";
                let id = n.to_be_bytes().to_vec();
                let later = tx.now() + jiff::SignedDuration::from_hours(9000);
                let values = vec![id.clone().into(), id.into(), later.into(), tx.now().into()];
                tx.execute(sql, values).await?;
            }
            Ok(())
        })
    });
    rows.await.unwrap();
    refuse(&world, "ADAM-DC-0008");
    assert_eq!(read(&world, &path(), &pair.access).await.status, 502);
    let mut pair = pair;
    // As soon as a second refusal would be believed, and for days after.
    for hours in [24, 1, 30] {
        world.pass(hours * 3600 + 60).await;
        pair = Pair::of(&world.refresh(BOX, &pair.refresh).await);
        assert_eq!(read(&world, &path(), &pair.access).await.status, 502);
        assert!(
            statuses(&world)
                .await
                .iter()
                .all(|status| status == "suspect")
        );
    }
    assert_eq!(world.audited("mass_guard_on").await, 1);
    // The others are answered again: the guard ends by itself.
    let answered = world.app.store.transact(|tx| {
        let sql =
            "UPDATE consent SET status = 'active' WHERE client = 'box' AND generation = '2026'
                     AND autorisation_id IS NULL";
        Box::pin(async move { tx.execute(sql, Vec::new()).await })
    });
    assert_eq!(answered.await.unwrap(), 30);
    gateway::upkeep::tidy(&world.app).await.unwrap();
    assert_eq!(world.audited("mass_guard_off").await, 1);
    assert_eq!(world.audited("mass_guard_on").await, 1);
    assert_eq!(read(&world, &path(), &pair.access).await.status, 403);
}
