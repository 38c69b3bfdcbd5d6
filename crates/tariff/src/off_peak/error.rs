//! Why an expression is refused: where, why, and what to write instead.

use std::fmt;
use std::ops::Range;

/// A refusal. Its text for people is in the catalogue, under [`Reason::key`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    span: Range<usize>,
    column: usize,
    width: usize,
    /// Why.
    pub reason: Reason,
    /// What to write in place of the part that is pointed at.
    pub proposal: Option<String>,
}

/// Why a part of an expression is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A word that is neither a day nor anything else known.
    UnknownWord(String),
    /// A character with no meaning here.
    UnknownCharacter(char),
    /// `semaine`: five days or seven.
    UnclearWeek,
    /// `we`: *week-end* or *Wednesday*.
    UnclearWe,
    /// `jours`, `tous`, `public` without what should follow.
    UnfinishedPhrase(String),
    /// A single holiday has no hours of its own.
    OneHoliday(String),
    /// Digits meant as a usage point, but not fourteen.
    UsagePointDigits(usize),
    /// A number that is neither a time nor a usage point.
    NotATime(String),
    /// A time without its other end.
    NoEnd,
    /// Both ends are the same time.
    EmptyRange,
    /// A range that begins at 24:00.
    StartsAt24,
    /// An hour above 24.
    Hour(String),
    /// Minutes above 59, or any after 24 h.
    Minute(String),
    /// Minutes with another number of digits than two.
    MinuteDigits(String),
    /// A day directly before `P` or a season.
    DayBefore(String),
    /// A dash or *to* that joins nothing.
    StrayJoin,
    /// A range of days from a day to itself, or to what is no day.
    DayRange,
    /// *None* beside hours.
    NothingAndHours,
}

impl Reason {
    /// The name of its text in the catalogue.
    pub fn key(&self) -> &'static str {
        match self {
            Self::UnknownWord(_) => "off-peak-error-unknown-word",
            Self::UnknownCharacter(_) => "off-peak-error-unknown-character",
            Self::UnclearWeek => "off-peak-error-unclear-week",
            Self::UnclearWe => "off-peak-error-unclear-we",
            Self::UnfinishedPhrase(_) => "off-peak-error-unfinished-phrase",
            Self::OneHoliday(_) => "off-peak-error-one-holiday",
            Self::UsagePointDigits(_) => "off-peak-error-usage-point-digits",
            Self::NotATime(_) => "off-peak-error-not-a-time",
            Self::NoEnd => "off-peak-error-no-end",
            Self::EmptyRange => "off-peak-error-empty-range",
            Self::StartsAt24 => "off-peak-error-starts-at-24",
            Self::Hour(_) => "off-peak-error-hour",
            Self::Minute(_) => "off-peak-error-minute",
            Self::MinuteDigits(_) => "off-peak-error-minute-digits",
            Self::DayBefore(_) => "off-peak-error-day-before",
            Self::StrayJoin => "off-peak-error-stray-join",
            Self::DayRange => "off-peak-error-day-range",
            Self::NothingAndHours => "off-peak-error-nothing-and-hours",
        }
    }

    /// The value that its text names as `{ $what }`, when it names one.
    pub fn what(&self) -> Option<String> {
        match self {
            Self::UnknownWord(text)
            | Self::UnfinishedPhrase(text)
            | Self::OneHoliday(text)
            | Self::NotATime(text)
            | Self::Hour(text)
            | Self::Minute(text)
            | Self::MinuteDigits(text)
            | Self::DayBefore(text) => Some(text.clone()),
            Self::UnknownCharacter(c) => Some(c.to_string()),
            Self::UsagePointDigits(count) => Some(count.to_string()),
            _ => None,
        }
    }
}

impl ExpressionError {
    pub(super) fn new(text: &str, span: Range<usize>, reason: Reason) -> Self {
        Self {
            column: text[..span.start].chars().count() + 1,
            width: text[span.clone()].chars().count().max(1),
            span,
            reason,
            proposal: None,
        }
    }

    pub(super) fn proposing(mut self, proposal: impl Into<String>) -> Self {
        self.proposal = Some(proposal.into());
        self
    }

    /// The character at which the refused part begins, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// How many characters are refused, at least 1.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The refused part, in bytes of the text.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The text with the proposal in place of the refused part.
    pub fn corrected(&self, text: &str) -> Option<String> {
        let before = text.get(..self.span.start)?;
        let after = text.get(self.span.end..)?;
        Some(format!("{before}{}{after}", self.proposal.as_ref()?))
    }
}

impl fmt::Display for ExpressionError {
    /// For logs; people read the catalogue's text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.reason.key().trim_start_matches("off-peak-error-");
        write!(f, "off-peak hours, column {}: {reason}", self.column)?;
        match self.reason.what() {
            Some(what) => write!(f, " ({what:?})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ExpressionError {}
