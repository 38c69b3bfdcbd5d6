//! What a gateway of the neutral form answers when it does not answer.

use http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::problem::{Problem, QuotaKind, RequestFault};

/// The body of every answer that is not 200.
///
/// ```json
/// {"error":"no_data","error_description":"nothing for this period",
///  "problem":{"problem":"no-data"}}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// In the manner of OAuth, for clients that know nothing else.
    pub error: RefusedCode,
    /// In English, of the characters that RFC 6749, section 5.2, allows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub error_description: String,
    /// The same for people, in French.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// What it is exactly, where Enedis or the gateway's own rules say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What is wrong, roughly: each stands for one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedCode {
    /// 400: parameters are missing, repeated or badly written.
    InvalidRequest,
    /// 401: no token, or one that is unknown, expired or revoked.
    InvalidToken,
    /// 403: the token does not cover this usage point, kind or direction.
    InsufficientScope,
    /// 403: the consent has ended for certain; never said of a passing trouble.
    ConsentEnded,
    /// 404: no such resource.
    NotFound,
    /// 404: there is nothing for this period, now or ever; see `problem`.
    NoData,
    /// 429 with `Retry-After`: calls are used up, ours or everyone's.
    QuotaExhausted,
    /// 502: Enedis does not answer, or answers nonsense.
    UpstreamError,
    /// 503: the gateway itself is out of order; the token is as good as before.
    TemporarilyUnavailable,
}

impl RefusedCode {
    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::InvalidRequest => 400,
            Self::InvalidToken => 401,
            Self::InsufficientScope | Self::ConsentEnded => 403,
            Self::NotFound | Self::NoData => 404,
            Self::QuotaExhausted => 429,
            Self::UpstreamError => 502,
            Self::TemporarilyUnavailable => 503,
        }
    }

    /// How a gateway tells a problem that it met at Enedis, or made itself.
    pub fn of(problem: &Problem) -> Self {
        match problem {
            Problem::NoData
            | Problem::WrongDirection
            | Problem::BeforeActivation
            | Problem::BeyondHistory
            | Problem::BeforeConsent
            | Problem::CurveNotActivated => Self::NoData,
            Problem::NotHolder | Problem::NoConsent | Problem::ServicesAbsent => Self::ConsentEnded,
            Problem::TokenRefused => Self::InvalidToken,
            Problem::NotCovered => Self::InsufficientScope,
            Problem::BadRequest { .. } | Problem::WindowTooLong | Problem::BadDuration => {
                Self::InvalidRequest
            }
            Problem::Quota { .. } => Self::QuotaExhausted,
            Problem::GatewayOutage { .. } | Problem::AddressBlocked => Self::TemporarilyUnavailable,
            // Whatever is the gateway's own affair with Enedis, and every
            // doubt: never a 401 or a 403, on which clients give up.
            _ => Self::UpstreamError,
        }
    }

    /// What it means where nothing more exact is said.
    fn plainly(self) -> Problem {
        match self {
            Self::InvalidRequest => Problem::BadRequest {
                fault: RequestFault::Unsaid,
            },
            Self::InvalidToken => Problem::TokenRefused,
            Self::InsufficientScope => Problem::NotCovered,
            // The gateway may be mistaken: it is asked again a day later.
            Self::ConsentEnded => Problem::ConsentInDoubt,
            Self::NotFound => Problem::NoSuchResource,
            Self::NoData => Problem::NoData,
            Self::QuotaExhausted => Problem::Quota {
                kind: QuotaKind::Unsaid,
                until: None,
            },
            Self::UpstreamError => Problem::Outage {
                status: self.status(),
                detail: String::new(),
                until: None,
            },
            Self::TemporarilyUnavailable => Problem::GatewayOutage {
                status: self.status(),
                until: None,
            },
        }
    }
}

impl Refused {
    /// How a gateway tells a problem, in the characters that are allowed.
    pub fn of(problem: Problem) -> Self {
        let error = RefusedCode::of(&problem);
        Self {
            error,
            error_description: ascii(&problem.explanation(service::Lang::En)),
            message: problem.explanation(service::Lang::Fr),
            problem: Some(problem),
        }
    }

    /// The status that goes with it.
    pub fn status(&self) -> u16 {
        self.error.status()
    }

