//! A device code at the token endpoint: wait, or take your tokens.

use axum::response::Response;
use grant::server::{Flow, OAuthError, PollAnswer, State, Token, TokenKind, poll};

use super::answer::Refusal;
use super::caller::Caller;
use super::form::Form;
use super::token::{Issued, Place, issue};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::keys::Purpose;
use crate::points;
use crate::store::flows::FlowRow;
use crate::store::{StoreError, Tx, consents, flows, tokens};

/// Answers a poll.
pub(super) async fn redeem(app: &App, caller: Caller, form: &Form) -> Result<Response, Refusal> {
    let code = form.need("device_code", "device_code is missing")?;
    let Ok(code) = Token::read(TokenKind::Device, code) else {
        return Err(Refusal::because(
            OAuthError::InvalidGrant,
            "not a device code",
        ));
    };
    let hashes = app.keys.hashes(Purpose::Token, code.secret());
    let remembered = hashes[0].clone();
    let work = Redeem {
        app: app.clone(),
        caller,
        hashes,
    };
    let answered = app
        .store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move { work.run(tx).await })
        })
        .await;
    let now = app.clock.now();
    let told = match answered {
        Ok(told) => told,
        Err(StoreError::Unavailable(_)) if app.memory.knows(&remembered, now) => {
            return Err(Refusal::new(OAuthError::AuthorizationPending));
        }
        Err(error) => return Err(error.into()),
    };
    match told? {
        Told::Wait { refusal, until } => {
            app.memory.remember(remembered, until, now);
            Err(refusal)
        }
        Told::No(refusal) => {
            app.memory.forget(&remembered);
            Err(refusal)
        }
        Told::Tokens { issued, points } => {
            app.memory.forget(&remembered);
            Ok(issued.answer(Some(&points)))
        }
    }
}

#[derive(Clone)]
struct Redeem {
    app: App,
    caller: Caller,
    hashes: Vec<Vec<u8>>,
}

enum Told {
    Wait {
        refusal: Refusal,
        until: jiff::Timestamp,
    },
    No(Refusal),
    Tokens {
        issued: Issued,
        points: String,
    },
}

