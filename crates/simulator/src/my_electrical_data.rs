//! MyElectricalData's older gateway as its clients see it, in front of the same
//! households: raw token, wrapped answers, `{"detail"}` errors, fifty calls a day.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use enedis::Generation;
use http::{Method, Request, StatusCode, header};
use jiff::Timestamp;
use jiff::civil::Date;
use meter::{UsagePoint, paris};
use serde_json::{Value, json};
use service::Clock;

use crate::calls::Call;
use crate::consents::Access;
use crate::faults::{Asked, Fault};
use crate::form::Form;
use crate::gateway;
use crate::reply::Reply;
use crate::route::Resource;
use crate::simulator::{State, World};

/// Where it stands under the simulator's address.
pub const PATH: &str = "/myelectricaldata";

/// Calls a day for one usage point.
pub const QUOTA: u32 = 50;

/// The token of a usage point: each has its own.
pub fn token(usage_point: UsagePoint) -> String {
    format!("med-{:08x}", usage_point.as_u64() % 0xffff_ffff)
}

/// What it remembers: the day's calls, and the answers it has given.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    calls: BTreeMap<UsagePoint, (Date, u32)>,
    answers: HashMap<String, Bytes>,
}

impl Memory {
    fn calls_of(&self, prm: UsagePoint, today: Date) -> u32 {
        match self.calls.get(&prm) {
            Some((day, calls)) if *day == today => *calls,
            _ => 0,
        }
    }
}

/// What a path asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    what: What,
    /// As it stands in the path.
    prm: String,
    /// Whether an older answer will do.
    cached: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Access,
    Forget,
    Resource(Resource),
    Measure(Resource, String, String),
}

/// One request on its way.
struct Visit<'a> {
    world: &'a World,
    wanted: Wanted,
    token: Option<&'a str>,
    now: Timestamp,
}

/// Answers a path behind [`PATH`], and writes the log.
pub(crate) fn answer(world: &World, path: &str, request: &Request<Bytes>) -> Reply {
    if path == "/ping" {
        return Reply::ok(&json!({
            "status": true, "information": "", "nb_client": 1, "waiting_estimation": "0 seconde"
        }));
    }
    let Some(wanted) = wanted(request.method(), path) else {
        return detail(404, "Not Found");
    };
    let header = request.headers().get(header::AUTHORIZATION);
    let visit = Visit {
        world,
        wanted,
        token: header.and_then(|value| value.to_str().ok()),
        now: world.clock.now(),
    };
    let mut state = world.state();
    let mut reply = visit.answer(&mut state).unwrap_or_else(|refusal| refusal);
    reply.delay += state.latency;
    state.calls.push(visit.log_entry(request, &reply));
    reply
}

/// Reads a path: an optional `/cache`, an optional slash at the end.
fn wanted(method: &Method, path: &str) -> Option<Wanted> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let cached = path.ends_with("/cache");
    let path = path.strip_suffix("/cache").unwrap_or(path);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let (prm, what) = match (method, parts.as_slice()) {
        (&Method::DELETE, ["cache", prm]) => (prm, What::Forget),
        (&Method::GET, ["valid_access", prm]) => (prm, What::Access),
        (&Method::GET, ["contracts", prm]) => (prm, What::Resource(Resource::Contract)),
        (&Method::GET, ["addresses", prm]) => (prm, What::Resource(Resource::Address)),
        (&Method::GET, ["identity", prm]) => (prm, What::Resource(Resource::Identity)),
        (&Method::GET, ["contact", prm]) => (prm, What::Resource(Resource::Contact)),
        (&Method::GET, [kind, prm, "start", start, "end", end]) => {
            let (start, end) = ((*start).to_owned(), (*end).to_owned());
            (prm, What::Measure(measure(kind)?, start, end))
        }
        _ => return None,
    };
    let prm = (*prm).to_owned();
    Some(Wanted { what, prm, cached })
}

fn measure(kind: &str) -> Option<Resource> {
    Some(match kind {
        "daily_consumption" => Resource::ConsumptionDaily,
        "daily_production" => Resource::ProductionDaily,
        "daily_consumption_max_power" => Resource::ConsumptionMaximum,
        "consumption_load_curve" => Resource::ConsumptionCurve,
        "production_load_curve" => Resource::ProductionCurve,
        _ => return None,
    })
}

