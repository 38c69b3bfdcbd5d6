//! One file for each consent, its owner's alone, replaced whole or not at all.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use enedis::Problem;
use grant::client::Consent;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use service::SharedClock;
use service::files::{file_name, read_private, write_private};

/// The folder's name in the folder of the data.
pub const FOLDER: &str = "consents";

const LOCK: &str = ".lock";

/// Bytes of a file that are read at most.
const LONGEST: u64 = 1 << 20;

/// Another process holds the lock for one exchange at a time, which takes a
/// minute at most.
const LOCK_TRIES: u32 = 900;
const LOCK_EVERY: SignedDuration = SignedDuration::from_millis(100);

/// A consent as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its name: that of the source and a number.
    pub id: String,
    /// The source that it is for.
    pub source: String,
    /// The address of the server, and the client that we are there.
    pub server: String,
    /// When it ends, as far as was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Timestamp>,
    /// Where it stands.
    #[serde(flatten)]
    pub consent: Consent,
}

/// The folder of consents.
#[derive(Clone)]
pub struct Folder {
    path: PathBuf,
    clock: SharedClock,
}

/// The right to change consents, until dropped.
pub struct Lock {
    _file: File,
}

impl Folder {
    /// That of a folder of data.
    pub fn of(data_dir: &Path, clock: SharedClock) -> Self {
        Self {
            path: data_dir.join(FOLDER),
            clock,
        }
    }

    /// Every consent of every source, by name; what cannot be read is told.
    pub fn records(&self) -> Vec<Result<Record, Problem>> {
        let mut ids = self.ids();
        ids.sort_by_key(|id| (number(id), id.clone()));
        ids.iter().map(|id| self.read(id)).collect()
    }

    fn ids(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.path).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names
            .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
            .filter(|id| !id.starts_with('.'))
            .collect()
    }

    /// Why a file of a source cannot be read, if one cannot.
    pub fn unreadable(&self, source: &str) -> Option<Problem> {
        let ids = self.ids().into_iter();
        ids.filter(|id| is_of(id, source))
            .find_map(|id| self.read(&id).err())
    }

    /// One consent.
    pub fn read(&self, id: &str) -> Result<Record, Problem> {
        let path = self.file(id);
        let text = read_private(&path, LONGEST).map_err(|error| trouble(&path, &error))?;
        // A message of serde may repeat a part of the file.
        serde_json::from_str(&text).map_err(|_| Problem::TokenFile {
            detail: format!("{}: not a consent", file_name(&path)),
        })
    }

    /// Keeps a consent; the one before is replaced whole.
    pub fn write(&self, record: &Record) -> Result<(), Problem> {
        let path = self.file(&record.id);
        let text = serde_json::to_vec_pretty(record).unwrap_or_default();
        write_private(&path, &text).map_err(|error| trouble(&path, &error))
    }

    /// Takes a consent away.
    pub fn forget(&self, id: &str) -> Result<(), Problem> {
        let path = self.file(id);
        std::fs::remove_file(&path).map_err(|error| trouble(&path, &error))
    }

    /// A name that no consent has.
    pub fn free_id(&self, source: &str) -> Result<String, Problem> {
        let taken = |number: &u32| {
            self.file(&format!("{source}-{number}"))
                .symlink_metadata()
                .is_ok()
        };
        let number = (1..10_000).find(|number| !taken(number));
        number
            .map(|number| format!("{source}-{number}"))
            .ok_or_else(|| trouble(&self.path, &io::ErrorKind::StorageFull.into()))
    }

    /// Waits until no other process changes consents.
    pub async fn lock(&self) -> Result<Lock, Problem> {
        let path = self.path.join(LOCK);
        let told = |error: &io::Error| trouble(&path, error);
        self.make().map_err(|error| told(&error))?;
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).write(true).mode(0o600);
        let file = options.open(&path).map_err(|error| told(&error))?;
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(TryLockError::WouldBlock) => self.clock.sleep(LOCK_EVERY).await,
                Err(TryLockError::Error(error)) => return Err(told(&error)),
            }
        }
        Err(told(&io::ErrorKind::WouldBlock.into()))
    }

    fn make(&self) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.path)
    }

    fn file(&self, id: &str) -> PathBuf {
        self.path.join(format!("{id}.json"))
    }
}

fn trouble(path: &Path, error: &io::Error) -> Problem {
    Problem::TokenFile {
        detail: format!("{}: {}", file_name(path), error.kind()),
    }
}

fn number(id: &str) -> u32 {
    let number = id
        .rsplit_once('-')
        .and_then(|(_, number)| number.parse().ok());
    number.unwrap_or(0)
}

fn is_of(id: &str, source: &str) -> bool {
    id.rsplit_once('-').is_some_and(|(name, _)| name == source)
}
