//! `POST /introspect` (RFC 7662): a client learns of its own tokens, and nobody
//! learns of another's.

use axum::extract::State;
use axum::response::Response;
use data_encoding::HEXLOWER;
use grant::server::{RefreshAnswer, Token, TokenKind, refresh as decide};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::answer::{Refusal, json as answer};
use super::caller::Caller;
use super::form::Form;
use crate::app::App;
use crate::keys::Purpose;
use crate::store::{StoreError, Tx, consents, tokens};

/// Says whether a token is worth something. Who does not say who they are, 401.
pub(super) async fn introspect(
    State(app): State<App>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let anonymous = form.get("client_id").is_none() && !headers.contains_key("authorization");
    if anonymous {
        return Err(Refusal::new(grant::server::OAuthError::InvalidClient));
    }
    let caller = Caller::read(&headers, &form)?;
    let text = form.need("token", "token is missing")?;
    let token = [TokenKind::Access, TokenKind::Refresh]
        .into_iter()
        .find_map(|kind| Token::read(kind, text).ok());
    let work = Introspect {
        app: app.clone(),
        caller,
        token,
    };
    let found = app
        .store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move { work.run(tx).await })
        })
        .await??;
    let found = found.unwrap_or_else(|| json!({ "active": false }));
    Ok(answer(StatusCode::OK, &found))
}

#[derive(Clone)]
struct Introspect {
    app: App,
    caller: Caller,
    token: Option<Token>,
}

impl Introspect {
    async fn run(&self, tx: &mut dyn Tx) -> Result<Result<Option<Value>, Refusal>, StoreError> {
        let client = match self.caller.find(tx, &self.app.keys).await? {
            Ok(client) => client,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(token) = &self.token else {
            return Ok(Ok(None));
        };
        let hashes = self.app.keys.hashes(Purpose::Token, token.secret());
        Ok(Ok(match token.kind() {
            TokenKind::Access => access(tx, hashes, &client.id).await?,
            _ => refresh(tx, hashes, &client.id).await?,
        }))
    }
}

async fn access(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
    client: &str,
) -> Result<Option<Value>, StoreError> {
    let row = tokens::find_access(tx, hashes).await?;
    let row = row.filter(|row| row.valid && row.family.client == client);
    Ok(row.map(|row| {
        json!({
            "active": true,
            "scope": row.scopes.to_string(),
            "client_id": client,
            "token_type": "Bearer",
            "iat": row.issued.as_second(),
            "exp": row.expires.as_second(),
            "sub": HEXLOWER.encode(&row.family.consent),
        })
    }))
}

async fn refresh(
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
    client: &str,
) -> Result<Option<Value>, StoreError> {
    let Some(row) = tokens::find_refresh(tx, hashes).await? else {
        return Ok(None);
    };
    let family = tokens::family(tx, &row.family).await?;
    let consent = consents::find(tx, &family.consent).await?;
    let now = tx.now();
    let stands =
        family.live && family.client == client && decide(&row.chain, now) == RefreshAnswer::Rotate;
    let consent = consent.filter(|consent| stands && consent.active && consent.until > now);
    Ok(consent.map(|consent| {
        json!({
            "active": true,
            "scope": family.scopes.to_string(),
            "client_id": client,
            "iat": row.chain.issued.as_second(),
            "exp": consent.until.as_second(),
            "sub": HEXLOWER.encode(&family.consent),
        })
    }))
}