    /// What an answer that is no [`super::Answer`] means to the client; `None`
    /// when the status is good.
    ///
    /// A body that is not ours (a proxy's page) is judged as one of Enedis'
    /// would be, except that a 404 without our words proves no absence of data.
    pub fn problem(
        now: Timestamp,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Problem> {
        if status == 200 {
            return None;
        }
        let Ok(refused) = serde_json::from_slice::<Self>(body) else {
            return Some(foreign(now, status, headers, body));
        };
        let plainly = refused.error.plainly();
        let problem = refused.problem.unwrap_or(plainly);
        Some(with_time(problem, now, headers))
    }

    /// `Retry-After` in seconds, for a quota or an outage whose end is known.
    pub fn retry_after(&self, now: Timestamp) -> Option<HeaderValue> {
        let until = self.problem.as_ref()?.said_until()?;
        let seconds = until.duration_since(now).as_secs().max(1);
        Some(HeaderValue::from(u64::try_from(seconds).unwrap_or(1)))
    }
}

fn foreign(now: Timestamp, status: u16, headers: &HeaderMap, body: &[u8]) -> Problem {
    match Problem::classify(now, status, headers, body) {
        Some(Problem::NoData) => Problem::NoSuchResource,
        Some(Problem::Outage { status, until, .. }) => Problem::GatewayOutage { status, until },
        Some(problem) => problem,
        None => Problem::GatewayOutage {
            status,
            until: None,
        },
    }
}

/// The header decides over the body, whose clock is another; neither is
/// believed beyond a day.
fn with_time(problem: Problem, now: Timestamp, headers: &HeaderMap) -> Problem {
    let until = problem.said_until();
    let header = headers
        .contains_key(header::RETRY_AFTER)
        .then(|| Problem::until(now, headers));
    let day = jiff::SignedDuration::from_hours(24);
    let believed = |until: &Timestamp| *until > now && until.duration_since(now) <= day;
    problem.saying(header.flatten().or(until.filter(believed)))
}

/// RFC 6749, section 5.2: no quote, no backslash, nothing beyond ASCII.
fn ascii(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '’' | '"' | '\\' => '\'',
            'à' | 'â' => 'a',
            'é' | 'è' | 'ê' => 'e',
            c if c.is_ascii_graphic() || c == ' ' => c,
            _ => ' ',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn heard(refused: &Refused) -> Problem {
        let mut headers = HeaderMap::new();
        if let Some(value) = refused.retry_after(now()) {
            headers.insert(header::RETRY_AFTER, value);
        }
        let body = serde_json::to_vec(refused).unwrap();
        Refused::problem(now(), refused.status(), &headers, &body).unwrap()
    }

    #[test]
    fn a_problem_reaches_the_client_as_it_was() {
        let until = Some(now() + jiff::SignedDuration::from_mins(20));
        for problem in [
            Problem::NoData,
            Problem::BeforeActivation,
            Problem::CurveNotActivated,
            Problem::NoConsent,
            Problem::ConsentInDoubt,
            Problem::Quota {
                kind: QuotaKind::Hourly,
                until,
            },
            Problem::Outage {
                status: 500,
                detail: String::new(),
                until,
            },
            Problem::TokenRefused,
        ] {
            assert_eq!(heard(&Refused::of(problem.clone())), problem);
        }
    }

    #[test]
    fn a_description_has_the_characters_of_the_rfc_and_stays_readable() {
        let refused = Refused::of(Problem::Quota {
            kind: QuotaKind::Own,
            until: None,
        });
        let said = "Releve stops before the gateway's limit on calls.";
        assert_eq!(refused.error_description, said);
    }

    #[test]
    fn a_doubt_or_an_outage_is_never_told_as_a_refusal() {
        for problem in [
            Problem::ConsentInDoubt,
            Problem::TokenExpired,
            Problem::BadCredentials,
            Problem::ApiNotSubscribed,
            Problem::NoSuchResource,
        ] {
            assert_eq!(Refused::of(problem).status(), 502);
        }
    }

    #[test]
    fn a_description_has_the_allowed_characters_only() {
        let allowed = |b: u8| (b' '..=b'~').contains(&b) && b != b'"' && b != b'\\';
        for problem in [Problem::NoConsent, Problem::CurveNotActivated] {
            let said = Refused::of(problem).error_description;
            assert!(said.bytes().all(allowed), "{said}");
        }
    }

    #[test]
    fn a_page_of_somebody_else_is_no_word_of_the_gateway() {
        let headers = HeaderMap::new();
        let said = |status, body: &str| {
            Refused::problem(now(), status, &headers, body.as_bytes()).unwrap()
        };
        assert_eq!(said(404, "<html>"), Problem::NoSuchResource);
        assert_eq!(said(403, "<html>"), Problem::ConsentInDoubt);
        let outage = Problem::GatewayOutage {
            status: 502,
            until: None,
        };
        assert_eq!(said(502, "Bad gateway"), outage);
        assert_eq!(
            said(204, ""),
            Problem::Malformed {
                detail: crate::Malformed::Empty.to_string()
            }
        );
    }
}
