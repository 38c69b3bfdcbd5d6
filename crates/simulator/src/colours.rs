//! What the sources of Tempo and EJP days would have answered.
//!
//! Colours are invented for any year, by the contracts' own rules: red from
//! November to March on weekdays only, white never on a Sunday, EJP never on a
//! Sunday nor from April to October.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use jiff::civil::{Date, Weekday};
use meter::paris;
use serde_json::{Value, json};
use service::clock::BoxFuture;
use service::{Http, HttpError};

/// How a source misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourFault {
    /// A web page of a proxy, with status 200.
    Page,
    /// 503 without a body.
    Down,
    /// No connection.
    Away,
    /// Every colour is another one.
    Wrong,
    /// RTE's refusal of a range, with its code.
    Refused,
}

/// RTE's API and public page, api-couleur-tempo.fr and EDF's service, each at its own
/// path of one host.
#[derive(Clone)]
pub struct ColourServices {
    /// The last day whose colour is published.
    published: Date,
    faults: BTreeMap<&'static str, ColourFault>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// The path of RTE's API.
pub const RTE_API: &str = "/open_api/tempo_like_supply_contract/v1/tempo_like_calendars";
/// The path of the tokens of RTE's API.
pub const RTE_TOKEN: &str = "/token/oauth/";
/// The account that RTE's API knows.
pub const CLIENT_ID: &str = "simulated-application";
/// Its secret.
pub const CLIENT_SECRET: &str = "simulated-secret";
/// The token that it is given.
const ACCESS: &str = "simulated-token";
/// The path of RTE's public page.
pub const RTE_PAGE: &str = "/cms/open_data/v1/tempo";
/// The path of api-couleur-tempo.fr.
pub const COULEUR_TEMPO: &str = "/api/joursTempo";
/// The path of EDF's service.
pub const EDF: &str = "/commerce/activet/v1/calendrier-jours-effacement";

/// The invented colour of a Tempo day: 0 blue, 1 white, 2 red.
pub fn tempo(day: Date) -> usize {
    let roll = roll(day);
    let weekday = day.weekday();
    let winter = matches!(day.month(), 11 | 12 | 1 | 2 | 3);
    let working = !matches!(weekday, Weekday::Saturday | Weekday::Sunday);
    match () {
        () if winter && working && roll.is_multiple_of(5) => 2,
        () if weekday != Weekday::Sunday && roll % 7 == 1 => 1,
        () => 0,
    }
}

/// Whether an invented day is an EJP day.
pub fn ejp(day: Date) -> bool {
    let winter = matches!(day.month(), 11 | 12 | 1 | 2 | 3);
    winter && day.weekday() != Weekday::Sunday && roll(day) % 6 == 2
}

fn roll(day: Date) -> u64 {
    let number = paris::days_between(Date::constant(1970, 1, 1), day).unsigned_abs();
    u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40
}

impl ColourServices {
    /// Services that have published the colours up to a day.
    pub fn new(published: Date) -> Self {
        Self {
            published,
            faults: BTreeMap::new(),
            asked: Arc::default(),
        }
    }

    /// The same with a fault at one path.
    #[must_use]
    pub fn with(mut self, path: &'static str, fault: ColourFault) -> Self {
        self.faults.insert(path, fault);
        self
    }

    /// Paths and queries of the calls, in order.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.clone()
    }

    fn answer(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let path = request.uri().path().to_owned();
        let query = request.uri().query().unwrap_or_default().to_owned();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(format!("{path}?{query}"));
        let fault = self.faults.get(path.as_str()).copied();
        let shift = usize::from(fault == Some(ColourFault::Wrong));
        let body = match (fault, path.as_str()) {
            (Some(ColourFault::Away), _) => return Err(HttpError::Connect("refused".to_owned())),
            (Some(ColourFault::Down), _) => return Ok(reply(StatusCode::SERVICE_UNAVAILABLE, "")),
            (Some(ColourFault::Page), _) => "<html><body>Maintenance</body></html>".to_owned(),
            (Some(ColourFault::Refused), _) => {
                let error = json!({
                    "error": "TMPLIKSUPCON_TMPLIKCAL_F04",
                    "error_description": "The end date is too far",
                    "transaction_id": "simulated",
                });
                return Ok(reply(StatusCode::BAD_REQUEST, &error.to_string()));
            }
            (_, RTE_TOKEN | RTE_API) if !is_admitted(request, &path) => {
                return Ok(reply(StatusCode::UNAUTHORIZED, ""));
            }
            (_, RTE_TOKEN) => {
                json!({ "access_token": ACCESS, "token_type": "Bearer", "expires_in": 7200 })
                    .to_string()
            }
            (_, RTE_API) => self.api(&query, shift).to_string(),
            (_, RTE_PAGE) => self.page(&value(&query, "season"), shift).to_string(),
            (_, COULEUR_TEMPO) => self.season(&value(&query, "periode"), shift).to_string(),
            (_, EDF) => self.edf(&query, shift).to_string(),
            _ => return Ok(reply(StatusCode::NOT_FOUND, "")),
        };
        Ok(reply(StatusCode::OK, &body))
    }

