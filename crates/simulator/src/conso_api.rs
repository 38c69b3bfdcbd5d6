//! conso.boris.sh as its clients see it, in front of the same households.
//!
//! It checks method, parameters, header and token in this order, asks Enedis in
//! v5 and gives the inside of the answer. The sign-up pages are not here:
//! [`token`] writes the token that they would have given.

use std::collections::VecDeque;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use meter::UsagePoint;
use serde_json::{Value, json};
use service::Clock;

use crate::calls::Call;
use crate::faults::{Asked, Fault};
use crate::form::Form;
use crate::gateway;
use crate::reply::Reply;
use crate::route::Resource;
use crate::simulator::{State, World};

/// Where it stands under the simulator's address.
pub const PATH: &str = "/conso-api";

/// A token lives for so long.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1094 * 24);

/// Ours ends like this, whatever it says: nobody has to forge it.
const SIGNATURE: &str = "signed-by-the-simulator";

/// An address that makes so many requests within the span is banned.
const BANNED_AT: usize = 100;
const SPAN: SignedDuration = SignedDuration::from_hours(12);

/// The ban is lifted after so long (our choice: nobody has said).
const BAN: SignedDuration = SignedDuration::from_hours(24);

/// A token for some usage points, issued at an instant.
pub fn token(usage_points: &[UsagePoint], issued: Timestamp) -> String {
    let iat = issued.as_second();
    let claims = json!({ "sub": usage_points, "iat": iat, "exp": iat + LIFETIME.as_secs() });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!(
        "{}.{}.{SIGNATURE}",
        part(&json!({ "alg": "HS256" })),
        part(&claims)
    )
}

/// The firewall's memory of the one address from which all calls come.
#[derive(Debug, Default)]
pub(crate) struct Firewall {
    requests: VecDeque<Timestamp>,
    banned_until: Option<Timestamp>,
}

