//! What the page of each ending looks like and leads to, as one table.

use super::Ending;

/// The looks of an ending.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story {
    /// Its name in the catalogue.
    pub slug: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The sign above the title.
    pub tone: Tone,
    /// Where the person may go, the likeliest first.
    pub actions: &'static [Action],
    /// Whether to say whom to write to.
    pub contact: bool,
}

/// The sign above a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Done.
    Good,
    /// Wait.
    Wait,
    /// Something to look at.
    Halt,
    /// Refused.
    Stop,
}

impl Tone {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good | Self::Wait => "go",
            Self::Halt => "halt",
            Self::Stop => "stop",
        }
    }

    /// The strokes of the sign, in a square of 24.
    pub(super) fn drawing(self) -> &'static str {
        match self {
            Self::Good => "m5 12.5 4.7 4.7L19.5 7",
            Self::Wait => "M12 6v6l3.8 2.2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18Z",
            Self::Halt => "M12 7v6M12 16.9v.1M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18Z",
            Self::Stop => "m7.5 7.5 9 9m0-9-9 9",
        }
    }
}

/// Where a page leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Enter a code.
    Code,
    /// Enter a code again.
    Retry,
    /// Look at the request again.
    LookAgain,
    /// Manage the consent.
    Manage,
    /// The first page.
    Home,
}

impl Action {
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Code | Self::Retry => "/device",
            Self::LookAgain => "/device/status",
            Self::Manage => "/manage",
            Self::Home => "/",
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Code => "gateway-act-code",
            Self::Retry => "gateway-act-retry",
            Self::LookAgain => "gateway-act-look-again",
            Self::Manage => "gateway-act-manage",
            Self::Home => "gateway-act-home",
        }
    }
}

impl Ending {
    pub(super) fn story(self) -> Story {
        use Action::{Code, Home, LookAgain, Manage, Retry};
        use Tone::{Good, Halt, Stop, Wait};
        let (slug, status, tone, actions): (_, _, _, &'static [Action]) = match self {
            Self::InProgress => ("in-progress", 200, Wait, &[LookAgain]),
            Self::Approved => ("approved", 200, Good, &[Manage]),
            Self::Refused => ("refused", 200, Stop, &[Home]),
            Self::AtEnedis => ("at-enedis", 200, Wait, &[LookAgain, Retry]),
            Self::CodeExpired => ("code-expired", 400, Halt, &[Code]),
            Self::CodeUsed => ("code-used", 400, Halt, &[Code]),
            Self::TooMany => ("too-many", 429, Halt, &[]),
            Self::EnedisUnavailable => ("enedis-unavailable", 503, Halt, &[Retry]),
            Self::NotRecorded => ("not-recorded", 200, Halt, &[LookAgain, Retry]),
            Self::NotYours => ("not-yours", 200, Halt, &[Retry]),
            Self::Unproved => ("unproved", 200, Halt, &[Retry]),
            Self::Empty => ("empty", 200, Halt, &[Retry]),
            Self::CurveOff => ("curve-off", 200, Wait, &[Home]),
            Self::OtherBrowser => ("other-browser", 400, Halt, &[Retry]),
            Self::UnknownReturn => ("unknown-return", 400, Halt, &[Retry]),
            Self::OtherAnswer => ("other-answer", 400, Stop, &[LookAgain]),
            Self::BrokenReturn => ("broken-return", 400, Halt, &[Retry]),
            Self::Late => ("late", 400, Halt, &[Code]),
            Self::StaleForm => ("stale-form", 403, Halt, &[Retry]),
            Self::Withdrawn => ("withdrawn", 200, Good, &[Home]),
            Self::NotFound => ("not-found", 404, Halt, &[Home]),
            Self::Trouble => ("trouble", 503, Halt, &[Home]),
        };
        let contact = matches!(self, Self::NotYours | Self::Unproved | Self::Trouble);
        Story {
            slug,
            status,
            tone,
            actions,
            contact,
        }
    }
}
