//! `POST /token` (RFC 6749 section 3.2) and the older proxy's `/device/token`:
//! which grant, and what a pair of tokens looks like on the wire.

use axum::extract::State;
use axum::response::Response;
use grant::Scopes;
use grant::server::{OAuthError, Token, TokenKind};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde_json::json;

use super::answer::{Refusal, json};
use super::caller::Caller;
use super::form::Form;
use super::{redeem, refresh};
use crate::app::App;
use crate::keys::Purpose;
use crate::random::{Draw, NoRandomness};
use crate::store::tokens::Pair;
use crate::store::{StoreError, Tx, Write};

/// The grant type of RFC 8628 section 3.4.
pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Gives tokens, or says why not.
pub(super) async fn token(
    State(app): State<App>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let answer = give(&app, &headers, &form).await;
    if let Err(refusal) = &answer {
        app.metrics.token(refusal.error.code());
    }
    answer
}

async fn give(app: &App, headers: &HeaderMap, form: &Form) -> Result<Response, Refusal> {
    let grant_type = form.need("grant_type", "grant_type is missing")?;
    let caller = Caller::read(headers, form)?;
    match grant_type {
        DEVICE_CODE => redeem::redeem(app, caller, form).await,
        "refresh_token" => refresh::refresh(app, caller, form).await,
        _ => Err(Refusal::new(OAuthError::UnsupportedGrantType)),
    }
}

/// A pair before it is written.
#[derive(Clone)]
pub(super) struct Drawn {
    access: Token,
    refresh: Token,
}

impl Drawn {
    pub(super) fn new(app: &App) -> Result<Self, NoRandomness> {
        Ok(Self {
            access: app.random.token(TokenKind::Access)?,
            refresh: app.random.token(TokenKind::Refresh)?,
        })
    }
}

/// Where a pair belongs.
pub(super) struct Place<'a> {
    pub(super) family: &'a [u8],
    pub(super) parent: Option<&'a [u8]>,
    pub(super) generation: i64,
    pub(super) scopes: Scopes,
    /// When the consent ends; no token outlives it.
    pub(super) until: Timestamp,
}

/// A pair that was written.
pub(super) struct Issued {
    drawn: Drawn,
    expires_in: i64,
    scopes: Scopes,
}

/// Draws a pair and writes it, with what else is to be written.
pub(super) async fn issue(
    app: &App,
    tx: &mut dyn Tx,
    place: Place<'_>,
    mut writes: Vec<Write>,
) -> Result<Issued, StoreError> {
    let drawn = Drawn::new(app)?;
    let now = tx.now();
    let life = app.config.lifetimes.access;
    let expires = now
        .saturating_add(life)
        .unwrap_or(place.until)
        .min(place.until);
    let pair = Pair {
        family: place.family,
        parent: place.parent,
        generation: place.generation,
        access: &app.keys.hash(Purpose::Token, drawn.access.secret()),
        refresh: &app.keys.hash(Purpose::Token, drawn.refresh.secret()),
        expires,
        scopes: place.scopes,
    };
    writes.extend(pair.writes(now));
    tx.execute_all(writes).await?;
    Ok(Issued {
        drawn,
        expires_in: expires.duration_since(now).as_secs(),
        scopes: place.scopes,
    })
}

impl Issued {
    /// The answer of RFC 6749 section 5.1. The usage points are told on the
    /// first issue, in a member that older clients keep.
    pub(super) fn answer(&self, usage_points: Option<&str>) -> Response {
        let mut body = json!({
            "access_token": self.drawn.access.reveal(),
            "refresh_token": self.drawn.refresh.reveal(),
            "token_type": "Bearer",
            "expires_in": self.expires_in,
            "scope": self.scopes.to_string(),
        });
        if let Some(points) = usage_points {
            body["usage_points_id"] = points.into();
        }
        json(StatusCode::OK, &body)
    }
}
