//! A client that knows nothing of this workspace: paths, queries, raw bodies.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, header};
use jiff::SignedDuration;
use jiff::civil::Date;
use meter::{Direction, Kind, UsagePoint};
use serde_json::Value;
use service::{HttpError, SharedHttp, VirtualClock};
use simulator::{Options, Profile, Simulator, customers};

/// When most stories begin: a Saturday, 11:00 in Paris.
pub const NOW: &str = "2026-11-21T10:00:00Z";

pub struct Client {
    pub simulator: Simulator,
    pub clock: VirtualClock,
    http: SharedHttp,
    token: String,
}

/// One answer, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub location: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }

    /// Status, type and body, as on the wire.
    pub fn raw(&self) -> String {
        format!("{} {}\n{}", self.status, self.content_type, self.body)
    }

    /// Status and code, whatever shape the body has.
    pub fn code(&self) -> String {
        let body = self.json();
        let code = body["code"].as_str().or(body["error"].as_str());
        format!("{} {}", self.status, code.unwrap_or("?"))
    }
}

impl From<Response<Bytes>> for Answer {
    fn from(response: Response<Bytes>) -> Self {
        let text = |name| {
            let value = response.headers().get(name);
            value
                .map_or("", |v| v.to_str().expect("a text header"))
                .to_owned()
        };
        Self {
            status: response.status().as_u16(),
            content_type: text(header::CONTENT_TYPE),
            location: text(header::LOCATION),
            body: String::from_utf8(response.body().to_vec()).expect("UTF-8"),
        }
    }
}

impl Client {
    /// A client with a token, in a world without quotas.
    pub async fn new() -> Self {
        Self::with(|options| options.pacing_and_quotas = false).await
    }

    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = VirtualClock::at(NOW.parse().expect("an instant"));
        let mut options = Options::new(Arc::new(clock.clone()));
        change(&mut options);
        let simulator = Simulator::new(options);
        let mut client = Self {
            http: simulator.http(),
            simulator,
            clock,
            token: String::new(),
        };
        client.renew().await;
        client.simulator.clear_calls();
        client
    }

    /// Asks for a new token.
    pub async fn renew(&mut self) {
        let form = "grant_type=client_credentials&client_id=releve-simulated\
                    &client_secret=not-a-secret";
        let answer = self.post_form("/oauth2/v3/token", form).await;
        let token = answer.json()["access_token"].as_str().map(str::to_owned);
        self.token = token.expect("a token");
    }

    pub async fn try_get(&self, path: &str) -> Result<Answer, HttpError> {
        self.send(Method::GET, path, "", "").await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_get(path).await.expect("an answer")
    }

    pub async fn post_form(&self, path: &str, form: &str) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        let sent = self.send(Method::POST, path, kind, form).await;
        sent.expect("an answer")
    }

    pub async fn json(&self, method: Method, path: &str, body: &str) -> Answer {
        let sent = self.send(method, path, "application/json", body).await;
        sent.expect("an answer")
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        kind: &str,
        body: &str,
    ) -> Result<Answer, HttpError> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("https://enedis.test{path}"));
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        let request = request
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .expect("a request");
        self.http.send(request).await.map(Answer::from)
    }

    /// A request with no other header than this `Authorization`, if any.
    pub async fn as_bearer_of(&self, header: &str, method: Method, path: &str) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("https://gateway.test{path}"));
        if !header.is_empty() {
            request = request.header(header::AUTHORIZATION, header);
        }
        let request = request.body(Bytes::new()).expect("a request");
        let answer = self.http.send(request).await.expect("an answer");
        Answer::from(answer)
    }

    pub fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }
}

/// A v5 measure of a window.
pub fn v5(prm: u64, direction: Direction, kind: Kind, from: Date, to: Date) -> String {
    let path = match (kind, direction) {
        (Kind::Curve, Direction::Consumption) => "metering_data_clc/v5/consumption_load_curve",
        (Kind::Curve, Direction::Production) => "metering_data_plc/v5/production_load_curve",
        (Kind::Daily, Direction::Consumption) => "metering_data_dc/v5/daily_consumption",
        (Kind::Daily, Direction::Production) => "metering_data_dp/v5/daily_production",
        _ => "metering_data_dcmp/v5/daily_consumption_max_power",
    };
    format!("/{path}?usage_point_id={prm:014}&start={from}&end={to}")
}

/// A 2026 measure of a window.
pub fn v2026(prm: u64, direction: Direction, kind: Kind, from: Date, to: Date) -> String {
    let (resource, more) = match (kind, direction) {
        (Kind::Curve, Direction::Consumption) => ("courbe_de_charge_consommation", ""),
        (Kind::Curve, Direction::Production) => ("courbe_de_charge_production", ""),
        (Kind::Daily, Direction::Consumption) => ("consommation_quotidienne", ""),
        (Kind::Daily, Direction::Production) => ("production_quotidienne", ""),
        (Kind::Index, Direction::Consumption) => ("index_consommation", ""),
        (Kind::Index, Direction::Production) => ("index_production", ""),
        (Kind::Maximum, _) => (
            "puissance_conso_max_quotidienne",
            "&mesuresPas=P1D&grandeurPhysique=TOUT",
        ),
    };
    format!(
        "/mesure_synchrone_auto/v2/{resource}?pointId={prm:014}&dateDebut={from}&dateFin={to}{more}"
    )
}

pub fn prm(number: u64) -> UsagePoint {
    customers::usage_point(number)
}

pub fn profile(number: u64) -> Profile {
    let (_, profiles) = customers::built_in();
    let found = profiles
        .into_iter()
        .find(|profile| profile.usage_point == prm(number));
    found.expect("a built-in usage point")
}
