//! The ledger's errors in words.

use ledger::LedgerError;

use super::{Exit, Failure, Said};

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        let (exit, said, hint) = match &error {
            LedgerError::Absent { path } => (
                Exit::Data,
                Said::new("error-ledger-absent").path(path),
                Some("error-ledger-absent-do"),
            ),
            LedgerError::Older { path } => (
                Exit::Data,
                Said::new("error-ledger-older").path(path),
                Some("error-ledger-older-do"),
            ),
            LedgerError::Newer { path, found, known } => (
                Exit::Data,
                Said::new("error-ledger-newer")
                    .path(path)
                    .with("found", found)
                    .with("known", known),
                Some("error-ledger-newer-do"),
            ),
            LedgerError::Foreign { path } => (
                Exit::Data,
                Said::new("error-ledger-foreign").path(path),
                Some("error-ledger-foreign-do"),
            ),
            LedgerError::Damaged { path, findings } => (
                Exit::Data,
                Said::new("error-ledger-broken")
                    .path(path)
                    .with("cause", findings.join(" ; ")),
                Some("error-ledger-broken-do"),
            ),
            LedgerError::Busy { holder, .. } => (
                Exit::Busy,
                Said::new("error-ledger-busy")
                    .with("command", &holder.command)
                    .with("pid", holder.pid),
                Some("error-ledger-busy-do"),
            ),
            LedgerError::Full => (
                Exit::Data,
                Said::new("error-ledger-full"),
                Some("error-ledger-full-do"),
            ),
            LedgerError::Io { path, source } => (
                Exit::Data,
                Said::new("error-file").path(path).cause(source),
                None,
            ),
            LedgerError::OddStart(_) | LedgerError::Row(_) => (
                Exit::Data,
                Said::new("error-ledger-row").with("cause", &error),
                Some("error-ledger-row-do"),
            ),
            LedgerError::Disk(cause) => (
                Exit::Data,
                Said::new("error-ledger-disk").with("cause", cause),
                Some("error-ledger-disk-do"),
            ),
            LedgerError::Sqlite(cause) => (
                Exit::Data,
                Said::new("error-ledger-damaged").with("cause", cause),
                Some("error-ledger-damaged-do"),
            ),
            LedgerError::Closed => (Exit::Data, Said::new("error-ledger-closed"), None),
        };
        let failure = Self::new(exit, said);
        match hint {
            Some(hint) => failure.hint(Said::new(hint)),
            None => failure,
        }
    }
}
