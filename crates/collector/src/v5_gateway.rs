//! What the gateways of others have in common: they answer as Enedis' v5 did,
//! to a token that each person has from them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use enedis::{
    Generation, Malformed, Pacing, Problem, Unreachable, decode_curve, decode_daily, decode_maxima,
};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::SeriesKey;
use meter::{Kind, Marks, UsagePoint, paris, stamps};
use secrecy::{ExposeSecret, SecretString};
use service::{SharedClock, SharedHttp};
use url::Url;

use crate::source::Answer;

/// What we call ourselves; gateways ask that programs can be told apart.
pub(crate) const OURSELVES: &str = concat!("releve/", env!("CARGO_PKG_VERSION"));

/// These gateways belong to volunteers: one call a second, where Enedis allows
/// all of their users together five.
pub const GATEWAY_CALLS_PER_SECOND: u8 = 1;

/// The tokens that people have from a gateway.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// For usage points without one of their own.
    pub common: Option<SecretString>,
    /// For one usage point each.
    pub own: BTreeMap<UsagePoint, SecretString>,
}

impl Tokens {
    /// The header value for a usage point, hidden from `Debug`; `scheme` goes in
    /// front, with its space. A usage point without any token is refused here,
    /// before a call.
    pub(crate) fn header(&self, scheme: &str, prm: UsagePoint) -> Result<HeaderValue, Problem> {
        let token = self.own.get(&prm).or(self.common.as_ref());
        let token = token.ok_or(Problem::TokenRefused)?.expose_secret();
        let value = HeaderValue::from_str(&format!("{scheme}{token}"));
        let mut value = value.map_err(|_| Problem::TokenRefused)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// The way to a gateway: its address, our pace, our count.
pub(crate) struct Way {
    http: SharedHttp,
    clock: SharedClock,
    base_url: Url,
    pacing: Pacing,
    calls: AtomicU64,
}

/// What is asked: how it is called in logs, and where it is.
pub(crate) struct Ask {
    pub label: &'static str,
    pub url: Url,
    pub token: HeaderValue,
}

impl Way {
    pub(crate) fn new(http: SharedHttp, clock: SharedClock, base_url: Url) -> Self {
        Self {
            http,
            clock,
            base_url,
            pacing: Pacing::new(Some(u32::from(GATEWAY_CALLS_PER_SECOND))),
            calls: AtomicU64::new(0),
        }
    }

    /// The address of a path, behind a path that the base already has.
    pub(crate) fn url(&self, path: &str) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url.set_query(None);
        url
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn today(&self) -> Date {
        paris::day_of(self.now())
    }

    /// Whose calls count together.
    pub(crate) fn host(&self) -> &str {
        self.base_url.host_str().unwrap_or_default()
    }

    pub(crate) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The body of a good answer.
    pub(crate) async fn get(&self, ask: Ask) -> Result<Bytes, Problem> {
        let request = Request::get(ask.url.as_str())
            .header(AUTHORIZATION, ask.token)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, OURSELVES)
            .header("call-service", "releve")
            .body(Bytes::new());
        let cause = Unreachable::Other;
        let request = request.map_err(|_| Problem::Unreachable { cause })?;
        self.pacing.turn(&*self.clock).await;
        self.calls.fetch_add(1, Ordering::Relaxed);
        let answer = self.http.send(request).await?;
        let (now, status) = (self.clock.now(), answer.status().as_u16());
        tracing::debug!(path = ask.label, status, "called a gateway");
        match Problem::classify(now, status, answer.headers(), answer.body()) {
            Some(problem) => Err(problem),
            None => Ok(answer.into_body()),
        }
    }
}

/// Reads an answer in the shape of v5, wrapped or not; one about another usage
/// point is refused.
pub(crate) fn read(key: SeriesKey, body: &[u8]) -> Result<Answer, Problem> {
    let generation = Generation::V5;
    let (usage_point, answer) = match key.kind {
        Kind::Curve => {
            let curve = decode_curve(generation, body)?;
            let resolved = stamps::resolve(&curve.points, Marks::End);
            (curve.usage_point, Answer::Curve(resolved))
        }
        Kind::Daily => {
            let daily = decode_daily(generation, body)?;
            (daily.usage_point, Answer::Daily(daily.days))
        }
        Kind::Maximum => {
            let maxima = decode_maxima(generation, body)?;
            (maxima.usage_point, Answer::Maxima(maxima.maxima))
        }
        Kind::Index => {
            let field = "meter_reading";
            return Err(Malformed::Missing { field }.into());
        }
    };
    same_point(key.usage_point, usage_point)?;
    Ok(answer)
}

pub(crate) fn same_point(asked: UsagePoint, answered: Option<UsagePoint>) -> Result<(), Problem> {
    match answered {
        Some(other) if other != asked => Err(Problem::WrongUsagePoint),
        _ => Ok(()),
    }
}
