//! SIGKILL under load, on both engines: nobody has to consent again. The
//! oracles are the boxes' own transcripts and the rows, never the gateway.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

#[path = "common/postgres.rs"]
mod postgres;
#[expect(dead_code, reason = "the other stories use the rest")]
#[path = "common/world.rs"]
mod world;

#[path = "crash/boxes.rs"]
mod boxes;
#[path = "crash/checker.rs"]
mod checker;
#[path = "crash/node.rs"]
mod node;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::SignedDuration;
use service::{Clock, SystemClock};

use boxes::{Life, Shift};
use node::{METRICS, Node, Place};
use simulator::{Mode, Options, Simulator};
use world::{BOX, Begun, DEVICE, Engine, Pair};

const CHAINS: usize = 32;
const KILLS: u64 = 3;
/// Households of the stand-in, each with one usage point.
const HOMES: [(&str, &str); 6] = [
    ("0", "22516914714270"),
    ("1", "11453290002823"),
    ("2", "32320647321714"),
    ("4", "42900589957123"),
    ("demo", "22222222222222"),
    ("demo", "33333333333333"),
];

mod sqlite {
    #[tokio::test]
    async fn f02_killed_under_32_refreshing_chains_no_chain_is_lost() {
        super::refreshing(super::Engine::Sqlite).await;
    }

    #[tokio::test]
    async fn f01_killed_during_redemption_every_box_gets_its_tokens() {
        super::redeeming(super::Engine::Sqlite).await;
    }

    #[tokio::test]
    async fn i1_to_i8_hold_when_nodes_are_killed_while_boxes_do_everything_at_once() {
        Box::pin(super::everything(super::Engine::Sqlite)).await;
    }
}

mod postgres_server {
    #[tokio::test]
    async fn f02_killed_under_32_refreshing_chains_no_chain_is_lost() {
        super::refreshing(super::Engine::Postgres).await;
    }

    #[tokio::test]
    async fn f01_killed_during_redemption_every_box_gets_its_tokens() {
        super::redeeming(super::Engine::Postgres).await;
    }

    #[tokio::test]
    async fn i1_to_i8_hold_when_nodes_are_killed_while_boxes_do_everything_at_once() {
        Box::pin(super::everything(super::Engine::Postgres)).await;
    }
}

/// Does nothing, unless it is started again as the gateway that is killed.
#[tokio::test]
async fn the_gateway_that_is_killed() {
    node::serve_if_asked().await;
}

async fn wait(millis: i64) {
    SystemClock.sleep(SignedDuration::from_millis(millis)).await;
}

async fn refreshing(engine: Engine) {
    let place = Place::new(engine);
    let codes = place.approved(CHAINS).await;
    let node = Arc::new(Node::start(&place));
    let mut held = Vec::new();
    for code in &codes {
        held.push(redeem(|| &*node, code).await);
    }
    let refreshed = Arc::new(AtomicU64::new(0));
    let chains: Vec<_> = held
        .into_iter()
        .map(|pair| {
            let (node, refreshed) = (node.clone(), refreshed.clone());
            tokio::spawn(async move { chain(&node, pair, &refreshed).await })
        })
        .collect();
    for kill in 1..=KILLS {
        let target = kill * CHAINS as u64 * 3;
        while refreshed.load(Ordering::Relaxed) < target {
            wait(5).await;
        }
        node.kill_and_restart(&place);
    }
    let target = refreshed.load(Ordering::Relaxed) + CHAINS as u64 * 2;
    while refreshed.load(Ordering::Relaxed) < target {
        wait(5).await;
    }
    node.stop();
    for chain in chains {
        assert_eq!(
            chain.await.unwrap(),
            None,
            "a box would have to consent again"
        );
    }
    node.kill();
    check(&place, 0).await;
}

/// Refreshes with the token it holds until told to stop; what it was refused with.
async fn chain(node: &Node, mut held: Pair, refreshed: &AtomicU64) -> Option<String> {
    while !node.is_stopped() {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", BOX),
            ("refresh_token", &*held.refresh),
        ];
        match node.post("/token", &form).await {
            Some((200, body)) => {
                held = pair(&body);
                refreshed.fetch_add(1, Ordering::Relaxed);
            }
            // Too often within the grace, or the database is away: it comes again.
            Some((429 | 503, _)) => wait(200).await,
            Some((status, body)) => return Some(format!("{status} {body}")),
            None => wait(20).await,
        }
    }
    None
}

async fn redeeming(engine: Engine) {
    let place = Place::new(engine);
    let codes = place.approved(CHAINS).await;
    let node = Arc::new(Node::start(&place));
    let boxes: Vec<_> = codes
        .iter()
        .map(|code| {
            let (node, code) = (node.clone(), code.clone());
            tokio::spawn(async move { redeem(|| &*node, &code).await })
        })
        .collect();
    node.kill_and_restart(&place);
    for task in boxes {
        let held = task.await.unwrap();
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", BOX),
            ("refresh_token", &*held.refresh),
        ];
        let answer = node.post("/token", &form).await.unwrap();
        assert_eq!(answer.0, 200, "{}", answer.1);
    }
    node.kill();
    check(&place, 0).await;
}

/// Polls until it has its tokens, as the protocol says.
async fn redeem<'a>(node: impl Fn() -> &'a Node, code: &Begun) -> Pair {
    let form = [
        ("grant_type", DEVICE),
        ("client_id", BOX),
        ("device_code", &*code.device),
    ];
    loop {
        match node().post("/token", &form).await {
            Some((200, body)) => return pair(&body),
            Some((400, body)) if body.contains("slow_down") => wait(1000).await,
            Some((status, body)) => panic!("a box would have to consent again: {status} {body}"),
            None => wait(20).await,
        }
    }
}

