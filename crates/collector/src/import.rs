//! Reading the files that Enedis lets a customer download.
//!
//! A file is read whole and checked before anything is written: either all of
//! it is kept or nothing.

mod cells;
mod classic;
mod encoding;
mod index;
mod keep;
mod steps;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use meter::{Direction, Interval, UsagePoint};

pub use classic::read_classic;
pub use index::{Calendar, IndexFile, read_index};
pub use keep::{IndexReport, Report, keep, keep_from, keep_index, keep_index_from, short_name};

/// The name under which imported readings are kept.
pub const SOURCE: &str = "import";

/// Whom a file says it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A whole usage point.
    Whole(UsagePoint),
    /// Something else: masked digits, 13 of them, zeros, nothing.
    Unclear(String),
}

/// A load curve as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurveFile {
    /// Whom it is about.
    pub named: Named,
    /// Which way the energy flows, where the file says so.
    pub direction: Option<Direction>,
    /// The intervals, sorted, none overlapping another.
    pub intervals: Vec<Interval>,
    /// Rows with a value.
    pub points: usize,
    /// Rows whose value is empty.
    pub empty: usize,
    /// Rows that only repeat another.
    pub duplicates: usize,
    /// Rows that could not be placed, by line number.
    pub unplaced: Vec<Unplaced>,
    /// Whether the rows were out of order (sorted by their instants since).
    pub out_of_order: bool,
    /// The day on which the header says the file ends.
    pub declared_end: Option<Date>,
}

/// A row that could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Unplaced {
    /// Line in the file, from 1.
    pub line: u64,
    /// Why.
    pub reason: UnplacedReason,
}

/// Why a row could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnplacedReason {
    /// It stands alone: no neighbour tells how long its interval is.
    UnknownStep,
    /// Another row claims some of the same minutes with another value.
    Conflict,
    /// A reading far from any midnight: an intervention, and no day's reading.
    FarFromMidnight,
}

/// Why a file cannot be read. Nothing has been written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is a folder.
    #[error("{path}: a folder")]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// It is no text.
    #[error("{path}: not a text file")]
    Binary {
        /// The file.
        path: PathBuf,
    },
    /// It is larger than any export.
    #[error("{path}: larger than {limit} bytes")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// It holds nothing.
    #[error("{path}: empty")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is of a format that is not known here.
    #[error("{path}: not an export of Enedis that is known here")]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// Its first line, cut.
        first_line: String,
    },
    /// It is an Enedis export of other data.
    #[error("{path}: holds {found:?}")]
    OtherData {
        /// The file.
        path: PathBuf,
        /// What its header says it holds.
        found: String,
    },
    /// It ends in the middle of a row.
    #[error("{path}, line {line}: the file is cut off")]
    Truncated {
        /// The file.
        path: PathBuf,
        /// The last line.
        line: u64,
    },
    /// A row is not as it should be.
    #[error("{path}, line {line}: {field} {found:?}")]
    Row {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// Which field: `stamp` or `value`.
        field: &'static str,
        /// What stands there, cut.
        found: String,
    },
    /// The file is about another usage point than the one that was named.
    #[error("{path}: about another usage point")]
    OtherUsagePoint {
        /// The file.
        path: PathBuf,
        /// Whom it is about.
        found: UsagePoint,
        /// Whom it was said to be about.
        wanted: UsagePoint,
    },
    /// The file is about the other direction than the one that was named.
    #[error("{path}: about {found}")]
    OtherDirection {
        /// The file.
        path: PathBuf,
        /// Which way it says.
        found: Direction,
    },
    /// The file does not say whom it is about, nor was it said.
    #[error("{path}: does not say which usage point it is about")]
    WhichUsagePoint {
        /// The file.
        path: PathBuf,
        /// What stands in its place.
        found: String,
    },
}

/// An export of a kind that can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Export {
    /// A load curve (format A).
    Curve(CurveFile),
    /// Register readings (format B).
    Index(IndexFile),
}

/// Reads an export, whose header says what it holds.
pub fn read(path: &Path) -> Result<Export, ImportError> {
    match read_classic(path) {
        Err(ImportError::OtherData { found, .. }) if cells::same_word(&found, "Index") => {
            read_index(path).map(Export::Index)
        }
        read => read.map(Export::Curve),
    }
}

impl Export {
    /// Whose readings these are; as [`CurveFile::usage_point`].
    pub fn usage_point(
        &self,
        wanted: Option<UsagePoint>,
        path: &Path,
    ) -> Result<UsagePoint, ImportError> {
        match self {
            Self::Curve(file) => file.usage_point(wanted, path),
            Self::Index(file) => file.usage_point(wanted, path),
        }
    }

    /// Which way these readings go; as [`CurveFile::direction`].
    pub fn direction(
        &self,
        wanted: Option<Direction>,
        path: &Path,
    ) -> Result<Direction, ImportError> {
        match self {
            Self::Curve(file) => file.direction(wanted, path),
            Self::Index(file) => file.direction(wanted, path),
        }
    }
}

impl Named {
    /// Whose readings these are: the file's own usage point, or the one named
    /// for a file that masks it.
    fn usage_point(
        &self,
        wanted: Option<UsagePoint>,
        path: &Path,
    ) -> Result<UsagePoint, ImportError> {
        match (self, wanted) {
            (Self::Whole(found), Some(wanted)) if *found != wanted => {
                Err(ImportError::OtherUsagePoint {
                    path: path.to_owned(),
                    found: *found,
                    wanted,
                })
            }
            (Self::Whole(found), _) => Ok(*found),
            (Self::Unclear(_), Some(wanted)) => Ok(wanted),
            (Self::Unclear(found), None) => Err(ImportError::WhichUsagePoint {
                path: path.to_owned(),
                found: found.clone(),
            }),
        }
    }
}

/// Which way readings go: as the file says, or as was said for a file that does
/// not; consumption when neither does.
fn agree(
    found: Option<Direction>,
    wanted: Option<Direction>,
    path: &Path,
) -> Result<Direction, ImportError> {
    match (found, wanted) {
        (Some(found), Some(wanted)) if found != wanted => Err(ImportError::OtherDirection {
            path: path.to_owned(),
            found,
        }),
        (found, wanted) => Ok(found.or(wanted).unwrap_or(Direction::Consumption)),
    }
}

impl CurveFile {
    /// Whose readings these are: the file's own usage point, or the one named
    /// for a file that masks it.
    pub fn usage_point(
        &self,
        wanted: Option<UsagePoint>,
        path: &Path,
    ) -> Result<UsagePoint, ImportError> {
        self.named.usage_point(wanted, path)
    }

    /// Which way these readings go: as the file says, or as was said for a file
    /// that does not; consumption when neither does.
    pub fn direction(
        &self,
        wanted: Option<Direction>,
        path: &Path,
    ) -> Result<Direction, ImportError> {
        agree(self.direction, wanted, path)
    }
}
