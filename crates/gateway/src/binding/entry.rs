//! The code: looked up, confirmed, refused. Wrong ones are counted wherever a
//! code is given, for each line and for all.

use grant::Scopes;
use grant::server::{State, Token, TokenKind, UserCode, UserCodeError};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{Agreement, CodeTrouble, Request};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::keys::Purpose;
use crate::random::Draw;
use crate::store::claims::{self, Confirmation};
use crate::store::flows::{self, FlowRow};
use crate::store::{StoreError, Tx, clients, counters};
use crate::visitor::Visitor;

/// The window in which wrong codes are counted.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// What everybody waits for while too many wrong codes come from everywhere.
const DELAY: SignedDuration = SignedDuration::from_secs(2);

/// Looks a typed code up, counting wrong ones.
pub async fn look_up(app: &App, visitor: &Visitor, typed: &str) -> Result<Request, CodeTrouble> {
    let code = UserCode::read(typed).map_err(|_: UserCodeError| CodeTrouble::NotACode)?;
    let work = Entering::new(app, visitor, code);
    let (found, crowded) = app
        .store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move {
                let found = work.find(tx).await?;
                let crowded = work.is_crowded(tx).await?;
                match found {
                    Ok(row) => Ok((Ok(work.request(tx, &row, crowded).await?), crowded)),
                    Err(trouble) => Ok((Err(trouble), crowded)),
                }
            })
        })
        .await?;
    if crowded {
        app.clock.sleep(DELAY).await;
    }
    found
}

/// The person agrees: the address of Enedis' page. `browser` is the cookie that
/// the answer sets (the one the browser brought, or a new one).
pub async fn depart(
    app: &App,
    visitor: &Visitor,
    browser: &Token,
    code: &UserCode,
    agreement: Agreement,
) -> Result<Url, CodeTrouble> {
    let mut work = Entering::new(app, visitor, code.clone());
    work.visitor.browser = Some(browser.clone());
    let browser = browser.clone();
    app.store
        .transact(move |tx| {
            let (work, browser, agreement) = (work.clone(), browser.clone(), agreement.clone());
            Box::pin(async move {
                match work.find(tx).await? {
                    Ok(row) => work.depart(tx, row, &browser, &agreement).await,
                    Err(trouble) => Ok(Err(trouble)),
                }
            })
        })
        .await?
}

/// The person refuses.
pub async fn deny(app: &App, visitor: &Visitor, code: &UserCode) -> Result<(), CodeTrouble> {
    let work = Entering::new(app, visitor, code.clone());
    app.store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move {
                let row = match work.find(tx).await? {
                    Ok(row) => row,
                    Err(trouble) => return Ok(Err(trouble)),
                };
                let Ok(flow) = row.flow.clone().deny() else {
                    return Ok(Err(CodeTrouble::Taken));
                };
                flows::advance(tx, &row, &flow, Some("on our page")).await?;
                Ok(Ok(()))
            })
        })
        .await?
}

#[derive(Clone)]
struct Entering {
    app: App,
    visitor: Visitor,
    code: UserCode,
}

impl Entering {
    fn new(app: &App, visitor: &Visitor, code: UserCode) -> Self {
        Self {
            app: app.clone(),
            visitor: visitor.clone(),
            code,
        }
    }

    /// The flow of the code, when this visitor may have it.
    async fn find(&self, tx: &mut dyn Tx) -> Result<Result<FlowRow, CodeTrouble>, StoreError> {
        let keys = &self.app.keys;
        let line = counters::name("wrong codes", &self.visitor.line(keys));
        let before = counters::peek(tx, &line).await?;
        if before.n >= self.app.config.limits.wrong_codes_per_address {
            return Ok(Err(CodeTrouble::TooMany {
                until: before.until,
            }));
        }
        let hashes = keys.hashes(Purpose::UserCode, self.code.letters());
        let row = flows::by_user_code(tx, hashes.clone()).await?;
        // Counted in both cases, by one or by none, so that both take as long.
        let wrong = i64::from(row.is_none());
        let counted = counters::count(tx, &line, wrong, WINDOW).await?;
        counters::count(tx, &everywhere(), wrong, WINDOW).await?;
        // Others may have guessed from here at the same time.
        if counted.n - wrong >= self.app.config.limits.wrong_codes_per_address {
            return Ok(Err(CodeTrouble::TooMany {
                until: counted.until,
            }));
        }
        let Some(row) = row else {
            // The box has asked about it since: its code is in use no more.
            if flows::has_run_out(tx, hashes).await? {
                return Ok(Err(CodeTrouble::Expired));
            }
            let network = self.visitor.network();
            let entry = Entry {
                network: Some(&network),
                ..Entry::default()
            };
            audit::record(tx, Event::CodeWrong, entry).await?;
            return Ok(Err(CodeTrouble::Unknown));
        };
        if row.flow.is_overdue(tx.now()) {
            return Ok(Err(CodeTrouble::Expired));
        }
        Ok(if self.may_have(&row) {
            Ok(row)
        } else {
            Err(CodeTrouble::Taken)
        })
    }

