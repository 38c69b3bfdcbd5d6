//! The right to write: the data folder, its lock, the ledger, the sources.

pub(crate) mod colours;
mod consent;
mod outputs;
pub(crate) mod sources;

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;

use collector::colours::Watch;
use collector::{Collector, Consents, Inbox, Patience, wrong_clock};
use jiff::Timestamp;
use ledger::{Access, Ledger, LedgerError, Store, WriterLock};
use meter::UsagePoint;
use service::SharedClock;
use service::dates::Dates;

use crate::config::Settings;
use crate::exit::{Exit, Failure, Said};
use crate::notify::Teller;
use crate::words::Words;

pub(crate) use consent::{Desk, desk};
pub(crate) use outputs::{context, destinations, jeedom};
use sources::Means;

/// A ledger that this process alone writes, until dropped.
pub struct Writer {
    /// The ledger.
    pub store: Store,
    _lock: WriterLock,
}

impl Writer {
    /// Opens the ledger of a data folder for a command that writes files into it.
    pub fn open(data_dir: &Path, command: &str) -> Result<Self, Failure> {
        let lock = lock(data_dir, command)?;
        Ok(Self {
            store: Store::open(&data_dir.join(ledger::FILE_NAME), Access::Write)?,
            _lock: lock,
        })
    }
}

/// Collectors that this process alone runs, until dropped.
pub struct Collecting {
    /// The ledger that they fill.
    pub ledger: Arc<Ledger>,
    /// What asks and keeps: one for each source that a usage point is asked of.
    pub collectors: Vec<Collector>,
    /// The folders that are watched.
    pub inboxes: Vec<Inbox>,
    /// The consents that they need, where they need some.
    pub consents: Vec<Arc<Consents>>,
    /// What keeps the colours of days; none where no offer needs them.
    pub colours: Option<Watch>,
    /// What the dates of the sources' answers show of our clock.
    pub dates: Dates,
    _lock: WriterLock,
}

impl Collecting {
    /// Everything a sync needs, for the configured usage points or some of them.
    pub fn open(
        settings: &Settings,
        only: &[UsagePoint],
        clock: &SharedClock,
        command: &str,
        patience: Patience,
    ) -> Result<Self, Failure> {
        let usage_points = usage_points(settings, only)?;
        sources::any(settings)?;
        let http = sources::http()?;
        let dates = Dates::default();
        let lock = lock(&settings.data_dir, command)?;
        let ledger = Arc::new(Ledger::open(&settings.data_dir.join(ledger::FILE_NAME))?);
        let colours = colours::watch(settings, &ledger, clock, &http);
        let means = Means {
            settings,
            clock,
            http: &http,
            ledger: &ledger,
            dates: &dates,
        };
        let (home, wishes) = (settings.home(), settings.wishes());
        let mut consents = Vec::new();
        let mut collectors = Vec::new();
        for asked in sources::asked(&means, &usage_points)? {
            consents.extend(asked.consents);
            collectors.push(Collector {
                ledger: Arc::clone(&ledger),
                rhythm: settings
                    .schedule
                    .rhythm(&home, asked.source.name(), asked.source.hours()),
                source: asked.source,
                clock: clock.clone(),
                usage_points: asked.usage_points,
                patience,
                wishes: wishes.clone(),
                dates: asked.dates,
            });
        }
        Ok(Self {
            collectors,
            inboxes: sources::inboxes(settings, &usage_points, clock),
            consents,
            colours,
            dates,
            ledger,
            _lock: lock,
        })
    }
}

impl Collecting {
    /// Tells in the ledger what a round of answers has shown of our clock.
    pub async fn note_clock(&self, now: Timestamp) -> Result<(), LedgerError> {
        let Some(shown) = self.dates.take() else {
            return Ok(());
        };
        let told = move |store: &mut Store| wrong_clock::tell(store, shown, now);
        self.ledger.call(told).await
    }
}

/// The ledger of a data folder for a command that writes into it beside its
/// work elsewhere.
pub(crate) fn writing(
    data_dir: &Path,
    command: &str,
) -> Result<(Arc<Ledger>, WriterLock), Failure> {
    let lock = lock(data_dir, command)?;
    let ledger = Ledger::open(&data_dir.join(ledger::FILE_NAME))?;
    Ok((Arc::new(ledger), lock))
}

/// Who tells people what concerns them; none: nobody is to be told.
pub(crate) fn teller(
    settings: &Settings,
    collecting: &Collecting,
    clock: &SharedClock,
    words: Words,
) -> Result<Option<Teller>, Failure> {
    let http = sources::http()?;
    let ledger = &collecting.ledger;
    Ok(Teller::new(settings, ledger, clock, &http, words))
}

fn usage_points(settings: &Settings, only: &[UsagePoint]) -> Result<Vec<UsagePoint>, Failure> {
    let configured: Vec<UsagePoint> = settings
        .usage_points
        .iter()
        .map(|point| point.prm)
        .collect();
    if configured.is_empty() {
        return Err(missing("sync-no-points", "sync-no-points-do"));
    }
    if let Some(unknown) = only.iter().find(|prm| !configured.contains(prm)) {
        let said = Said::new("sync-unknown-point").with("prm", unknown);
        return Err(Failure::usage(said).hint(Said::new("sync-unknown-point-do")));
    }
    Ok(if only.is_empty() {
        configured
    } else {
        only.to_vec()
    })
}

fn missing(what: &'static str, what_to_do: &'static str) -> Failure {
    Failure::new(Exit::Configuration, Said::new(what)).hint(Said::new(what_to_do))
}

/// The lock of a data folder, which is made (`0700`) when it is missing.
pub(crate) fn lock(data_dir: &Path, command: &str) -> Result<WriterLock, Failure> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data_dir)
        .map_err(|source| LedgerError::Io {
            path: data_dir.to_owned(),
            // A file stands where the folder should be.
            source: match source.kind() {
                std::io::ErrorKind::AlreadyExists => std::io::ErrorKind::NotADirectory.into(),
                _ => source,
            },
        })?;
    Ok(WriterLock::acquire(data_dir, command)?)
}
