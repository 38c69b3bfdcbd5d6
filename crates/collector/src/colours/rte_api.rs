//! RTE's API: the one source that needs an account, which is free.
//!
//! A token is asked for each round: it lasts two hours, and rounds are far apart.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderValue};
use http::{Request, Response};
use jiff::civil::Date;
use meter::paris;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::Http;
use tariff::colour::read::{Days, ReadError, read};
use tariff::colour::{Colour, Shape};

use super::ColourProblem;

/// An application registered on RTE's data portal.
#[derive(Clone)]
pub struct RteAccount {
    /// Its identifier.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
}

impl fmt::Debug for RteAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RteAccount(…)")
    }
}

const TOKEN: &str = "/token/oauth/";
const CALENDARS: &str = "/open_api/tempo_like_supply_contract/v1/tempo_like_calendars";
/// Days that one question may span.
const YEAR: i32 = 365;

#[derive(Deserialize)]
struct Token {
    access_token: SecretString,
}

/// The colours of the days from the first to the last.
pub(super) async fn ask<C: Colour>(
    http: &dyn Http,
    base: &str,
    account: &RteAccount,
    (first, last): (Date, Date),
) -> Result<Days<C>, ColourProblem> {
    let bearer = token(http, base, account).await?;
    let mut days = Vec::new();
    let mut from = first;
    while from <= last {
        // The end is not included.
        let end = paris::add_days(from, YEAR).min(paris::add_days(last, 1));
        let url = format!(
            "{base}{CALENDARS}?start_date={}&end_date={}",
            midnight(from),
            midnight(end)
        );
        let question = Request::get(url)
            .header(AUTHORIZATION, bearer.clone())
            .body(Bytes::new())
            .map_err(|_| ColourProblem::NotOffered)?;
        let response = http.send(question).await?;
        days.extend(calendars::<C>(&response)?);
        from = end;
    }
    Ok(days)
}

/// A refusal comes with a status of its own and says why.
fn calendars<C: Colour>(response: &Response<Bytes>) -> Result<Days<C>, ColourProblem> {
    let status = response.status();
    match read::<C>(Shape::RteApi, response.body()) {
        Err(refused @ ReadError::Refused { .. }) => Err(refused.into()),
        _ if !status.is_success() => Err(ColourProblem::Status(status.as_u16())),
        read => Ok(read?),
    }
}

async fn token(
    http: &dyn Http,
    base: &str,
    account: &RteAccount,
) -> Result<HeaderValue, ColourProblem> {
    let pair = format!(
        "{}:{}",
        account.client_id,
        account.client_secret.expose_secret()
    );
    let question = Request::post(format!("{base}{TOKEN}"))
        .header(AUTHORIZATION, secret("Basic", &STANDARD.encode(pair))?)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from_static(b"grant_type=client_credentials"))
        .map_err(|_| ColourProblem::NotOffered)?;
    let response = http.send(question).await?;
    if !response.status().is_success() {
        return Err(ColourProblem::Status(response.status().as_u16()));
    }
    // The parser's own words could repeat the token.
    let token: Token = serde_json::from_slice(response.body())
        .map_err(|_| ReadError::Shape("no access_token".to_owned()))?;
    secret("Bearer", token.access_token.expose_secret())
}

fn secret(scheme: &str, value: &str) -> Result<HeaderValue, ColourProblem> {
    let header = HeaderValue::from_str(&format!("{scheme} {value}"));
    let mut header = header.map_err(|_| ColourProblem::NotOffered)?;
    header.set_sensitive(true);
    Ok(header)
}

/// `2026-11-21T00:00:00%2B01:00`.
fn midnight(day: Date) -> String {
    let start = paris::day_start(day);
    let zoned = start.to_zoned(paris::zone().clone());
    zoned
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
        .replace('+', "%2B")
}
