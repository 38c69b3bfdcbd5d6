//! A collector beside a simulated Enedis, on one virtual clock, without sockets.

#![allow(dead_code, reason = "each test file uses its part")]

pub mod consented;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use collector::rhythm::Rhythm;
use collector::{Collector, DataConnect, Summary, Unwatched};
use enedis::{Client, ClientConfig, Generation};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Access, DayState, Ledger, SeriesKey, Store};
use meter::{Direction, Interval, Kind, UsagePoint, paris};
use service::VirtualClock;
use simulator::{Options, Simulator};

pub struct World {
    pub dir: tempfile::TempDir,
    pub clock: VirtualClock,
    pub simulator: Simulator,
}

impl World {
    pub fn at(now: &str, change: impl FnOnce(&mut Options)) -> Self {
        let clock = VirtualClock::at(now.parse().unwrap());
        let mut options = Options::new(Arc::new(clock.clone()));
        change(&mut options);
        Self {
            dir: tempfile::tempdir().unwrap(),
            clock,
            simulator: Simulator::new(options),
        }
    }

    /// A collector of its own ledger; several may share a simulator.
    pub fn collector(&self, file: &str, generation: Generation, points: &[u64]) -> Collector {
        let source = DataConnect::new("enedis", self.client(generation));
        self.collector_of(file, source, points)
    }

    /// The same, free to change to the generation that serves.
    pub fn switching(&self, file: &str, points: &[u64]) -> Collector {
        let client = self.client(Generation::V2026);
        self.collector_of(file, DataConnect::new("enedis", client).switching(), points)
    }

    fn client(&self, generation: Generation) -> Client {
        Client::new(
            self.simulator.http(),
            Arc::new(self.clock.clone()),
            ClientConfig {
                base_url: "http://127.0.0.1/".parse().unwrap(),
                generation,
                client_id: "releve-simulated".to_owned(),
                client_secret: "not-a-secret".to_owned().into(),
                calls_per_second: Some(5),
            },
        )
    }

    fn collector_of(&self, file: &str, source: DataConnect, points: &[u64]) -> Collector {
        Collector {
            ledger: Arc::new(Ledger::open(&self.dir.path().join(file)).unwrap()),
            source: Arc::new(source),
            clock: Arc::new(self.clock.clone()),
            usage_points: points.iter().map(|n| usage_point(*n)).collect(),
            patience: collector::Patience::Waits,
            rhythm: Rhythm::enedis(0),
            wishes: collector::Wishes::default(),
        }
    }

    pub fn reader(&self, file: &str) -> Store {
        Store::open(&self.dir.path().join(file), Access::Read).unwrap()
    }

    pub fn advance_hours(&self, hours: i64) {
        self.clock.advance(jiff::SignedDuration::from_hours(hours));
    }
}

pub async fn sync(collector: &Collector) -> Summary {
    collector.sync(&mut Unwatched).await.unwrap()
}

pub fn usage_point(number: u64) -> UsagePoint {
    UsagePoint::from_u64(number).unwrap()
}

pub fn key(number: u64, direction: Direction, kind: Kind) -> SeriesKey {
    SeriesKey {
        usage_point: usage_point(number),
        direction,
        kind,
    }
}

pub fn whole_curve(store: &Store, key: SeriesKey) -> Vec<Interval> {
    store
        .curve(key, Timestamp::UNIX_EPOCH, Timestamp::MAX)
        .unwrap()
}

pub fn states(store: &Store, key: SeriesKey) -> BTreeMap<Date, DayState> {
    store
        .days(key, Date::MIN, Date::MAX)
        .unwrap()
        .into_iter()
        .map(|record| (record.day, record.state))
        .collect()
}

/// Every row of every table, as text, in key order.
pub fn dump(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let names: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut rows = Vec::new();
    for name in names {
        let mut select = connection
            .prepare(&format!("SELECT * FROM {name}"))
            .unwrap();
        let columns = select.column_count();
        let mut found = select.query([]).unwrap();
        let mut table = Vec::new();
        while let Some(row) = found.next().unwrap() {
            let values: Vec<String> = (0..columns)
                .map(|index| format!("{:?}", row.get_ref(index).unwrap()))
                .collect();
            table.push(format!("{name}: {}", values.join(", ")));
        }
        table.sort();
        rows.extend(table);
    }
    rows
}

/// The truth of a day, as it should be held.
pub fn true_days(
    world: &World,
    number: u64,
    direction: Direction,
    from: Date,
    to: Date,
) -> Vec<Interval> {
    let truth = world.simulator.truth(usage_point(number)).unwrap();
    paris::days(from, to)
        .flat_map(|day| truth.collected_day(direction, day))
        .collect()
}
