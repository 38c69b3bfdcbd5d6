//! Enedis sends the browser back. Nothing in the address proves anything: what
//! counts is the one-time `state` and the cookie of the browser that left.

use enedis::Generation;
use grant::server::{Failure, State, Token, TokenKind};
use jiff::SignedDuration;

use super::value::{Value, point_hashes};
use super::{Outcome, Return, challenge};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::keys::Purpose;
use crate::store::claims::{self, Departure, Kind};
use crate::store::flows::{self, FlowRow};
use crate::store::{StoreError, Tx, consents, counters};
use crate::visitor::Visitor;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Enedis sent the browser back. The same return again gives the same outcome.
///
/// An `error` other than a refusal leaves the flow open: the outcome is
/// [`Failure::Enedis`], and the person may leave for Enedis once more.
pub async fn come_back(app: &App, visitor: &Visitor, back: &Return) -> Result<Outcome, StoreError> {
    let work = Back {
        app: app.clone(),
        visitor: visitor.clone(),
        brought: back.clone(),
    };
    app.store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move { work.run(tx).await })
        })
        .await
}

/// Where the newest flow of this browser stands.
pub async fn status(app: &App, visitor: &Visitor) -> Result<Outcome, StoreError> {
    let Some(browser) = &visitor.browser else {
        return Ok(Outcome::Unknown);
    };
    let hashes = app.keys.hashes(Purpose::Token, browser.secret());
    let work = app.clone();
    app.store
        .transact(move |tx| {
            let (app, hashes) = (work.clone(), hashes.clone());
            Box::pin(async move {
                match flows::newest_of_browser(tx, hashes).await? {
                    Some(row) => outcome(&app, tx, &row).await,
                    None => Ok(Outcome::Unknown),
                }
            })
        })
        .await
}

/// What a flow's state means to the person.
pub(super) async fn outcome(
    app: &App,
    tx: &mut dyn Tx,
    row: &FlowRow,
) -> Result<Outcome, StoreError> {
    if row.flow.is_overdue(tx.now()) {
        return Ok(Outcome::Expired);
    }
    Ok(match row.flow.state {
        State::Pending | State::Confirmed | State::AtEnedis { .. } => Outcome::Begun,
        State::Returned { .. } | State::Resolving { .. } => Outcome::Working,
        State::Challenged { .. } => Outcome::Challenged(challenge::of_flow(app, tx, row).await?),
        State::Approved { .. } | State::Redeemed { .. } => Outcome::Approved,
        State::Denied => Outcome::Denied,
        State::Expired => Outcome::Expired,
        State::Failed(why) => Outcome::Failed(why),
    })
}

#[derive(Clone)]
struct Back {
    app: App,
    visitor: Visitor,
    brought: Return,
}

impl Back {
    async fn run(&self, tx: &mut dyn Tx) -> Result<Outcome, StoreError> {
        let Some(state) = self.state() else {
            return Ok(Outcome::Unknown);
        };
        let hashes = self.app.keys.hashes(Purpose::Token, state.secret());
        let Some(departure) = claims::departure(tx, hashes).await? else {
            return self
                .refuse(tx, None, "an unknown state", Outcome::Unknown)
                .await;
        };
        if !self.is_same_browser(&departure) {
            let why = "another browser";
            return self
                .refuse(tx, Some(&departure.flow), why, Outcome::OtherBrowser)
                .await;
        }
        let Some(row) = flows::by_id(tx, &departure.flow).await? else {
            return Ok(Outcome::Unknown);
        };
        if self.brought.error.is_some() {
            return self.trouble(tx, &row, &departure).await;
        }
        let Some(value) = Value::read(self.app.generation(), &self.brought) else {
            let why = "a malformed value";
            return self.refuse(tx, Some(&row.id), why, Outcome::Refused).await;
        };
        let hashes = value.hashes(&self.app.keys);
        match &departure.value_hash {
            Some(first) if hashes.contains(first) => outcome(&self.app, tx, &row).await,
            Some(_) => {
                let why = "another value than before";
                self.refuse(tx, Some(&row.id), why, Outcome::Refused).await
            }
            None => self.accept(tx, row, &departure, &value, hashes).await,
        }
    }

    /// Without the digit that the sandbox wants at its end.
    fn state(&self) -> Option<Token> {
        let text = match self.app.config.enedis.sandbox_digit {
            Some(_) => self
                .brought
                .state
                .get(..self.brought.state.len().checked_sub(1)?)?,
            None => &self.brought.state,
        };
        Token::read(TokenKind::State, text).ok()
    }

    fn is_same_browser(&self, departure: &Departure) -> bool {
        let keys = &self.app.keys;
        let browser = self.visitor.browser.as_ref();
        browser.is_some_and(|browser| {
            keys.matches(Purpose::Token, browser.secret(), &departure.browser_hash)
        })
    }

    async fn refuse(
        &self,
        tx: &mut dyn Tx,
        flow: Option<&[u8]>,
        why: &str,
        outcome: Outcome,
    ) -> Result<Outcome, StoreError> {
        let network = self.visitor.network();
        let entry = Entry {
            flow,
            network: Some(&network),
            detail: Some(why),
            ..Entry::default()
        };
        audit::record(tx, Event::CallbackRefused, entry).await?;
        Ok(outcome)
    }

