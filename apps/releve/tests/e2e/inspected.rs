//! A look into a ledger that leaves it alone.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// What a copy of a ledger looks like, so that the ledger itself stays as it was
/// found, its journal included.
#[derive(Debug, PartialEq, Eq)]
pub struct Inspected {
    /// `PRAGMA integrity_check`.
    pub integrity: String,
    /// Rows of the curve; 0 where there is no such table yet.
    pub readings: u64,
}

pub fn inspect(ledger: &Path) -> Inspected {
    let folder = TempDir::new().unwrap();
    let connection = rusqlite::Connection::open(copy(ledger, &folder)).unwrap();
    let integrity = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    let readings = connection
        .query_row("SELECT count(*) FROM reading", [], |row| row.get(0))
        .unwrap_or(0);
    Inspected {
        integrity,
        readings,
    }
}

/// Copies a ledger with its journal.
pub fn copy(ledger: &Path, folder: &TempDir) -> PathBuf {
    let copy = folder.path().join(ledger::FILE_NAME);
    for suffix in ["", "-wal"] {
        let (from, to) = (with_suffix(ledger, suffix), with_suffix(&copy, suffix));
        if from.exists() {
            std::fs::copy(from, to).unwrap();
        }
    }
    copy
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
