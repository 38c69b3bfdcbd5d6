//! The errors of imported files in words. Nothing has been written in any case.

use std::path::Path;

use collector::import::ImportError;
use meter::Direction;

use super::{Exit, Failure, Said};

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        let data = |said: Said| Self::new(Exit::Data, said);
        let advise = |said: Said, hint| data(said).hint(Said::new(hint));
        let what = |name| Said::new(name).path(path_of(&error));
        match &error {
            ImportError::Unreadable { source, .. } => {
                data(Said::new("error-file").path(path_of(&error)).cause(source))
            }
            ImportError::Folder { .. } => {
                advise(what("error-import-folder"), "error-import-folder-do")
            }
            ImportError::Binary { .. } => {
                advise(what("error-import-binary"), "error-import-format-do")
            }
            ImportError::TooLarge { limit, .. } => {
                data(what("error-import-too-large").with("limit", limit / (1 << 20)))
            }
            ImportError::Empty { .. } => {
                advise(what("error-import-empty"), "error-import-again-do")
            }
            ImportError::UnknownFormat { first_line, .. } => advise(
                what("error-import-format").with("found", first_line),
                "error-import-format-do",
            ),
            ImportError::OtherData { found, .. } => advise(
                what("error-import-other-data").with("found", found),
                "error-import-format-do",
            ),
            ImportError::Truncated { line, .. } => advise(
                what("error-import-truncated").with("line", line),
                "error-import-again-do",
            ),
            ImportError::Row {
                line, field, found, ..
            } => advise(
                what(row_message(field))
                    .with("line", line)
                    .with("found", found),
                "error-import-again-do",
            ),
            ImportError::OtherUsagePoint { found, wanted, .. } => advise(
                what("error-import-other-point")
                    .with("found", found)
                    .with("wanted", wanted),
                "error-import-other-point-do",
            ),
            ImportError::OtherDirection { found, .. } => advise(
                what(direction_message(*found)),
                "error-import-other-direction-do",
            ),
            ImportError::WhichUsagePoint { found, .. } => {
                Self::usage(what("error-import-which-point").with("found", found))
                    .hint(Said::new("error-import-which-point-do"))
            }
        }
    }
}

fn direction_message(found: Direction) -> &'static str {
    match found {
        Direction::Consumption => "error-import-other-consumption",
        Direction::Production => "error-import-other-production",
    }
}

fn row_message(field: &str) -> &'static str {
    match field {
        "stamp" => "error-import-stamp",
        _ => "error-import-value",
    }
}

fn path_of(error: &ImportError) -> &Path {
    match error {
        ImportError::Unreadable { path, .. }
        | ImportError::Folder { path }
        | ImportError::Binary { path }
        | ImportError::TooLarge { path, .. }
        | ImportError::Empty { path }
        | ImportError::UnknownFormat { path, .. }
        | ImportError::OtherData { path, .. }
        | ImportError::Truncated { path, .. }
        | ImportError::Row { path, .. }
        | ImportError::OtherUsagePoint { path, .. }
        | ImportError::OtherDirection { path, .. }
        | ImportError::WhichUsagePoint { path, .. } => path,
    }
}
