//! From an answer to a problem: by code, then by text, then by status.

use http::HeaderMap;
use jiff::Timestamp;

use super::body::{Body, Said};
use super::until::until;
use super::{Problem, QuotaKind, RequestFault, detail};
use crate::malformed::Malformed;

impl Problem {
    /// What an answer of a data resource or of the consent page means; `None`
    /// when it is no problem.
    ///
    /// A good status does not prove a good answer: errors come with 200 too.
    /// `now` judges the times that the answer names.
    pub fn classify(now: Timestamp, status: u16, headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let good = (200..300).contains(&status);
        let problem = match Body::read(body) {
            Body::Error(said) => known(&said).unwrap_or_else(|| by_status(status, &said)),
            Body::Detail(text) => detail::meaning(status, &text),
            Body::Other | Body::Empty if good && !body.is_empty() => return None,
            Body::Empty if good => Malformed::Empty.into(),
            Body::Html | Body::Firewall if good => Malformed::Html.into(),
            Body::Firewall => turned_away(status),
            Body::Html | Body::Empty | Body::Other => without_words(status),
        };
        Some(problem.with_time(now, headers, body))
    }

    /// The same for the token resource, where a refusal concerns the
    /// application's own identifier and secret.
    pub fn classify_token(
        now: Timestamp,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Self> {
        // A web page comes from the firewall, which knows nothing of secrets.
        let page = Body::read(body) == Body::Html;
        Self::classify(now, status, headers, body).map(|problem| match problem {
            Self::ConsentInDoubt if page => Self::Outage {
                status,
                detail: String::new(),
                until: None,
            },
            Self::TokenExpired | Self::ConsentInDoubt | Self::NoConsent => Self::BadCredentials,
            other => other,
        })
    }

    fn with_time(self, now: Timestamp, headers: &HeaderMap, body: &[u8]) -> Self {
        let next_access = match Body::read(body) {
            Body::Error(said) => said.next_access,
            _ => None,
        };
        self.saying(until(now, headers, next_access.as_deref()))
    }
}

fn known(said: &Said) -> Option<Problem> {
    let code = said
        .code
        .trim()
        .to_ascii_uppercase()
        .replace(['-', ' '], "_");
    let text = said.text.to_lowercase().replace('’', "'");
    by_code(&code, &text)
        .or_else(|| by_text(&text))
        .or_else(|| gateway_outage(&code, &text))
        .or_else(|| outage_code(&code, said))
}

/// Codes are compared without case, `-` and `_` alike.
pub(super) fn by_code(code: &str, text: &str) -> Option<Problem> {
    Some(match code {
        "ADAM_DC_0008" => Problem::NoConsent,
        "ADAM_DC_0007" | "ADAM_ERR0061" => Problem::NotHolder,
        "ADAM_DC_0009" => Problem::BeforeConsent,
        "ADAM_DC_0015" | "ADAM_ERR0126" => Problem::WindowTooLong,
        "ADAM_DC_0016" | "ADAM_ERR0125" => Problem::BeyondHistory,
        "ADAM_ERR0123" => Problem::BeforeActivation,
        "ADAM_ERR0069" => Problem::WrongDirection,
        "ADAM_ERR0075" => Problem::CurveNotActivated,
        "NO_DATA_FOUND" | "STM_ERR_0000014" | "STM_ERR_0000020" => Problem::NoData,
        "UNAUTHORIZED_USER" | "STM_ERR_0000019" => Problem::ConsentInDoubt,
        "900901" | "900902" => Problem::TokenExpired,
        "900908" => Problem::ApiNotSubscribed,
        "900807" | "QUOTA_Q3_REACHED" => quota(QuotaKind::Burst),
        "900804" | "QUOTA_Q4_REACHED" => quota(QuotaKind::Hourly),
        "INVALID_CLIENT" | "UNAUTHORIZED_CLIENT" | "INVALID_GRANT" => Problem::BadCredentials,
        "INVALID_REQUEST" | "INVALID_RESQUEST" => bad_request(text),
        "ACCESS_DENIED" => Problem::AccessDenied,
        "DEMANDE_NON_ABOUTIE" => Problem::ConsentUnfinished,
        _ => return None,
    })
}

/// The texts of the 2026 description, whose codes are mere statuses.
pub(super) fn by_text(text: &str) -> Option<Problem> {
    let known: [(&str, Problem); 17] = [
        ("n'est pas titulaire", Problem::NotHolder),
        ("le client n'est pas autorisé", Problem::NoConsent),
        ("conditions d'utilisation", Problem::TermsToAccept),
        ("unknown or unauthorized user", Problem::ConsentInDoubt),
        ("pas de services souscrits", Problem::ServicesAbsent),
        ("pas de mesure trouvée", Problem::NoData),
        ("non existant", Problem::NoData),
        ("no measure found", Problem::NoData),
        ("sla dépassé", quota(QuotaKind::Unsaid)),
        ("throttled out", quota(QuotaKind::Unsaid)),
        ("l'utilisateur n'est pas identifié", Problem::TokenExpired),
        ("credentials are mandatory", Problem::TokenExpired),
        (
            "usage_point_id est obligatoire",
            fault(RequestFault::UsagePoint),
        ),
        ("est obligatoire", fault(RequestFault::Parameter)),
        ("invalid credentials", Problem::TokenExpired),
        // The gateway conso.boris.sh.
        ("votre token est invalide", Problem::TokenRefused),
        ("'authorization' est manquant", Problem::TokenRefused),
    ];
    // "no  measure found" has been seen with two spaces.
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    known
        .into_iter()
        .find_map(|(part, problem)| text.contains(part).then_some(problem))
}

/// What gateways say when they fail by themselves, or do not reach Enedis.
fn gateway_outage(code: &str, text: &str) -> Option<Problem> {
    let known = [
        "impossible de rafraîchir le token",
        "erreur inconnue. réessayez plus tard",
    ];
    let status = code.parse().unwrap_or(500);
    let said = known.iter().any(|part| text.contains(part));
    said.then_some(Problem::GatewayOutage {
        status,
        until: None,
    })
}

/// Codes of failures inside Enedis, whatever the status they come with.
fn outage_code(code: &str, said: &Said) -> Option<Problem> {
    let known = matches!(
        code,
        "ADAM_DC_0500"
            | "STM_ERR_0000001"
            | "TECHNICAL_ERROR"
            | "SERVER_ERROR"
            | "INTERNAL_SERVER_ERROR"
            | "SERVICE_UNAVAILABLE"
            | "ERRE001150"
    ) || code.starts_with("UNKERROR");
    let status = if code == "SERVICE_UNAVAILABLE" {
        503
    } else {
        500
    };
    known.then(|| outage(status, said))
}

/// The requests that Enedis finds faulty; the text says which part.
fn bad_request(text: &str) -> Problem {
    if text.contains("duration") {
        return Problem::BadDuration;
    }
    if text.contains("last activation date") {
        return Problem::BeforeActivation;
    }
    if text.contains("history deadline") {
        return Problem::BeyondHistory;
    }
    fault(match text {
        t if t.contains("usage_point_id") => RequestFault::UsagePoint,
        t if t.contains("before end date") => RequestFault::Order,
        t if t.contains("earlier than the current date") => RequestFault::Future,
        t if t.contains("start date") || t.contains("end date") => RequestFault::Dates,
        t if t.contains("missing_parameter") => RequestFault::Parameter,
        _ => RequestFault::Unsaid,
    })
}

fn by_status(status: u16, said: &Said) -> Problem {
    match status {
        401 | 403 => Problem::ConsentInDoubt,
        200..300 | 500.. => outage(status, said),
        _ => without_words(status),
    }
}

/// A page of the content network: it turns an address away, or has no answer
/// from the gateway behind it.
fn turned_away(status: u16) -> Problem {
    match status {
        401 | 403 | 429 => Problem::AddressBlocked,
        _ => Problem::GatewayOutage {
            status,
            until: None,
        },
    }
}

/// A web page, an empty body, or words we do not know.
fn without_words(status: u16) -> Problem {
    match status {
        401 | 403 => Problem::ConsentInDoubt,
        404 | 410 => Problem::NoSuchResource,
        429 => quota(QuotaKind::Unsaid),
        400 | 402..=407 | 409..=499 => fault(RequestFault::Unsaid),
        _ => Problem::Outage {
            status,
            detail: String::new(),
            until: None,
        },
    }
}

pub(super) fn quota(kind: QuotaKind) -> Problem {
    Problem::Quota { kind, until: None }
}

pub(super) fn fault(fault: RequestFault) -> Problem {
    Problem::BadRequest { fault }
}

fn outage(status: u16, said: &Said) -> Problem {
    Problem::Outage {
        status,
        detail: harmless(&said.code),
        until: None,
    }
}

/// A code fit for logs: short, of plain characters, without long numbers.
fn harmless(code: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let digits = code.chars().filter(char::is_ascii_digit).count();
    if code.len() > 40 || digits >= 10 || !code.chars().all(plain) {
        return String::new();
    }
    // A code that only repeats a status tells nothing.
    if code.len() == 3 && digits == 3 {
        return String::new();
    }
    code.to_owned()
}
