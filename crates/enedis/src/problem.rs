//! One type for trouble: what every known answer of Enedis means.
//!
//! [`Problem::classify`] reads codes first and texts second, never the status
//! alone where a code is there. Nobody else matches on statuses or texts.

mod body;
mod classify;
mod detail;
mod proxy;
mod until;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use service::{HttpError, Lang, tr};

use crate::malformed::Malformed;

/// What went wrong, and so what to do. Serialised with its [`Problem::code`] in
/// the field `problem`; the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum Problem {
    /// Nothing for this period: not yet, or never; the answer cannot tell.
    NoData,
    /// Production asked of a usage point that only consumes, or the reverse.
    WrongDirection,
    /// The period begins before the usage point was last activated.
    BeforeActivation,
    /// The period begins before the history that Enedis keeps.
    BeyondHistory,
    /// The period begins before the consent.
    BeforeConsent,
    /// The customer has not switched the recording of the load curve on.
    CurveNotActivated,
    /// The consent's giver no longer holds the contract.
    NotHolder,
    /// There is no consent, for certain.
    NoConsent,
    /// Refused in words that may or may not mean that the consent is gone.
    ConsentInDoubt,
    /// The application's token was refused.
    TokenExpired,
    /// The application's identifier or secret was refused.
    BadCredentials,
    /// A gateway refused the token that a person has from it, or the token is
    /// not for this usage point.
    TokenRefused,
    /// The application has not subscribed to this API. Nobody's consent is concerned.
    ApiNotSubscribed,
    /// The request was wrong: our fault.
    BadRequest {
        /// What was wrong with it.
        fault: RequestFault,
    },
    /// More days asked in one call than Enedis gives: our fault.
    WindowTooLong,
    /// Too many calls.
    Quota {
        /// Which limit.
        kind: QuotaKind,
        /// When calls are welcome again, if the answer says so believably.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Enedis has closed for the night.
    NightClosure,
    /// Every usage point that was served before is refused at once: an outage,
    /// not so many withdrawn consents.
    MassRefusal,
    /// Enedis has never published anything of this usage point: a new meter, or
    /// one whose collection is off.
    NothingPublished,
    /// Enedis waits for its terms of use to be accepted.
    TermsToAccept,
    /// Enedis is out of order.
    Outage {
        /// The HTTP status.
        status: u16,
        /// Enedis' own code for it, if any.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        detail: String,
        /// When calls are welcome again, where the answer says so believably.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// A gateway between Enedis and us is out of order, or does not reach Enedis.
    GatewayOutage {
        /// The HTTP status.
        status: u16,
        /// When calls are welcome again, where the answer says so believably.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// A gateway has banned us, or the firewall in front of it turns this network
    /// address away.
    AddressBlocked,
    /// An answer that cannot be read.
    Malformed {
        /// Where it stops making sense; never a part of the answer.
        detail: String,
    },
    /// The answer is about another usage point; nothing of it was kept.
    WrongUsagePoint,
    /// No service is open on the usage point.
    ServicesAbsent,
    /// Nothing is served at this address: this generation may have been withdrawn.
    NoSuchResource,
    /// No answer came.
    Unreachable {
        /// Why.
        cause: Unreachable,
    },
    /// The customer refused, on the consent page.
    AccessDenied,
    /// The consent page could not finish (`demande_non_aboutie`).
    ConsentUnfinished,
    /// The consent page refused the duration.
    BadDuration,
    /// Nobody has been asked for a consent to this gateway yet.
    ConsentAbsent,
    /// A code is shown, and nobody has answered yet.
    ConsentAwaited,
    /// The code lapsed before anyone answered.
    CodeLapsed,
    /// The gateway did not renew the token; it is tried again.
    TokenNotRenewed,
    /// The consent does not cover these data: another box was ticked.
    NotCovered,
    /// The secrets of a customer account are not here yet.
    PortalAccount,
    /// The file with the secrets of a customer account cannot be used.
    PortalFile {
        /// Which one, and what the system says.
        detail: String,
    },
    /// The customer account refuses the address or the password.
    PortalLogin,
    /// The customer account asks for a captcha, which only a person answers.
    PortalCaptcha,
    /// The long-lived cookie of the customer account is no longer recognised.
    PortalCookie,
    /// The customer portal's pages are not what they were.
    PortalChanged {
        /// Where; never a part of the answer.
        detail: String,
    },
    /// The customer portal closed a session that had just been opened.
    PortalSession,
    /// The file with a consent's tokens cannot be read or written.
    TokenFile {
        /// Which one, and what the system says.
        detail: String,
    },
}

/// What was wrong with a request of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestFault {
    /// The usage point is missing or has not 14 digits.
    UsagePoint,
    /// A date is missing or badly written.
    Dates,
    /// The period is empty or runs backwards.
    Order,
    /// The period ends in the future.
    Future,
    /// A parameter is missing.
    Parameter,
    /// This generation does not have this measure.
    NotOffered,
    /// Enedis does not say.
    Unsaid,
}

/// Which limit on calls was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuotaKind {
    /// Five calls per second.
    Burst,
    /// 1 000 calls per clock hour and API (2026), 10 000 (v5).
    Hourly,
    /// A gateway's calls a day for one usage point.
    Daily,
    /// A limit that we keep by ourselves, below that of a service.
    Own,
    /// The answer does not say.
    Unsaid,
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unreachable {
    /// Nothing came in time.
    Timeout,
    /// No connection: name, route, refused.
    Connect,
    /// More than we read.
    TooLarge,
    /// Sent to another host.
    Redirected,
    /// Cut off in the middle.
    BrokeOff,
    /// Anything else.
    Other,
}

impl Problem {
    /// When calls are welcome again, as the headers of an answer say believably.
    pub(crate) fn until(now: Timestamp, headers: &http::HeaderMap) -> Option<Timestamp> {
        until::until(now, headers, None)
    }

    /// The stable name: `no-consent`, `before-activation`…
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoData => "no-data",
            Self::WrongDirection => "wrong-direction",
            Self::BeforeActivation => "before-activation",
            Self::BeyondHistory => "beyond-history",
            Self::BeforeConsent => "before-consent",
            Self::CurveNotActivated => "curve-not-activated",
            Self::NotHolder => "not-holder",
            Self::NoConsent => "no-consent",
            Self::ConsentInDoubt => "consent-in-doubt",
            Self::TokenExpired => "token-expired",
            Self::BadCredentials => "bad-credentials",
            Self::TokenRefused => "token-refused",
            Self::ApiNotSubscribed => "api-not-subscribed",
            Self::BadRequest { .. } => "bad-request",
            Self::WindowTooLong => "window-too-long",
            Self::Quota { .. } => "quota",
            Self::NightClosure => "night-closure",
            Self::MassRefusal => "mass-refusal",
            Self::NothingPublished => "nothing-published",
            Self::TermsToAccept => "terms-to-accept",
            Self::Outage { .. } => "outage",
            Self::GatewayOutage { .. } => "gateway-outage",
            Self::AddressBlocked => "address-blocked",
            Self::Malformed { .. } => "malformed",
            Self::WrongUsagePoint => "wrong-usage-point",
            Self::ServicesAbsent => "services-absent",
            Self::NoSuchResource => "no-such-resource",
            Self::Unreachable { .. } => "unreachable",
            Self::AccessDenied => "access-denied",
            Self::ConsentUnfinished => "consent-unfinished",
            Self::BadDuration => "bad-duration",
            Self::ConsentAbsent => "consent-absent",
            Self::ConsentAwaited => "consent-awaited",
            Self::CodeLapsed => "code-lapsed",
            Self::TokenNotRenewed => "token-not-renewed",
            Self::NotCovered => "not-covered",
            Self::PortalAccount => "portal-account",
            Self::PortalFile { .. } => "portal-file",
            Self::PortalLogin => "portal-login",
            Self::PortalCaptcha => "portal-captcha",
            Self::PortalCookie => "portal-cookie",
            Self::PortalChanged { .. } => "portal-changed",
            Self::PortalSession => "portal-session",
            Self::TokenFile { .. } => "token-file",
        }
    }

    /// What it means, in plain words.
    pub fn explanation(&self, lang: Lang) -> String {
        let name = format!("problem-{}", self.code());
        match self {
            Self::BadRequest { fault } => {
                let what = tr(lang, &format!("problem-request-{}", fault.code()), &[]);
                tr(lang, &name, &[("what", &what)])
            }
            Self::Unreachable { cause } => {
                let what = tr(lang, &format!("problem-network-{}", cause.code()), &[]);
                tr(lang, &name, &[("what", &what)])
            }
            Self::Outage { status, detail, .. } => {
                let said = [status.to_string(), detail.clone()].join(" ");
                tr(lang, &name, &[("said", said.trim_end())])
            }
            Self::GatewayOutage { status, .. } => tr(lang, &name, &[("said", &status.to_string())]),
            Self::Quota { kind, .. } => tr(lang, kind.message(), &[]),
            Self::Malformed { detail }
            | Self::TokenFile { detail }
            | Self::PortalFile { detail }
            | Self::PortalChanged { detail } => tr(lang, &name, &[("detail", detail)]),
            _ => tr(lang, &name, &[]),
        }
    }

    /// What to do next, in plain words.
    pub fn advice(&self, lang: Lang) -> String {
        if let Self::Quota {
            kind,
            until: Some(until),
        } = self
        {
            return kind.until(*until, lang);
        }
        let name = match self {
            Self::Quota { kind, .. } => kind.message(),
            _ => &format!("problem-{}", self.code()),
        };
        tr(lang, &format!("{name}-advice"), &[])
    }

    /// Whether the same request may succeed later without anybody's help.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::NoData
                | Self::ConsentInDoubt
                | Self::TokenExpired
                | Self::Quota { .. }
                | Self::NightClosure
                | Self::MassRefusal
                | Self::Outage { .. }
                | Self::GatewayOutage { .. }
                | Self::AddressBlocked
                | Self::Malformed { .. }
                | Self::WrongUsagePoint
                | Self::Unreachable { .. }
                | Self::ConsentUnfinished
                | Self::TokenNotRenewed
                | Self::PortalChanged { .. }
                | Self::PortalSession
        )
    }
}

