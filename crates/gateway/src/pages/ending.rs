//! Every way in which a request can end, and the page that says so.

mod story;

use askama::Template;
use grant::Scopes;
use jiff::civil::Date;
use service::find;

use super::dates::long_date;
use super::frame::Frame;
use super::scope::ScopeText as _;
use story::Story;

/// How a request ended, or why a page cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// Enedis is being asked.
    InProgress,
    /// The consent is recorded.
    Approved,
    /// The browser has not come back from Enedis yet.
    AtEnedis,
    /// The person refused, here or at Enedis.
    Refused,
    /// The code is too old.
    CodeExpired,
    /// The code belongs to a request that has gone on.
    CodeUsed,
    /// Too many unknown codes came from there.
    TooMany,
    /// Enedis cannot be asked.
    EnedisUnavailable,
    /// Enedis knows of no such consent.
    NotRecorded,
    /// The consent is not one that this request can have brought.
    NotYours,
    /// The further proof was not given.
    Unproved,
    /// The consent covers nothing that was asked for.
    Empty,
    /// How to have the meter keep a curve.
    CurveOff,
    /// The return came into a browser that did not begin the request.
    OtherBrowser,
    /// The return belongs to no request.
    UnknownReturn,
    /// The request has an answer already, and another one came.
    OtherAnswer,
    /// Enedis sent an error of its own back.
    BrokenReturn,
    /// The return came after the request was over.
    Late,
    /// The form is not of this browser.
    StaleForm,
    /// The consent is withdrawn.
    Withdrawn,
    /// There is no such page.
    NotFound,
    /// The gateway itself is in trouble.
    Trouble,
}

impl Ending {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::InProgress,
        Self::Approved,
        Self::AtEnedis,
        Self::Refused,
        Self::CodeExpired,
        Self::CodeUsed,
        Self::TooMany,
        Self::EnedisUnavailable,
        Self::NotRecorded,
        Self::NotYours,
        Self::Unproved,
        Self::Empty,
        Self::CurveOff,
        Self::OtherBrowser,
        Self::UnknownReturn,
        Self::OtherAnswer,
        Self::BrokenReturn,
        Self::Late,
        Self::StaleForm,
        Self::Withdrawn,
        Self::NotFound,
        Self::Trouble,
    ];

    /// Its name in the catalogue and in files: `code-expired`.
    pub fn slug(self) -> &'static str {
        self.story().slug
    }

    /// The HTTP status of its page.
    pub fn status(self) -> u16 {
        self.story().status
    }
}

/// What a recorded consent says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The application that reads.
    pub app: String,
    /// The usage points, masked.
    pub points: Vec<String>,
    /// The kinds of data.
    pub scopes: Scopes,
    /// The last day.
    pub until: Date,
}

/// The page of an ending.
#[derive(Debug, Template)]
#[template(path = "ending.html")]
pub struct EndingPage<'a> {
    frame: Frame<'a>,
    story: Story,
    key: String,
    text: String,
    next: Option<String>,
    /// Name, value, whether it is a key.
    facts: Vec<(String, String, bool)>,
    curve: bool,
}

impl<'a> EndingPage<'a> {
    /// The page of an ending that says nothing about a consent.
    pub fn new(frame: Frame<'a>, ending: Ending) -> Self {
        let story = ending.story();
        let key = format!("gateway-end-{}", story.slug);
        let text = frame.say(&format!("{key}-text"));
        let next = find(frame.lang, &format!("{key}-next"), &[]);
        let contact = (
            frame.say("gateway-fact-contact"),
            frame.site.controller.clone(),
            false,
        );
        let facts = story.contact.then_some(contact).into_iter().collect();
        Self {
            frame,
            story,
            key,
            text,
            next,
            facts,
            curve: false,
        }
    }

    /// The page of a recorded consent.
    pub fn approved(frame: Frame<'a>, approved: &Approved) -> Self {
        let mut page = Self::new(frame, Ending::Approved);
        page.curve = approved.scopes.contains(grant::Scope::Curve);
        page.facts = facts(&page.frame, approved);
        page
    }
}

fn facts(frame: &Frame, approved: &Approved) -> Vec<(String, String, bool)> {
    let scopes = approved.scopes.iter().map(|scope| frame.say(scope.name()));
    let scopes: Vec<String> = scopes.collect();
    let until = long_date(frame.lang, approved.until);
    let rows = [
        ("gateway-fact-app", approved.app.clone(), false),
        ("gateway-fact-meter", approved.points.join(", "), true),
        ("gateway-fact-data", scopes.join(", "), false),
        ("gateway-fact-until", until, false),
    ];
    rows.map(|(name, value, key)| (frame.say(name), value, key))
        .to_vec()
}
