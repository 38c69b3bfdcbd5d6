//! `POST /device_authorization` (RFC 8628 section 3.1), and the older proxy's
//! `/device/code`.

use axum::extract::State;
use axum::response::Response;
use grant::Scopes;
use grant::server::{Flow, Token, TokenKind, UserCode};
use http::{HeaderMap, StatusCode};
use jiff::SignedDuration;
use serde_json::json;

use super::answer::{Refusal, json};
use super::caller::Caller;
use super::form::Form;
use crate::app::App;
use crate::keys::Purpose;
use crate::random::Draw;
use crate::store::clients::ClientRow;
use crate::store::flows::NewFlow;
use crate::store::{StoreError, Tx, counters, flows, tokens};
use crate::visitor::Visitor;

/// Drawing a code that is in use is rare; drawing five is a fault.
const DRAWS: usize = 5;
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Starts a flow.
pub(super) async fn start(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let answer = begin(&app, visitor, &headers, &form).await;
    if let Err(refusal) = &answer {
        app.metrics.request(refusal.error.code());
    }
    answer
}

async fn begin(
    app: &App,
    visitor: Visitor,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Response, Refusal> {
    let caller = Caller::read(headers, form)?;
    let asked = Scopes::parse(form.get("scope").unwrap_or_default());
    let previous = form
        .get("refresh_token")
        .and_then(|token| Token::read(TokenKind::Refresh, token).ok());
    let work = Start {
        app: app.clone(),
        caller,
        visitor,
        asked,
        previous,
    };
    let begun = app
        .store
        .transact(move |tx| {
            let work = work.clone();
            Box::pin(async move { work.run(tx).await })
        })
        .await??;
    let lifetime = app.config.lifetimes.code.as_secs();
    let verify = app.config.url("/device");
    let body = json!({
        "device_code": begun.device.reveal(),
        "user_code": begun.user.to_string(),
        "verification_uri": verify,
        "verification_uri_complete": format!("{verify}?code={}", begun.user),
        "expires_in": lifetime,
        "interval": app.config.limits.interval,
    });
    Ok(json(StatusCode::OK, &body))
}

#[derive(Clone)]
struct Start {
    app: App,
    caller: Caller,
    visitor: Visitor,
    asked: Scopes,
    previous: Option<Token>,
}

struct Begun {
    device: Token,
    user: UserCode,
}

impl Start {
    async fn run(&self, tx: &mut dyn Tx) -> Result<Result<Begun, Refusal>, StoreError> {
        let client = match self.caller.find(tx, &self.app.keys).await? {
            Ok(client) => client,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Err(refusal) = self.check_limits(tx, &client).await? {
            return Ok(Err(refusal));
        }
        // A box that names nothing we know asks for everything its application may.
        let asked = self.asked.and(client.scopes);
        let asked = if asked.is_empty() {
            client.scopes
        } else {
            asked
        };
        let flow = Flow::begin(
            tx.now(),
            self.app.config.lifetimes.code,
            self.app.config.limits.interval,
        );
        let previous = self.previous_consent(tx, &client).await?;
        for _ in 0..DRAWS {
            if let Some(begun) = self
                .draw(tx, &client, asked, &flow, previous.clone())
                .await?
            {
                return Ok(Ok(begun));
            }
        }
        Err(StoreError::Contended)
    }

    async fn check_limits(
        &self,
        tx: &mut dyn Tx,
        client: &ClientRow,
    ) -> Result<Result<(), Refusal>, StoreError> {
        let limits = self.app.config.limits;
        let lines = self.visitor.lines(&self.app.keys);
        // One after the other from one line: those of the same instant count too.
        let name = counters::name("starts", &lines[0]);
        counters::count(tx, &name, 0, HOUR).await?;
        let (of_client, of_line) = flows::open_flows(tx, &client.id, lines.clone()).await?;
        if of_line >= limits.flows_per_address {
            return Ok(Err(Refusal::too_many(
                60,
                "too many open requests from this address",
            )));
        }
        if of_client >= client.max_pending {
            return Ok(Err(Refusal::too_many(
                60,
                "too many open requests of this client",
            )));
        }
        let count = counters::count(tx, &name, 1, HOUR).await?;
        if count.n > limits.starts_per_hour {
            let wait = count.until.duration_since(tx.now()).as_secs();
            return Ok(Err(Refusal::too_many(
                wait,
                "too many requests from this address",
            )));
        }
        Ok(Ok(()))
    }

    /// A box that renews a consent may show its refresh token: no stranger has it.
    async fn previous_consent(
        &self,
        tx: &mut dyn Tx,
        client: &ClientRow,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(token) = &self.previous else {
            return Ok(None);
        };
        let hashes = self.app.keys.hashes(Purpose::Token, token.secret());
        let Some(row) = tokens::find_refresh(tx, hashes).await? else {
            return Ok(None);
        };
        let family = tokens::family(tx, &row.family).await?;
        let own = family.client == client.id && family.live && row.chain.is_held(tx.now());
        Ok(own.then_some(family.consent))
    }

    async fn draw(
        &self,
        tx: &mut dyn Tx,
        client: &ClientRow,
        asked: Scopes,
        flow: &Flow,
        previous: Option<Vec<u8>>,
    ) -> Result<Option<Begun>, StoreError> {
        let app = &self.app;
        let device = app.random.token(TokenKind::Device)?;
        let user = app.random.user_code()?;
        let id = app.random.bytes::<16>()?;
        let new = NewFlow {
            id: &id,
            device_hash: app.keys.hash(Purpose::Token, device.secret()),
            user_hash: app.keys.hash(Purpose::UserCode, user.letters()),
            client: &client.id,
            asked,
            flow,
            line_hash: &self.visitor.line(&app.keys),
            network: &self.visitor.network(),
            agent: &self.visitor.agent,
            previous,
        };
        let begun = flows::insert(tx, new).await?;
        Ok(begun.then_some(Begun { device, user }))
    }
}