impl QuotaKind {
    /// When it ends; where that may be another day, with the day.
    fn until(self, until: Timestamp, lang: Lang) -> String {
        let local = meter::paris::local(until);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        if matches!(self, Self::Burst | Self::Hourly | Self::Unsaid) {
            return tr(lang, "problem-quota-until-advice", &[("time", &time)]);
        }
        let (day, month) = (local.day(), local.month());
        let (day, month) = (format!("{day:02}"), format!("{month:02}"));
        let year = local.year().to_string();
        let args = [
            ("time", time.as_str()),
            ("day", &day),
            ("month", &month),
            ("year", &year),
        ];
        tr(lang, "problem-quota-until-day-advice", &args)
    }

    fn message(self) -> &'static str {
        match self {
            Self::Burst | Self::Hourly | Self::Unsaid => "problem-quota",
            Self::Daily => "problem-quota-daily",
            Self::Own => "problem-quota-own",
        }
    }
}

impl RequestFault {
    fn code(self) -> &'static str {
        match self {
            Self::UsagePoint => "usage-point",
            Self::Dates => "dates",
            Self::Order => "order",
            Self::Future => "future",
            Self::Parameter => "parameter",
            Self::NotOffered => "not-offered",
            Self::Unsaid => "unsaid",
        }
    }
}

impl Unreachable {
    fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Connect => "connect",
            Self::TooLarge => "too-large",
            Self::Redirected => "redirected",
            Self::BrokeOff => "broke-off",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explanation(Lang::En))
    }
}

impl std::error::Error for Problem {}

impl From<Malformed> for Problem {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed {
            detail: malformed.to_string(),
        }
    }
}

impl From<HttpError> for Problem {
    fn from(error: HttpError) -> Self {
        let cause = match error {
            HttpError::Timeout => Unreachable::Timeout,
            HttpError::Connect(_) | HttpError::OtherTime => Unreachable::Connect,
            HttpError::TooLarge { .. } => Unreachable::TooLarge,
            HttpError::Redirected(_) => Unreachable::Redirected,
            HttpError::Truncated(_) => Unreachable::BrokeOff,
            HttpError::Other(_) => Unreachable::Other,
        };
        Self::Unreachable { cause }
    }
}
