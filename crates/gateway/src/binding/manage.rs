//! *Manage*: what a person gave is shown, handed over, and withdrawn, to the
//! browser that gave it or to whoever holds the box' refresh token.

use grant::server::{Token, TokenKind};
use serde_json::{Value, json};

use super::ConsentView;
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::keys::Purpose;
use crate::points;
use crate::store::consents::{self, ConsentRow, Ending};
use crate::store::{StoreError, Tx, clients, tokens};
use crate::visitor::Visitor;

/// The consents that this browser may manage: those it gave, and the one whose
/// refresh token the person pasted.
pub async fn consents(
    app: &App,
    visitor: &Visitor,
    refresh_token: Option<&str>,
) -> Result<Vec<ConsentView>, StoreError> {
    let holder = Holder::new(app, visitor, refresh_token);
    app.store
        .transact(move |tx| {
            let holder = holder.clone();
            Box::pin(async move {
                let mut views = Vec::new();
                for consent in holder.consents(tx).await? {
                    views.push(holder.view(tx, consent).await?);
                }
                Ok(views)
            })
        })
        .await
}

/// Everything held about a consent, as JSON; nothing when it is not theirs.
pub async fn export(
    app: &App,
    visitor: &Visitor,
    refresh_token: Option<&str>,
    consent: &[u8],
) -> Result<Option<Value>, StoreError> {
    let (holder, id) = (Holder::new(app, visitor, refresh_token), consent.to_vec());
    app.store
        .transact(move |tx| {
            let (holder, id) = (holder.clone(), id.clone());
            Box::pin(async move {
                match holder.own(tx, &id).await? {
                    Some(consent) => Ok(Some(holder.export(tx, &consent).await?)),
                    None => Ok(None),
                }
            })
        })
        .await
}

/// Withdraws a consent: its tokens die with this call. False when it is not theirs.
pub async fn withdraw(
    app: &App,
    visitor: &Visitor,
    refresh_token: Option<&str>,
    consent: &[u8],
) -> Result<bool, StoreError> {
    let (holder, id) = (Holder::new(app, visitor, refresh_token), consent.to_vec());
    app.store
        .transact(move |tx| {
            let (holder, id) = (holder.clone(), id.clone());
            Box::pin(async move {
                match holder.own(tx, &id).await? {
                    Some(consent) => {
                        consents::end(tx, &consent, Ending::Revoked, "the holder").await?;
                        Ok(true)
                    }
                    None => Ok(false),
                }
            })
        })
        .await
}

/// Who asks to manage, by what they hold.
#[derive(Clone)]
struct Holder {
    app: App,
    browser: Option<Token>,
    refresh: Option<Token>,
}

impl Holder {
    fn new(app: &App, visitor: &Visitor, refresh_token: Option<&str>) -> Self {
        let token = refresh_token.map(str::trim);
        Self {
            app: app.clone(),
            browser: visitor.browser.clone(),
            refresh: token.and_then(|token| Token::read(TokenKind::Refresh, token).ok()),
        }
    }

    async fn consents(&self, tx: &mut dyn Tx) -> Result<Vec<ConsentRow>, StoreError> {
        let keys = &self.app.keys;
        let mut mine = match &self.browser {
            Some(browser) => {
                let hashes = keys.hashes(Purpose::Token, browser.secret());
                consents::of_browser(tx, hashes).await?
            }
            None => Vec::new(),
        };
        if let Some(refresh) = &self.refresh {
            let hashes = keys.hashes(Purpose::Token, refresh.secret());
            if let Some(row) = tokens::find_refresh(tx, hashes).await? {
                let family = tokens::family(tx, &row.family).await?;
                let known = mine.iter().any(|consent| consent.id == family.consent);
                if !known && row.chain.is_held(tx.now()) {
                    mine.extend(consents::find(tx, &family.consent).await?);
                }
            }
        }
        Ok(mine)
    }

    async fn own(&self, tx: &mut dyn Tx, id: &[u8]) -> Result<Option<ConsentRow>, StoreError> {
        let mine = self.consents(tx).await?;
        Ok(mine.into_iter().find(|consent| consent.id == id))
    }

    async fn view(&self, tx: &mut dyn Tx, consent: ConsentRow) -> Result<ConsentView, StoreError> {
        let client = clients::find(tx, &consent.client).await?;
        let points = points::of_consent(&self.app.keys, tx, &consent).await?;
        let active = consent.active && consent.until > tx.now();
        Ok(ConsentView {
            id: consent.id,
            client_name: client.map(|client| client.name).unwrap_or_default(),
            scopes: consent.scopes,
            points: points.iter().map(|point| point.prm.masked()).collect(),
            from: consent.from,
            until: consent.until,
            active,
        })
    }

    async fn export(&self, tx: &mut dyn Tx, consent: &ConsentRow) -> Result<Value, StoreError> {
        let points = points::of_consent(&self.app.keys, tx, consent).await?;
        let proof = crate::proof::of_consent(tx, &consent.id).await?;
        let entry = Entry {
            client: Some(&consent.client),
            consent: Some(&consent.id),
            ..Entry::default()
        };
        audit::record(tx, Event::Exported, entry).await?;
        let events = crate::proof::events(tx, &consent.id).await?;
        Ok(json!({
            "application": consent.client,
            "scopes": consent.scopes.to_string(),
            "usage_points": points,
            "from": consent.from,
            "until": consent.until,
            "in_force": consent.active,
            "proof": proof,
            "events": events,
            // No reading is kept here.
            "readings": [],
        }))
    }
}
