//! Every way in which a request can end, and the page that says so.

mod story;

use askama::Template;
use jiff::civil::Date;
use service::find;

use super::dates::long_date;
use super::frame::Frame;
use super::scope::Scope;
use story::Story;

/// How a request ended, or why a page cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// Enedis is being asked.
    InProgress,
    /// The consent is recorded.
    Approved,
    /// The person refused here.
    Refused,
    /// The person refused at Enedis.
    RefusedAtEnedis,
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
    /// Two requests brought the same consent.
    Frozen,
    /// The consent is recorded, and the meter keeps no curve.
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
    pub const ALL: [Self; 20] = [
        Self::InProgress,
        Self::Approved,
        Self::Refused,
        Self::RefusedAtEnedis,
        Self::CodeExpired,
        Self::CodeUsed,
        Self::TooMany,
        Self::EnedisUnavailable,
        Self::NotRecorded,
        Self::Frozen,
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
    pub scopes: Vec<Scope>,
    /// The last day.
    pub until: Date,
    /// The key to manage it, shown once.
    pub key: Option<String>,
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
    hint: Option<String>,
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
            hint: None,
        }
    }

    /// The page of a recorded consent.
    pub fn approved(frame: Frame<'a>, ending: Ending, approved: &Approved) -> Self {
        let mut page = Self::new(frame, ending);
        page.facts = facts(&page.frame, approved);
        page.hint = approved
            .key
            .as_ref()
            .map(|_| page.frame.say("gateway-key-keep"));
        page
    }
}

fn facts(frame: &Frame, approved: &Approved) -> Vec<(String, String, bool)> {
    let scopes: Vec<String> = approved
        .scopes
        .iter()
        .map(|scope| frame.say(scope.name()))
        .collect();
    let until = long_date(frame.lang, approved.until);
    let rows = [
        ("gateway-fact-app", Some(approved.app.clone()), false),
        ("gateway-fact-meter", Some(approved.points.join(", ")), true),
        ("gateway-fact-data", Some(scopes.join(", ")), false),
        ("gateway-fact-until", Some(until), false),
        ("gateway-fact-key", approved.key.clone(), true),
    ];
    rows.into_iter()
        .filter_map(|(name, value, key)| Some((frame.say(name), value?, key)))
        .collect()
}
