//! The household, its Enedis and its collector, on one virtual clock.

use std::fs::{DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use collector::rhythm::Rhythm;
use collector::{Collector, DataConnect, Patience, Summary, Unwatched};
use enedis::{Client, ClientConfig, Generation};
use jiff::Timestamp;
use ledger::{Access, Ledger, Store, WriterLock};
use meter::UsagePoint;
use service::{Clock, SharedClock, SystemClock, VirtualClock};
use simulator::{Options as Invention, Simulator};

use crate::options::Options;

/// The household that consumes and produces, and a second usage point.
const USAGE_POINTS: [u64; 2] = [22_222_222_222_222, 33_333_333_333_333];

/// Everything that lives in this process.
pub struct World {
    /// Where the data stays.
    pub data_dir: PathBuf,
    /// The time of the demonstration.
    pub clock: VirtualClock,
    /// The machine's clock, to tell how long things take.
    pub real: SystemClock,
    collector: Collector,
    _lock: WriterLock,
}

impl World {
    /// Begins now, with an empty folder or with what an earlier one left.
    pub fn new(options: &Options) -> anyhow::Result<Self> {
        let data_dir = std::path::absolute(&options.data_dir)?;
        let shown = data_dir.display();
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&data_dir)
            .and_then(|()| std::fs::set_permissions(&data_dir, Permissions::from_mode(0o700)))
            .with_context(|| format!("{shown}"))?;
        let lock = WriterLock::acquire(&data_dir, "demo")?;
        let real = SystemClock;
        let clock = VirtualClock::at(real.now());
        let mut invention = Invention::new(Arc::new(clock.clone()));
        invention.mode = simulator::Mode::V2026;
        let simulator = Simulator::new(invention.clone());
        let client = Client::new(
            simulator.http(),
            shared(&clock),
            ClientConfig {
                base_url: "http://127.0.0.1/".parse()?,
                generation: Generation::V2026,
                client_id: invention.client_id,
                client_secret: invention.client_secret.into(),
                calls_per_second: Some(5),
            },
        );
        Ok(Self {
            collector: Collector {
                ledger: Arc::new(Ledger::open(&data_dir.join(ledger::FILE_NAME))?),
                source: Arc::new(DataConnect::new("enedis", client)),
                clock: shared(&clock),
                usage_points: USAGE_POINTS
                    .into_iter()
                    .filter_map(UsagePoint::from_u64)
                    .collect(),
                patience: Patience::Tries,
                rhythm: Rhythm::enedis(0),
                wishes: collector::Wishes::default(),
            },
            data_dir,
            clock,
            real,
            _lock: lock,
        })
    }

    /// Fetches everything that is due.
    pub async fn sync(&self) -> anyhow::Result<Summary> {
        Ok(self.collector.sync(&mut Unwatched).await?)
    }

    /// Reads what is held.
    pub fn store(&self) -> anyhow::Result<Store> {
        let path = self.data_dir.join(ledger::FILE_NAME);
        Ok(Store::open(&path, Access::Read)?)
    }

    /// The time of the demonstration.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

fn shared(clock: &VirtualClock) -> SharedClock {
    Arc::new(clock.clone())
}
