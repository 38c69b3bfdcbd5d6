//! The proxy of the plugin `DomoticzLinky`, by its contract: legacy paths, a
//! slow pace, and errors that say something else than what is meant.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use enedis::windows::Limits;
use enedis::{Generation, Pacing, Problem, RequestFault, Unreachable};
use http::Request;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use jiff::SignedDuration;
use ledger::SeriesKey;
use meter::{Direction, Kind, UsagePoint};
use service::clock::BoxFuture;
use service::{SharedClock, SharedHttp};

use crate::consents::{Consents, FORM, Held};
use crate::planner::Window;
use crate::releve_gateway::bearer;
use crate::rhythm::Hours;
use crate::source::{Answer, Source};
use crate::v5_gateway;

/// Where it is.
pub const ADDRESS: &str = "https://enedis.domoticz.russandol.pro";

/// The client that it knows.
pub const CLIENT_ID: &str = "d198fd52-61c0-4b77-8725-06a1ef90da9f";

/// It admits 12 requests a minute from an address, renewals included: 10 leave
/// room for these.
const ONE_IN: SignedDuration = SignedDuration::from_secs(6);

/// Days of maxima in a call, as its other clients ask.
const YEAR: u32 = 366;

/// The proxy as a source.
pub struct DomoticzProxy {
    name: String,
    http: SharedHttp,
    clock: SharedClock,
    consents: Arc<Consents>,
    pacing: Pacing,
    calls: AtomicU64,
}

impl DomoticzProxy {
    /// A source over the consents of the proxy, whose name it has.
    pub fn new(http: SharedHttp, clock: SharedClock, consents: Arc<Consents>) -> Self {
        Self {
            name: consents.source.clone(),
            http,
            clock,
            consents,
            pacing: Pacing::one_in(ONE_IN),
            calls: AtomicU64::new(0),
        }
    }

    async fn ask(&self, key: SeriesKey, window: Window) -> Result<Answer, Problem> {
        let call = |held: Held| async move { self.call(key, window, &held).await };
        self.consents.asked(key.usage_point, call).await
    }

    async fn call(&self, key: SeriesKey, window: Window, held: &Held) -> Result<Answer, Problem> {
        let path = Generation::V5.measure_path(key.kind, key.direction);
        let fault = RequestFault::NotOffered;
        let path = path.ok_or(Problem::BadRequest { fault })?;
        let mut url = self.consents.server.url(&format!("/data/proxy{path}"));
        url.query_pairs_mut()
            .append_pair("start", &window.from.to_string())
            .append_pair("end", &window.to.to_string())
            .append_pair("usage_point_id", &key.usage_point.to_string());
        let request = Request::get(url.as_str())
            .header(AUTHORIZATION, bearer(held)?)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, FORM)
            .header(USER_AGENT, self.consents.server.agent())
            .body(Bytes::new());
        let cause = Unreachable::Other;
        let request = request.map_err(|_| Problem::Unreachable { cause })?;
        self.pacing.turn(&*self.clock).await;
        self.calls.fetch_add(1, Ordering::Relaxed);
        let answer = self.http.send(request).await?;
        let (now, status) = (self.clock.now(), answer.status().as_u16());
        tracing::debug!(path, status, "called the proxy");
        match Problem::classify_proxy(now, status, answer.headers(), answer.body()) {
            Some(problem) => Err(problem),
            None => v5_gateway::read(key, answer.body()),
        }
    }
}

impl Source for DomoticzProxy {
    fn name(&self) -> &str {
        &self.name
    }

    fn offers(&self, kind: Kind, direction: Direction) -> bool {
        Generation::V5.measure_path(kind, direction).is_some()
    }

    fn max_days(&self, kind: Kind) -> u32 {
        Limits::max_days(kind).min(YEAR)
    }

    fn hours(&self) -> Hours {
        Hours::DOMOTICZ_PROXY
    }

    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>> {
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
