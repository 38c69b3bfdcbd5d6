//! Asking Enedis: token, pacing, limits, and each answer decoded once.
//!
//! Usage points appear in the URLs Enedis wants and nowhere else; tokens and
//! secrets only in headers marked sensitive.

mod contract;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use bytes::Bytes;
use http::{Method, Request, Response, header};
use jiff::civil::Date;
use meter::{Direction, Kind, UsagePoint, paris};
use secrecy::SecretString;
use service::{SharedClock, SharedHttp};
use url::Url;

use crate::decoded::{Curve, Daily, Maxima, Registers};
use crate::generation::{self, Generation};
use crate::malformed::Malformed;
use crate::pacing::Pacing;
use crate::problem::{Problem, RequestFault, Unreachable};
use crate::services::SubscribedServices;
use crate::token::{self, Token, TokenStore};
use crate::v2::services::ServicesQuery;
use crate::windows::Limits;
use crate::{decode, encode};

pub use contract::{ContractAnswer, ContractPart};

/// Which Enedis, and as whom.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The API's address; a path in front of Enedis' own is kept.
    pub base_url: Url,
    /// Which generation it speaks at first.
    pub generation: Generation,
    /// The application's identifier.
    pub client_id: String,
    /// The application's secret.
    pub client_secret: SecretString,
    /// Calls per second at most; `None` switches pacing off (simulators only).
    pub calls_per_second: Option<u32>,
}

/// A client of the Data Connect API.
pub struct Client {
    http: SharedHttp,
    clock: SharedClock,
    config: ClientConfig,
    pacing: Pacing,
    token: TokenStore,
    calls: AtomicU64,
    /// Whether it speaks v5 at present.
    speaks_v5: AtomicBool,
}

/// What is asked for: how it is called in logs, and where it is.
struct Ask {
    label: &'static str,
    url: Url,
    body: Option<Bytes>,
}

impl Client {
    /// A client that has not called yet.
    pub fn new(http: SharedHttp, clock: SharedClock, config: ClientConfig) -> Self {
        Self {
            pacing: Pacing::new(config.calls_per_second),
            token: TokenStore::default(),
            calls: AtomicU64::new(0),
            speaks_v5: AtomicBool::new(config.generation == Generation::V5),
            http,
            clock,
            config,
        }
    }

    /// How many requests were sent, those for tokens included.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Which generation it speaks.
    pub fn generation(&self) -> Generation {
        if self.speaks_v5.load(Ordering::Relaxed) {
            Generation::V5
        } else {
            Generation::V2026
        }
    }

    /// Speaks another generation from now on: token and pace stay the same.
    pub fn switch(&self, generation: Generation) {
        let speaks_v5 = generation == Generation::V5;
        self.speaks_v5.store(speaks_v5, Ordering::Relaxed);
    }

    /// Sees to a token that is fresh, so that the next question leaves at once
    /// and is one call.
    pub async fn ready(&self) -> Result<(), Problem> {
        self.fresh_token(None).await.map(|_| ())
    }

    /// The load curve of `[from, to)`, at most 7 days.
    pub async fn curve(
        &self,
        prm: UsagePoint,
        direction: Direction,
        from: Date,
        to: Date,
    ) -> Result<Curve, Problem> {
        let body = self.measure(Kind::Curve, prm, direction, from, to).await?;
        let curve = decode::decode_curve(self.generation(), &body)?;
        same_point(prm, curve.usage_point)?;
        same_direction(direction, curve.direction)?;
        Ok(curve)
    }

    /// The daily energies of `[from, to)`.
    pub async fn daily(
        &self,
        prm: UsagePoint,
        direction: Direction,
        from: Date,
        to: Date,
    ) -> Result<Daily, Problem> {
        let body = self.measure(Kind::Daily, prm, direction, from, to).await?;
        let daily = decode::decode_daily(self.generation(), &body)?;
        same_point(prm, daily.usage_point)?;
        same_direction(direction, daily.direction)?;
        Ok(daily)
    }

    /// The daily maxima of `[from, to)`; Enedis has them for consumption only.
    pub async fn maxima(
        &self,
        prm: UsagePoint,
        direction: Direction,
        from: Date,
        to: Date,
    ) -> Result<Maxima, Problem> {
        let body = self
            .measure(Kind::Maximum, prm, direction, from, to)
            .await?;
        let maxima = decode::decode_maxima(self.generation(), &body)?;
        same_point(prm, maxima.usage_point)?;
        same_direction(direction, maxima.direction)?;
        Ok(maxima)
    }

    /// The register readings of `[from, to)` (2026 only).
    pub async fn registers(
        &self,
        prm: UsagePoint,
        direction: Direction,
        from: Date,
        to: Date,
    ) -> Result<Registers, Problem> {
        let body = self.measure(Kind::Index, prm, direction, from, to).await?;
        let registers = decode::decode_registers(&body)?;
        same_point(prm, registers.usage_point)?;
        same_direction(direction, registers.direction)?;
        Ok(registers)
    }

