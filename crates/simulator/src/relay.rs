//! A stand-in of Relevé's own consent gateway, in front of the same households:
//! the device authorization grant and the neutral data, without its pages.
//!
//! [`Simulator::decide`](crate::Simulator::decide) is the person who types the
//! code. It keeps the rules that a client meets (`slow_down`, rotating refresh
//! tokens, answers lost on the way); the gateway itself keeps many more.

mod data;
mod grants;

use bytes::Bytes;
use enedis::neutral::{Refused, RefusedCode};
use http::{Method, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::Clock;

use crate::calls::Call;
use crate::device::{Decision, Flows, base};
use crate::dice::Dice;
use crate::faults::Asked;
use crate::form::Form;
use crate::reply::Reply;
use crate::route::Resource;
use crate::simulator::{State, World};
use grants::{Grants, Renewal};

/// Where it stands under the simulator's address.
pub const PATH: &str = "/relay";

/// The one client that is registered.
pub const CLIENT_ID: &str = "releve";

/// How long a code lives.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_mins(20);

/// How long an access token lives.
pub const ACCESS_LIFE: SignedDuration = SignedDuration::from_secs(12_600);

/// No vowels, nothing that looks like something else.
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";

/// What it remembers.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub flows: Flows,
    grants: Grants,
}

impl Memory {
    pub(crate) fn forget(&mut self) {
        self.grants = Grants::default();
    }

    pub(crate) fn withdraw(&mut self) {
        self.grants.withdraw();
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
        "/device_authorization" => visit.endpoint(&mut state, Resource::DeviceCode, Visit::code),
        "/token" => visit.endpoint(&mut state, Resource::DeviceToken, Visit::token),
        "/revoke" => visit.endpoint(&mut state, Resource::Revoke, Visit::revoke),
        _ => visit.data(&mut state, path),
    };
    reply.delay += state.latency;
    state.calls.push(Call {
        at: visit.now,
        path: request.uri().path().to_owned(),
        usage_point: enedis::neutral::parse_path(path).map(|(prm, _)| prm),
        resource,
        from: visit.form.get("from").map(str::to_owned),
        to: visit.form.get("to").map(str::to_owned),
        status: reply.status.as_u16(),
    });
    reply
}

type Handler<'v> = fn(&Visit<'v>, &mut State) -> Reply;

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
        if let Some(reply) = fault.as_ref().and_then(|fault| fault.instead(None)) {
            return (Some(resource), reply);
        }
        let mut reply = if *self.request.method() == Method::POST {
            handler(self, state)
        } else {
            error(405, "invalid_request")
        };
        if let Some(fault) = fault {
            fault.spoil(&mut reply, None);
        }
        (Some(resource), reply)
    }

    fn code(&self, state: &mut State) -> Reply {
        if self.form.get("client_id") != Some(CLIENT_ID) {
            return error(401, "invalid_client");
        }
        let dice = Dice::new(self.world.options.seed, 0);
        let until = self.now + CODE_LIFE;
        let flow = state.relay.flows.open(dice, LETTERS, until);
        let page = format!("{}/device", base(self.request, PATH));
        Reply::ok(&json!({
            "device_code": flow.device_code,
            "user_code": flow.user_code,
            "verification_uri": page,
            "verification_uri_complete": format!("{page}?user_code={}", flow.user_code),
            "expires_in": CODE_LIFE.as_secs(),
            "interval": flow.interval.as_secs(),
        }))
    }

    fn token(&self, state: &mut State) -> Reply {
        if self.form.get("client_id") != Some(CLIENT_ID) {
            return error(401, "invalid_client");
        }
        match self.form.get("grant_type") {
            Some("urn:ietf:params:oauth:grant-type:device_code") => self.redeem(state),
            Some("refresh_token") => self.renew(state),
            Some(_) => error(400, "unsupported_grant_type"),
            None => error(400, "invalid_request"),
        }
    }

    fn redeem(&self, state: &mut State) -> Reply {
        let Some(device_code) = self.form.get("device_code") else {
            return error(400, "invalid_request");
        };
        let Some(flow) = state.relay.flows.find(device_code) else {
            return error(400, "invalid_grant");
        };
        let last = flow.polled_at.replace(self.now);
        match &flow.decision {
            Some((Decision::Denied, _)) => error(400, "access_denied"),
            // An answer that was lost is given again, until a token is used.
            Some((Decision::Approved(_), _))
                if flow.redeemed && !state.relay.grants.is_fresh(device_code) =>
            {
                error(400, "invalid_grant")
            }
            Some((Decision::Approved(points), _)) => {
                flow.redeemed = true;
                let points = points.clone();
                self.give(state, device_code, points)
            }
            None if self.now >= flow.until => error(400, "expired_token"),
            None if last.is_some_and(|last| self.is_too_fast(last, flow.interval)) => {
                flow.interval += SignedDuration::from_secs(5);
                let interval = flow.interval.as_secs();
                let body = json!({ "error": "slow_down", "interval": interval });
                Reply::json(StatusCode::BAD_REQUEST, &body)
            }
            None => error(400, "authorization_pending"),
        }
    }

    fn is_too_fast(&self, last: Timestamp, interval: SignedDuration) -> bool {
        self.now < last + (interval - SignedDuration::from_secs(1))
    }

    fn give(&self, state: &mut State, device_code: &str, points: Vec<meter::UsagePoint>) -> Reply {
        let (dice, now) = (Dice::new(self.world.options.seed, 1), self.now);
        let pair = state.relay.grants.open(dice, device_code, points, now);
        Reply::ok(&pair)
    }

    fn renew(&self, state: &mut State) -> Reply {
        let Some(refresh) = self.form.get("refresh_token") else {
            return error(400, "invalid_request");
        };
        let dice = Dice::new(self.world.options.seed, 1);
        match state.relay.grants.renew(dice, refresh, self.now) {
            Renewal::Pair(pair) => Reply::ok(&pair),
            Renewal::Unknown => error(400, "invalid_grant"),
        }
    }

    /// RFC 7009: 200 also for what is not known.
    fn revoke(&self, state: &mut State) -> Reply {
        if let Some(token) = self.form.get("token") {
            state.relay.grants.revoke(token);
        }
        Reply::empty(StatusCode::OK)
    }
}

fn error(status: u16, name: &str) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    Reply::json(status, &json!({ "error": name }))
}

fn refuse(code: RefusedCode) -> Reply {
    refused(&Refused {
        error: code,
        error_description: String::new(),
        message: String::new(),
        problem: None,
    })
}

fn refused(refused: &Refused) -> Reply {
    let status = StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::BAD_GATEWAY);
    Reply::json(status, refused)
}
