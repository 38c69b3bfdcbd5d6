//! Copies the log of changes into the file beside the writer, which would
//! otherwise stop for it in the middle of somebody's answer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rusqlite::Connection;

use crate::store::StoreError;

/// Rows changed between two copies: one or two megabytes of log. While the disk
/// takes more at once, the writer's commits wait behind it.
const EVERY: u64 = 512;
/// Pages of the log from which on it begins anew as soon as nobody waits: 16 MB.
const LONG: i64 = 4096;
/// Pages from which on it does so whoever waits: 64 MB. Each time costs the
/// writer a commit or two, and the one before should long be past.
const TOO_LONG: i64 = 16 << 10;
/// Copies of a log that may begin anew, one right after the other: each takes what
/// came during the one before, so that next to nothing is left for the writer.
const IN_A_ROW: usize = 3;

/// The thread that copies, as the writer sees it.
pub(super) struct Copier {
    wake: SyncSender<()>,
    /// Pages of a log of which all but the last changes are copied: it begins
    /// anew when the writer itself copies the rest. 0 when there is none such.
    copied: Arc<AtomicI64>,
    /// Rows that the writer had changed when it last woke the thread.
    woken_at: u64,
}

impl Copier {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;")?;
        let (wake, woken) = sync_channel(1);
        let copied = Arc::new(AtomicI64::new(0));
        let told = copied.clone();
        std::thread::Builder::new()
            .name("gateway-copier".to_owned())
            .spawn(move || serve(&connection, &woken, &told))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            wake,
            copied,
            woken_at: 0,
        })
    }

    /// After each commit of the writer, whom others may await.
    pub(super) fn after_commit(&mut self, writer: &Connection, is_awaited: bool) {
        let long = if is_awaited { TOO_LONG } else { LONG };
        if self.copied.swap(0, Ordering::Relaxed) >= long {
            let _ = copy(writer);
        }
        let changed = writer.total_changes();
        if changed >= self.woken_at + EVERY {
            self.woken_at = changed;
            // One that is at work already comes to the rest too.
            let _ = self.wake.try_send(());
        }
    }
}

/// Until the writer is gone. A copy that fails is made up for by the next, or
/// by the engine itself when the log has grown far too long.
fn serve(connection: &Connection, woken: &Receiver<()>, copied: &AtomicI64) {
    while woken.recv().is_ok() {
        let pages = copy(connection).unwrap_or(0);
        if pages >= LONG {
            for _ in 1..IN_A_ROW {
                let _ = copy(connection);
            }
            // One that began now would be in the writer's way.
            let _ = woken.try_recv();
        }
        copied.store(pages, Ordering::Relaxed);
    }
}

/// Copies what nobody is in the way of; how many pages the log has.
fn copy(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |row| row.get(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_begins_anew_once_all_of_it_is_copied() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.db");
        let writer = Connection::open(&path).unwrap();
        let begin = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x);";
        writer.execute_batch(begin).unwrap();
        let beside = Connection::open(&path).unwrap();
        let (wake, woken) = sync_channel(1);
        let mut copier = Copier {
            wake,
            copied: Arc::default(),
            woken_at: 0,
        };
        let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                    INSERT INTO t SELECT zeroblob(4000) FROM n";
        writer.execute(many, ()).unwrap();
        copier.after_commit(&writer, false);
        assert!(woken.try_recv().is_ok(), "enough has changed");
        let write = || writer.execute("INSERT INTO t VALUES (1)", ()).unwrap();
        // While somebody waits, the writer does not stop for it.
        copier.copied.store(LONG, Ordering::Relaxed);
        copier.after_commit(&writer, true);
        write();
        let pages = copy(&beside).unwrap();
        assert!((LONG..TOO_LONG).contains(&pages), "it goes on");
        // Once nobody does, it copies what came since.
        write();
        copier.copied.store(pages, Ordering::Relaxed);
        copier.after_commit(&writer, false);
        assert!(woken.try_recv().is_err(), "little has changed");
        write();
        assert_eq!(copy(&beside).unwrap(), 1);
        // A log that is too long begins anew whoever waits.
        write();
        copier.copied.store(TOO_LONG, Ordering::Relaxed);
        copier.after_commit(&writer, true);
        write();
        assert_eq!(copy(&beside).unwrap(), 1);
        let rows = "SELECT count(*) FROM t";
        let rows: i64 = beside.query_row(rows, (), |row| row.get(0)).unwrap();
        assert_eq!(rows, 5005);
    }
}
