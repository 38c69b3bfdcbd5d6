//! The page on which a person agrees: the same code, who asks, which data, for
//! how long, under whose care.

use askama::Template;
use data_encoding::HEXLOWER;
use grant::{Scope, Scopes};
use jiff::Timestamp;
use jiff::civil::Date;
use ring::digest::{SHA256, digest};

use super::dates::{clock_time, long_date};
use super::frame::{Frame, Switch};
use super::scope::ScopeText as _;

/// The version of the texts of this page. It changes with any of them.
const VERSION: &str = "2026-11-22";

/// What a kept page shows in the place of the code.
const CODE_KEPT: &str = "••••-••••";

/// What is asked, of whom, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The application that asks.
    pub app: String,
    /// Who publishes it.
    pub publisher: String,
    /// The code as shown by the box: `WDJB-MJHT`.
    pub code: String,
    /// When the box asked.
    pub at: Timestamp,
    /// Where the box asked from, shortened: `203.0.113.0/24`.
    pub place: String,
    /// Whether that is another internet connection than the person's.
    pub elsewhere: bool,
    /// The kinds of data that may be chosen.
    pub scopes: Scopes,
    /// How long the consent is asked for, as Enedis is asked (ISO 8601, one unit).
    pub period: String,
    /// The last day of the consent.
    pub until: Date,
}

impl Asked {
    fn time(&self, frame: &Frame) -> String {
        clock_time(frame.lang, self.at)
    }

    fn until(&self, frame: &Frame) -> String {
        long_date(frame.lang, self.until)
    }

    fn origin(&self, frame: &Frame) -> String {
        if self.elsewhere {
            let args = [("time", self.time(frame)), ("place", self.place.clone())];
            frame.say_with("gateway-consent-origin-elsewhere", &args)
        } else {
            frame.say_with("gateway-consent-origin-here", &[("time", self.time(frame))])
        }
    }

    /// `P3Y` → `3 ans`; a period in words of its own is shown as it is.
    fn duration(&self, frame: &Frame) -> String {
        let inner = self.period.strip_prefix('P').unwrap_or_default();
        let number = inner.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let name = match &inner[number.len()..] {
            "Y" => "gateway-terms-duration-years",
            "M" => "gateway-terms-duration-months",
            "D" => "gateway-terms-duration-days",
            _ => return self.period.clone(),
        };
        frame.say_with(name, &[("count", number.to_owned())])
    }
}

/// What the person has chosen so far; nothing at first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// "I see this same code".
    pub seen: bool,
    /// The ticked kinds of data.
    pub scopes: Scopes,
}

impl Choice {
    /// What is missing before the person can be sent to Enedis.
    pub fn faults(&self) -> Vec<ConsentFault> {
        let not_seen = (!self.seen).then_some(ConsentFault::NotSeen);
        // Production says of which meter side, and alone names no kind of data.
        let nothing = self.scopes.iter().all(|scope| scope == Scope::Production);
        let nothing = nothing.then_some(ConsentFault::NothingChosen);
        not_seen.into_iter().chain(nothing).collect()
    }
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentFault {
    /// The box "I see this same code" is not ticked.
    NotSeen,
    /// No kind of data is ticked.
    NothingChosen,
    /// The page is not any more as it was shown.
    TextChanged,
}

/// The page `/device` once the code is known.
#[derive(Debug, Template)]
#[template(path = "consent.html")]
pub struct Consent<'a> {
    frame: Frame<'a>,
    csrf: &'a str,
    asked: &'a Asked,
    choice: &'a Choice,
    faults: &'a [ConsentFault],
    text: String,
}

impl<'a> Consent<'a> {
    /// The page as the person sees it.
    pub fn new(
        frame: Frame<'a>,
        csrf: &'a str,
        asked: &'a Asked,
        choice: &'a Choice,
        faults: &'a [ConsentFault],
    ) -> Self {
        let text = ConsentText::of(&frame, asked).sha256;
        Self {
            frame,
            csrf,
            asked,
            choice,
            faults,
            text,
        }
    }
}

/// The page as it is kept for proof: every sentence and every box, before
/// anything is ticked. It has neither the token of the form nor the code, which
/// rows hold as a keyed hash alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    /// The version of the texts.
    pub version: &'static str,
    /// SHA-256 of the HTML, in hexadecimal. The page carries it, so that what is
    /// agreed to is what was shown.
    pub sha256: String,
    /// The HTML.
    pub html: String,
}

impl ConsentText {
    /// The text that this request shows in this language.
    pub fn of(frame: &Frame, asked: &Asked) -> Self {
        let asked = Asked {
            code: CODE_KEPT.to_owned(),
            ..asked.clone()
        };
        let page = Consent {
            frame: Frame {
                switch: Switch::None,
                ..frame.clone()
            },
            csrf: "",
            asked: &asked,
            choice: &Choice::default(),
            faults: &[],
            text: String::new(),
        };
        let html = page.render().unwrap_or_default();
        let sha256 = HEXLOWER.encode(digest(&SHA256, html.as_bytes()).as_ref());
        Self {
            version: VERSION,
            sha256,
            html,
        }
    }
}
