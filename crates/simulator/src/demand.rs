//! The question that an application puts to a customer, checked before anyone
//! is asked.

use enedis::Generation;
use http::StatusCode;
use jiff::{Span, Timestamp, ToSpan};
use meter::paris;
use url::{Host, Url};

use crate::form::Form;
use crate::options::Options;
use crate::problem;
use crate::reply::Reply;

/// A well-formed question to the customer.
pub(crate) struct Demand {
    pub generation: Generation,
    pub client_id: String,
    pub state: String,
    pub redirect: Url,
    pub until: Timestamp,
}

impl Demand {
    pub(crate) fn read(
        generation: Generation,
        form: &Form,
        options: &Options,
        now: Timestamp,
    ) -> Result<Self, Reply> {
        let need = |name| form.get(name).ok_or_else(|| invalid("missing_parameter"));
        let client_id = need("client_id")?;
        if need("response_type")? != "code" {
            return Err(invalid("invalid_response_type"));
        }
        if client_id != options.client_id {
            return Err(problem::oauth(
                StatusCode::BAD_REQUEST,
                "unauthorized_client",
                "unauthorized_client",
            ));
        }
        let state = form.get("state").unwrap_or_default();
        if state.chars().count() > 100 {
            return Err(invalid("invalid_state"));
        }
        Ok(Self {
            generation,
            client_id: client_id.to_owned(),
            state: state.to_owned(),
            until: end_of(need("duration")?, now)?,
            redirect: redirect(form.get("redirect_uri"), &options.redirect_urls)?,
        })
    }

    /// The callback with an outcome and the caller's `state`.
    pub(crate) fn back(&self, outcome: &[(&str, &str)]) -> Reply {
        let mut url = self.redirect.clone();
        url.query_pairs_mut().extend_pairs(outcome);
        if !self.state.is_empty() {
            url.query_pairs_mut().append_pair("state", &self.state);
        }
        Reply::see(url.into())
    }
}

fn invalid(description: &str) -> Reply {
    problem::oauth(StatusCode::BAD_REQUEST, "invalid_request", description)
}

/// The end of a consent of some days, weeks, months or years, three years at most.
fn end_of(duration: &str, now: Timestamp) -> Result<Timestamp, Reply> {
    let span: Span = duration
        .parse()
        .map_err(|_| invalid("invalid_duration_format"))?;
    let is_iso = duration.trim_start_matches('-').starts_with('P');
    let has_time = below_a_day(span);
    if !is_iso || has_time || span.is_zero() {
        return Err(invalid("invalid_duration_format"));
    }
    let today = paris::day_of(now);
    let too_long = || invalid("maximum_duration_exceeded");
    let end = today.checked_add(span).map_err(|_| too_long())?;
    if end > today.saturating_add(3.years()) || span.is_negative() {
        return Err(too_long());
    }
    Ok(paris::day_start(end))
}

fn below_a_day(span: Span) -> bool {
    span.get_hours() != 0
        || span.get_minutes() != 0
        || span.get_seconds() != 0
        || span.get_milliseconds() != 0
        || span.get_microseconds() != 0
        || span.get_nanoseconds() != 0
}

/// The registered address, or the wished one when it is registered or on this
/// very machine.
fn redirect(wished: Option<&str>, registered: &[String]) -> Result<Url, Reply> {
    let wished = wished
        .or(registered.first().map(String::as_str))
        .ok_or_else(|| invalid("missing_parameter"))?;
    let url = Url::parse(wished).map_err(|_| invalid("invalid_redirect_uri"))?;
    let allowed = registered.iter().any(|known| known == wished) || is_loopback(&url);
    allowed
        .then_some(url)
        .ok_or_else(|| invalid("invalid_redirect_uri"))
}

fn is_loopback(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    here && matches!(url.scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn durations_are_days_weeks_months_or_years_up_to_three_years() {
        for text in ["P1Y", "P3Y", "P12M", "P1095D", "P10W", "P1Y6M"] {
            assert!(end_of(text, now()).is_ok(), "{text}");
        }
        for (text, why) in [
            ("1Y", "invalid_duration_format"),
            ("un an", "invalid_duration_format"),
            ("PT5H", "invalid_duration_format"),
            ("P0D", "invalid_duration_format"),
            ("P3Y1D", "maximum_duration_exceeded"),
            ("P9999Y", "maximum_duration_exceeded"),
            ("-P1Y", "maximum_duration_exceeded"),
        ] {
            let body = end_of(text, now()).unwrap_err().body;
            let said = String::from_utf8(body.to_vec()).unwrap();
            assert!(said.contains(why), "{text}: {said}");
        }
    }

    #[test]
    fn only_registered_and_loopback_addresses_are_returned_to() {
        let registered = vec!["https://releve.example/retour".to_owned()];
        for good in [
            "https://releve.example/retour",
            "http://127.0.0.1:8123/x",
            "http://[::1]/x",
            "http://localhost:9/x?y=1",
        ] {
            assert!(redirect(Some(good), &registered).is_ok(), "{good}");
        }
        for bad in [
            "https://releve.example/retour/autre",
            "https://evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://localhost@evil.example/",
            "javascript:alert(1)",
            "//127.0.0.1/",
        ] {
            assert!(redirect(Some(bad), &registered).is_err(), "{bad}");
        }
        assert!(redirect(None, &[]).is_err());
    }
}
