//! An access token on a data request (RFC 6750).

use axum::response::IntoResponse;
use grant::Scopes;
use grant::server::{OAuthError, Token, TokenKind};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use super::answer::Refusal;
use crate::app::App;
use crate::keys::Purpose;
use crate::points;
pub use crate::points::Point;
use crate::store::{consents, tokens};

/// What a valid access token opens.
#[derive(Debug, Clone)]
pub struct Access {
    /// The application.
    pub client: String,
    /// The consent, as an identifier of ours.
    pub consent: Vec<u8>,
    /// What may be read.
    pub scopes: Scopes,
    /// Of which usage points.
    pub points: Vec<Point>,
    /// When the consent ends.
    pub until: Timestamp,
}

const REALM: &str = "Bearer realm=\"releve\"";
const INVALID: &str = "Bearer realm=\"releve\", error=\"invalid_token\"";
const MALFORMED: &str = "Bearer realm=\"releve\", error=\"invalid_request\"";

/// Who asks for data, and for what they may. Ask on every request: what was
/// revoked a moment ago, on any node, is refused here.
///
/// `query` is the raw query string: a token in it is refused, and so is a second
/// transport.
pub async fn bearer(
    app: &App,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Access, Refusal> {
    let token = present(headers, query)?;
    let invalid = || Refusal {
        challenge: Some(INVALID),
        ..Refusal::because(OAuthError::InvalidToken, "the access token is not valid")
    };
    let token = Token::read(TokenKind::Access, token).map_err(|_| invalid())?;
    let hashes = app.keys.hashes(Purpose::Token, token.secret());
    let work = app.clone();
    let found = app
        .store
        .transact(move |tx| {
            let (app, hashes) = (work.clone(), hashes.clone());
            Box::pin(async move {
                let row = tokens::find_access(tx, hashes).await?;
                let Some(row) = row.filter(|row| row.valid) else {
                    return Ok(None);
                };
                tokens::mark_seen(tx, &row).await?;
                let rows = consents::points(tx, &row.family.consent).await?;
                let points =
                    points::open(&app.keys, &row.family.consent, row.dek.as_deref(), &rows)?;
                Ok(Some((row, points)))
            })
        })
        .await?;
    let (row, points) = found.ok_or_else(invalid)?;
    Ok(Access {
        client: row.family.client,
        consent: row.family.consent,
        scopes: row.scopes,
        points,
        until: row.until,
    })
}

/// The token of the `Authorization` header, and of nothing else.
fn present<'h>(headers: &'h HeaderMap, query: Option<&str>) -> Result<&'h str, Refusal> {
    let malformed = |description| Refusal {
        challenge: Some(MALFORMED),
        ..Refusal::request(description)
    };
    let names = query
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| pair.split('=').next());
    if names
        .into_iter()
        .any(|name| name.eq_ignore_ascii_case("access_token"))
    {
        return Err(malformed("a token does not belong in an address"));
    }
    let mut values = headers.get_all(AUTHORIZATION).iter();
    // Who brings nothing learns no error code (RFC 6750 section 3.1), but the
    // body has one: older clients read only that.
    let first = values.next().ok_or_else(|| Refusal {
        challenge: Some(REALM),
        status: Some(StatusCode::UNAUTHORIZED),
        ..Refusal::because(OAuthError::InvalidToken, "an access token is needed")
    })?;
    if values.next().is_some() {
        return Err(malformed("two Authorization headers"));
    }
    let text = first
        .to_str()
        .map_err(|_| malformed("the header is malformed"))?;
    let (scheme, token) = text
        .split_once(' ')
        .ok_or_else(|| malformed("the header is malformed"))?;
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Refusal {
            challenge: Some(REALM),
            ..Refusal::because(OAuthError::InvalidToken, "an access token is needed")
        });
    }
    let token = token.trim_start_matches(' ');
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
    if token.is_empty() || token.len() > 200 || !token.chars().all(plain) {
        return Err(malformed("the token is malformed"));
    }
    Ok(token)
}

impl Refusal {
    /// The token does not cover this (RFC 6750 section 3.1). Never for what may
    /// pass by itself: older clients forget their consent on a 403.
    pub fn insufficient_scope() -> Self {
        Self {
            challenge: Some("Bearer realm=\"releve\", error=\"insufficient_scope\""),
            ..Self::because(
                OAuthError::InsufficientScope,
                "the consent does not cover this",
            )
        }
    }

    /// As an answer.
    pub fn answer(self) -> axum::response::Response {
        self.into_response()
    }
}
