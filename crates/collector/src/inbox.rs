//! A folder into which people put exports: each file is read once it no longer
//! grows, kept whole or not at all, and moved aside; what cannot be read stays
//! where it is and is told.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use ledger::{Concerned, Ledger, LedgerError, Notice, NoticeKind, Written};
use meter::UsagePoint;
use service::SharedClock;

use crate::import::{self, Export, ImportError};

/// Where files go that have been read.
pub const DONE: &str = "imported";

/// A file that has not changed for so long is whole, as far as can be seen.
pub const SETTLED: SignedDuration = SignedDuration::from_secs(10);

/// Names of files that are still on their way.
const UNFINISHED: [&str; 6] = [".part", ".tmp", ".crdownload", ".download", ".partial", "~"];

/// Files that are named in a notice.
const NAMED: usize = 5;

/// A watched folder.
pub struct Inbox {
    /// The source's name.
    pub source: String,
    /// The folder.
    pub path: PathBuf,
    /// Whose readings may be in it.
    pub usage_points: Vec<UsagePoint>,
    clock: SharedClock,
    seen: Mutex<BTreeMap<PathBuf, Seen>>,
}

/// How a file looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    bytes: u64,
    changed: Timestamp,
}

/// What is known of a file that stands in the folder.
#[derive(Debug, Clone, Copy)]
struct Seen {
    look: Look,
    since: Timestamp,
    /// It was read in vain, or kept and could not be moved.
    done: bool,
}

/// What became of a file.
#[derive(Debug)]
pub enum Found {
    /// Its readings are kept, and it was moved aside.
    Kept {
        /// The file's name.
        file: String,
        /// Whose readings these are.
        usage_point: UsagePoint,
        /// What changed in the ledger.
        written: Written,
    },
    /// It may still grow: it is looked at again.
    Growing {
        /// The file's name.
        file: String,
    },
    /// It stays where it is.
    Left {
        /// The file's name.
        file: String,
        /// Why.
        why: Left,
    },
    /// The folder itself cannot be read.
    NoFolder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

/// Why a file stays where it is.
#[derive(Debug)]
pub enum Left {
    /// It cannot be read.
    Unreadable(ImportError),
    /// It is about a usage point that this folder is not for.
    Stranger(UsagePoint),
    /// Its readings are kept; it could not be moved.
    NotMoved(io::Error),
}

impl Inbox {
    /// A folder of exports about these usage points.
    pub fn new(
        source: impl Into<String>,
        path: PathBuf,
        usage_points: Vec<UsagePoint>,
        clock: SharedClock,
    ) -> Self {
        Self {
            source: source.into(),
            path,
            usage_points,
            clock,
            seen: Mutex::default(),
        }
    }

    /// Reads every file that is whole; what was told before is told once.
    pub async fn read(&self, ledger: &Ledger) -> Result<Vec<Found>, LedgerError> {
        let files = match self.files() {
            Ok(files) => files,
            Err(cause) => {
                let path = self.path.clone();
                return Ok(vec![Found::NoFolder { path, cause }]);
            }
        };
        self.forget_gone(&files);
        let mut found = Vec::new();
        for (path, look) in files {
            let file = import::short_name(&path);
            if self.is_done(&path, look) {
                continue;
            }
            if !self.is_settled(&path, look) {
                found.push(Found::Growing { file });
                continue;
            }
            match self.take(ledger, &path).await? {
                Ok((usage_point, written)) => found.push(Found::Kept {
                    file,
                    usage_point,
                    written,
                }),
                Err(why) => {
                    self.see(&path, look, true);
                    found.push(Found::Left { file, why });
                }
            }
        }
        self.tell(ledger).await?;
        Ok(found)
    }

