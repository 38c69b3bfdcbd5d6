//! The one thread that owns SQLite; others send it work.

use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::error::LedgerError;
use crate::store::{Access, Migrated, Store};

type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// A handle to the thread that owns the ledger.
///
/// Work runs in the order in which it was sent. Dropping the handle finishes
/// what was sent and closes the file.
#[derive(Debug)]
pub struct Ledger {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    migrated: Option<Migrated>,
}

impl Ledger {
    /// Whether the file was brought up to date when it was opened.
    pub fn migrated(&self) -> Option<&Migrated> {
        self.migrated.as_ref()
    }

    /// Opens the ledger for writing, on a thread of its own.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        Self::of(Store::open(path, Access::Write)?)
    }

    /// The same of a store that is open already, as to read beside a writer.
    pub fn of(mut store: Store) -> Result<Self, LedgerError> {
        let path = store.path().to_owned();
        let migrated = store.migrated().cloned();
        let (jobs, inbox) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || {
                while let Ok(job) = inbox.recv() {
                    job(&mut store);
                }
            })
            .map_err(|source| LedgerError::Io { path, source })?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
            migrated,
        })
    }

    /// Sends work to the owner; the answer may be awaited later.
    pub fn send<R, F>(
        &self,
        work: F,
    ) -> impl Future<Output = Result<R, LedgerError>> + Send + use<R, F>
    where
        R: Send + 'static,
        F: FnOnce(&mut Store) -> Result<R, LedgerError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |store| {
            // Nobody waiting any more is no reason to undo what was done.
            let _ = reply.send(work(store));
        });
        let sent = self
            .jobs
            .as_ref()
            .is_some_and(|jobs| jobs.send(job).is_ok());
        async move {
            if !sent {
                return Err(LedgerError::Closed);
            }
            answer.await.unwrap_or(Err(LedgerError::Closed))
        }
    }

    /// Sends work to the owner and waits for it.
    pub async fn call<R, F>(&self, work: F) -> Result<R, LedgerError>
    where
        R: Send + 'static,
        F: FnOnce(&mut Store) -> Result<R, LedgerError> + Send + 'static,
    {
        self.send(work).await
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
