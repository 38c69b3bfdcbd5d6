//! The device-flow proxy that the `DomoticzLinky` plugin speaks to, as unhelpful
//! as the one in production: codes of five minutes, tokens handed out once,
//! statuses that say something else than what is meant.

mod data;
mod tokens;

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use service::Clock;

use crate::calls::Call;
use crate::device::{Flows, base};
use crate::dice::Dice;
use crate::faults::Asked;
use crate::form::Form;
use crate::reply::Reply;
use crate::route::Resource;
use crate::simulator::{State, World};
use tokens::Tokens;

/// Where it stands under the simulator's address.
pub const PATH: &str = "/domoticz-proxy";

/// The client that it accepts.
pub const CLIENT_ID: &str = "d198fd52-61c0-4b77-8725-06a1ef90da9f";

/// How long a code lives.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_secs(300);

/// Requests that an address, or a device code, may make in a clock minute.
const A_MINUTE: u32 = 12;

/// The oldest version of the plugin that it serves, where that is configured.
const VERSION_MIN: &str = "2.5.0";

/// `A` to `Z` without `I` and `O`.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

/// What it remembers.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub flows: Flows,
    tokens: Tokens,
    /// Requests of the present clock minute: of whom, which minute, how many.
    counts: Vec<(String, i64, u32)>,
}

impl Memory {
    pub(crate) fn forget(&mut self) {
        self.tokens = Tokens::default();
    }

    /// Counts a request; whether it is one too many.
    fn is_too_fast(&mut self, whose: &str, now: Timestamp) -> bool {
        let minute = now.as_second().div_euclid(60);
        self.counts.retain(|(_, of, _)| *of == minute);
        let place = self.counts.iter().position(|(who, _, _)| who == whose);
        let place = place.unwrap_or_else(|| {
            self.counts.push((whose.to_owned(), minute, 0));
            self.counts.len() - 1
        });
        let count = &mut self.counts[place].2;
        *count += 1;
        *count > A_MINUTE
    }
}

/// One request on its way.
struct Visit<'a> {
    world: &'a World,
    request: &'a Request<Bytes>,
    form: Form,
    now: Timestamp,
}

/// Answers a path behind [`PATH`], and writes the log.
pub(crate) fn answer(world: &World, path: &str, request: &Request<Bytes>) -> Reply {
    let visit = Visit {
        world,
        request,
        form: Form::of(request),
        now: world.clock.now(),
    };
    let mut state = world.state();
    let (resource, mut reply) = match path {
        "/device/code" => visit.endpoint(&mut state, Resource::DeviceCode, Visit::code),
        "/device/token" => visit.endpoint(&mut state, Resource::DeviceToken, Visit::token),
        path => match path.strip_prefix("/data/proxy") {
            Some(path) => visit.data(&mut state, path),
            None => (None, Reply::html(StatusCode::NOT_FOUND, "Not Found")),
        },
    };
    reply.delay += state.latency;
    state.calls.push(Call {
        at: visit.now,
        path: request.uri().path().to_owned(),
        usage_point: visit.usage_point(),
        resource,
        from: visit.form.get("start").map(str::to_owned),
        to: visit.form.get("end").map(str::to_owned),
        status: reply.status.as_u16(),
    });
    reply
}

type Handler<'v> = fn(&Visit<'v>, &mut State) -> Result<Reply, Reply>;

impl<'v> Visit<'v> {
    fn endpoint(
        &self,
        state: &mut State,
        resource: Resource,
        handler: Handler<'v>,
    ) -> (Option<Resource>, Reply) {
        let fault = state.faults.meet(Asked {
            resource,
            usage_point: None,
        });
        if let Some(reply) = fault.and_then(|fault| fault.instead(None)) {
            return (Some(resource), reply);
        }
        let reply = if *self.request.method() == Method::POST {
            self.version()
                .and_then(|()| handler(self, state))
                .unwrap_or_else(|refusal| refusal)
        } else {
            Reply::html(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed")
        };
        (Some(resource), reply)
    }

    /// What follows the first `/` of the user agent, compared as numbers.
    fn version(&self) -> Result<(), Reply> {
        let agent = self.request.headers().get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        let version = agent.and_then(|agent| Some(agent.split_once('/')?.1));
        let numbers = |text: &str| -> Vec<u32> {
            text.split('.')
                .map(|part| part.parse().unwrap_or(0))
                .collect()
        };
        let old = version.is_none_or(|version| numbers(version) < numbers(VERSION_MIN));
        if old {
            let said = "Veuillez mettre à jour le plugin";
            return Err(error("version_mismatch", Some(said)));
        }
        Ok(())
    }

    fn code(&self, state: &mut State) -> Result<Reply, Reply> {
        // Any client is good enough here.
        self.need("client_id", "Missing client_id")?;
        let dice = Dice::new(self.world.options.seed, 2);
        let until = self.now + CODE_LIFE;
        let flow = state.proxy.flows.open(dice, LETTERS, until);
        Ok(Reply::ok(&json!({
            "device_code": flow.device_code,
            "user_code": flow.user_code,
            "verification_uri": format!("{}/device", base(self.request, PATH)),
            "expires_in": CODE_LIFE.as_secs(),
            "interval": flow.interval.as_secs(),
        })))
    }

    /// Counts a request, where requests are counted.
    fn is_too_fast(&self, state: &mut State, whose: &str) -> bool {
        self.world.options.pacing_and_quotas && state.proxy.is_too_fast(whose, self.now)
    }

    /// The first value of a parameter, or the error of its absence.
    fn need(&self, name: &str, said: &str) -> Result<&str, Reply> {
        let value = self.form.get(name);
        value.ok_or_else(|| error("invalid_request", Some(said)))
    }

    fn usage_point(&self) -> Option<meter::UsagePoint> {
        self.form.get("usage_point_id")?.parse().ok()
    }
}

/// Every error of its own is a 400, unless it is a 403 or a 404.
fn error(name: &str, description: Option<&str>) -> Reply {
    error_with(StatusCode::BAD_REQUEST, name, description)
}

fn error_with(status: StatusCode, name: &str, description: Option<&str>) -> Reply {
    let mut body = json!({ "error": name });
    if let Some(description) = description {
        body["error_description"] = Value::from(description);
    }
    Reply::json(status, &body)
}
