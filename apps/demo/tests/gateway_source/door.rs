//! The real gateway behind the door, with a person who walks through its pages.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use collector::Collector;
use collector::consents::{Consents, Dialect, Record, Server};
use collector::{ReleveGateway, Source};
use demo::{Gate, PUBLIC_URL, Person, RETURN_URL};
use enedis::{Generation, Problem};
use grant::client::{Consent, Next, Why};

use crate::stories::{self, NOW, Recorder};
use crate::world::{World, usage_point};

/// What it says, day by day, when the customer withdraws at Enedis: it doubts
/// once, believes a second refusal, and its tokens are dead from then on.
pub const WITHDRAWN_AT_ENEDIS: &[Problem] = &[
    Problem::ConsentInDoubt,
    Problem::NoConsent,
    Problem::ConsentInDoubt,
];

/// What a story sees, and what is behind it.
pub struct Door {
    seen: stories::Door,
    pub gate: Gate,
    person: Person,
}

impl Deref for Door {
    type Target = stories::Door;
    fn deref(&self) -> &stories::Door {
        &self.seen
    }
}

impl DerefMut for Door {
    fn deref_mut(&mut self) -> &mut stories::Door {
        &mut self.seen
    }
}

/// A box, its gateway and its person before any consent.
pub struct Street<'a> {
    world: &'a World,
    pub gate: Gate,
    pub person: Person,
    consents: Arc<Consents>,
    heard: Recorder,
}

pub fn world() -> World {
    World::at(NOW, |options| {
        options.pacing_and_quotas = false;
        options.mode = simulator::Mode::V2026;
        options.redirect_urls = vec![RETURN_URL.to_owned()];
    })
}

/// The street, and a collector that reads over the gateway.
pub async fn street<'a>(world: &'a World, points: &[u64]) -> (Street<'a>, Collector) {
    let clock = Arc::new(world.clock.clone());
    let gate = Gate::before(&world.simulator, clock.clone()).await.unwrap();
    let heard = Recorder::over(gate.http());
    let server = Server {
        dialect: Dialect::Rfc,
        base_url: PUBLIC_URL.parse().unwrap(),
        client_id: "releve".to_owned(),
    };
    let plain = world.collector("a.db", Generation::V2026, points);
    let http = Arc::new(heard.clone());
    let points = points.iter().map(|number| usage_point(*number)).collect();
    let folder = world.dir.path();
    let consents = Consents::new(
        ("gateway", server),
        points,
        folder,
        http.clone(),
        clock.clone(),
    );
    let consents = Arc::new(consents.telling(Arc::clone(&plain.ledger)));
    let source: Arc<dyn Source> = Arc::new(ReleveGateway::new(http, clock, consents.clone()));
    let street = Street {
        world,
        person: Person::new(gate.clone(), &world.simulator, "demo"),
        gate,
        consents,
        heard,
    };
    (street, Collector { source, ..plain })
}

impl Street<'_> {
    /// The box shows a code; the link to it.
    pub async fn begin(&self) -> (Record, String) {
        let record = self.consents.begin().await.unwrap();
        let Consent::Waiting(code) = &record.consent else {
            panic!("no code: {record:?}");
        };
        let link = code.link_complete.clone().unwrap();
        (record, link)
    }

    /// The box polls at its pace until the code waits no more.
    pub async fn settle(&self, record: &Record) -> Record {
        let mut record = record.clone();
        for _ in 0..1000 {
            if !matches!(record.consent, Consent::Waiting(_)) {
                return record;
            }
            if let Next::Wait(until) = record.consent.next(self.world.simulator.now()) {
                self.world.clock.set(until);
            }
            record = self.consents.tend(&record.id).await.unwrap();
        }
        panic!("it waits for ever");
    }
}

/// Why a consent came to nothing.
pub fn why(record: &Record) -> Why {
    match &record.consent {
        Consent::Over(over) => over.why.clone(),
        other => panic!("{other:?}"),
    }
}

/// A box whose consents were given on the pages.
pub async fn open(points: &[u64]) -> Door {
    let world = world();
    let (mut street, collector) = street(&world, points).await;
    for number in points {
        let (record, link) = street.begin().await;
        let point = usage_point(*number);
        street.person.agrees(&link, point).await.unwrap();
        let record = street.settle(&record).await;
        assert!(matches!(record.consent, Consent::Given(_)), "{record:?}");
    }
    let Street {
        gate,
        person,
        consents,
        heard,
        ..
    } = street;
    Door {
        seen: stories::Door {
            world,
            collector,
            consents,
            heard,
        },
        gate,
        person,
    }
}

/// The person withdraws on the gateway's page.
pub async fn withdraw(door: &mut Door) {
    door.person.withdraws().await.unwrap();
}
