//! The gateway conso.boris.sh (conso-api), with the token that it gives for
//! one's usage points.
//!
//! Its firewall bans an address that makes 100 requests in 12 hours; we stop at
//! [`CALLS`], whatever number of usage points and restarts there are.

use enedis::{Generation, Problem, QuotaKind, RequestFault};
use jiff::SignedDuration;
use ledger::{CallLimit, SeriesKey};
use meter::{Direction, Kind, UsagePoint};
use service::clock::BoxFuture;
use service::{SharedClock, SharedHttp};
use url::Url;

use crate::planner::Window;
use crate::source::{Allowance, Answer, Source};
use crate::v5_gateway::{self, Ask, Tokens, Way};

/// Calls in [`SPAN`] at most, of the 100 that lead to a ban: the rest is for
/// other programs behind the same address.
pub const CALLS: u32 = 80;

/// The span of time that the firewall looks at.
pub const SPAN: SignedDuration = SignedDuration::from_hours(12);

/// conso.boris.sh as a source.
pub struct ConsoApi {
    name: String,
    way: Way,
    tokens: Tokens,
}

impl ConsoApi {
    /// A source of that name, at that address; its paths begin with `/api/`.
    pub fn new(
        name: impl Into<String>,
        http: SharedHttp,
        clock: SharedClock,
        base_url: Url,
        tokens: Tokens,
    ) -> Self {
        Self {
            name: name.into(),
            way: Way::new(http, clock, base_url),
            tokens,
        }
    }

    async fn ask(&self, key: SeriesKey, window: Window) -> Result<Answer, Problem> {
        let fault = RequestFault::NotOffered;
        let label = path(key.kind, key.direction).ok_or(Problem::BadRequest { fault })?;
        let token = self.tokens.header("Bearer ", key.usage_point)?;
        let mut url = self.way.url(label);
        url.query_pairs_mut()
            .append_pair("prm", &key.usage_point.to_string())
            .append_pair("start", &window.from.to_string())
            .append_pair("end", &window.to.to_string());
        let body = self.way.get(Ask { label, url, token }).await?;
        v5_gateway::read(key, &body)
    }
}

fn path(kind: Kind, direction: Direction) -> Option<&'static str> {
    use Direction::{Consumption, Production};
    Some(match (kind, direction) {
        (Kind::Curve, Consumption) => "/api/consumption_load_curve",
        (Kind::Curve, Production) => "/api/production_load_curve",
        (Kind::Daily, Consumption) => "/api/daily_consumption",
        (Kind::Daily, Production) => "/api/daily_production",
        (Kind::Maximum, Consumption) => "/api/consumption_max_power",
        (Kind::Maximum, Production) | (Kind::Index, _) => return None,
    })
}

impl Source for ConsoApi {
    fn name(&self) -> &str {
        &self.name
    }

    fn offers(&self, kind: Kind, direction: Direction) -> bool {
        Generation::V5.measure_path(kind, direction).is_some()
    }

    fn allowance(&self, _usage_point: UsagePoint) -> Option<Allowance> {
        Some(Allowance {
            limit: CallLimit {
                account: self.way.host().to_owned(),
                calls: CALLS,
                span: SPAN,
            },
            kind: QuotaKind::Own,
        })
    }

    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>> {
        Box::pin(self.ask(key, window))
    }

    fn calls(&self) -> u64 {
        self.way.calls()
    }
}
