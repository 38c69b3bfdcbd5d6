//! What the pages stand upon: the clock, the settings, and readers of the ledger
//! beside whoever writes it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use home::answer::Sight;
use home::config::Settings;
use home::offers::Offers;
use home::{Exit, Failure, Said, Words};
use jiff::Timestamp;
use ledger::{Access, LedgerError, Store};
use service::SharedClock;

use crate::hands::Hands;

/// Readers that are kept open for the next request.
const KEPT: usize = 4;

/// What the pages stand upon. Cloning it is cheap; all clones are one house.
#[derive(Clone)]
pub struct House(Arc<Inner>);

struct Inner {
    clock: SharedClock,
    hands: Arc<dyn Hands>,
    readers: Mutex<Vec<Store>>,
    begun: Timestamp,
}

impl House {
    /// A house with its clock and its hands.
    pub fn new(clock: SharedClock, hands: Arc<dyn Hands>) -> Self {
        Self(Arc::new(Inner {
            begun: clock.now(),
            clock,
            hands,
            readers: Mutex::default(),
        }))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Since when it stands: with it the tokens of its forms began.
    pub fn begun(&self) -> Timestamp {
        self.0.begun
    }

    /// The clock.
    pub fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    /// What changes something.
    pub fn hands(&self) -> &Arc<dyn Hands> {
        &self.0.hands
    }

    /// Reads the ledger on a thread that may wait for the disk. The closure sees
    /// one state of the ledger from its first to its last reading only where it
    /// reads once: a writer goes on beside it.
    pub async fn read<T: Send + 'static>(
        &self,
        words: Words,
        read: impl FnOnce(&Reading<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let house = self.clone();
        let work = tokio::task::spawn_blocking(move || house.read_now(words, read));
        work.await.unwrap_or_else(|_| Err(broken()))
    }

    fn read_now<T>(
        &self,
        words: Words,
        read: impl FnOnce(&Reading<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let settings = self.0.hands.settings();
        let offers = Offers::load(&settings.offers)?;
        let path = settings.data_dir.join(ledger::FILE_NAME);
        let store = self.reader(&path)?;
        let done = read(&Reading {
            store: store.as_ref(),
            settings: &settings,
            offers: &offers,
            now: self.now(),
            words,
        });
        if let Some(store) = store {
            self.keep(store);
        }
        done
    }

    /// A reader of the ledger; none when there is no ledger yet.
    fn reader(&self, path: &Path) -> Result<Option<Store>, Failure> {
        if let Some(store) = self.readers().pop()
            && store.path() == path
            && path.exists()
        {
            return Ok(Some(store));
        }
        match Store::open(path, Access::Read) {
            Ok(store) => Ok(Some(store)),
            Err(LedgerError::Absent { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn keep(&self, store: Store) {
        let mut readers = self.readers();
        if readers.len() < KEPT {
            readers.push(store);
        }
    }

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Store>> {
        self.0
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn broken() -> Failure {
    Failure::new(Exit::Data, Said::new("dash-broken"))
}

/// What a page may read.
pub struct Reading<'a> {
    store: Option<&'a Store>,
    /// The settings.
    pub settings: &'a Settings,
    /// The offers that are known.
    pub offers: &'a Offers,
    /// The present instant.
    pub now: Timestamp,
    /// The reader's language.
    pub words: Words,
}

impl Reading<'_> {
    /// The ledger; a failure in words when there is none yet.
    pub fn store(&self) -> Result<&Store, Failure> {
        self.store.ok_or_else(|| home::view::nothing(None))
    }

    /// What whole answers are made from; a failure in words without a ledger.
    pub fn sight(&self) -> Result<Sight<'_>, Failure> {
        Ok(Sight {
            store: self.store()?,
            settings: self.settings,
            offers: self.offers,
            now: self.now,
        })
    }

    /// The ledger, where there is one.
    pub fn ledger(&self) -> Option<&Store> {
        self.store
    }

    /// Whether there is nothing at all: no ledger, no source, no usage point.
    pub fn is_new(&self) -> bool {
        self.store.is_none()
            && self.settings.sources.is_empty()
            && self.settings.usage_points.is_empty()
    }
}
