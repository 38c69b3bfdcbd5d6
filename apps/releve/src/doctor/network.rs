//! The way to each source, layer by layer: name, connection and certificate, an
//! answer; and what its date says of our clock.

use std::net::IpAddr;

use bytes::Bytes;
use http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use service::HttpError;
use service::dates::{WRONG, ahead};
use service::net::{NetError, Network};
use url::Url;

use super::check;
use crate::config::{Settings, SourceKind};
use crate::json::doctor::{Check, Part, State};
use crate::words::Words;

/// A difference that a slow answer may make.
const NEGLIGIBLE: SignedDuration = SignedDuration::from_mins(2);

/// Every configured source, then the clock.
pub(super) async fn checks(
    settings: &Settings,
    network: &dyn Network,
    now: Timestamp,
    words: Words,
) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut offsets = Vec::new();
    let mut other_time = false;
    for source in &settings.sources {
        let Some(url) = address(&source.kind) else {
            continue;
        };
        let visit = Visit {
            network,
            words,
            now,
            url,
        };
        let mut found = Vec::new();
        visit.run(&mut found, &mut offsets, &mut other_time).await;
        checks.extend(found.into_iter().map(|check| Check {
            source: Some(source.name.clone()),
            ..check
        }));
    }
    checks.push(clock(&offsets, other_time, words));
    checks
}

/// Where a source answers; none: it is no matter of the network.
fn address(kind: &SourceKind) -> Option<&Url> {
    if let SourceKind::DataConnect(access) = kind {
        return Some(&access.base_url);
    }
    if let SourceKind::Portal(portal) = kind {
        return Some(portal.places.page());
    }
    kind.gateway().map(|gateway| &gateway.base_url)
}

struct Visit<'a> {
    network: &'a dyn Network,
    words: Words,
    now: Timestamp,
    url: &'a Url,
}

impl Visit<'_> {
    /// Goes on to the next layer only when the one below it holds.
    async fn run(
        &self,
        checks: &mut Vec<Check>,
        offsets: &mut Vec<SignedDuration>,
        other_time: &mut bool,
    ) {
        let host = self.url.host_str().unwrap_or_default();
        let found = self.network.resolve(host).await;
        let holds = matches!(&found, Ok(addresses) if !addresses.is_empty());
        checks.push(self.name(host, found));
        if !holds {
            return;
        }
        let tls = self.url.scheme() == "https";
        let port = self.url.port_or_known_default().unwrap_or(443);
        let knocked = self.network.knock(host, port, tls).await;
        *other_time |= knocked == Err(NetError::TlsTime);
        let holds = knocked.is_ok();
        checks.push(self.connection(host, tls, knocked));
        if !holds {
            return;
        }
        let answer = self.ask().await;
        offsets.extend(
            answer
                .as_ref()
                .ok()
                .and_then(|said| ahead(said.headers(), self.now, self.now)),
        );
        checks.push(self.answer(host, answer));
    }

    fn name(&self, host: &str, found: Result<Vec<IpAddr>, NetError>) -> Check {
        let (state, name, cause) = match found {
            Ok(addresses) if !addresses.is_empty() => (State::Ok, "doctor-name", String::new()),
            Ok(_) => (State::Failed, "doctor-name-none", "—".to_owned()),
            Err(error) => (State::Failed, "doctor-name-none", error.to_string()),
        };
        self.said(
            Part::Name,
            state,
            name,
            &[("host", host), ("cause", &cause)],
        )
    }

    fn connection(&self, host: &str, tls: bool, knocked: Result<(), NetError>) -> Check {
        let (state, name, cause) = match knocked {
            Ok(()) if tls => (State::Ok, "doctor-tls", String::new()),
            Ok(()) => (State::Ok, "doctor-tls-none", String::new()),
            Err(NetError::Connect(cause) | NetError::Name(cause)) => {
                (State::Failed, "doctor-tls-connect", cause)
            }
            Err(NetError::TlsTime) => (State::Failed, "doctor-tls-time", String::new()),
            Err(NetError::Tls(cause)) => (State::Failed, "doctor-tls-wrong", cause),
        };
        self.said(Part::Tls, state, name, &[("host", host), ("cause", &cause)])
    }

    /// One request without any secret: whatever is answered, somebody answers.
    async fn ask(&self) -> Result<Response<Bytes>, HttpError> {
        let request = Request::get(self.url.as_str())
            .body(Bytes::new())
            .map_err(|error| HttpError::Other(error.to_string()))?;
        self.network.http()?.send(request).await
    }

    fn answer(&self, host: &str, answer: Result<Response<Bytes>, HttpError>) -> Check {
        let (state, name, said) = match answer {
            Ok(said) if said.status().is_server_error() => {
                let status = said.status().as_u16().to_string();
                (State::Failed, "doctor-source-outage", status)
            }
            Ok(said) => (
                State::Ok,
                "doctor-source",
                said.status().as_u16().to_string(),
            ),
            Err(HttpError::Redirected(to)) => (State::Failed, "doctor-source-redirected", to),
            Err(HttpError::TooLarge { .. }) => {
                (State::Failed, "doctor-source-too-large", String::new())
            }
            Err(error) => (State::Failed, "doctor-source-silent", error.to_string()),
        };
        self.said(
            Part::Source,
            state,
            name,
            &[("host", host), ("said", &said)],
        )
    }

    fn said(&self, part: Part, state: State, name: &str, args: &service::Args) -> Check {
        let advice = (state != State::Ok).then(|| self.words.say(&format!("{name}-do"), args));
        check(part, state, self.words.say(name, args), advice)
    }
}

/// The source that differs least is believed: a proxy may answer an old date.
fn clock(offsets: &[SignedDuration], other_time: bool, words: Words) -> Check {
    let Some(offset) = offsets.iter().min_by_key(|offset| offset.unsigned_abs()) else {
        if other_time {
            let said = words.t("doctor-clock-doubt");
            let advice = Some(words.t("doctor-clock-do"));
            return check(Part::Clock, State::Failed, said, advice);
        }
        let said = words.t("doctor-clock-unknown");
        return check(Part::Clock, State::Skipped, said, None);
    };
    if offset.abs() <= NEGLIGIBLE {
        return check(Part::Clock, State::Ok, words.t("doctor-clock"), None);
    }
    wrong_clock(*offset, words)
}

/// A clock that is ahead by that much, or behind by less than nothing.
pub(super) fn wrong_clock(offset: SignedDuration, words: Words) -> Check {
    let state = if offset.abs() >= WRONG {
        State::Failed
    } else {
        State::Warning
    };
    let name = if offset.is_negative() {
        "doctor-clock-behind"
    } else {
        "doctor-clock-ahead"
    };
    let said = words.say(name, &[("by", &words.duration(offset))]);
    check(Part::Clock, state, said, Some(words.t("doctor-clock-do")))
}
