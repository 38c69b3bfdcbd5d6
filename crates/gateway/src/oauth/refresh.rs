//! A refresh token at the token endpoint: rotation, recovery of lost answers,
//! replay (RFC 9700 section 4.14.2).

use axum::response::Response;
use grant::Scopes;
use grant::server::{OAuthError, RefreshAnswer, Token, TokenKind, refresh as decide};

use super::answer::Refusal;
use super::caller::Caller;
use super::form::Form;
use super::token::{Issued, Place, issue};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::keys::Purpose;
use crate::points;
use crate::store::consents::{self, ConsentRow};
use crate::store::tokens::{self, Family, RefreshRow};
use crate::store::{StoreError, Tx};

/// Answers a refresh.
pub(super) async fn refresh(app: &App, caller: Caller, form: &Form) -> Result<Response, Refusal> {
    let token = form.need("refresh_token", "refresh_token is missing")?;
    let Ok(token) = Token::read(TokenKind::Refresh, token) else {
        return Err(invalid());
    };
    let named = form.get("usage_points_id").or(form.get("usages_points_id"));
    let work = Refresh {
        app: app.clone(),
        caller,
        hashes: app.keys.hashes(Purpose::Token, token.secret()),
        narrowed: form.get("scope").map(str::to_owned),
        named: named.map(str::to_owned),
    };
    let issued = app
        .store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move { work.run(tx).await })
        })
        .await??;
    Ok(issued.answer(None))
}

fn invalid() -> Refusal {
    Refusal::because(OAuthError::InvalidGrant, "the refresh token is not valid")
}

#[derive(Clone)]
struct Refresh {
    app: App,
    caller: Caller,
    hashes: Vec<Vec<u8>>,
    narrowed: Option<String>,
    named: Option<String>,
}

type Outcome = Result<Result<Issued, Refusal>, StoreError>;

impl Refresh {
    async fn run(&self, tx: &mut dyn Tx) -> Outcome {
        let client = match self.caller.find(tx, &self.app.keys).await? {
            Ok(client) => client,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(row) = tokens::find_refresh(tx, self.hashes.clone()).await? else {
            return Ok(Err(invalid()));
        };
        // Read without a lock: whoever ends one of them meanwhile ends what is
        // issued here too, since every use of a token looks at both again.
        let (family, consent) = consents::of_family(tx, &row.family).await?;
        let stands = family.live && consent.active && consent.until > tx.now();
        if family.client != client.id || !stands {
            return Ok(Err(invalid()));
        }
        let scopes = match self.scopes(&family) {
            Ok(scopes) => scopes,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(refusal) = self.check_points(tx, &consent).await? {
            return Ok(Err(refusal));
        }
        self.act(tx, &row, &family, &consent, scopes).await
    }

    /// The same scopes or fewer, never more (RFC 6749 section 6).
    fn scopes(&self, family: &Family) -> Result<Scopes, Refusal> {
        let asked = Scopes::parse(self.narrowed.as_deref().unwrap_or_default());
        if asked.is_empty() {
            return Ok(family.scopes);
        }
        if asked.is_subset(family.scopes) {
            return Ok(asked);
        }
        let why = "more than was granted";
        Err(Refusal::because(OAuthError::InvalidScope, why))
    }

    /// Older clients name the usage points they think they have.
    async fn check_points(
        &self,
        tx: &mut dyn Tx,
        consent: &ConsentRow,
    ) -> Result<Option<Refusal>, StoreError> {
        let Some(named) = &self.named else {
            return Ok(None);
        };
        let points = points::of_consent(&self.app.keys, tx, consent).await?;
        let mut held: Vec<String> = points.iter().map(|point| point.prm.to_string()).collect();
        let mut named: Vec<&str> = named.split(',').map(str::trim).collect();
        held.sort_unstable();
        named.sort_unstable();
        let differs = Refusal::request("these are not the usage points of the consent");
        Ok((named != held).then_some(differs))
    }

    async fn act(
        &self,
        tx: &mut dyn Tx,
        row: &RefreshRow,
        family: &Family,
        consent: &ConsentRow,
        scopes: Scopes,
    ) -> Outcome {
        let event = match decide(&row.chain, tx.now()) {
            RefreshAnswer::Rotate => {
                if !tokens::use_first(tx, row).await? {
                    return Err(StoreError::Contended);
                }
                tokens::mark_presented(tx, family).await?;
                Event::Refreshed
            }
            RefreshAnswer::Sibling => {
                tokens::add_sibling(tx, row).await?;
                Event::RefreshRecovered
            }
            RefreshAnswer::Recover => {
                tokens::recover(tx, row).await?;
                Event::RefreshRecovered
            }
            RefreshAnswer::Replay => {
                tokens::revoke(tx, family, Event::RefreshReplay, "replay").await?;
                return Ok(Err(invalid()));
            }
            RefreshAnswer::Refuse => {
                let entry = entry(family);
                audit::record(tx, Event::RefreshRefused, entry).await?;
                return Ok(Err(invalid()));
            }
            RefreshAnswer::TooMany => {
                return Ok(Err(Refusal::too_many(60, "refreshed too often")));
            }
        };
        let written = entry(family).write(tx.now(), event);
        let place = Place {
            family: &family.id,
            parent: Some(&row.hash),
            generation: row.generation + 1,
            scopes,
            until: consent.until,
        };
        Ok(Ok(issue(&self.app, tx, place, vec![written]).await?))
    }
}

fn entry(family: &Family) -> Entry<'_> {
    Entry {
        client: Some(&family.client),
        consent: Some(&family.consent),
        ..Entry::default()
    }
}