impl Visit<'_> {
    fn answer(&self, state: &mut State) -> Result<Reply, Reply> {
        let prm = self.usage_point()?;
        self.check_token(prm)?;
        match self.wanted.what {
            What::Access => Ok(self.access(state, prm)),
            What::Forget => {
                let mine = format!("/{prm}/");
                state.med.answers.retain(|key, _| !key.contains(&mine));
                Ok(Reply::ok(&json!({ "status": true })))
            }
            What::Resource(resource) | What::Measure(resource, ..) => {
                self.data(state, prm, resource)
            }
        }
    }

    fn usage_point(&self) -> Result<UsagePoint, Reply> {
        let prm = self.wanted.prm.parse();
        prm.map_err(|_| detail(422, "usage_point_id parameter must be 14 digits long."))
    }

    fn check_token(&self, prm: UsagePoint) -> Result<(), Reply> {
        match self.token {
            None | Some("") => Err(detail(401, "Unauthorized")),
            Some(said) if said == token(prm) => Ok(()),
            Some(_) => Err(detail(403, "Forbidden")),
        }
    }

    fn access(&self, state: &State, prm: UsagePoint) -> Reply {
        let today = paris::day_of(self.now);
        let calls = state.med.calls_of(prm, today);
        let granted = state.consents.access(prm, self.now) == Access::Granted;
        let end = if granted {
            paris::add_days(today, 1000)
        } else {
            paris::add_days(today, -1)
        };
        Reply::ok(&json!({
            "valid": granted,
            "information": "",
            "consent_expiration_date": format!("{end}T00:00:00"),
            "call_number": calls,
            "quota_limit": QUOTA,
            "quota_reached": calls >= QUOTA,
            "quota_reset_at": format!("{today}T23:59:59.999999"),
            "last_call": null,
            "ban": false,
        }))
    }

    fn data(&self, state: &mut State, prm: UsagePoint, resource: Resource) -> Result<Reply, Reply> {
        if self.world.options.pacing_and_quotas {
            self.count(state, prm)?;
        }
        let key = format!("{resource}/{prm}/{:?}", self.wanted.what);
        let known = state.med.answers.get(&key);
        if let Some(body) = known.filter(|_| self.wanted.cached) {
            return Ok(Reply::json_text(StatusCode::OK, body.clone()));
        }
        let mut fault = state.faults.meet(Asked {
            resource,
            usage_point: Some(prm),
        });
        let mut reply = match fault.take() {
            // What Enedis does to the gateway.
            Some(Fault::Truncated | Fault::Redirect { .. }) => return Err(unknown()),
            Some(enedis @ Fault::Problem { .. }) => {
                let reply = enedis.instead(Some(Generation::V5));
                return Err(reply.map_or_else(unknown, |reply| in_short(&reply)));
            }
            Some(own) => {
                if let Some(reply) = own.instead(None) {
                    return Err(reply);
                }
                fault = Some(own);
                self.ask_enedis(state, prm, resource)?
            }
            None => self.ask_enedis(state, prm, resource)?,
        };
        state.med.answers.insert(key, reply.body.clone());
        if let Some(fault) = fault {
            fault.spoil(&mut reply, Some(prm));
        }
        Ok(reply)
    }

    fn count(&self, state: &mut State, prm: UsagePoint) -> Result<(), Reply> {
        let today = paris::day_of(self.now);
        let calls = state.med.calls_of(prm, today);
        if calls >= QUOTA {
            let said = format!("Vous avez dépassé votre quota journalier ({QUOTA})");
            return Err(detail(409, &said));
        }
        state.med.calls.insert(prm, (today, calls + 1));
        Ok(())
    }

    fn ask_enedis(
        &self,
        state: &mut State,
        prm: UsagePoint,
        resource: Resource,
    ) -> Result<Reply, Reply> {
        let mut pairs = vec![("usage_point_id".to_owned(), prm.to_string())];
        if let What::Measure(_, start, end) = &self.wanted.what {
            pairs.push(("start".to_owned(), start.clone()));
            pairs.push(("end".to_owned(), end.clone()));
        }
        let reply = gateway::behind(self.world, state, resource, Form::of_pairs(pairs));
        if reply.status.is_success() {
            Ok(reply)
        } else {
            Err(in_short(&reply))
        }
    }

    fn log_entry(&self, request: &Request<Bytes>, reply: &Reply) -> Call {
        let (resource, from, to) = match &self.wanted.what {
            What::Access | What::Forget => (None, None, None),
            What::Resource(resource) => (Some(*resource), None, None),
            What::Measure(resource, start, end) => {
                (Some(*resource), Some(start.clone()), Some(end.clone()))
            }
        };
        Call {
            at: self.now,
            path: request.uri().path().to_owned(),
            usage_point: self.wanted.prm.parse().ok(),
            resource,
            from,
            to,
            status: reply.status.as_u16(),
        }
    }
}

/// Enedis' error without its code, or the code where it has no words.
fn in_short(reply: &Reply) -> Reply {
    let Ok(body) = serde_json::from_slice::<Value>(&reply.body) else {
        return unknown();
    };
    let words = ["error_description", "message", "error"];
    let mut words = words.iter().filter_map(|name| body[*name].as_str());
    let words = words.find(|text| !text.is_empty());
    words.map_or_else(unknown, |words| detail(reply.status.as_u16(), words))
}

fn detail(status: u16, text: &str) -> Reply {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Reply::json(code, &json!({ "detail": text }))
}

fn unknown() -> Reply {
    detail(500, "Technical error. Please try later.")
}