impl Firewall {
    /// Counts a request; whether it is let through.
    fn admits(&mut self, now: Timestamp) -> bool {
        if self.banned_until.is_some_and(|until| now < until) {
            return false;
        }
        self.requests
            .retain(|at| *at <= now && now.duration_since(*at) < SPAN);
        self.requests.push_back(now);
        if self.requests.len() >= BANNED_AT {
            self.banned_until = now.checked_add(BAN).ok();
        }
        true
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
    let resource = path.strip_prefix("/api/").and_then(resource);
    let mut state = world.state();
    let mut reply = if world.options.pacing_and_quotas && !state.conso.admits(visit.now) {
        banned()
    } else {
        visit
            .answer(&mut state, resource)
            .unwrap_or_else(|refusal| refusal)
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

fn resource(kind: &str) -> Option<Resource> {
    Some(match kind {
        "daily_consumption" => Resource::ConsumptionDaily,
        "consumption_load_curve" => Resource::ConsumptionCurve,
        "consumption_max_power" => Resource::ConsumptionMaximum,
        "daily_production" => Resource::ProductionDaily,
        "production_load_curve" => Resource::ProductionCurve,
        _ => return None,
    })
}

impl Visit<'_> {
    fn usage_point(&self) -> Option<UsagePoint> {
        self.form.get("prm")?.parse().ok()
    }

    fn answer(&self, state: &mut State, resource: Option<Resource>) -> Result<Reply, Reply> {
        match *self.request.method() {
            Method::GET => {}
            Method::OPTIONS => return Ok(Reply::empty(StatusCode::OK)),
            _ => return Err(refuse(405, "Seule la méthode GET est autorisée")),
        }
        let resource = self.parameters(resource)?;
        self.check_token()?;
        let asked = Asked {
            resource: Resource::Token,
            usage_point: None,
        };
        if state.faults.meet(asked).is_some() {
            let said = "Impossible de rafraîchir le token. Réessayez plus tard";
            return Err(refuse(500, said));
        }
        self.ask_enedis(state, resource)
    }

    fn parameters(&self, resource: Option<Resource>) -> Result<Resource, Reply> {
        let get = |name| self.form.get(name).unwrap_or_default();
        let mut issues = Vec::new();
        if resource.is_none() {
            issues.push(issue("invalid_enum_value", "type", "Invalid enum value"));
        }
        if get("prm").chars().count() != 14 {
            let message = "String must contain exactly 14 character(s)";
            issues.push(issue("too_small", "prm", message));
        }
        for name in ["start", "end"] {
            if !contains_date(get(name)) {
                issues.push(issue("invalid_string", name, "Invalid"));
            }
        }
        match resource {
            Some(resource) if issues.is_empty() => Ok(resource),
            _ => {
                let mut body = said(400, "Paramètres invalides");
                body["error"] = json!({ "issues": issues, "name": "ZodError" });
                Err(Reply::json(StatusCode::BAD_REQUEST, &body))
            }
        }
    }

    /// The second word of the header is the token, whatever the first one is.
    fn check_token(&self) -> Result<(), Reply> {
        let header = self.request.headers().get(header::AUTHORIZATION);
        let token = header.and_then(|value| value.to_str().ok());
        let token = token.and_then(|text| text.split(' ').nth(1));
        let missing = "Le header 'Authorization' est manquant ou invalide";
        let token = token.ok_or_else(|| refuse(400, missing))?;
        let prm = self.form.get("prm").unwrap_or_default();
        if covers(token, prm, self.now) {
            return Ok(());
        }
        let wrong = "Votre token est invalide ou ne permet pas d'accéder à ce PRM";
        Err(refuse(401, wrong))
    }

    fn ask_enedis(&self, state: &mut State, resource: Resource) -> Result<Reply, Reply> {
        let usage_point = self.usage_point();
        let fault = state.faults.meet(Asked {
            resource,
            usage_point,
        });
        match &fault {
            // What Enedis does to the gateway.
            Some(Fault::Truncated | Fault::Redirect { .. }) => Err(unknown()),
            Some(fault @ Fault::Problem { .. }) => {
                let reply = fault.instead(Some(enedis::Generation::V5));
                Err(reply.map_or_else(unknown, |reply| pass_on(&reply)))
            }
            // What the gateway does to us.
            Some(fault) if fault.instead(None).is_some() => {
                Err(fault.instead(None).unwrap_or_else(unknown))
            }
            _ => {
                let get = |name| self.form.get(name).unwrap_or_default().to_owned();
                let names = [
                    ("usage_point_id", "prm"),
                    ("start", "start"),
                    ("end", "end"),
                ];
                let form = Form::of_pairs(names.map(|(to, from)| (to.to_owned(), get(from))));
                let mut reply = pass_on(&gateway::behind(self.world, state, resource, form));
                if let Some(fault) = fault {
                    fault.spoil(&mut reply, usage_point);
                }
                Ok(reply)
            }
        }
    }
}

/// The inside of a good answer, or Enedis' error in an envelope.
fn pass_on(reply: &Reply) -> Reply {
    let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
        return unknown();
    };
    if reply.status.is_success() {
        return Reply::ok(&body["meter_reading"].take());
    }
    let mut envelope = said(reply.status.as_u16(), "The Enedis API returned an error");
    envelope["error"] = body;
    Reply::json(reply.status, &envelope)
}

/// Whether a token is one of ours, still good, and names the usage point.
fn covers(token: &str, prm: &str, now: Timestamp) -> bool {
    let mut parts = token.split('.');
    let (_, claims, signature) = (parts.next(), parts.next(), parts.next());
    let claims = claims.and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let claims = claims.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(claims) = claims.filter(|_| signature == Some(SIGNATURE)) else {
        return false;
    };
    let named = claims["sub"].as_array();
    let named = named.is_some_and(|points| points.iter().any(|point| point == prm));
    named
        && claims["exp"]
            .as_i64()
            .is_some_and(|exp| now.as_second() < exp)
}

/// The pattern `20dd-dd-dd` anywhere in the text.
fn contains_date(text: &str) -> bool {
    text.as_bytes().windows(10).any(|ten| {
        let like = b"20dd-dd-dd".iter().zip(ten);
        like.into_iter().all(|(pattern, byte)| match pattern {
            b'd' => byte.is_ascii_digit(),
            other => byte == other,
        })
    })
}

fn issue(code: &str, name: &str, message: &str) -> Value {
    json!({ "code": code, "path": [name], "message": message })
}

fn said(status: u16, message: &str) -> Value {
    json!({ "status": status, "message": message })
}

fn refuse(status: u16, message: &str) -> Reply {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Reply::json(code, &said(status, message))
}

fn unknown() -> Reply {
    refuse(500, "Erreur inconnue. Réessayez plus tard")
}

fn banned() -> Reply {
    Reply::html(
        StatusCode::FORBIDDEN,
        "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>Access denied | conso.boris.sh used \
         Cloudflare to restrict access</title></head><body><h1>Access denied</h1></body></html>\n",
    )
}
