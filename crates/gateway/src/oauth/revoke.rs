//! `POST /revoke` (RFC 7009). A refresh token's end is the end of the consent:
//! to withdraw is as easy as to give.

use axum::extract::State;
use axum::response::Response;
use grant::server::{OAuthError, Token, TokenKind};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::answer::{Refusal, json};
use super::caller::Caller;
use super::form::Form;
use crate::app::App;
use crate::keys::Purpose;
use crate::store::consents::{self, Ending};
use crate::store::{StoreError, Tx, tokens};

/// Revokes; a token that nobody knows is revoked already. `token_type_hint` is
/// only a hint, and our tokens say themselves what they are.
pub(super) async fn revoke(
    State(app): State<App>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let caller = Caller::read(&headers, &form)?;
    let text = form.need("token", "token is missing")?;
    let token = [TokenKind::Refresh, TokenKind::Access]
        .into_iter()
        .find_map(|kind| Token::read(kind, text).ok());
    let work = Revoke {
        app: app.clone(),
        caller,
        token,
    };
    app.store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move { work.run(tx).await })
        })
        .await??;
    Ok(json(StatusCode::OK, &json!({})))
}

#[derive(Clone)]
struct Revoke {
    app: App,
    caller: Caller,
    token: Option<Token>,
}

type Outcome = Result<Result<(), Refusal>, StoreError>;

impl Revoke {
    async fn run(&self, tx: &mut dyn Tx) -> Outcome {
        let client = match self.caller.find(tx, &self.app.keys).await? {
            Ok(client) => client,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(token) = &self.token else {
            return Ok(Ok(()));
        };
        let hashes = self.app.keys.hashes(Purpose::Token, token.secret());
        match token.kind() {
            TokenKind::Refresh => revoke_refresh(tx, hashes, &client.id).await,
            _ => revoke_access(tx, hashes, &client.id).await,
        }
    }
}

async fn revoke_refresh(tx: &mut dyn Tx, hashes: Vec<Vec<u8>>, client: &str) -> Outcome {
    let Some(row) = tokens::find_refresh(tx, hashes).await? else {
        return Ok(Ok(()));
    };
    let family = tokens::family(tx, &row.family).await?;
    if family.client != client {
        return Ok(Err(foreign()));
    }
    if let Some(consent) = consents::find(tx, &family.consent).await? {
        consents::end(tx, &consent, Ending::Revoked, "the box").await?;
    }
    Ok(Ok(()))
}

async fn revoke_access(tx: &mut dyn Tx, hashes: Vec<Vec<u8>>, client: &str) -> Outcome {
    let Some(row) = tokens::find_access(tx, hashes).await? else {
        return Ok(Ok(()));
    };
    if row.family.client != client {
        return Ok(Err(foreign()));
    }
    tokens::put_access_aside(tx, &row.hash).await?;
    Ok(Ok(()))
}

fn foreign() -> Refusal {
    Refusal::because(OAuthError::InvalidGrant, "the token is another client's")
}
