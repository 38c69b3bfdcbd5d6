//! A collector beside a simulated Enedis, on one virtual clock, without sockets.

use std::sync::Arc;

use collector::rhythm::Rhythm;
use collector::{Collector, DataConnect, Summary, Trouble, Unwatched};
use enedis::{Client, ClientConfig, Generation, Problem};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Access, Ledger, SeriesKey, Store};
use meter::{Direction, Interval, Kind, UsagePoint, paris};
use service::dates::Dates;
use service::{SharedHttp, VirtualClock};
use simulator::{Options, Simulator};

pub struct World {
    pub dir: tempfile::TempDir,
    pub clock: VirtualClock,
    pub simulator: Simulator,
    pub dates: Dates,
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
            dates: Dates::default(),
        }
    }

    /// A collector of its own ledger; several may share a simulator.
    pub fn collector(&self, file: &str, generation: Generation, points: &[u64]) -> Collector {
        let source = DataConnect::new("enedis", self.client(generation));
        self.collector_of(file, source, points)
    }

    pub fn client(&self, generation: Generation) -> Client {
        self.client_of(&self.simulator, generation)
    }

    /// A client of another simulator, on this clock.
    pub fn client_of(&self, enedis: &Simulator, generation: Generation) -> Client {
        self.client_over(generation, enedis.http())
    }

    /// A client whose calls go another way.
    pub fn client_over(&self, generation: Generation, http: SharedHttp) -> Client {
        Client::new(
            self.dates.over(http, Arc::new(self.clock.clone())),
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

    /// The same over a source.
    pub fn collector_of(&self, file: &str, source: DataConnect, points: &[u64]) -> Collector {
        Collector {
            ledger: Arc::new(Ledger::open(&self.dir.path().join(file)).unwrap()),
            source: Arc::new(source),
            clock: Arc::new(self.clock.clone()),
            usage_points: points.iter().map(|n| usage_point(*n)).collect(),
            patience: collector::Patience::Waits,
            rhythm: Rhythm::enedis(0),
            wishes: collector::Wishes::default(),
            dates: self.dates.clone(),
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

/// A line a trouble: whom it concerns, and its name.
pub fn troubles(summary: &Summary, name: impl Fn(&Problem) -> String) -> String {
    let line = |trouble: &Trouble| {
        let series = trouble.series;
        let series = series.map(|key| format!("{} {}", key.direction, key.kind));
        let point = trouble.usage_point.map(|_| "the usage point".to_owned());
        let whom = series.or(point).unwrap_or_else(|| "the source".to_owned());
        format!("  {whom}: {}\n", name(&trouble.problem))
    };
    summary.troubles.iter().map(line).collect()
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
