//! Notices of the ledger in plain words.

use jiff::{SignedDuration, Timestamp};
use ledger::{Notice, NoticeKind};
use meter::UsagePoint;

use crate::json::status::{Consent, NoticeStatus, Who};
use crate::words::Words;

/// From how long before its end a consent is spoken of.
const ENDING: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What stands for a usage point, or with none for a whole source or everybody.
pub(super) fn of(
    notices: &[Notice],
    usage_point: Option<UsagePoint>,
    now: Timestamp,
    words: Words,
) -> Vec<NoticeStatus> {
    let own = notices
        .iter()
        .filter(|notice| notice.concerned.usage_point == usage_point);
    own.filter_map(|notice| status(notice, now, words))
        .collect()
}

/// The consent of a usage point: its own, else the one for the whole source.
pub(super) fn consent(
    notices: &[Notice],
    source: &str,
    usage_point: UsagePoint,
) -> Option<Consent> {
    let given = |point: Option<UsagePoint>| {
        notices.iter().find(|notice| {
            let concerned = &notice.concerned;
            notice.kind == NoticeKind::ConsentGiven
                && concerned.source == source
                && concerned.usage_point == point
        })
    };
    let notice = given(Some(usage_point)).or_else(|| given(None))?;
    Some(Consent {
        since: notice.since,
        ends: notice.until,
    })
}

/// In words; a consent that has long to go is no matter.
pub(super) fn status(notice: &Notice, now: Timestamp, words: Words) -> Option<NoticeStatus> {
    let name = match notice.kind {
        NoticeKind::ConsentGiven => {
            let left = notice.until?.duration_since(now);
            if left > ENDING {
                return None;
            }
            if left.is_negative() {
                "notice-consent-ended".to_owned()
            } else {
                "notice-consent-ending".to_owned()
            }
        }
        kind => format!("notice-{}", kind.as_str()),
    };
    let until = notice.until.map(|until| words.instant(until));
    let text = |part: &Option<String>| part.clone().unwrap_or_else(|| "—".to_owned());
    let (link, code) = (text(&notice.link), text(&notice.code));
    let (said, detail) = match ahead(notice) {
        Some(by) if by.is_negative() => (format!("{name}-behind"), words.duration(by)),
        Some(by) => (format!("{name}-ahead"), words.duration(by)),
        None => (name.clone(), text(&notice.detail)),
    };
    let args = [
        ("source", notice.concerned.source.as_str()),
        ("link", &link),
        ("code", &code),
        ("detail", &detail),
        ("until", until.as_deref().unwrap_or("—")),
    ];
    Some(NoticeStatus {
        kind: notice.kind,
        source: notice.concerned.source.clone(),
        usage_point: notice.concerned.usage_point,
        explanation: words.say(&said, &args),
        consequence: words.say(&format!("{name}-means"), &args),
        advice: words.say(&format!("{name}-do"), &args),
        since: notice.since,
        until: notice.until,
        link: notice.link.clone(),
        code: notice.code.clone(),
    })
}

/// By how much the clock is ahead, where that is what a notice says.
fn ahead(notice: &Notice) -> Option<SignedDuration> {
    let wrong = notice.kind == NoticeKind::WrongClock;
    let seconds = notice.detail.as_ref().filter(|_| wrong)?.parse().ok()?;
    Some(SignedDuration::from_secs(seconds))
}

/// What a notice keeps back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// It explains no missing day.
    Nothing,
    /// Days may be missing for it; calls are made all the same.
    Answers,
    /// Nothing is asked until somebody has acted.
    Everything,
}

/// What stands in the way while a notice stands.
pub(super) fn hold(kind: NoticeKind) -> Hold {
    match kind {
        NoticeKind::ConsentGiven | NoticeKind::DestinationLacks | NoticeKind::SourcesDiffer => {
            Hold::Nothing
        }
        NoticeKind::NewMeter
        | NoticeKind::WrongClock
        | NoticeKind::PortalTerms
        | NoticeKind::PortalChanged => Hold::Answers,
        NoticeKind::ConsentAbsent
        | NoticeKind::ConsentWaiting
        | NoticeKind::CodeLapsed
        | NoticeKind::ConsentRefused
        | NoticeKind::ConsentRevoked
        | NoticeKind::ConsentEnded
        | NoticeKind::PortalLogin
        | NoticeKind::PortalCaptcha
        | NoticeKind::PortalCookie
        | NoticeKind::FileLeft => Hold::Everything,
    }
}

/// Whose doing it is.
pub(super) fn who(kind: NoticeKind) -> Who {
    match kind {
        kind if NoticeKind::CONSENT.contains(&kind) => Who::Consent,
        NoticeKind::NewMeter => Who::Enedis,
        _ => Who::You,
    }
}
