//! MyElectricalData's `/valid_access`: how a usage point stands with it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use meter::paris;
use serde::Deserialize;

use crate::malformed::Malformed;
use crate::problem::{Problem, QuotaKind};
use crate::text;

/// How a usage point stands. What is not said is not held against it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct ValidAccess {
    /// Whether it may be read at all.
    pub valid: Option<bool>,
    /// When the consent ends, on the wall clock.
    #[serde(deserialize_with = "text::lenient")]
    pub consent_expiration_date: Option<String>,
    /// Whether the day's calls are used up.
    pub quota_reached: Option<bool>,
    /// Whether the gateway has banned it.
    pub ban: Option<bool>,
}

impl ValidAccess {
    /// Reads the answer.
    pub fn read(body: &[u8]) -> Result<Self, Malformed> {
        text::parse(body)
    }

    /// Why calls are refused, as far as it tells.
    pub fn problem(&self, now: Timestamp) -> Option<Problem> {
        if self.ban == Some(true) {
            return Some(Problem::AddressBlocked);
        }
        if self.quota_reached == Some(true) {
            let kind = QuotaKind::Daily;
            return Some(Problem::Quota { kind, until: None });
        }
        self.is_over(now).then_some(Problem::NoConsent)
    }

    fn is_over(&self, now: Timestamp) -> bool {
        let end = self.consent_expiration_date.as_deref();
        let end = end.and_then(|text| text.parse::<DateTime>().ok());
        end.is_some_and(|end| end < paris::local(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(body: &str) -> Option<Problem> {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        ValidAccess::read(body.as_bytes()).unwrap().problem(now)
    }

    #[test]
    fn ban_quota_and_end_of_consent_are_told_apart_and_silence_proves_nothing() {
        let reached = r#"{"valid":true,"quota_reached":true,"quota_limit":50,"ban":false}"#;
        assert!(matches!(
            problem(reached),
            Some(Problem::Quota {
                kind: QuotaKind::Daily,
                ..
            })
        ));
        let over = r#"{"valid":false,"consent_expiration_date":"2026-11-21T10:59:59"}"#;
        assert_eq!(problem(over), Some(Problem::NoConsent));
        let lasting = r#"{"valid":true,"consent_expiration_date":"2026-11-21T11:00:01"}"#;
        assert_eq!(problem(lasting), None);
        assert_eq!(problem(r#"{"ban":true}"#), Some(Problem::AddressBlocked));
        for silent in [
            "{}",
            r#"{"valid":false}"#,
            r#"{"consent_expiration_date":null}"#,
        ] {
            assert_eq!(problem(silent), None, "{silent}");
        }
    }
}