    /// Reads one file, keeps it and moves it aside.
    async fn take(
        &self,
        ledger: &Ledger,
        path: &Path,
    ) -> Result<Result<(UsagePoint, Written), Left>, LedgerError> {
        let read = import::read(path).and_then(|export| {
            let whose = self.whose(&export, path)?;
            let direction = export.direction(None, path)?;
            Ok((export, whose, direction))
        });
        let (export, usage_point, direction) = match read {
            Ok(read) => read,
            Err(error) => return Ok(Err(Left::Unreadable(error))),
        };
        if !self.usage_points.contains(&usage_point) {
            return Ok(Err(Left::Stranger(usage_point)));
        }
        let (source, now) = (self.source.clone(), self.clock.now());
        let whose = (usage_point, direction);
        let written = ledger
            .call(move |store| {
                Ok(match &export {
                    Export::Curve(file) => {
                        import::keep_from(store, &source, file, whose, now)?.written
                    }
                    Export::Index(file) => {
                        import::keep_index_from(store, &source, file, whose, now)?.written
                    }
                })
            })
            .await?;
        // Only what is in the ledger leaves the folder.
        Ok(match self.put_aside(path) {
            Ok(()) => Ok((usage_point, written)),
            Err(error) => Err(Left::NotMoved(error)),
        })
    }

    /// A file that masks its usage point belongs to the only one there is.
    fn whose(&self, export: &Export, path: &Path) -> Result<UsagePoint, ImportError> {
        match (export.usage_point(None, path), self.usage_points.as_slice()) {
            (Err(ImportError::WhichUsagePoint { .. }), [only]) => {
                export.usage_point(Some(*only), path)
            }
            (named, _) => named,
        }
    }

    /// Moves a file into the folder of those that have been read; none there is
    /// ever replaced.
    fn put_aside(&self, path: &Path) -> io::Result<()> {
        let folder = self.path.join(DONE);
        fs::create_dir_all(&folder)?;
        let name = import::short_name(path);
        let numbered = |number: u32| match number {
            1 => folder.join(&name),
            number => folder.join(format!("{number}-{name}")),
        };
        let free = (1..10_000)
            .map(numbered)
            .find(|target| target.symlink_metadata().is_err());
        let target = free.ok_or(io::ErrorKind::AlreadyExists)?;
        fs::rename(path, target)
    }

    /// The files that may be exports, by name.
    fn files(&self) -> io::Result<Vec<(PathBuf, Look)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let path = entry?.path();
            let name = import::short_name(&path);
            let unfinished = UNFINISHED.iter().any(|end| name.ends_with(end));
            let Ok(about) = fs::metadata(&path) else {
                continue;
            };
            if name.starts_with('.') || unfinished || !about.is_file() {
                continue;
            }
            let changed = about.modified().ok();
            let changed = changed.and_then(|at| Timestamp::try_from(at).ok());
            let look = Look {
                bytes: about.len(),
                changed: changed.unwrap_or(Timestamp::MAX),
            };
            files.push((path, look));
        }
        files.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(files)
    }

    fn is_done(&self, path: &Path, look: Look) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(path)
            .is_some_and(|seen| seen.done && seen.look == look)
    }

    /// Whether a file has not changed for a while: by its own time, or by ours
    /// where its time lies ahead.
    fn is_settled(&self, path: &Path, look: Look) -> bool {
        let now = self.clock.now();
        if now.duration_since(look.changed) >= SETTLED {
            return true;
        }
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let before = seen.get(path).copied().filter(|seen| seen.look == look);
        drop(seen);
        if before.is_none() {
            self.see(path, look, false);
        }
        before.is_some_and(|seen| now.duration_since(seen.since) >= SETTLED)
    }

    fn see(&self, path: &Path, look: Look, done: bool) {
        let seen = Seen {
            look,
            since: self.clock.now(),
            done,
        };
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(path.to_owned(), seen);
    }

    fn forget_gone(&self, files: &[(PathBuf, Look)]) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|path, _| files.iter().any(|(file, _)| file == path));
    }

    /// Names the files that stay, in the ledger.
    async fn tell(&self, ledger: &Ledger) -> Result<(), LedgerError> {
        let left: Vec<String> = {
            let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            let done = seen.iter().filter(|(_, seen)| seen.done);
            done.map(|(path, _)| import::short_name(path)).collect()
        };
        let concerned = Concerned::source(&self.source);
        let now = self.clock.now();
        ledger
            .call(move |store| {
                if left.is_empty() {
                    return store.clear_notice(&concerned, &[NoticeKind::FileLeft]);
                }
                let shown = left.iter().take(NAMED).cloned().collect::<Vec<_>>();
                let shown = shown.join(", ").replace(char::is_control, "\u{fffd}");
                let notice = Notice::new(concerned, NoticeKind::FileLeft, now);
                store.set_notice(&notice.detail(shown))
            })
            .await
    }
}
