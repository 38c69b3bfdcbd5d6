//! The pages on which a person finds, exports and withdraws a consent.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::dates::{long_date, moment};
use super::frame::Frame;
use super::scope::Scope;

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
    /// Its public identifier, of no use without the proof.
    pub id: String,
    /// What shows that this browser has given the key of this consent.
    pub proof: String,
    /// The application that reads.
    pub app: String,
    /// The usage points, masked.
    pub points: Vec<String>,
    /// The kinds of data.
    pub scopes: Vec<Scope>,
    /// The day on which it was given.
    pub given: Date,
    /// Its last day.
    pub until: Date,
    /// When data last went to the box.
    pub last_read: Option<Timestamp>,
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

    fn last_read(&self, frame: &Frame) -> String {
        self.last_read.map_or_else(
            || frame.say("gateway-never-read"),
            |at| moment(frame.lang, at),
        )
    }
}

/// The page `/manage` with a consent.
#[derive(Debug, Template)]
#[template(path = "manage.html")]
pub struct Manage<'a> {
    /// What surrounds it.
    pub frame: Frame<'a>,
    /// The token against forged forms.
    pub csrf: &'a str,
    /// The consent.
    pub held: &'a Held,
}
