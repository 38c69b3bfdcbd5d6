//! A source with consents, beside its stand-in.

use std::sync::Arc;

use collector::consents::{Consents, Dialect, Server};
use collector::{Collector, DomoticzProxy, ReleveGateway, Source};
use enedis::Generation;
use grant::client::{Consent, Next};
use service::SharedHttp;
use simulator::{Decision, domoticz_proxy, relay};

use crate::world::{World, usage_point};

/// The consents of a gateway of that dialect, kept in the folder of the world.
pub fn consents(world: &World, dialect: Dialect, points: &[u64], http: SharedHttp) -> Consents {
    let (path, client_id) = match dialect {
        Dialect::Rfc => (relay::PATH, relay::CLIENT_ID),
        Dialect::DomoticzProxy => (domoticz_proxy::PATH, domoticz_proxy::CLIENT_ID),
    };
    let server = Server {
        dialect,
        base_url: format!("http://127.0.0.1{path}").parse().unwrap(),
        client_id: client_id.to_owned(),
    };
    let points = points.iter().map(|n| usage_point(*n)).collect();
    let clock = Arc::new(world.clock.clone());
    Consents::new(("gateway", server), points, world.dir.path(), http, clock)
}

/// A collector over such consents; its ledger tells what stands.
pub fn collector(world: &World, dialect: Dialect, points: &[u64]) -> (Collector, Arc<Consents>) {
    collector_over(world, dialect, points, world.simulator.http())
}

pub fn collector_over(
    world: &World,
    dialect: Dialect,
    points: &[u64],
    http: SharedHttp,
) -> (Collector, Arc<Consents>) {
    let plain = world.collector("a.db", Generation::V5, points);
    let consents = consents(world, dialect, points, http.clone());
    let consents = Arc::new(consents.telling(Arc::clone(&plain.ledger)));
    let clock = Arc::new(world.clock.clone());
    let source: Arc<dyn Source> = match dialect {
        Dialect::Rfc => Arc::new(ReleveGateway::new(http, clock, Arc::clone(&consents))),
        Dialect::DomoticzProxy => Arc::new(DomoticzProxy::new(http, clock, Arc::clone(&consents))),
    };
    (Collector { source, ..plain }, consents)
}

/// Somebody gives a consent for these usage points.
pub async fn give(world: &World, consents: &Consents, points: &[u64]) {
    consents.begin().await.unwrap();
    let points = points.iter().map(|n| usage_point(*n)).collect();
    answer(world, consents, &Decision::Approved(points)).await;
}

/// Somebody answers the code that waits; the box hears of it.
pub async fn answer(world: &World, consents: &Consents, decision: &Decision) {
    let codes = world.simulator.pending_codes();
    assert!(world.simulator.decide(codes.last().unwrap(), decision));
    settle(world, consents).await;
}

/// Polls at the pace of the box until no code waits any more.
pub async fn settle(world: &World, consents: &Consents) {
    for _ in 0..1000 {
        let records = consents.records();
        let waiting = records
            .iter()
            .find(|record| matches!(record.consent, Consent::Waiting(_)));
        let Some(record) = waiting else { return };
        if let Next::Wait(until) = record.consent.next(world.simulator.now()) {
            world.clock.set(until);
        }
        consents.tend(&record.id).await.unwrap();
    }
    panic!("it waits for ever");
}
