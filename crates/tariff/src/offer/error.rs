//! What can be wrong with an offer that somebody wrote.

use jiff::civil::Date;

/// Why a file of offers cannot be read. None of it is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    /// Not TOML, or a key or value that is not expected; with line and caret.
    #[error("{0}")]
    Toml(String),
    /// A number with a decimal comma.
    #[error("line {line}: {found} has a comma: write {instead}")]
    Comma {
        /// Line in the file, from 1.
        line: usize,
        /// What stands there.
        found: String,
        /// The same with a point.
        instead: String,
    },
    /// Two offers of one name.
    #[error("two offers are named {0:?}")]
    SameName(String),
    /// Something about one offer.
    #[error("offer {offer:?}: {fault}")]
    Offer {
        /// Its identifier.
        offer: String,
        /// What.
        fault: Fault,
    },
}

/// What is wrong with an offer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Two lines speak of the same days.
    #[error("{what}: two lines hold on {from}")]
    Overlap {
        /// Which lines.
        what: String,
        /// The first such day.
        from: Date,
    },
    /// No line speaks of some days between two others.
    #[error("{what}: no line holds from {from} until {to} begins")]
    Gap {
        /// Which lines.
        what: String,
        /// The first day without a line.
        from: Date,
        /// The first day with one again.
        to: Date,
    },
    /// The last day comes before the first.
    #[error("{what}: {to} comes before {from}")]
    Backwards {
        /// Which line.
        what: String,
        /// The first day.
        from: Date,
        /// The last.
        to: Date,
    },
    /// A class that the offer's kind does not have.
    #[error("no class is named {found:?}; there are {known}")]
    Class {
        /// The name.
        found: String,
        /// The names there are.
        known: String,
    },
    /// A class without any price.
    #[error("the class {0:?} has no price")]
    NoPrice(String),
    /// A price per kWh of more than ten euros: cents, most likely.
    #[error("{what}: {found} euros per kWh; prices are in euros: {instead}?")]
    Cents {
        /// Which line.
        what: String,
        /// The price.
        found: String,
        /// The same taken as cents.
        instead: String,
    },
    /// A key that this kind of offer does not use, or lacks.
    #[error("kind {kind:?}: {problem}")]
    Kind {
        /// The kind.
        kind: &'static str,
        /// What is wrong.
        problem: &'static str,
    },
    /// Hours that cannot be read.
    #[error("not a range of hours: {0:?}; write \"22:00-06:00\"")]
    Hours(String),
    /// A day that cannot be read.
    #[error("not a day: {0:?}; write \"monday\" … \"sunday\" or \"holiday\"")]
    Day(String),
    /// A season's bound that cannot be read.
    #[error("not a day of the year: {0:?}; write \"11-01\"")]
    Season(String),
    /// Minutes that no rule claims.
    #[error("no rule says what {day} at {minute} is")]
    Unclaimed {
        /// An example day.
        day: Date,
        /// The wall-clock time.
        minute: String,
    },
    /// More classes than can be numbered.
    #[error("more than {0} classes")]
    TooManyClasses(usize),
    /// A file of dynamic prices that cannot be read.
    #[error("{file}, line {line}: {problem}")]
    Prices {
        /// The file.
        file: String,
        /// The line, from 1; 0 for the file as a whole.
        line: usize,
        /// What is wrong.
        problem: String,
    },
}
