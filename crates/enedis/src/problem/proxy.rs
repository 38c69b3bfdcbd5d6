//! The device-flow proxy that Domoticz speaks to: its own errors, which come
//! with statuses that say something else than what is meant.

use http::HeaderMap;
use jiff::Timestamp;

use super::body::Body;
use super::{Problem, QuotaKind, RequestFault};

impl Problem {
    /// As [`Problem::classify`], for an answer that came through that proxy.
    ///
    /// It says 404 for a missing or foreign token and for its own failure to
    /// reach Enedis, and 403 for a token that it has forgotten; read plainly
    /// these would be "no data" and "no consent".
    pub fn classify_proxy(
        now: Timestamp,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Self> {
        if let Body::Error(said) = Body::read(body) {
            let text = said.text.to_lowercase();
            if let Some(problem) = own(&said.code.to_lowercase(), &text, status) {
                return Some(problem);
            }
        }
        Self::classify(now, status, headers, body).map(|problem| match problem {
            // A page of something in between.
            Self::NoSuchResource => Self::GatewayOutage {
                status,
                until: None,
            },
            other => other,
        })
    }
}

fn own(code: &str, text: &str, status: u16) -> Option<Problem> {
    Some(match code {
        "slow_down" => Problem::Quota {
            kind: QuotaKind::Burst,
            until: None,
        },
        "version_mismatch" => Problem::BadRequest {
            fault: RequestFault::Unsaid,
        },
        "unauthorized" if text.contains("client credentials") => Problem::GatewayOutage {
            status,
            until: None,
        },
        // Seen with 200: Enedis refused the proxy, not us.
        "unauthorized" if text.contains("credentials are mandatory") => Problem::GatewayOutage {
            status,
            until: None,
        },
        "unauthorized" | "invalid_token" => Problem::TokenRefused,
        "invalid_request" if text.contains("curl error") => Problem::GatewayOutage {
            status,
            until: None,
        },
        "invalid_request" if text.contains("missing usage_point_id") => Problem::BadRequest {
            fault: RequestFault::UsagePoint,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, code: &str, text: &str) -> Problem {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let body = format!(r#"{{"error":"{code}","error_description":"{text}"}}"#);
        Problem::classify_proxy(now, status, &HeaderMap::new(), body.as_bytes()).unwrap()
    }

    #[test]
    fn every_row_of_the_proxy_means_what_was_meant() {
        let out = |status| Problem::GatewayOutage {
            status,
            until: None,
        };
        for (status, code, text, meant) in [
            (
                404,
                "Unauthorized",
                "Autorization missing",
                Problem::TokenRefused,
            ),
            (
                403,
                "Unauthorized",
                "Access token not found",
                Problem::TokenRefused,
            ),
            (
                404,
                "Unauthorized",
                "Bad access token",
                Problem::TokenRefused,
            ),
            (
                404,
                "Unauthorized",
                "Cannot get client credentials",
                out(404),
            ),
            (400, "invalid_request", "cURL error 28", out(400)),
            (
                403,
                "ADAM-DC-0008",
                "No consent can be found",
                Problem::NoConsent,
            ),
            (
                404,
                "no_data_found",
                "no measure found for this usage point",
                Problem::NoData,
            ),
            (
                400,
                "ADAM-ERR0069",
                "Le sens de la mesure",
                Problem::WrongDirection,
            ),
        ] {
            assert_eq!(said(status, code, text), meant, "{text}");
        }
        assert!(matches!(said(400, "slow_down", ""), Problem::Quota { .. }));
        let text = "Valid authentication credentials are mandatory to access the resource.";
        assert_eq!(said(200, "Unauthorized", text), out(200));
    }

    #[test]
    fn a_page_in_between_is_neither_a_refusal_nor_an_empty_day() {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let page = |status| {
            Problem::classify_proxy(now, status, &HeaderMap::new(), b"<html>nginx</html>").unwrap()
        };
        assert_eq!(
            page(404),
            Problem::GatewayOutage {
                status: 404,
                until: None
            }
        );
        assert_eq!(page(403), Problem::ConsentInDoubt);
    }
}
