//! One writer at a time: a locked file that names who holds it.
//!
//! The lock is the operating system's, so that it ends with its process,
//! however that ends; the text in the file is only for people.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::LedgerError;

/// Who holds the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process number, 0 when unknown.
    pub pid: u32,
    /// The command, such as `sync` or `run`.
    pub command: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "releve {} (process {})", self.command, self.pid)
    }
}

/// The right to write, until dropped.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of a data directory, or says who holds it.
    pub fn acquire(data_dir: &Path, command: &str) -> Result<Self, LedgerError> {
        let path = data_dir.join("releve.lock");
        let mut file = open(&path)?;
        match try_for_a_moment(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LedgerError::Busy {
                    holder: holder(&mut file),
                    path,
                });
            }
            Err(TryLockError::Error(source)) => return Err(LedgerError::Io { path, source }),
        }
        let holder = Holder {
            pid: std::process::id(),
            command: command.to_owned(),
        };
        // On a full disk the name is missing from the file; the lock holds all the same.
        let _ = write_holder(&mut file, &holder);
        Ok(Self { _file: file })
    }

    /// Who holds the lock of a data directory now, if anyone.
    pub fn holder(data_dir: &Path) -> Option<Holder> {
        let mut file = File::open(data_dir.join("releve.lock")).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(holder(&mut file)),
            _ => None,
        }
    }
}

/// A reader that looks who writes holds the lock for an instant, too.
fn try_for_a_moment(file: &File) -> Result<(), TryLockError> {
    let mut result = file.try_lock();
    for _ in 0..5 {
        if !matches!(result, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(10));
        result = file.try_lock();
    }
    result
}

fn open(path: &PathBuf) -> Result<File, LedgerError> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(|source| LedgerError::Io {
            path: path.clone(),
            source,
        })
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    let _ = file.take(4096).read_to_string(&mut text);
    serde_json::from_str(&text).unwrap_or(Holder {
        pid: 0,
        command: "?".to_owned(),
    })
}

fn write_holder(file: &mut File, holder: &Holder) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&serde_json::to_vec(holder)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_learns_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let first = WriterLock::acquire(dir.path(), "sync").unwrap();
        match WriterLock::acquire(dir.path(), "import") {
            Err(LedgerError::Busy { holder, .. }) => {
                assert_eq!(holder.command, "sync");
                assert_eq!(holder.pid, std::process::id());
            }
            other => panic!("expected a busy ledger, got {other:?}"),
        }
        assert!(WriterLock::holder(dir.path()).is_some());
        drop(first);
        assert!(WriterLock::holder(dir.path()).is_none());
        WriterLock::acquire(dir.path(), "import").unwrap();
    }
}
