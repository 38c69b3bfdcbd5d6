//! The errors of MyElectricalData: `{"detail": …}` with a status, where what
//! Enedis said has lost its code and often its words.

use super::classify::{by_code, by_text, fault, quota};
use super::{Problem, QuotaKind, RequestFault};

/// What a text means, with the status that it came with.
pub(super) fn meaning(status: u16, detail: &str) -> Problem {
    let text = detail.to_lowercase().replace('’', "'");
    code_within(detail)
        .or_else(|| own_words(&text))
        .or_else(|| enedis_words(&text))
        .or_else(|| by_text(&text))
        .unwrap_or_else(|| by_status(status, &text))
}

/// A code of Enedis' anywhere in the text.
fn code_within(detail: &str) -> Option<Problem> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    detail.split(|c| !inside(c)).find_map(|word| {
        let code = word.to_ascii_uppercase().replace('-', "_");
        let known = code.starts_with("ADAM_") || code.starts_with("STM_ERR_");
        known.then(|| by_code(&code, ""))?
    })
}

/// What the gateway says by itself.
fn own_words(text: &str) -> Option<Problem> {
    if text.contains("quota journalier") {
        return Some(quota(QuotaKind::Daily));
    }
    let token = ["token", "jeton"].iter().any(|word| text.contains(word));
    token.then_some(Problem::TokenRefused)
}

/// The descriptions of v5, without their codes.
fn enedis_words(text: &str) -> Option<Problem> {
    let known = [
        ("no consent can be found", Problem::NoConsent),
        ("is not owner of this usage point", Problem::NotHolder),
        ("consent start date", Problem::BeforeConsent),
        ("less than 7 days", Problem::WindowTooLong),
        ("history deadline", Problem::BeyondHistory),
        ("last activation date", Problem::BeforeActivation),
        (
            "date de dernière mise en service",
            Problem::BeforeActivation,
        ),
        ("le sens de la mesure", Problem::WrongDirection),
        ("quota q3 reached", quota(QuotaKind::Burst)),
        ("quota q4 reached", quota(QuotaKind::Hourly)),
    ];
    let mut known = known.into_iter();
    known.find_map(|(part, problem)| text.contains(part).then_some(problem))
}

fn by_status(status: u16, text: &str) -> Problem {
    match status {
        401 => Problem::TokenRefused,
        403 => Problem::ConsentInDoubt,
        // A route that does not exist is "Not Found"; a day that does not is
        // never called so. What is neither is no proof that a day is empty.
        404 => Problem::NoSuchResource,
        409 => quota(QuotaKind::Daily),
        429 => quota(QuotaKind::Unsaid),
        400..500 if text.contains("usage_point") => fault(RequestFault::UsagePoint),
        400..500 => fault(RequestFault::Unsaid),
        _ => Problem::GatewayOutage {
            status,
            until: None,
        },
    }
}