    /// A refusal ends the flow; anything else may be tried again.
    async fn trouble(
        &self,
        tx: &mut dyn Tx,
        row: &FlowRow,
        departure: &Departure,
    ) -> Result<Outcome, StoreError> {
        let away = matches!(row.flow.state, State::AtEnedis { .. });
        if !away || departure.value_hash.is_some() {
            return outcome(&self.app, tx, row).await;
        }
        if self.brought.error.as_deref() == Some("access_denied") {
            if let Ok(flow) = row.flow.clone().deny() {
                flows::advance(tx, row, &flow, Some("at Enedis")).await?;
            }
            return Ok(Outcome::Denied);
        }
        let failed = Outcome::Failed(Failure::Enedis);
        self.refuse(tx, Some(&row.id), "Enedis reports an error", failed)
            .await
    }

    async fn accept(
        &self,
        tx: &mut dyn Tx,
        row: FlowRow,
        departure: &Departure,
        value: &Value,
        hashes: Vec<Vec<u8>>,
    ) -> Result<Outcome, StoreError> {
        let now = tx.now();
        if now >= departure.expires {
            return Ok(Outcome::Expired);
        }
        let Ok(flow) = row.flow.clone().come_back(now, departure.left) else {
            // Another of its ways came back first.
            return outcome(&self.app, tx, &row).await;
        };
        let limit = self.app.config.limits.values_per_address;
        let line = counters::name("values", &self.visitor.line(&self.app.keys));
        if counters::count(tx, &line, 1, HOUR).await?.n > limit {
            let why = "too many values from this address";
            return self.refuse(tx, Some(&row.id), why, Outcome::Refused).await;
        }
        if !claims::answered(tx, &departure.state_hash, &hashes[0]).await?
            || !flows::advance(tx, &row, &flow, None).await?
        {
            return Err(StoreError::Contended);
        }
        let row = claims::with_flow(&row, flow);
        self.keep(tx, &row, value).await?;
        super::resolve::count_value(&self.app, tx).await?;
        self.contest(tx, row, value, &hashes).await
    }

    async fn keep(&self, tx: &mut dyn Tx, row: &FlowRow, value: &Value) -> Result<(), StoreError> {
        let random = &*self.app.random;
        let (key, wrapped) = self.app.keys.new_data_key(random)?;
        let text = serde_json::to_vec(value).unwrap_or_default();
        let sealed = key.seal(&row.id, &text, random)?;
        claims::keep_value(tx, &row.id, &wrapped, &sealed).await
    }

    /// Claims the value, and sees whether anybody else does.
    async fn contest(
        &self,
        tx: &mut dyn Tx,
        row: FlowRow,
        value: &Value,
        hashes: &[Vec<u8>],
    ) -> Result<Outcome, StoreError> {
        let keys = &self.app.keys;
        let claimed = match value {
            Value::Number(_) => vec![(Kind::Number, hashes.to_vec())],
            Value::Points(points) => points
                .iter()
                .map(|prm| (Kind::Point, point_hashes(keys, *prm)))
                .collect(),
        };
        let used = match value {
            Value::Number(number) => consents::has_number(tx, *number).await?,
            Value::Points(_) => false,
        };
        let mut outcome = Outcome::Working;
        for (kind, hashes) in claimed {
            claims::claim(tx, kind, &hashes[0], &row.id).await?;
            let rivals = claims::rivals(tx, kind, &hashes, &row.id).await?;
            let won = rivals.iter().any(|rival| rival.won);
            if used || (won && kind == Kind::Number) {
                let Ok(flow) = row.flow.clone().fail(Failure::NotYours) else {
                    return Err(StoreError::Contended);
                };
                flows::advance(tx, &row, &flow, Some("the number has led to a consent")).await?;
                claims::schedule(tx, &row.id, None).await?;
                conflict(tx, &row, &hashes[0], "a number that was used").await?;
                outcome = Outcome::Failed(Failure::NotYours);
                break;
            }
            freeze_all(&self.app, tx, &row, kind, &hashes).await?;
        }
        Ok(outcome)
    }
}

/// Freezes a flow and everybody else who claims the same and has not won: each
/// has to prove more. True when there was anybody.
pub(super) async fn freeze_all(
    app: &App,
    tx: &mut dyn Tx,
    row: &FlowRow,
    kind: Kind,
    hashes: &[Vec<u8>],
) -> Result<bool, StoreError> {
    let rivals = claims::rivals(tx, kind, hashes, &row.id).await?;
    let open: Vec<_> = rivals.iter().filter(|rival| !rival.won).collect();
    if open.is_empty() {
        return Ok(false);
    }
    let what = match kind {
        Kind::Number => "claimed twice: the number",
        Kind::Point => "claimed twice: the usage point",
    };
    let days = challenge::draw_days(app, tx.now())?;
    if claims::freeze(tx, &row.id, what, &days).await? {
        conflict(tx, row, &hashes[0], what).await?;
    }
    for rival in open {
        let Some(other) = flows::by_id(tx, &rival.flow).await? else {
            continue;
        };
        let days = challenge::draw_days(app, tx.now())?;
        if claims::freeze(tx, &other.id, what, &days).await? {
            conflict(tx, &other, &hashes[0], what).await?;
        }
    }
    Ok(true)
}

pub(super) async fn conflict(
    tx: &mut dyn Tx,
    row: &FlowRow,
    subject: &[u8],
    detail: &str,
) -> Result<(), StoreError> {
    let entry = Entry {
        client: Some(&row.client),
        flow: Some(&row.id),
        subject: Some(subject),
        network: row.browser_network.as_deref(),
        detail: Some(detail),
        ..Entry::default()
    };
    audit::record(tx, Event::ClaimConflict, entry).await
}

/// Which generation a value belongs to.
pub(super) fn generation_of(value: &Value) -> Generation {
    match value {
        Value::Number(_) => Generation::V2026,
        Value::Points(_) => Generation::V5,
    }
}
