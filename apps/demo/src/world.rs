//! The household, its Enedis, the consent gateway between them and the collector,
//! on one virtual clock.

use std::fs::{DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use collector::consents::{Dialect, Record, Server};
use collector::rhythm::Rhythm;
use collector::{Collector, Consents, Patience, ReleveGateway, Summary, Unwatched};
use demo::{Gate, PUBLIC_URL, Person, RETURN_URL};
use grant::client::{Consent, Next};
use jiff::Timestamp;
use ledger::{Access, Ledger, Store, WriterLock};
use meter::UsagePoint;
use service::dates::Dates;
use service::{Clock, SharedClock, SystemClock, VirtualClock};
use simulator::{Options as Invention, Simulator};

use crate::options::Options;

/// The household that consumes and produces, and a second usage point.
const USAGE_POINTS: [u64; 2] = [22_222_222_222_222, 33_333_333_333_333];
/// Who they are at Enedis.
const CUSTOMER: &str = "demo";
/// A code lives twenty minutes and is asked about every five seconds.
const POLLS: u32 = 300;

/// Everything that lives in this process.
pub struct World {
    /// Where the data stays.
    pub data_dir: PathBuf,
    /// The time of the demonstration.
    pub clock: VirtualClock,
    /// The machine's clock, to tell how long things take.
    pub real: SystemClock,
    collector: Collector,
    consents: Arc<Consents>,
    person: Person,
    _lock: WriterLock,
}

impl World {
    /// Begins now, with an empty folder or with what an earlier one left.
    pub async fn new(options: &Options) -> anyhow::Result<Self> {
        let data_dir = folder(options)?;
        let lock = WriterLock::acquire(&data_dir, "demo")?;
        let real = SystemClock;
        let clock = VirtualClock::at(real.now());
        let mut invention = Invention::new(Arc::new(clock.clone()));
        invention.mode = simulator::Mode::V2026;
        invention.redirect_urls = vec![RETURN_URL.to_owned()];
        let enedis = Simulator::new(invention);
        let gate = Gate::before(&enedis, shared(&clock)).await?;
        let usage_points: Vec<UsagePoint> = USAGE_POINTS
            .into_iter()
            .filter_map(UsagePoint::from_u64)
            .collect();
        let ledger = Arc::new(Ledger::open(&data_dir.join(ledger::FILE_NAME))?);
        let server = Server {
            dialect: Dialect::Rfc,
            base_url: PUBLIC_URL.parse()?,
            client_id: "releve".to_owned(),
        };
        let consents = Consents::new(
            ("gateway", server),
            usage_points.clone(),
            &data_dir,
            gate.http(),
            shared(&clock),
        );
        let consents = Arc::new(consents.telling(Arc::clone(&ledger)));
        let source = ReleveGateway::new(gate.http(), shared(&clock), Arc::clone(&consents));
        Ok(Self {
            collector: Collector {
                ledger,
                source: Arc::new(source),
                clock: shared(&clock),
                usage_points,
                patience: Patience::Tries,
                rhythm: Rhythm::enedis(0),
                wishes: collector::Wishes::default(),
                dates: Dates::default(),
            },
            person: Person::new(gate, &enedis, CUSTOMER),
            consents,
            data_dir,
            clock,
            real,
            _lock: lock,
        })
    }

    /// The box asks for a code for each usage point, and the person answers it
    /// on the gateway's page and on that of Enedis; the codes.
    pub async fn consent(&mut self) -> anyhow::Result<Vec<String>> {
        // The gateway of an earlier demonstration is gone, and its tokens with it.
        for record in self.consents.records() {
            self.consents.forget(&record.id).await?;
        }
        let mut codes = Vec::new();
        for point in self.collector.usage_points.clone() {
            let record = self.consents.begin().await?;
            let Consent::Waiting(code) = &record.consent else {
                bail!("the gateway gave no code");
            };
            let link = code.link_complete.as_ref().unwrap_or(&code.link);
            self.person.agrees(link, point).await?;
            self.wait_for(&record).await?;
            codes.push(code.user_code.clone());
        }
        Ok(codes)
    }

    /// Polls at the pace of the box until it has its tokens.
    async fn wait_for(&self, record: &Record) -> anyhow::Result<()> {
        let mut record = record.clone();
        for _ in 0..POLLS {
            if let Next::Wait(until) = record.consent.next(self.clock.now()) {
                self.clock.set(until);
            }
            record = self.consents.tend(&record.id).await?;
            match &record.consent {
                Consent::Waiting(_) => {}
                Consent::Given(_) => return Ok(()),
                Consent::Over(over) => bail!("the consent came to nothing: {:?}", over.why),
            }
        }
        bail!("the code was never answered")
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

fn folder(options: &Options) -> anyhow::Result<PathBuf> {
    let data_dir = std::path::absolute(&options.data_dir)?;
    let shown = data_dir.display();
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&data_dir)
        .and_then(|()| std::fs::set_permissions(&data_dir, Permissions::from_mode(0o700)))
        .with_context(|| format!("{shown}"))?;
    Ok(data_dir)
}
