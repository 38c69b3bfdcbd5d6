//! The real gateway behind the door, with a person who walks through its pages.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use collector::Collector;
use collector::consents::{Consents, Dialect, Record, Server};
use collector::{ReleveGateway, Source};
use demo::{Gate, PUBLIC_URL, Person, RETURN_URL};
use enedis::{Generation, Problem};
use gateway::store::{StoreError, Tx};
use grant::client::{Consent, Next, Why};
use service::random::SystemRandomness;

use crate::stories::{self, NOW, Recorder};
use crate::world::{World, usage_point};

#[path = "../../../../crates/gateway/tests/common/traces.rs"]
mod traces;

/// What it says, day by day, when the customer withdraws at Enedis: it doubts
/// once, believes a second refusal, and its tokens are dead from then on.
pub const WITHDRAWN_AT_ENEDIS: &[Problem] = &[
    Problem::ConsentInDoubt,
    Problem::NoConsent,
    Problem::ConsentInDoubt,
];

/// What a story sees, and what is behind it.
pub struct Door {
    /// First, so that it still finds everything when the story ends.
    _leaving: Leaving,
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

/// What the gateway leaves for the hunt for secrets when a story ends.
struct Leaving(Gate);

impl Drop for Leaving {
    fn drop(&mut self) {
        if !traces::wanted() {
            return;
        }
        traces::leave("metrics", self.0.app.metrics.text().as_bytes());
        let store = self.0.app.store.clone();
        // Its rows are in memory: they are asked for, on a thread that may wait.
        let asked = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            let rows = store.transact(|tx| Box::pin(rows(tx)));
            runtime.unwrap().block_on(rows).unwrap()
        });
        traces::leave("rows", asked.join().unwrap().as_bytes());
    }
}

/// Every value of every row: texts as they are, bytes in hexadecimal.
async fn rows(tx: &mut dyn Tx) -> Result<String, StoreError> {
    let columns = "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
                   WHERE m.type = 'table'";
    let mut all = String::new();
    for column in tx.query(columns, Vec::new()).await? {
        let (table, column) = (column.text(0)?, column.text(1)?);
        let sql = format!("SELECT quote(\"{column}\") FROM \"{table}\"");
        for value in tx.query(&sql, Vec::new()).await? {
            all += value.text(0)?;
            all.push('\n');
        }
    }
    Ok(all)
}

/// A box, its gateway and its person before any consent.
pub struct Street<'a> {
    leaving: Leaving,
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
    traces::gave("not-a-secret");
    let random = Arc::new(traces::Recorded(SystemRandomness::new()));
    let gate = Gate::drawing(&world.simulator, clock.clone(), random).await;
    let gate = gate.unwrap();
    let heard = Recorder::over(gate.http());
    let server = Server {
        dialect: Dialect::Rfc,
        base_url: PUBLIC_URL.parse().unwrap(),
        client_id: "releve".to_owned(),
    };
    let plain = world.collector("a.db", Generation::V2026, points);
    let http = Arc::new(heard.clone());
    let points: Vec<_> = points.iter().map(|number| usage_point(*number)).collect();
    for point in &points {
        traces::gave(&point.to_string());
    }
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
        leaving: Leaving(gate.clone()),
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
        leaving,
        gate,
        person,
        consents,
        heard,
        ..
    } = street;
    Door {
        _leaving: leaving,
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
