//! Why an answer cannot be read, and where in it.
//!
//! Nothing of the answer is repeated here but positions and stamps: a body may
//! hold identifiers, and errors end in logs.

use jiff::civil::DateTime;

/// Why an answer cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// No body at all.
    #[error("the answer is empty")]
    Empty,
    /// Bytes that are not UTF-8.
    #[error("the answer is not UTF-8 text")]
    NotText,
    /// A web page.
    #[error("the answer is a web page, not JSON")]
    Html,
    /// JSON that ends too early.
    #[error("the answer breaks off at line {line}, column {column}")]
    Truncated {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
    },
    /// Not JSON.
    #[error("the answer is not JSON (line {line}, column {column})")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
    },
    /// JSON, with another type of value than expected.
    #[error("the answer has an unexpected shape (line {line}, column {column})")]
    Shape {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
    },
    /// Only days that were not asked about.
    #[error("the answer is about other days")]
    OtherPeriod,
    /// A part without which nothing can be said.
    #[error("{field} is missing")]
    Missing {
        /// The JSON path.
        field: &'static str,
    },
    /// Something else than 14 digits where the usage point stands.
    #[error("{field} is not a usage point")]
    UsagePoint {
        /// The JSON path.
        field: &'static str,
    },
    /// Values in another unit than this measure has.
    #[error("{path} is not in {expected}")]
    Unit {
        /// The JSON path of the series.
        path: String,
        /// The unit expected.
        expected: &'static str,
    },
    /// Consumption and production in one answer.
    #[error("the answer mixes consumption and production")]
    MixedDirections,
    /// Consumption answered where production was asked, or the reverse.
    #[error("the answer is about the other direction")]
    OtherDirection,
    /// Contracts of several usage points in an answer about one.
    #[error("the answer mixes several usage points")]
    MixedPoints,
    /// A point that cannot be read.
    #[error("{path}{}: {fault}", shown(*stamp))]
    Point {
        /// The JSON path, with its index.
        path: String,
        /// Its stamp, when that can be read.
        stamp: Option<DateTime>,
        /// What is wrong with it.
        fault: PointFault,
    },
}

/// What is wrong with a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointFault {
    /// No stamp.
    #[error("it has no stamp")]
    NoStamp,
    /// A stamp that is no date.
    #[error("its stamp is not a date and time of the expected form")]
    BadStamp,
    /// No value, not even null.
    #[error("it has no value")]
    NoValue,
    /// A value that is no number.
    #[error("its value is not a number")]
    NotANumber,
    /// A number with a fraction.
    #[error("its value is not a whole number")]
    Fraction,
    /// A negative number.
    #[error("its value is negative")]
    Negative,
    /// A number no meter counts to.
    #[error("its value is too large")]
    TooLarge,
    /// No step.
    #[error("it has no step")]
    NoStep,
    /// A step no meter has.
    #[error("its step is unknown")]
    BadStep,
}

impl Malformed {
    /// The reason why serde stopped, without any of the text it stopped at.
    pub(crate) fn from_json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            serde_json::error::Category::Eof => Self::Truncated { line, column },
            serde_json::error::Category::Data => Self::Shape { line, column },
            _ => Self::NotJson { line, column },
        }
    }
}

fn shown(stamp: Option<DateTime>) -> String {
    stamp.map_or_else(String::new, |stamp| {
        format!(" ({})", crate::stamp::spaced(stamp))
    })
}