    /// The services of a consent, by the number its callback brought (2026 only).
    pub async fn services(&self, autorisation_id: u64) -> Result<SubscribedServices, Problem> {
        let query = ServicesQuery::of_consent(autorisation_id);
        let label = generation::SUBSCRIBED_SERVICES_PATH;
        let body = self
            .get(Ask {
                label,
                url: self.url(label),
                body: Some(encode::encode_plain(&query).into()),
            })
            .await?;
        Ok(decode::decode_services(&body)?)
    }

    async fn measure(
        &self,
        kind: Kind,
        prm: UsagePoint,
        direction: Direction,
        from: Date,
        to: Date,
    ) -> Result<Bytes, Problem> {
        let fault = RequestFault::NotOffered;
        let generation = self.generation();
        let label = generation
            .measure_path(kind, direction)
            .ok_or(Problem::BadRequest { fault })?;
        Limits::check(kind, paris::day_of(self.clock.now()), from, to)?;
        let mut url = self.url(label);
        let values = [prm.to_string(), from.to_string(), to.to_string()];
        url.query_pairs_mut()
            .extend_pairs(generation.query_names().into_iter().zip(values));
        if kind == Kind::Maximum && generation == Generation::V2026 {
            url.query_pairs_mut()
                .append_pair("mesuresPas", "P1D")
                .append_pair("grandeurPhysique", "TOUT");
        }
        let body = None;
        self.get(Ask { label, url, body }).await
    }

    /// Sends with the token; a refused token is renewed once.
    async fn get(&self, ask: Ask) -> Result<Bytes, Problem> {
        let token = self.fresh_token(None).await?;
        match self.ask_once(&ask, &token).await {
            Err(Problem::TokenExpired) => {
                let token = self.fresh_token(Some(&token)).await?;
                self.ask_once(&ask, &token).await
            }
            answer => answer,
        }
    }

    async fn ask_once(&self, ask: &Ask, token: &Token) -> Result<Bytes, Problem> {
        let answer = self.send(ask.label, ask.request(token)?).await?;
        let (now, status) = (self.clock.now(), answer.status().as_u16());
        match Problem::classify(now, status, answer.headers(), answer.body()) {
            Some(problem) => Err(problem),
            None => Ok(answer.into_body()),
        }
    }

    /// The token in use, or a new one when it is old or is the refused one.
    async fn fresh_token(&self, refused: Option<&Token>) -> Result<Token, Problem> {
        let mut current = self.token.current.lock().await;
        if let Some(token) = current.as_ref()
            && token.is_fresh(self.clock.now())
            && Some(token) != refused
        {
            return Ok(token.clone());
        }
        *current = None;
        let token = self.new_token().await?;
        *current = Some(token.clone());
        Ok(token)
    }

    async fn new_token(&self) -> Result<Token, Problem> {
        let label = generation::TOKEN_PATH;
        let config = &self.config;
        let request = token::request(&self.url(label), &config.client_id, &config.client_secret)?;
        let asked_at = self.clock.now();
        let answer = self.send(label, request).await?;
        let (now, status) = (self.clock.now(), answer.status().as_u16());
        match Problem::classify_token(now, status, answer.headers(), answer.body()) {
            Some(problem) => Err(problem),
            None => Token::read(asked_at, answer.body()),
        }
    }

    async fn send(
        &self,
        label: &'static str,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, Problem> {
        self.pacing.turn(&*self.clock).await;
        self.calls.fetch_add(1, Ordering::Relaxed);
        let begin = self.clock.now();
        let answer = self.http.send(request).await;
        let ms = self.clock.now().duration_since(begin).as_millis();
        match answer {
            Ok(answer) => {
                let status = answer.status().as_u16();
                tracing::debug!(path = label, status, ms = %ms, "called Enedis");
                Ok(answer)
            }
            Err(error) => {
                let problem = Problem::from(error);
                tracing::debug!(path = label, ms = %ms, %problem, "no answer from Enedis");
                Err(problem)
            }
        }
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.config.base_url.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url.set_query(None);
        url
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("config", &self.config)
            .field("calls", &self.calls())
            .finish_non_exhaustive()
    }
}

impl Ask {
    fn request(&self, token: &Token) -> Result<Request<Bytes>, Problem> {
        let request = Request::builder()
            .uri(self.url.as_str())
            .header(header::AUTHORIZATION, &token.bearer)
            .header(header::ACCEPT, "application/json");
        let request = match &self.body {
            // Enedis' firewall dislikes a content type on GET.
            None => request.body(Bytes::new()),
            Some(body) => request
                .method(Method::POST)
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.clone()),
        };
        request.map_err(|_| unsendable())
    }
}

/// A request that cannot even be built.
pub(crate) fn unsendable() -> Problem {
    Problem::Unreachable {
        cause: Unreachable::Other,
    }
}

fn same_point(asked: UsagePoint, answered: Option<UsagePoint>) -> Result<(), Problem> {
    match answered {
        Some(other) if other != asked => Err(Problem::WrongUsagePoint),
        _ => Ok(()),
    }
}

fn same_direction(asked: Direction, answered: Option<Direction>) -> Result<(), Problem> {
    match answered {
        Some(other) if other != asked => Err(Malformed::OtherDirection.into()),
        _ => Ok(()),
    }
}
