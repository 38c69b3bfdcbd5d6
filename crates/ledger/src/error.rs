//! What can go wrong with the file that keeps everything.

use std::path::PathBuf;

use crate::lock::Holder;

/// Why the ledger cannot be opened, read or written. Nothing is lost by any of them.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// No ledger exists yet where one was to be read.
    #[error("{path}: no ledger here yet")]
    Absent {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file was written by a newer version of Relevé.
    #[error("{path}: written by a newer version (schema {found}, this one knows {known})")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// The file was written by an older version, and only a writer may change it.
    #[error("{path}: written by an older version, to be brought up to date by a writer first")]
    Older {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else than a ledger.
    #[error("{path}: not a Relevé ledger")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged: SQLite's own findings.
    #[error("{path}: damaged: {}", findings.join("; "))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        findings: Vec<String>,
    },
    /// Another process writes.
    #[error("{path}: in use by {holder}")]
    Busy {
        /// The lock.
        path: PathBuf,
        /// Who holds it, as far as the lock tells.
        holder: Holder,
    },
    /// No room is left where the ledger is.
    #[error("no space left for the ledger")]
    Full,
    /// The disk refuses to read or write.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// An interval that does not begin on a whole minute cannot be kept exactly.
    #[error("an interval begins at {0}, which is not a whole minute")]
    OddStart(jiff::Timestamp),
    /// The disk refuses to read or write the database: a quota, a limit on the
    /// size of files, no right to write, a fault.
    #[error("disk: {0}")]
    Disk(rusqlite::Error),
    /// The file is damaged or SQLite refuses.
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// A row holds what this version cannot read.
    #[error("unreadable row: {0}")]
    Row(String),
    /// The thread that owns the database has ended.
    #[error("the ledger has been closed")]
    Closed,
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::CannotOpen,
            ) => Self::Disk(error),
            _ => Self::Sqlite(error),
        }
    }
}
