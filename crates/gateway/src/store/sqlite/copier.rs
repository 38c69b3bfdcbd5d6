//! Copies the log of changes into the file beside the writer, which would
//! otherwise stop for it in the middle of somebody's answer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rusqlite::Connection;

use crate::store::StoreError;

/// Rows changed between two copies: some megabytes of log.
const EVERY: u64 = 2048;
/// Pages of the log from which on it is to begin anew: 32 MB. Each time costs
/// the writer about as much as a commit.
const LONG: i64 = 8192;
/// Copies of a long log, one right after the other: each takes what came during
/// the one before, so that next to nothing is left for the writer.
const IN_A_ROW: usize = 3;

/// The thread that copies, as the writer sees it.
pub(super) struct Copier {
    wake: SyncSender<()>,
    /// All but the last changes are copied, and the log is long: it begins anew
    /// when the writer itself copies the rest.
    nearly: Arc<AtomicBool>,
    /// Rows that the writer had changed when it last woke the thread.
    woken_at: u64,
}

impl Copier {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;")?;
        let (wake, woken) = sync_channel(1);
        let nearly = Arc::new(AtomicBool::new(false));
        let told = nearly.clone();
        std::thread::Builder::new()
            .name("gateway-copier".to_owned())
            .spawn(move || serve(&connection, &woken, &told))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            wake,
            nearly,
            woken_at: 0,
        })
    }

    /// After each commit of the writer.
    pub(super) fn after_commit(&mut self, writer: &Connection) {
        if self.nearly.swap(false, Ordering::Relaxed) {
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
fn serve(connection: &Connection, woken: &Receiver<()>, nearly: &AtomicBool) {
    while woken.recv().is_ok() {
        if !copy(connection).is_ok_and(|pages| pages >= LONG) {
            continue;
        }
        let rest = (1..IN_A_ROW).try_for_each(|_| copy(connection).map(drop));
        if rest.is_ok() {
            // One that began now would be in the writer's way.
            let _ = woken.try_recv();
            nearly.store(true, Ordering::Relaxed);
        }
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
            nearly: Arc::default(),
            woken_at: 0,
        };
        let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
                    INSERT INTO t SELECT zeroblob(4000) FROM n";
        writer.execute(many, ()).unwrap();
        copier.after_commit(&writer);
        assert!(woken.try_recv().is_ok(), "enough has changed");
        assert!(copy(&beside).unwrap() >= LONG);

        // Meanwhile the writer has gone on; it copies what came since.
        writer.execute("INSERT INTO t VALUES (1)", ()).unwrap();
        copier.nearly.store(true, Ordering::Relaxed);
        copier.after_commit(&writer);
        assert!(woken.try_recv().is_err(), "little has changed");
        writer.execute("INSERT INTO t VALUES (2)", ()).unwrap();
        assert!(copy(&beside).unwrap() < 10);
        let rows = "SELECT count(*) FROM t";
        let rows: i64 = beside.query_row(rows, (), |row| row.get(0)).unwrap();
        assert_eq!(rows, 9002);
    }
}