    /// Whoever comes first, then the same browser until it has come back.
    fn may_have(&self, row: &FlowRow) -> bool {
        match row.flow.state {
            State::Pending => true,
            State::Confirmed | State::AtEnedis { .. } => self.is_own(row),
            _ => false,
        }
    }

    fn is_own(&self, row: &FlowRow) -> bool {
        let keys = &self.app.keys;
        match (&self.visitor.browser, &row.browser_hash) {
            (Some(browser), Some(hash)) => keys.matches(Purpose::Token, browser.secret(), hash),
            _ => false,
        }
    }

    /// Whether too many wrong codes come from everywhere.
    async fn is_crowded(&self, tx: &mut dyn Tx) -> Result<bool, StoreError> {
        let count = counters::peek(tx, &everywhere()).await?;
        Ok(count.n >= self.app.config.limits.wrong_codes_in_all)
    }

    async fn request(
        &self,
        tx: &mut dyn Tx,
        row: &FlowRow,
        crowded: bool,
    ) -> Result<Request, StoreError> {
        let client = clients::find(tx, &row.client).await?;
        let client_name = client.map(|client| client.name).unwrap_or_default();
        let lines = self.visitor.lines(&self.app.keys);
        let same_line = lines.contains(&row.line_hash);
        Ok(Request {
            code: self.code.clone(),
            client: row.client.clone(),
            client_name,
            asked: row.asked,
            begun: row.flow.created,
            expires: row.flow.expires,
            network: row.network.clone(),
            agent: row.agent.clone(),
            same_line,
            must_type: crowded || !same_line,
        })
    }

    async fn depart(
        &self,
        tx: &mut dyn Tx,
        row: FlowRow,
        browser: &Token,
        agreement: &Agreement,
    ) -> Result<Result<Url, CodeTrouble>, StoreError> {
        let chosen = agreement.scopes.and(row.asked);
        if !agrees_to_something(chosen) {
            return Ok(Err(CodeTrouble::NothingChosen));
        }
        let confirmed = self.confirm(tx, row, chosen, browser, agreement).await?;
        let Some(row) = confirmed else {
            return Ok(Err(CodeTrouble::Taken));
        };
        let now = tx.now();
        let Ok(away) = row.flow.clone().depart(now) else {
            return Ok(Err(CodeTrouble::Taken));
        };
        if !flows::advance(tx, &row, &away, None).await? {
            return Err(StoreError::Contended);
        }
        let state = self.app.random.token(TokenKind::State)?;
        let keys = &self.app.keys;
        let state_hash = keys.hash(Purpose::Token, state.secret());
        let browser_hash = keys.hash(Purpose::Token, browser.secret());
        let until = latest(now);
        claims::depart(tx, &state_hash, &row.id, &browser_hash, until).await?;
        Ok(Ok(self.address(&state)))
    }

    async fn confirm(
        &self,
        tx: &mut dyn Tx,
        row: FlowRow,
        chosen: Scopes,
        browser: &Token,
        agreement: &Agreement,
    ) -> Result<Option<FlowRow>, StoreError> {
        let now = tx.now();
        let network = self.visitor.network();
        let row = FlowRow {
            browser_network: Some(network.clone()),
            ..row
        };
        let confirmed = match row.flow.state {
            State::Pending => {
                let Ok(flow) = row.flow.clone().confirm(now) else {
                    return Ok(None);
                };
                if !flows::advance(tx, &row, &flow, None).await? {
                    return Ok(None);
                }
                claims::with_flow(&row, flow)
            }
            _ => row,
        };
        let confirmation = Confirmation {
            browser_hash: &self.app.keys.hash(Purpose::Token, browser.secret()),
            network: &network,
            agent: &self.visitor.agent,
            chosen,
            duration: &self.app.config.enedis.duration,
            page: &agreement.page,
        };
        claims::confirm(tx, &confirmed, &confirmation).await?;
        Ok(Some(confirmed))
    }

    /// Built from what the operator configured, and from nothing of the request.
    fn address(&self, state: &Token) -> Url {
        let enedis = &self.app.config.enedis;
        let mut url = enedis.consent_url.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{}", enedis.generation.authorize_path()));
        let mut text = state.reveal();
        if let Some(digit) = enedis.sandbox_digit {
            text.push(char::from(b'0' + digit % 10));
        }
        url.query_pairs_mut()
            .append_pair("client_id", &enedis.client_id)
            .append_pair("response_type", "code")
            .append_pair("state", &text)
            .append_pair("duration", &enedis.duration);
        if let Some(redirect) = &enedis.redirect_uri {
            url.query_pairs_mut()
                .append_pair("redirect_uri", redirect.as_str());
        }
        url
    }
}

/// Production alone names no kind of data.
fn agrees_to_something(chosen: Scopes) -> bool {
    chosen.iter().any(|scope| scope != grant::Scope::Production)
}

fn everywhere() -> Vec<u8> {
    counters::name("wrong codes", b"everywhere")
}

fn latest(now: Timestamp) -> Timestamp {
    now.saturating_add(grant::server::flow::AWAY).unwrap_or(now)
}
