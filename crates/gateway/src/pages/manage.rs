//! The pages on which a person finds, exports and withdraws a consent.

use askama::Template;
use grant::Scopes;
use jiff::civil::Date;

use super::dates::long_date;
use super::frame::Frame;
use super::scope::ScopeText as _;

/// The page `/manage` before the key.
#[derive(Debug, Template)]
#[template(path = "manage_entry.html")]
pub struct ManageEntry<'a> {
    /// What surrounds it.
    pub frame: Frame<'a>,
    /// The token against forged forms.
    pub csrf: &'a str,
    /// Whether the key that was given is unknown.
    pub unknown: bool,
}

/// A consent as its giver sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its identifier, for the forms; of no use without cookie or key.
    pub id: String,
    /// The application that reads.
    pub app: String,
    /// The usage points, masked.
    pub points: Vec<String>,
    /// The kinds of data.
    pub scopes: Scopes,
    /// The day on which it was given.
    pub given: Date,
    /// Its last day.
    pub until: Date,
    /// Whether it is in force.
    pub active: bool,
    /// Whether it ends within 30 days.
    pub soon_over: bool,
}

impl Held {
    fn given(&self, frame: &Frame) -> String {
        long_date(frame.lang, self.given)
    }

    fn until(&self, frame: &Frame) -> String {
        long_date(frame.lang, self.until)
    }
}

/// The page `/manage` with the consents that were found.
#[derive(Debug, Template)]
#[template(path = "manage.html")]
pub struct Manage<'a> {
    /// What surrounds it.
    pub frame: Frame<'a>,
    /// The token against forged forms.
    pub csrf: &'a str,
    /// The consents, the newest first; at least one.
    pub all: &'a [Held],
    /// The key that was given, carried on to the next form; often empty.
    pub key: &'a str,
}