impl Redeem {
    async fn run(&self, tx: &mut dyn Tx) -> Result<Result<Told, Refusal>, StoreError> {
        let client = match self.caller.find(tx, &self.app.keys).await? {
            Ok(client) => client,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let row = flows::by_device_code(tx, self.hashes.clone()).await?;
        let Some(row) = row.filter(|row| row.client == client.id) else {
            let unknown =
                Refusal::because(OAuthError::InvalidGrant, "the device code is not known");
            return Ok(Ok(Told::No(unknown)));
        };
        let family = match row.flow.state {
            State::Redeemed { .. } => self.family(tx, &row).await?,
            _ => None,
        };
        // A family that is gone cannot be given again.
        let presented = match (&row.flow.state, &family) {
            (State::Redeemed { .. }, Some(family)) => family.presented.is_some() || !family.live,
            (State::Redeemed { .. }, None) => true,
            _ => false,
        };
        let (answer, flow) = poll(row.flow.clone(), tx.now(), presented);
        let told = match answer {
            PollAnswer::Pending | PollAnswer::SlowDown => self.wait(tx, &row, flow, answer).await?,
            PollAnswer::Denied => Told::No(Refusal::new(OAuthError::AccessDenied)),
            PollAnswer::Expired => expired(tx, &row).await?,
            PollAnswer::Used => used(tx, &row).await?,
            PollAnswer::Redeem => self.first(tx, &row, flow).await?,
            PollAnswer::Redeliver => match family {
                Some(family) => self.again(tx, &row, flow, &family).await?,
                None => used(tx, &row).await?,
            },
        };
        Ok(Ok(told))
    }

    async fn family(
        &self,
        tx: &mut dyn Tx,
        row: &FlowRow,
    ) -> Result<Option<tokens::Family>, StoreError> {
        match consents::of_flow(tx, &row.id).await? {
            Some(consent) => tokens::of_consent(tx, &consent.id).await,
            None => Ok(None),
        }
    }

    async fn wait(
        &self,
        tx: &mut dyn Tx,
        row: &FlowRow,
        flow: Flow,
        answer: PollAnswer,
    ) -> Result<Told, StoreError> {
        flows::save_poll(tx, row, &flow).await?;
        let refusal = if answer == PollAnswer::SlowDown {
            Refusal {
                interval: Some(flow.interval),
                ..Refusal::new(OAuthError::SlowDown)
            }
        } else {
            Refusal::new(OAuthError::AuthorizationPending)
        };
        Ok(Told::Wait {
            refusal,
            until: flow.expires,
        })
    }

    async fn first(&self, tx: &mut dyn Tx, row: &FlowRow, flow: Flow) -> Result<Told, StoreError> {
        let consent = consents::of_flow(tx, &row.id).await?;
        let consent = consent.ok_or(StoreError::Corrupt("an approved flow without a consent"))?;
        let now = tx.now();
        let Ok(redeemed) = flow.redeem(now) else {
            return Err(StoreError::Contended);
        };
        if !consent.active || consent.until <= now {
            return Ok(Told::No(Refusal::new(OAuthError::AccessDenied)));
        }
        if !flows::advance(tx, row, &redeemed, None).await? {
            return Err(StoreError::Contended);
        }
        let family = self.app.random.bytes::<16>()?;
        tokens::begin(tx, &family, &consent.id, &row.client, consent.scopes).await?;
        record(tx, row, &consent.id, Event::Redeemed).await?;
        self.give(tx, &consent, &family).await
    }

    /// The answer of before was lost: what it held dies, and the same family
    /// goes on.
    async fn again(
        &self,
        tx: &mut dyn Tx,
        row: &FlowRow,
        flow: Flow,
        family: &tokens::Family,
    ) -> Result<Told, StoreError> {
        let consent = consents::find(tx, &family.consent).await?;
        let consent = consent.ok_or(StoreError::Corrupt("a family without a consent"))?;
        let Ok(redeemed) = flow.redeem(tx.now()) else {
            return Err(StoreError::Contended);
        };
        if !flows::advance(tx, row, &redeemed, None).await? {
            return Err(StoreError::Contended);
        }
        tokens::put_all_aside(tx, &family.id).await?;
        record(tx, row, &consent.id, Event::Redelivered).await?;
        self.give(tx, &consent, &family.id).await
    }

    async fn give(
        &self,
        tx: &mut dyn Tx,
        consent: &consents::ConsentRow,
        family: &[u8],
    ) -> Result<Told, StoreError> {
        let place = Place {
            family,
            parent: None,
            generation: 0,
            scopes: consent.scopes,
            until: consent.until,
        };
        let issued = issue(&self.app, tx, place, Vec::new()).await?;
        let points = points::of_consent(&self.app.keys, tx, consent).await?;
        Ok(Told::Tokens {
            issued,
            points: points::joined(&points),
        })
    }
}

async fn expired(tx: &mut dyn Tx, row: &FlowRow) -> Result<Told, StoreError> {
    if let Ok(flow) = row.flow.clone().expire(tx.now()) {
        flows::advance(tx, row, &flow, None).await?;
    }
    Ok(Told::No(Refusal::new(OAuthError::ExpiredToken)))
}

/// A box that tries again is likelier than a thief: refused and written down,
/// nothing is revoked.
async fn used(tx: &mut dyn Tx, row: &FlowRow) -> Result<Told, StoreError> {
    record(tx, row, &[], Event::CodeReplayed).await?;
    let refusal = Refusal::because(OAuthError::InvalidGrant, "the device code was used");
    Ok(Told::No(refusal))
}

async fn record(
    tx: &mut dyn Tx,
    row: &FlowRow,
    consent: &[u8],
    event: Event,
) -> Result<(), StoreError> {
    let entry = Entry {
        client: Some(&row.client),
        flow: Some(&row.id),
        consent: (!consent.is_empty()).then_some(consent),
        ..Entry::default()
    };
    audit::record(tx, event, entry).await
}
