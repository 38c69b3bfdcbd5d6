//! A kept problem in plain words: what happened, what follows, what to do.

use ledger::SeriesNote;

use crate::json::status::{Trouble, Who};
use crate::words::Words;

/// The problem of a note, if one stands.
pub(super) fn trouble(note: &SeriesNote, words: Words) -> Option<Trouble> {
    let kept = note.problem.as_ref()?;
    let since = note.problem_at;
    if let Ok(problem) = serde_json::from_value::<enedis::Problem>(kept.clone()) {
        return Some(Trouble {
            code: problem.code().to_owned(),
            explanation: problem.explanation(words.lang),
            consequence: consequence(problem.code(), words),
            advice: Some(problem.advice(words.lang)),
            since,
        });
    }
    // Kept by a newer version.
    let code = kept.get("problem").and_then(|code| code.as_str());
    let code = code.unwrap_or("unknown").to_owned();
    Some(Trouble {
        explanation: words.say("status-unknown-problem", &[("code", &code)]),
        consequence: consequence(&code, words),
        code,
        advice: None,
        since,
    })
}

/// What follows from a problem for the history.
fn consequence(code: &str, words: Words) -> String {
    let class = match code {
        "curve-not-activated" => "curve",
        "wrong-direction" | "before-activation" | "beyond-history" => "never",
        _ => match who(code, false) {
            Who::Consent => "consent",
            Who::You | Who::Releve => "stopped",
            Who::Enedis | Who::Gateway => "wait",
        },
    };
    words.t(&format!("health-means-{class}"))
}

/// Whose doing a problem is, by its code.
pub fn who(code: &str, through_gateway: bool) -> Who {
    match code {
        "no-consent" | "consent-in-doubt" | "not-holder" | "before-consent" | "services-absent"
        | "access-denied" | "consent-unfinished" | "bad-duration" | "consent-absent"
        | "consent-awaited" | "code-lapsed" | "not-covered" => Who::Consent,
        "curve-not-activated"
        | "bad-credentials"
        | "token-refused"
        | "api-not-subscribed"
        | "token-file"
        | "terms-to-accept"
        | "portal-account"
        | "portal-file"
        | "portal-login"
        | "portal-captcha"
        | "portal-cookie"
        | "no-such-resource" => Who::You,
        "bad-request" | "window-too-long" => Who::Releve,
        "gateway-outage" | "address-blocked" | "token-not-renewed" => Who::Gateway,
        "quota" | "unreachable" | "malformed" if through_gateway => Who::Gateway,
        _ => Who::Enedis,
    }
}
