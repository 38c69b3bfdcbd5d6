//! Keeping the file sound: checks, copies beside a writer, putting one back.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::Backup;
use tempfile::NamedTempFile;

use super::{Access, Store};
use crate::error::LedgerError;
use crate::schema;

/// What SQLite finds wrong at most: one line is enough to know.
const FINDINGS: usize = 10;

/// A file that was brought up to date when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The schema it had.
    pub from: u32,
    /// The schema it has now.
    pub to: u32,
    /// Its copy from before.
    pub kept: PathBuf,
}

/// What stands in the ledger's place now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the ledger of before is kept; none: there was none.
    pub kept: Option<PathBuf>,
}

impl Store {
    /// What is wrong with the file, in SQLite's words; empty when it is sound.
    pub fn integrity(&self) -> Result<Vec<String>, LedgerError> {
        let mut findings = check(&self.connection)?;
        let mut query = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let table: String = row.get(0)?;
            findings.push(format!("{table}: a row refers to one that is not there"));
        }
        findings.truncate(FINDINGS);
        Ok(findings)
    }

    /// The schema's version.
    pub fn schema(&self) -> u32 {
        schema::KNOWN
    }

    /// Whether the file was brought up to date when it was opened.
    pub fn migrated(&self) -> Option<&Migrated> {
        self.migrated.as_ref()
    }

    /// Copies the ledger as it stands into a new file (`0600`), beside whoever
    /// writes: the copy is that of one instant. It appears whole or not at all.
    pub fn backup(&self, target: &Path, replace: bool) -> Result<(), LedgerError> {
        copy(&self.connection, target, replace)
    }

    /// Rewrites the file without its free pages; gives its size before and after.
    pub fn vacuum(&mut self) -> Result<(u64, u64), LedgerError> {
        let before = self.checkpoint()?;
        self.compact()?;
        Ok((before, self.checkpoint()?))
    }

    /// Brings the journal into the file, whose size is then that of the ledger.
    fn checkpoint(&self) -> Result<u64, LedgerError> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(std::fs::metadata(&self.path).map_or(0, |facts| facts.len()))
    }
}

/// Puts a copy in the ledger's place, once it has been found to be a sound
/// ledger that this program knows. The present one is kept beside it under a
/// name that ends with `label`. The caller holds the writer's lock.
pub fn restore(backup: &Path, ledger: &Path, label: &str) -> Result<Restored, LedgerError> {
    let source = Store::open(backup, Access::Copy)?;
    let findings = source.integrity()?;
    if !findings.is_empty() {
        return Err(LedgerError::Damaged {
            path: backup.to_owned(),
            findings,
        });
    }
    // Prepared in full before anything that stands is touched.
    let fresh = prepare(&source.connection, ledger)?;
    drop(source);
    let kept = keep_aside(ledger, label)?;
    fresh
        .persist(ledger)
        .map_err(|error| io(ledger, error.error))?;
    sync_folder(ledger)?;
    Ok(Restored { kept })
}

/// Copies a database before its schema is changed.
pub(super) fn keep_before(
    connection: &Connection,
    path: &Path,
    schema: u32,
) -> Result<PathBuf, LedgerError> {
    let kept = with_suffix(path, &format!(".schema-{schema}"));
    copy(connection, &kept, true)?;
    Ok(kept)
}

fn check(connection: &Connection) -> Result<Vec<String>, LedgerError> {
    let mut query = connection.prepare(&format!("PRAGMA integrity_check({FINDINGS})"))?;
    let mut rows = query.query([])?;
    let mut findings = Vec::new();
    loop {
        match rows.next() {
            Ok(Some(row)) => findings.push(row.get::<_, String>(0)?),
            Ok(None) => break,
            // Too damaged even to be checked.
            Err(error) if is_corrupt(&error) => {
                findings.push(error.to_string());
                break;
            }
            Err(error) => return Err(error.into()),
        }
    }
    findings.retain(|finding| finding != "ok");
    Ok(findings)
}

fn is_corrupt(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
    )
}

fn copy(from: &Connection, target: &Path, replace: bool) -> Result<(), LedgerError> {
    if !replace && target.exists() {
        return Err(io(target, std::io::ErrorKind::AlreadyExists.into()));
    }
    let file = prepare(from, target)?;
    if replace {
        file.persist(target)
    } else {
        file.persist_noclobber(target)
    }
    .map_err(|error| io(target, error.error))?;
    sync_folder(target)
}

/// A copy beside its later place (`tempfile` makes it `0600`), on the disk.
fn prepare(from: &Connection, target: &Path) -> Result<NamedTempFile, LedgerError> {
    let folder = folder(target);
    // Tempfile's own message would name a file that nobody knows.
    std::fs::metadata(folder).map_err(|error| io(folder, error))?;
    let file = NamedTempFile::new_in(folder).map_err(|error| io(folder, error))?;
    let mut to = Connection::open(file.path())?;
    // All of it in one step: the copy of one instant, whatever is written meanwhile.
    Backup::new(from, &mut to)?.run_to_completion(i32::MAX, std::time::Duration::ZERO, None)?;
    // One file that needs no journal beside it.
    to.pragma_update(None, "journal_mode", "delete")?;
    to.close().map_err(|(_, error)| error)?;
    file.as_file()
        .sync_all()
        .map_err(|error| io(target, error))?;
    Ok(file)
}

/// Moves the present ledger aside under a second name, journal included.
fn keep_aside(ledger: &Path, label: &str) -> Result<Option<PathBuf>, LedgerError> {
    if !ledger.exists() {
        return Ok(None);
    }
    // A sound ledger is whole without its journal afterwards; of a damaged one
    // every file is kept as it is.
    if let Ok(store) = Store::open(ledger, Access::Write) {
        let _ = store.checkpoint();
    }
    let kept = with_suffix(ledger, label);
    for suffix in ["-wal", "-shm"] {
        let side = with_suffix(ledger, suffix);
        if side.exists() {
            let aside = with_suffix(&kept, suffix);
            std::fs::rename(&side, &aside).map_err(|error| io(&side, error))?;
        }
    }
    // A second name first, so that at every instant there is a ledger.
    if std::fs::hard_link(ledger, &kept).is_err() {
        std::fs::copy(ledger, &kept).map_err(|error| io(&kept, error))?;
    }
    Ok(Some(kept))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn sync_folder(path: &Path) -> Result<(), LedgerError> {
    let folder = folder(path);
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| io(folder, error))
}

fn io(path: &Path, source: std::io::Error) -> LedgerError {
    if source.kind() == std::io::ErrorKind::StorageFull {
        return LedgerError::Full;
    }
    LedgerError::Io {
        path: path.to_owned(),
        source,
    }
}