    fn colour(&self, day: Date, shift: usize) -> Option<usize> {
        (day <= self.published).then(|| (tempo(day) + shift) % 3)
    }

    /// Newest first, as RTE writes them.
    fn api(&self, query: &str, shift: usize) -> Value {
        let bound = |name| value(query, name).get(..10).and_then(loose_date);
        let (Some(first), Some(end)) = (bound("start_date"), bound("end_date")) else {
            return json!({ "error": "TMPLIKSUPCON_TMPLIKCAL_F01", "error_description": "dates" });
        };
        let values = paris::days(first, end).rev().filter_map(|day| {
            let colour = self.colour(day, shift)?;
            Some(json!({
                "start_date": instant(day),
                "end_date": instant(paris::add_days(day, 1)),
                "value": (["BLUE", "WHITE", "RED"][colour]),
            }))
        });
        let values: Vec<Value> = values.collect();
        json!({ "tempo_like_calendars": {
            "start_date": instant(first), "end_date": instant(end), "values": values,
        }})
    }

    fn page(&self, season: &str, shift: usize) -> Value {
        let mut values = serde_json::Map::new();
        for day in days_of(season) {
            if let Some(colour) = self.colour(day, shift) {
                values.insert(day.to_string(), json!(["BLUE", "WHITE", "RED"][colour]));
                values.insert(format!("{day}-fallback"), json!("false"));
            }
        }
        json!({ "values": values })
    }

    fn season(&self, season: &str, shift: usize) -> Value {
        let days = days_of(season).into_iter().map(|day| {
            let code = self.colour(day, shift).map_or(0, |colour| colour + 1);
            json!({ "dateJour": day.to_string(), "codeJour": code, "periode": season })
        });
        days.collect()
    }

    fn edf(&self, query: &str, shift: usize) -> Value {
        let option = value(query, "option");
        let bound = |name| loose_date(&value(query, name));
        let (Some(from), Some(to)) = (
            bound("dateApplicationBorneInf"),
            bound("dateApplicationBorneSup"),
        ) else {
            return json!({ "errors": [{ "code": "BAD_DATE" }], "content": null });
        };
        let word = |day: Date| match option.as_str() {
            "EJP" if day > self.published => "NON_DEFINI",
            "EJP" if (4..=10).contains(&day.month()) => "HORS_PERIODE_EJP",
            "EJP" if ejp(day) => "EJP",
            "EJP" => "NON_EJP",
            _ => self.colour(day, shift).map_or("NON_DEFINI", |colour| {
                ["TEMPO_BLEU", "TEMPO_BLANC", "TEMPO_ROUGE"][colour]
            }),
        };
        let days: Vec<Value> = paris::days(from, paris::add_days(to, 1))
            .map(|day| {
                let date = format!("{}-{}-{}", day.year(), day.month(), day.day());
                json!({ "dateApplication": date, "statut": word(day) })
            })
            .collect();
        let options = json!([{ "option": option, "calendrier": days }]);
        json!({ "errors": [], "content": { "options": options } })
    }
}

impl Http for ColourServices {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        let answer = self.answer(&request);
        Box::pin(async move { answer })
    }
}

fn is_admitted(request: &Request<Bytes>, path: &str) -> bool {
    let pair = format!("{CLIENT_ID}:{CLIENT_SECRET}");
    let expected = match path {
        RTE_TOKEN => format!(
            "Basic {}",
            base64::engine::general_purpose::STANDARD.encode(pair)
        ),
        _ => format!("Bearer {ACCESS}"),
    };
    let sent = request.headers().get(http::header::AUTHORIZATION);
    sent.is_some_and(|sent| sent.as_bytes() == expected.as_bytes())
}

/// `2026-11-21T00:00:00+01:00`.
fn instant(day: Date) -> String {
    let start = paris::day_start(day).to_zoned(paris::zone().clone());
    start.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn reply(status: StatusCode, body: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
    *response.status_mut() = status;
    response
}

fn value(query: &str, name: &str) -> String {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.into_iter().find(|(key, _)| *key == name);
    found.map_or_else(String::new, |(_, value)| value.to_owned())
}

/// `2026-11-1`.
fn loose_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Date::new(year, month, parts.next()?.parse().ok()?).ok()
}

/// The days of `2026-2027`: from September to August.
fn days_of(season: &str) -> Vec<Date> {
    let year = season
        .split('-')
        .next()
        .and_then(|year| year.parse::<i16>().ok());
    let bound = |year| Date::new(year, 9, 1).ok();
    let bounds = year.and_then(|year| Some((bound(year)?, bound(year.checked_add(1)?)?)));
    bounds.map_or_else(Vec::new, |(first, end)| paris::days(first, end).collect())
}
