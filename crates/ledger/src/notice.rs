//! What stands and concerns a person, as long as it stands.
//!
//! A source writes a notice when it finds one out ([`Store::set_notice`]) and
//! takes it away when it is over ([`Store::clear_notice`]). `status`, `doctor`
//! and the notifications read them. Each kind has three texts in the catalogue:
//! `notice-KIND` (what happened), `notice-KIND-means` (what follows from it) and
//! `notice-KIND-do` (the next step), which may use `source`, `link`, `code`,
//! `until` and `detail`.
//!
//! [`Store::set_notice`]: crate::Store::set_notice
//! [`Store::clear_notice`]: crate::Store::clear_notice

use jiff::Timestamp;
use meter::UsagePoint;
use serde::{Deserialize, Serialize};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A consent is given; `until` is its end. This one is good news.
    ConsentGiven,
    /// No consent yet, and none is asked for.
    ConsentAbsent,
    /// A consent is asked for: `link`, `code`, and `until` the code lapses.
    ConsentWaiting,
    /// The code lapsed before anyone used it.
    CodeLapsed,
    /// The person said no on the consent page.
    ConsentRefused,
    /// A consent that was given has been withdrawn.
    ConsentRevoked,
    /// A consent has come to its end, `until`.
    ConsentEnded,
    /// The account refuses login or password.
    PortalLogin,
    /// The account asks for a captcha, which only a person answers.
    PortalCaptcha,
    /// The account asks to accept its terms.
    PortalTerms,
    /// The long-lived cookie of the account is no longer recognised.
    PortalCookie,
    /// The account's page is not what it was; `detail` says where.
    PortalChanged,
    /// A meter with nothing published yet.
    NewMeter,
    /// The machine's clock differs from the sources'; `detail`: by how many seconds
    /// it is ahead; none: it is only known to be wrong.
    WrongClock,
    /// Files in a watched folder that cannot be read; `detail` names them.
    FileLeft,
    /// Two sources differ about a day; `detail` says which.
    SourcesDiffer,
    /// A destination cannot be served; `detail` says what it lacks.
    DestinationLacks,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::ConsentGiven,
        Self::ConsentAbsent,
        Self::ConsentWaiting,
        Self::CodeLapsed,
        Self::ConsentRefused,
        Self::ConsentRevoked,
        Self::ConsentEnded,
        Self::PortalLogin,
        Self::PortalCaptcha,
        Self::PortalTerms,
        Self::PortalCookie,
        Self::PortalChanged,
        Self::NewMeter,
        Self::WrongClock,
        Self::FileLeft,
        Self::SourcesDiffer,
        Self::DestinationLacks,
    ];

    /// The name in the file, in JSON and in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConsentGiven => "consent-given",
            Self::ConsentAbsent => "consent-absent",
            Self::ConsentWaiting => "consent-waiting",
            Self::CodeLapsed => "code-lapsed",
            Self::ConsentRefused => "consent-refused",
            Self::ConsentRevoked => "consent-revoked",
            Self::ConsentEnded => "consent-ended",
            Self::PortalLogin => "portal-login",
            Self::PortalCaptcha => "portal-captcha",
            Self::PortalTerms => "portal-terms",
            Self::PortalCookie => "portal-cookie",
            Self::PortalChanged => "portal-changed",
            Self::NewMeter => "new-meter",
            Self::WrongClock => "wrong-clock",
            Self::FileLeft => "file-left",
            Self::SourcesDiffer => "sources-differ",
            Self::DestinationLacks => "destination-lacks",
        }
    }

    /// The kinds that speak of consents: one of them stands at a time.
    pub const CONSENT: [Self; 7] = [
        Self::ConsentGiven,
        Self::ConsentAbsent,
        Self::ConsentWaiting,
        Self::CodeLapsed,
        Self::ConsentRefused,
        Self::ConsentRevoked,
        Self::ConsentEnded,
    ];

    /// The kinds that speak of the customer account: one of them stands at a time.
    pub const PORTAL: [Self; 5] = [
        Self::PortalLogin,
        Self::PortalCaptcha,
        Self::PortalTerms,
        Self::PortalCookie,
        Self::PortalChanged,
    ];
}

/// Whom a notice concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Concerned {
    /// The name of the source, of the destination, or of Relevé itself (`releve`).
    pub source: String,
    /// One of its usage points; none: all of them.
    pub usage_point: Option<UsagePoint>,
}

impl Concerned {
    /// All usage points of a source.
    pub fn source(name: &str) -> Self {
        Self {
            source: name.to_owned(),
            usage_point: None,
        }
    }

    /// One usage point of a source.
    pub fn point(name: &str, usage_point: UsagePoint) -> Self {
        Self {
            source: name.to_owned(),
            usage_point: Some(usage_point),
        }
    }
}

/// A notice that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Whom it concerns.
    pub concerned: Concerned,
    /// What it is about.
    pub kind: NoticeKind,
    /// Since when it stands.
    pub since: Timestamp,
    /// When it ends or ended, where that is known.
    pub until: Option<Timestamp>,
    /// Where a person goes to act.
    pub link: Option<String>,
    /// What the person types there.
    pub code: Option<String>,
    /// A name, a number or a technical detail; never a secret.
    pub detail: Option<String>,
}

impl Notice {
    /// A notice without anything more.
    pub fn new(concerned: Concerned, kind: NoticeKind, since: Timestamp) -> Self {
        Self {
            concerned,
            kind,
            since,
            until: None,
            link: None,
            code: None,
            detail: None,
        }
    }

    /// The same with its end.
    #[must_use]
    pub fn until(mut self, until: Timestamp) -> Self {
        self.until = Some(until);
        self
    }

    /// The same with a detail.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