fn pair(body: &str) -> Pair {
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    Pair {
        access: text("access_token"),
        refresh: text("refresh_token"),
    }
}

/// Readings, refreshes, foreign usage points and revocations at once, on one
/// node over SQLite and on two over PostgreSQL, while nodes are killed.
async fn everything(engine: Engine) {
    let mut options = Options::new(Arc::new(SystemClock));
    options.mode = Mode::V2026;
    let enedis = Simulator::new(options);
    let mut place = Place::new(engine);
    place.enedis = node::serve_enedis(&enedis);
    let proved = place.proved(&HOMES).await;
    let count = if engine == Engine::Postgres { 2 } else { 1 };
    let nodes = (0..count).map(|_| Node::start(&place)).collect();
    let shift = Arc::new(Shift::of(nodes));
    let boxes: Vec<_> = proved
        .into_iter()
        .enumerate()
        .map(|(at, proved)| {
            let life = Life::new(proved, HOMES[(at + 1) % HOMES.len()].1);
            let shift = shift.clone();
            tokio::spawn(async move { life.live(&shift, at < 2).await })
        })
        .collect();
    for kill in 1..=KILLS {
        answered(&shift, kill * 20).await;
        shift.nodes[kill as usize % count].kill_and_restart(&place);
    }
    let reached = |enedis: &Simulator| {
        let calls = enedis.calls();
        calls.iter().filter(|call| call.from.is_some()).count() > checker::ENOUGH
    };
    while !reached(&enedis) || shift.exhausted.load(Ordering::Relaxed) == 0 {
        wait(50).await;
    }
    shift.end();
    let mut lives = Vec::new();
    for one in boxes {
        lives.push(one.await.unwrap());
    }
    for node in &shift.nodes {
        node.kill_and_restart(&place);
    }
    checker::acknowledged_is_true(&lives, &shift).await;
    let calls = enedis.calls();
    checker::enedis_is_spared(&calls);
    checker::revoked_is_the_end(&lives, &calls);
    checker::nobody_reads_anothers(&lives, &enedis);
    let mut metrics = String::new();
    for node in &shift.nodes {
        metrics += &node.get(METRICS, "").await.unwrap().1;
        node.kill();
    }
    world::traces::leave("metrics", metrics.as_bytes());
    checker::nothing_is_told(&lives, &place.log(), &metrics, &place.dump().await);
    check(&place, 2).await;
}

async fn answered(shift: &Shift, target: u64) {
    while shift.answers.load(Ordering::Relaxed) < target {
        wait(5).await;
    }
}

/// I1, I2 and I6, from the rows alone; so many consents were revoked.
async fn check(place: &Place, revoked: i64) {
    let world = place.world().await;
    let none = async |what: &str, sql: &str| assert_eq!(world.count(sql).await, 0, "{what}");
    none(
        "I1: more than one live family for a code",
        "SELECT count(*) FROM (SELECT c.flow FROM family f JOIN consent c ON c.id = f.consent
           WHERE f.status = 'live' GROUP BY c.flow HAVING count(*) > 1) AS twice",
    )
    .await;
    none(
        "I2: tokens without a proof",
        "SELECT count(*) FROM family f LEFT JOIN proof p ON p.consent = f.consent
           WHERE p.consent IS NULL",
    )
    .await;
    none(
        "I2: a number that led to two consents",
        "SELECT count(*) FROM (SELECT autorisation_id FROM consent
           GROUP BY autorisation_id HAVING count(*) > 1) AS twice",
    )
    .await;
    let ended = "SELECT count(*) FROM family WHERE status <> 'live'";
    assert_eq!(world.count(ended).await, revoked, "a family was ended");
    none(
        "I6: a revocation without its row",
        "SELECT count(*) FROM family f WHERE f.status <> 'live' AND NOT EXISTS
           (SELECT 1 FROM audit a WHERE a.consent = f.consent AND a.event = 'revoked')",
    )
    .await;
    none(
        "I6: readings handed out without their row",
        "SELECT count(*) FROM served s WHERE NOT EXISTS
           (SELECT 1 FROM audit a WHERE a.consent = s.consent AND a.event = 'data_served'
             AND a.detail = s.what)",
    )
    .await;
    none(
        "I6: a redemption without its row",
        "SELECT count(*) FROM flow f WHERE f.state = 'redeemed' AND NOT EXISTS
           (SELECT 1 FROM audit a WHERE a.flow = f.id AND a.event = 'redeemed')",
    )
    .await;
    none(
        "I6: a pair without its row",
        "SELECT count(*) FROM (SELECT f.consent, count(*) AS pairs FROM refresh_token r
           JOIN family f ON f.id = r.family GROUP BY f.consent) AS p
         WHERE p.pairs <> (SELECT count(*) FROM audit a WHERE a.consent = p.consent
           AND a.event IN ('redeemed', 'redelivered', 'refreshed', 'refresh_recovered'))",
    )
    .await;
    while gateway::upkeep::seal(&world.app).await.unwrap() > 0 {}
    let verified = world
        .app
        .store
        .transact(|tx| Box::pin(gateway::audit::chain::verify(tx)));
    let verified = verified.await.unwrap().unwrap();
    assert_eq!(verified.unsealed, 0);
    assert_eq!(
        verified.head.seq,
        world.count("SELECT count(*) FROM audit").await
    );
}
