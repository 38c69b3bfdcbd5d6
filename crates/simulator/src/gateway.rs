//! The way of a request: firewall, fault, token, quota, consent, answer, log.

use bytes::Bytes;
use enedis::Generation;
use http::{Method, Request, StatusCode, header};
use jiff::Timestamp;
use meter::{UsagePoint, paris};
use service::Clock;

use crate::calls::Call;
use crate::consents::Access;
use crate::faults::Asked;
use crate::form::Form;
use crate::measures::Question;
use crate::options::Mode;
use crate::problem::{self, Refusal};
use crate::reply::Reply;
use crate::route::{self, Resource, Route};
use crate::simulator::{State, World};
use crate::tokens::Application;
use crate::window;
use crate::{authorize, contracts, services};

/// One request on its way.
struct Visit<'a> {
    world: &'a World,
    request: &'a Request<Bytes>,
    form: Form,
    now: Timestamp,
}

/// Answers any path but the control interface, and writes the log.
pub(crate) fn answer(world: &World, request: &Request<Bytes>) -> Reply {
    let visit = Visit {
        world,
        request,
        form: Form::of(request),
        now: world.clock.now(),
    };
    let mut state = world.state();
    let route = route::find(request.uri().path());
    let usage_point = route.and_then(|route| visit.usage_point(route));
    let mut reply = match route {
        Some(route) => visit.knock(&mut state, route, usage_point),
        None => Reply::firewall(StatusCode::NOT_FOUND),
    };
    reply.delay += state.latency;
    let call = visit.log_entry(route, usage_point, reply.status);
    state.calls.push(call);
    reply
}

/// What Enedis answers to another's application that asks in v5, with a token
/// of its own.
pub(crate) fn behind(world: &World, state: &mut State, resource: Resource, form: Form) -> Reply {
    behind_in(Generation::V5, world, state, resource, form)
}

/// The same in either generation.
pub(crate) fn behind_in(
    generation: Generation,
    world: &World,
    state: &mut State,
    resource: Resource,
    form: Form,
) -> Reply {
    let now = world.clock.now();
    if world.options.pacing_and_quotas
        && let Err(refusal) = state.quotas.take(generation, resource, now)
    {
        return refusal;
    }
    let visit = Visit {
        world,
        request: &Request::new(Bytes::new()),
        form,
        now,
    };
    let route = Route {
        resource,
        generation: Some(generation),
        usage_point: None,
    };
    visit
        .data(state, generation, route)
        .unwrap_or_else(|refusal| refusal.reply(generation))
}

