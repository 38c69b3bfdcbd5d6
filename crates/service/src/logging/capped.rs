//! The files of the log hold so much together and no more: a fault that repeats
//! itself without end fills no disk. Old files go with their days, and make room.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tracing_appender::rolling::RollingFileAppender;
use tracing_subscriber::fmt::MakeWriter;

/// Bytes of all files of the log together.
pub(super) const MOST: u64 = 64 << 20;

/// Stands where lines were left out.
const LEFT_OUT: &[u8] = b"[...]\n";

/// Files of the log that take no more than their share.
pub(super) struct Capped {
    inner: RollingFileAppender,
    folder: PathBuf,
    most: u64,
    room: Mutex<Room>,
}

/// What may still be written before the folder is looked at again.
#[derive(Debug, Clone, Copy, Default)]
struct Room {
    bytes: u64,
    /// Lines are being left out, and that has been said.
    is_full: bool,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// The first that is left out.
    First,
    LeftOut,
}

impl Capped {
    pub(super) fn new(inner: RollingFileAppender, folder: &Path, most: u64) -> Self {
        Self {
            inner,
            folder: folder.to_owned(),
            most,
            room: Mutex::default(),
        }
    }

    fn fate(&self, bytes: usize) -> Fate {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        if room.bytes < bytes as u64 {
            room.bytes = self.most.saturating_sub(size(&self.folder));
        }
        match room.bytes.checked_sub(bytes as u64) {
            Some(left) => {
                *room = Room {
                    bytes: left,
                    is_full: false,
                };
                Fate::Kept
            }
            None if std::mem::replace(&mut room.is_full, true) => Fate::LeftOut,
            None => Fate::First,
        }
    }
}

/// Bytes of the log files in a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let logs = entries.filter(|entry| {
        let path = entry.path();
        path.extension().is_some_and(|kind| kind == "log")
    });
    logs.filter_map(|entry| Some(entry.metadata().ok()?.len()))
        .sum()
}

impl<'a> MakeWriter<'a> for Capped {
    type Writer = CappedWriter<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        CappedWriter(self)
    }
}

/// Writes a line, or leaves it out.
pub(super) struct CappedWriter<'a>(&'a Capped);

impl Write for CappedWriter<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut inner = self.0.inner.make_writer();
        match self.0.fate(line.len()) {
            Fate::Kept => inner.write_all(line)?,
            Fate::First => inner.write_all(LEFT_OUT)?,
            Fate::LeftOut => {}
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.inner.make_writer().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logging::appender;

    #[test]
    fn a_fault_that_repeats_itself_fills_no_disk_and_room_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("releve.2020-01-01.log"), [b'x'; 600]).unwrap();
        std::fs::write(folder.path().join("other.txt"), [b'x'; 600]).unwrap();
        let log = Capped::new(appender(folder.path()).unwrap(), folder.path(), 1000);
        let line = [b'y'; 50];
        for _ in 0..10_000 {
            log.make_writer().write_all(&line).unwrap();
        }
        assert_eq!(size(folder.path()), 1000 + LEFT_OUT.len() as u64);
        std::fs::remove_file(folder.path().join("releve.2020-01-01.log")).unwrap();
        log.make_writer().write_all(&line).unwrap();
        assert_eq!(size(folder.path()), 450 + LEFT_OUT.len() as u64);
    }
}
