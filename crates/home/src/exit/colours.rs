//! A file of colours that cannot be read, in words. Nothing has been written.

use std::path::Path;

use tariff::colour::ReadError;

use super::{Exit, Failure, Said};

impl Failure {
    /// Why a file of colours is refused.
    pub fn colours(path: &Path, error: &ReadError) -> Self {
        let said = match error {
            ReadError::Date(found) => Said::new("error-colours-date").with("found", found),
            ReadError::Colour { day, found } => Said::new("error-colours-word")
                .with("day", day)
                .with("found", found),
            ReadError::Twice(day) => Said::new("error-colours-twice").with("day", day),
            _ => Said::new("error-colours-shape"),
        };
        Self::new(Exit::Data, said.path(path)).hint(Said::new("error-colours-do"))
    }
}