impl Visit<'_> {
    /// The usage point that the request names, in the path or in the query.
    fn usage_point(&self, route: Route) -> Option<UsagePoint> {
        let in_query = || {
            let [name, ..] = route.generation?.query_names();
            self.form.get(name)?.parse().ok()
        };
        match route.resource {
            Resource::Token | Resource::Revoke | Resource::Authorize => None,
            _ => route.usage_point.or_else(in_query),
        }
    }

    fn knock(&self, state: &mut State, route: Route, prm: Option<UsagePoint>) -> Reply {
        if let Some(reply) = self.turned_away(state.mode, route) {
            return reply;
        }
        let fault = state.faults.meet(Asked {
            resource: route.resource,
            usage_point: prm,
        });
        let Some(fault) = fault else {
            return self.honest(state, route);
        };
        fault.instead(route.generation).unwrap_or_else(|| {
            let mut reply = self.honest(state, route);
            fault.spoil(&mut reply, prm);
            reply
        })
    }

    /// What the firewall and the wrong generation answer.
    fn turned_away(&self, mode: Mode, route: Route) -> Option<Reply> {
        let host = self.request.headers().get(header::HOST);
        if host.is_some_and(|host| host.as_bytes().ends_with(b":443")) {
            return Some(Reply::firewall(StatusCode::FORBIDDEN));
        }
        let status = match (mode, route.generation?) {
            (Mode::V5Gone, Generation::V5) if route.resource != Resource::Authorize => {
                StatusCode::GONE
            }
            (Mode::V5, Generation::V2026) | (Mode::V2026 | Mode::V5Gone, Generation::V5) => {
                StatusCode::NOT_FOUND
            }
            _ => return None,
        };
        Some(Reply::firewall(status))
    }

    fn honest(&self, state: &mut State, route: Route) -> Reply {
        if !self.method_fits(route.resource) {
            return Reply::firewall(StatusCode::METHOD_NOT_ALLOWED);
        }
        let Some(generation) = route.generation else {
            return self.token(state, route.resource);
        };
        if route.resource == Resource::Authorize {
            let (method, options) = (self.request.method(), &self.world.options);
            let consents = (&mut state.consents, self.now);
            return authorize::answer(generation, method, &self.form, options, consents);
        }
        if let Err(reply) = self.admit(state, generation, route.resource) {
            return reply;
        }
        self.data(state, generation, route)
            .unwrap_or_else(|refusal| refusal.reply(generation))
    }

    fn method_fits(&self, resource: Resource) -> bool {
        let method = self.request.method();
        match resource {
            Resource::Token | Resource::Revoke | Resource::SubscribedServices => {
                *method == Method::POST
            }
            Resource::Authorize => *method == Method::GET || *method == Method::POST,
            _ => *method == Method::GET,
        }
    }

    fn token(&self, state: &mut State, resource: Resource) -> Reply {
        if resource == Resource::Revoke {
            return state.tokens.revoke(&self.form);
        }
        let options = &self.world.options;
        let application = Application {
            client_id: &options.client_id,
            client_secret: &options.client_secret,
            expires_in_as_text: options.expires_in_as_text,
        };
        let moment = (options.seed, self.now);
        let headers = self.request.headers();
        state.tokens.issue(application, headers, &self.form, moment)
    }

    /// Token, subscription, quota.
    fn admit(
        &self,
        state: &mut State,
        generation: Generation,
        resource: Resource,
    ) -> Result<(), Reply> {
        if !state.tokens.admits(self.request.headers(), self.now) {
            return Err(problem::invalid_credentials());
        }
        if resource == Resource::Meter && !self.world.options.meter_api {
            return Err(problem::not_subscribed());
        }
        if self.world.options.pacing_and_quotas {
            state.quotas.take(generation, resource, self.now)?;
        }
        Ok(())
    }

    fn data(&self, state: &State, generation: Generation, route: Route) -> Result<Reply, Refusal> {
        if route.resource == Resource::SubscribedServices {
            let (body, options) = (self.request.body(), &self.world.options);
            return services::answer(body, options, &state.consents, self.now);
        }
        let Some((kind, direction)) = route.resource.measure() else {
            return self.contract(state, generation, route);
        };
        let today = paris::day_of(self.now);
        let window = window::read(generation, kind, &self.form, today)?;
        self.may_read(state, window.prm)?;
        let truth = self.world.truths.get(&window.prm);
        let question = Question {
            truth: truth.ok_or(Refusal::NoConsent)?,
            generation,
            kind,
            direction,
            window,
            now: self.now,
            autumn: self.world.options.autumn,
            form: &self.form,
        };
        question.answer()
    }

    fn contract(
        &self,
        state: &State,
        generation: Generation,
        route: Route,
    ) -> Result<Reply, Refusal> {
        let prm = match generation {
            Generation::V5 => window::read_prm(self.form.get("usage_point_id"))?,
            Generation::V2026 => route
                .usage_point
                .ok_or(Refusal::Malformed("the usage point belongs in the path"))?,
        };
        if let Err(refusal) = self.may_read(state, prm) {
            let no_services = generation == Generation::V2026 && refusal == Refusal::NoConsent;
            return if no_services {
                Ok(problem::no_services())
            } else {
                Err(refusal)
            };
        }
        let truth = self.world.truths.get(&prm).ok_or(Refusal::NoConsent)?;
        let profile = truth.profile().as_of(paris::day_of(self.now));
        let body = contracts::body(generation, route.resource, &profile);
        Ok(Reply::ok(&body.ok_or(Refusal::NoData)?))
    }

    fn may_read(&self, state: &State, prm: UsagePoint) -> Result<(), Refusal> {
        match state.consents.access(prm, self.now) {
            Access::Granted => Ok(()),
            Access::NoConsent => Err(Refusal::NoConsent),
            Access::NotHolder => Err(Refusal::NotHolder),
        }
    }

    fn log_entry(
        &self,
        route: Option<Route>,
        usage_point: Option<UsagePoint>,
        status: StatusCode,
    ) -> Call {
        let measure = route.filter(|route| route.resource.measure().is_some());
        let bound = |index: usize| {
            let name = measure?.generation?.query_names()[index];
            self.form.get(name).map(str::to_owned)
        };
        Call {
            at: self.now,
            path: self.request.uri().path().to_owned(),
            usage_point,
            resource: route.map(|route| route.resource),
            from: bound(1),
            to: bound(2),
            status: status.as_u16(),
        }
    }
}
