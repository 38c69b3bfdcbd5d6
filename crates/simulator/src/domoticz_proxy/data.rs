//! `GET /data/proxy/<Enedis path>`: the row of checks, then Enedis as it is.

use enedis::Generation;
use http::{StatusCode, header};

use super::{Visit, error, error_with};
use crate::faults::{Asked, Fault};
use crate::gateway;
use crate::reply::Reply;
use crate::route::{Resource, find};
use crate::simulator::State;

impl Visit<'_> {
    pub(super) fn data(&self, state: &mut State, path: &str) -> (Option<Resource>, Reply) {
        let route = find(path).filter(|route| route.generation == Some(Generation::V5));
        let resource = route.map(|route| route.resource);
        if let Err(refusal) = self.admit(state) {
            return (resource, refusal);
        }
        let token = state.faults.meet(Asked {
            resource: Resource::Token,
            usage_point: None,
        });
        if token.is_some() {
            return (resource, unauthorized("Cannot get client credentials"));
        }
        let Some(resource) = resource else {
            // Whatever it is, Enedis' firewall sees it.
            return (None, Reply::firewall(StatusCode::NOT_FOUND));
        };
        (Some(resource), self.pass_on(state, resource))
    }

    fn admit(&self, state: &mut State) -> Result<(), Reply> {
        let prm = self.need("usage_point_id", "Missing usage_point_id")?;
        let header = self.request.headers().get(header::AUTHORIZATION);
        let header = header.and_then(|value| value.to_str().ok());
        let token = header.and_then(|text| text.split(' ').nth(1));
        let token = token.ok_or_else(|| unauthorized("Autorization missing"))?;
        let points = state.proxy.tokens.of_access(token, self.now);
        let unknown = || {
            let said = Some("Access token not found");
            error_with(StatusCode::FORBIDDEN, "Unauthorized", said)
        };
        let covered = points
            .ok_or_else(unknown)?
            .split(',')
            .any(|point| point == prm);
        if !covered {
            return Err(unauthorized("Bad access token"));
        }
        if self.is_too_fast(state, "address") {
            return Err(error("slow_down", None));
        }
        Ok(())
    }

    fn pass_on(&self, state: &mut State, resource: Resource) -> Reply {
        let usage_point = self.usage_point();
        let fault = state.faults.meet(Asked {
            resource,
            usage_point,
        });
        if let Some(Fault::Redirect { .. }) = fault {
            return error("invalid_request", Some("cURL error 47"));
        }
        let generation = Some(Generation::V5);
        if let Some(reply) = fault.as_ref().and_then(|fault| fault.instead(generation)) {
            return reply;
        }
        let mut reply = gateway::behind(self.world, state, resource, self.form.clone());
        if let Some(fault) = fault {
            fault.spoil(&mut reply, usage_point);
        }
        reply
    }
}

/// What should be a 401, a 403 or a 502, and reads as "no data".
fn unauthorized(said: &str) -> Reply {
    error_with(StatusCode::NOT_FOUND, "Unauthorized", Some(said))
}
