//! The gateway myelectricaldata.fr, with the token that it gives for each usage
//! point.
//!
//! It admits 50 calls a day for a usage point; we stop at [`CALLS`]. Days that
//! are settled are asked of its cache, which spares Enedis; days that may still
//! be published are not, because the cache would repeat their absence.

use enedis::windows::Limits;
use enedis::{Generation, Problem, QuotaKind, RequestFault, ValidAccess, decode_contracts};
use http::HeaderValue;
use jiff::SignedDuration;
use ledger::{CallLimit, SeriesKey};
use meter::{Direction, Kind, UsagePoint, paris};
use service::clock::BoxFuture;
use service::{SharedClock, SharedHttp};
use url::Url;

use crate::planner::Window;
use crate::rhythm::LATE_DAYS;
use crate::source::{Allowance, Answer, Contract, Source};
use crate::v5_gateway::{self, Ask, Tokens, Way, same_point};

/// Calls about a usage point in any 24 hours, of the 50 of its day: the rest is
/// for other programs and for asking why a call was refused.
pub const CALLS: u32 = 45;

/// Days that a call about totals or maxima spans, as its other clients do.
const YEAR: u32 = 365;

/// myelectricaldata.fr as a source.
pub struct MyElectricalData {
    name: String,
    way: Way,
    tokens: Tokens,
}

impl MyElectricalData {
    /// A source of that name, at that address.
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
        let label = route(key.kind, key.direction).ok_or(Problem::BadRequest { fault })?;
        let Window { from, to } = window;
        let prm = key.usage_point;
        let settled = paris::add_days(to, LATE_DAYS.into()) < self.way.today();
        let cache = if settled { "/cache" } else { "" };
        let path = format!("/{label}/{prm}/start/{from}/end/{to}{cache}");
        let body = self.get(prm, label, &path).await?;
        v5_gateway::read(key, &body)
    }

    async fn ask_contract(&self, prm: UsagePoint) -> Result<Contract, Problem> {
        let label = "contracts";
        let body = self
            .get(prm, label, &format!("/{label}/{prm}/cache"))
            .await?;
        let facts = decode_contracts(&body)?;
        same_point(prm, facts.usage_point)?;
        Ok(Contract {
            facts,
            missing: Vec::new(),
        })
    }

    /// A refusal that leaves the reason open is looked into once.
    async fn get(
        &self,
        prm: UsagePoint,
        label: &'static str,
        path: &str,
    ) -> Result<bytes::Bytes, Problem> {
        let token = self.tokens.header("", prm)?;
        match self.send(label, path, token.clone()).await {
            Err(Problem::ConsentInDoubt) => Err(self.reason(prm, token).await),
            answer => answer,
        }
    }

    async fn reason(&self, prm: UsagePoint, token: HeaderValue) -> Problem {
        let label = "valid_access";
        let path = format!("/{label}/{prm}/cache");
        let body = match self.send(label, &path, token).await {
            Ok(body) => body,
            // Not even how it stands with the usage point: the token is not its.
            Err(Problem::ConsentInDoubt) => return Problem::TokenRefused,
            Err(_) => return Problem::ConsentInDoubt,
        };
        let access = ValidAccess::read(&body).unwrap_or_default();
        access
            .problem(self.way.now())
            .unwrap_or(Problem::ConsentInDoubt)
    }

    async fn send(
        &self,
        label: &'static str,
        path: &str,
        token: HeaderValue,
    ) -> Result<bytes::Bytes, Problem> {
        let url = self.way.url(path);
        self.way.get(Ask { label, url, token }).await
    }
}

fn route(kind: Kind, direction: Direction) -> Option<&'static str> {
    use Direction::{Consumption, Production};
    Some(match (kind, direction) {
        (Kind::Curve, Consumption) => "consumption_load_curve",
        (Kind::Curve, Production) => "production_load_curve",
        (Kind::Daily, Consumption) => "daily_consumption",
        (Kind::Daily, Production) => "daily_production",
        (Kind::Maximum, Consumption) => "daily_consumption_max_power",
        (Kind::Maximum, Production) | (Kind::Index, _) => return None,
    })
}

impl Source for MyElectricalData {
    fn name(&self) -> &str {
        &self.name
    }

    fn offers(&self, kind: Kind, direction: Direction) -> bool {
        Generation::V5.measure_path(kind, direction).is_some()
    }

    fn max_days(&self, kind: Kind) -> u32 {
        Limits::max_days(kind).min(YEAR)
    }

    fn tells_contracts(&self) -> bool {
        true
    }

    fn allowance(&self, usage_point: UsagePoint) -> Option<Allowance> {
        Some(Allowance {
            limit: CallLimit {
                account: format!("{} {usage_point}", self.way.host()),
                calls: CALLS,
                span: SignedDuration::from_hours(24),
            },
            kind: QuotaKind::Daily,
        })
    }

    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>> {
        Box::pin(self.ask(key, window))
    }

    fn contract(&self, usage_point: UsagePoint) -> BoxFuture<'_, Result<Contract, Problem>> {
        Box::pin(self.ask_contract(usage_point))
    }

    fn calls(&self) -> u64 {
        self.way.calls()
    }
}
