//! Relevé's own consent gateway: tokens by the device authorization grant, and
//! readings in the neutral form.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use enedis::neutral::{self, Readings, Refused};
use enedis::{Generation, Pacing, Problem, RequestFault, Unreachable};
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request};
use jiff::Timestamp;
use ledger::SeriesKey;
use meter::{Direction, Kind, Resolved, UsagePoint};
use service::clock::BoxFuture;
use service::{SharedClock, SharedHttp};

use crate::consents::{Consents, Held};
use crate::planner::Window;
use crate::source::{Answer, Source};
use crate::v5_gateway::{GATEWAY_CALLS_PER_SECOND, OURSELVES};

/// When the consent ends, as the gateway says with its answers.
const ENDS: &str = "x-consent-expires";

/// Relevé's gateway as a source.
pub struct ReleveGateway {
    name: String,
    http: SharedHttp,
    clock: SharedClock,
    consents: Arc<Consents>,
    pacing: Pacing,
    calls: AtomicU64,
}

impl ReleveGateway {
    /// A source over the consents of a gateway, whose name it has.
    pub fn new(http: SharedHttp, clock: SharedClock, consents: Arc<Consents>) -> Self {
        Self {
            name: consents.source.clone(),
            http,
            clock,
            consents,
            pacing: Pacing::new(Some(u32::from(GATEWAY_CALLS_PER_SECOND))),
            calls: AtomicU64::new(0),
        }
    }

    async fn ask(&self, key: SeriesKey, window: Window) -> Result<Answer, Problem> {
        let call = |held: Held| async move { self.call(key, window, &held).await };
        self.consents.asked(key.usage_point, call).await
    }

    async fn call(&self, key: SeriesKey, window: Window, held: &Held) -> Result<Answer, Problem> {
        let mut url = self
            .consents
            .server
            .url(&neutral::path(key.usage_point, key.kind));
        url.query_pairs_mut()
            .append_pair("direction", key.direction.as_str())
            .append_pair("from", &window.from.to_string())
            .append_pair("to", &window.to.to_string());
        let request = Request::get(url.as_str())
            .header(AUTHORIZATION, bearer(held)?)
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, OURSELVES)
            .body(Bytes::new());
        let cause = Unreachable::Other;
        let request = request.map_err(|_| Problem::Unreachable { cause })?;
        self.pacing.turn(&*self.clock).await;
        self.calls.fetch_add(1, Ordering::Relaxed);
        let answer = self.http.send(request).await?;
        let (now, status) = (self.clock.now(), answer.status().as_u16());
        tracing::debug!(kind = key.kind.as_str(), status, "called the gateway");
        if let Some(problem) = Refused::problem(now, status, answer.headers(), answer.body()) {
            return Err(problem);
        }
        if let Some(ends) = ends(answer.headers()) {
            self.consents.note_end(held, ends).await?;
        }
        read(key, window, answer.body())
    }
}

/// The header of an access token, hidden from `Debug`.
pub(crate) fn bearer(held: &Held) -> Result<HeaderValue, Problem> {
    let value = HeaderValue::from_str(&format!("Bearer {}", held.access.expose()));
    let mut value = value.map_err(|_| Problem::TokenRefused)?;
    value.set_sensitive(true);
    Ok(value)
}

fn ends(headers: &HeaderMap) -> Option<Timestamp> {
    headers.get(ENDS)?.to_str().ok()?.trim().parse().ok()
}

/// An answer to another question is refused.
fn read(key: SeriesKey, window: Window, body: &[u8]) -> Result<Answer, Problem> {
    let answer = neutral::read(body)?;
    if answer.usage_point != key.usage_point {
        return Err(Problem::WrongUsagePoint);
    }
    let same = (answer.direction, answer.readings.kind()) == (key.direction, key.kind)
        && (answer.from, answer.to) == (window.from, window.to);
    if !same {
        return Err(Problem::Malformed {
            detail: "an answer to another question".to_owned(),
        });
    }
    Ok(match answer.readings {
        Readings::Curve {
            intervals,
            unplaced,
        } => Answer::Curve(Resolved {
            intervals: in_order(intervals)?,
            doubts: unplaced,
            duplicates: 0,
        }),
        Readings::Daily { days } => Answer::Daily(days),
        Readings::MaxPower { maxima } => Answer::Maxima(maxima),
        Readings::Index { registers } => Answer::Registers(registers),
    })
}

/// The ledger takes intervals in order, none overlapping another, at whole
/// minutes.
fn in_order(intervals: Vec<meter::Interval>) -> Result<Vec<meter::Interval>, Problem> {
    let apart = intervals
        .windows(2)
        .all(|pair| pair[0].end() <= pair[1].start);
    let whole = |at: Timestamp| at.as_second() % 60 == 0 && at.subsec_nanosecond() == 0;
    if apart && intervals.iter().all(|interval| whole(interval.start)) {
        return Ok(intervals);
    }
    Err(Problem::Malformed {
        detail: "intervals that overlap or are out of order".to_owned(),
    })
}

impl Source for ReleveGateway {
    fn name(&self) -> &str {
        &self.name
    }

    fn offers(&self, kind: Kind, direction: Direction) -> bool {
        Generation::V2026.measure_path(kind, direction).is_some()
    }

    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>> {
        if !self.offers(key.kind, key.direction) {
            let fault = RequestFault::NotOffered;
            return Box::pin(async move { Err(Problem::BadRequest { fault }) });
        }
        Box::pin(self.ask(key, window))
    }

    fn prepare<'a>(
        &'a self,
        usage_points: &'a [UsagePoint],
    ) -> BoxFuture<'a, Vec<(UsagePoint, Problem)>> {
        Box::pin(self.consents.hindrances(usage_points))
    }

    fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }
}
