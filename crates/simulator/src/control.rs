//! `/_control/…`: what a test or a person turns while the simulator runs.
//!
//! | path | methods | body |
//! |---|---|---|
//! | `clock` | `GET`, `PUT`, `POST` | `{"now": RFC 3339, "frozen": bool}`; POST `{"advance_seconds": n}` |
//! | `faults` | `GET`, `POST`, `DELETE` | one [`FaultRule`](crate::FaultRule) |
//! | `latency` | `GET`, `PUT` | `{"milliseconds": n}` |
//! | `consents` | `GET` | |
//! | `consents/{usage point}` | `PUT`, `DELETE` | `{"standing": "consented"}`, `not_asked`, `revoked`, `moved_out`; DELETE revokes |
//! | `portal` | `GET`, `PUT` | `{"mood": "usual"}`, `captcha`, `captcha-after-password`, `terms`, `person` |
//! | `log` | `GET`, `DELETE` | |
//!
//! Every change answers with the new state, as `GET` does.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use meter::{UsagePoint, paris};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use service::Clock;

use crate::faults::FaultRule;
use crate::portal::Mood;
use crate::profile::Standing;
use crate::reply::Reply;
use crate::simulator::World;

type Answer = Result<Value, Reply>;

/// Answers a path under `/_control/`.
pub(crate) fn answer(world: &World, path: &str, request: &Request<Bytes>) -> Reply {
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    let method = request.method();
    let body = request.body();
    let answer = match (name, rest) {
        ("clock", "") => clock(world, method, body),
        ("faults", "") => faults(world, method, body),
        ("latency", "") => latency(world, method, body),
        ("consents", rest) => consents(world, method, rest, body),
        ("portal", "") => portal(world, method, body),
        ("log", "") => log(world, method),
        _ => Err(refuse(StatusCode::NOT_FOUND, "no such control")),
    };
    answer.map_or_else(|refusal| refusal, |value| Reply::ok(&value))
}

fn refuse(status: StatusCode, why: &str) -> Reply {
    Reply::json(status, &json!({ "error": why }))
}

fn not_allowed() -> Reply {
    refuse(StatusCode::METHOD_NOT_ALLOWED, "method not allowed")
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Reply> {
    serde_json::from_slice(body)
        .map_err(|error| refuse(StatusCode::BAD_REQUEST, &error.to_string()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    now: Timestamp,
    #[serde(default)]
    frozen: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

fn clock(world: &World, method: &Method, body: &Bytes) -> Answer {
    let clock = &world.clock;
    match *method {
        Method::GET => {}
        Method::PUT => {
            let set: SetClock = read(body)?;
            clock.set(set.now, set.frozen);
        }
        Method::POST => {
            let by = SignedDuration::from_secs(read::<Advance>(body)?.advance_seconds);
            let later = clock.now().checked_add(by);
            let later =
                later.map_err(|error| refuse(StatusCode::BAD_REQUEST, &error.to_string()))?;
            clock.set(later, clock.is_frozen());
        }
        _ => return Err(not_allowed()),
    }
    let now = clock.now();
    Ok(json!({
        "now": now,
        "paris": paris::local(now).to_string(),
        "frozen": clock.is_frozen(),
    }))
}

fn faults(world: &World, method: &Method, body: &Bytes) -> Answer {
    let mut state = world.state();
    match *method {
        Method::GET => {}
        Method::POST => {
            let rule: FaultRule = read(body)?;
            if let Some(mistake) = rule.fault.mistake() {
                return Err(refuse(StatusCode::BAD_REQUEST, &mistake));
            }
            state.faults.add(rule);
        }
        Method::DELETE => state.faults.clear(),
        _ => return Err(not_allowed()),
    }
    let rules: Vec<Value> = state
        .faults
        .rules()
        .map(|(rule, met)| json!({ "rule": rule, "calls_met": met }))
        .collect();
    Ok(json!({ "faults": rules }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Latency {
    milliseconds: u64,
}

fn latency(world: &World, method: &Method, body: &Bytes) -> Answer {
    let mut state = world.state();
    match *method {
        Method::GET => {}
        Method::PUT => state.latency = Duration::from_millis(read::<Latency>(body)?.milliseconds),
        _ => return Err(not_allowed()),
    }
    Ok(json!({ "milliseconds": state.latency.as_millis() as u64 }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetStanding {
    standing: Standing,
}

fn consents(world: &World, method: &Method, rest: &str, body: &Bytes) -> Answer {
    let mut state = world.state();
    let standing = match *method {
        Method::GET if rest.is_empty() => None,
        Method::PUT => Some(read::<SetStanding>(body)?.standing),
        Method::DELETE => Some(Standing::Revoked),
        _ => return Err(not_allowed()),
    };
    if let Some(standing) = standing {
        let prm: Option<UsagePoint> = rest.parse().ok();
        if !prm.is_some_and(|prm| state.consents.stand(prm, standing)) {
            return Err(refuse(StatusCode::NOT_FOUND, "no such usage point"));
        }
    }
    let now = world.clock.now();
    let points: Vec<Value> = state
        .consents
        .points()
        .map(|prm| json!({ "usage_point": prm, "access": state.consents.access(prm, now) }))
        .collect();
    Ok(json!({ "consents": state.consents.given(), "usage_points": points }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetMood {
    mood: Mood,
}

fn portal(world: &World, method: &Method, body: &Bytes) -> Answer {
    let mut state = world.state();
    match *method {
        Method::GET => {}
        Method::PUT => state.portal.mood = read::<SetMood>(body)?.mood,
        _ => return Err(not_allowed()),
    }
    Ok(json!({ "mood": state.portal.mood, "passwords": state.portal.passwords }))
}

fn log(world: &World, method: &Method) -> Answer {
    let mut state = world.state();
    match *method {
        Method::GET => {}
        Method::DELETE => state.calls.clear(),
        _ => return Err(not_allowed()),
    }
    Ok(json!({ "calls": state.calls.to_vec() }))
}
