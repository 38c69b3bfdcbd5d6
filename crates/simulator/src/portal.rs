//! A stand-in of the customer portal, with all of its hosts under one address,
//! in front of the same households (reference: jeedom, section 3).
//!
//! It is as unhelpful as the real one: four redirections before the form, a form
//! that names whom the cookie names, a captcha for strangers that no program
//! answers, 401 for three different things, 500 for a parameter too many. Of the
//! maxima no answer is public; those here are ours, with the instant as start.

mod data;
mod door;
mod pages;

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use meter::UsagePoint;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use service::Clock;

use crate::calls::Call;
use crate::customers;
use crate::faults::Asked;
use crate::form::Form;
use crate::reply::Reply;
use crate::route::Resource;
use crate::simulator::{State, World};

/// Where it stands under the simulator's address.
pub const PATH: &str = "/portal";

/// The one account.
pub const LOGIN: &str = "camille@example.org";

/// Its password.
pub const PASSWORD: &str = "le mot de passe de Camille";

/// Its long-lived cookie; the real one is as long.
pub const COOKIE: &str = "AQIC5wM2LY4SfczRqe1vJ0kLk9nP3tUe7oXwZbYhDfGmCiAsQrNvEuTpKjHlWxOyZgBcDdFeVaSrIqMuPtLnXkJhYgWfCzEbRdTvOsAqNpMiUlKxHjGyFwDzVcBtEaSrQoNmPiLkUjXhYgTfWdCzRvEbOsAqNpMiUlKxHjGyFwDzVcBtEaSrQoNm";

/// How long a session lives.
pub const SESSION: SignedDuration = SignedDuration::from_mins(20);

const NUMBER: &str = "1002003004";
const ALEX: &str = "alex-4711";

/// The usage points of the account.
pub fn usage_points() -> [UsagePoint; 2] {
    [customers::DEMO_SECOND, customers::DEMO_HOME].map(customers::usage_point)
}

/// What it does with who comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mood {
    /// It lets in who is known.
    #[default]
    Usual,
    /// It asks for a captcha, also those it knows.
    Captcha,
    /// It asks for a captcha once the password was shown.
    CaptchaAfterPassword,
    /// It waits for its terms to be accepted.
    Terms,
    /// Somebody's browser fills in the form by itself: the page plays the person.
    Person,
}

/// What it remembers.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub mood: Mood,
    pub passwords: u64,
    sessions: BTreeMap<String, Timestamp>,
    opened: u64,
}

impl Memory {
    pub(crate) fn close(&mut self) {
        self.sessions.clear();
    }

    fn open(&mut self, now: Timestamp) -> String {
        self.opened += 1;
        let token = format!("session-{}", self.opened);
        self.sessions.insert(token.clone(), now + SESSION);
        token
    }

    fn knows(&self, token: Option<&str>, now: Timestamp) -> bool {
        let until = token.and_then(|token| self.sessions.get(token));
        until.is_some_and(|until| now < *until)
    }
}

/// One request on its way.
struct Visit<'a> {
    world: &'a World,
    request: &'a Request<Bytes>,
    path: &'a str,
    form: Form,
    now: Timestamp,
}

/// Answers a path behind [`PATH`], and writes the log.
pub(crate) fn answer(world: &World, path: &str, request: &Request<Bytes>) -> Reply {
    let visit = Visit {
        world,
        request,
        path,
        form: Form::of(request),
        now: world.clock.now(),
    };
    let mut state = world.state();
    let resource = visit.resource();
    let usage_point = visit.usage_point();
    let asked = Asked {
        resource: resource.unwrap_or(Resource::PortalDoor),
        usage_point,
    };
    let fault = state.faults.meet(asked);
    let instead = fault.as_ref().and_then(|fault| fault.instead(None));
    let mut reply = instead.unwrap_or_else(|| {
        let mut reply = visit.answer(&mut state);
        if let Some(fault) = &fault {
            fault.spoil(&mut reply, usage_point);
        }
        reply
    });
    reply.delay += state.latency;
    state.calls.push(Call {
        at: visit.now,
        path: request.uri().path().to_owned(),
        usage_point,
        resource,
        from: visit.form.get("dateDebut").map(str::to_owned),
        to: None,
        status: reply.status.as_u16(),
    });
    reply
}

impl Visit<'_> {
    fn answer(&self, state: &mut State) -> Reply {
        match self.path {
            "/alex/authenticate" => self.authenticate(state),
            "/mon-compte/auth/json/authenticate" => self.sign_in(state),
            "/mon-compte/auth/XUI" => self.login_page(state),
            "/alex/mon-compte/api/private/v2/userinfos" => self.person(state),
            path if path.ends_with("/prms") => self.prms(state),
            path if path.ends_with("/donnees-energetiques") => self.readings(state),
            _ => self.page(state),
        }
    }

    fn resource(&self) -> Option<Resource> {
        let path = self.path;
        if path.ends_with("/json/authenticate") {
            return Some(Resource::PortalSignIn);
        }
        if path.ends_with("/userinfos") || path.ends_with("/prms") {
            return Some(Resource::PortalPerson);
        }
        if path.ends_with("/donnees-energetiques") {
            return data::resource(&self.form);
        }
        Some(Resource::PortalDoor)
    }

    fn usage_point(&self) -> Option<UsagePoint> {
        let rest = self.path.split_once("/prms/")?.1;
        rest.split('/').next()?.parse().ok()
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        let header = self.request.headers().get(header::COOKIE)?.to_str().ok()?;
        let mut pairs = header.split("; ").filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    fn is_in(&self, state: &State) -> bool {
        state.portal.knows(self.cookie("enedisExt"), self.now)
    }

    fn person(&self, state: &State) -> Reply {
        if !self.is_in(state) {
            return unauthorised();
        }
        Reply::ok(&json!({
            "cnAlex": ALEX, "idPersonne": NUMBER, "prenom": "Camille", "nom": "Exemple",
        }))
    }

    fn prms(&self, state: &State) -> Reply {
        let own = format!("/alex/mes-prms-part/api/private/v2/personnes/{NUMBER}/prms");
        if !self.is_known(state) || self.path != own {
            return unauthorised();
        }
        let prms: Vec<Value> = usage_points()
            .iter()
            .map(|prm| json!({ "idPrm": prm, "segment": "C5" }))
            .collect();
        Reply::ok(&prms)
    }

    /// In, and with the cookie that says for whom.
    fn is_known(&self, state: &State) -> bool {
        self.is_in(state) && self.cookie(&format!("personne_for_{ALEX}")) == Some(NUMBER)
    }
}

fn unauthorised() -> Reply {
    Reply::json(
        StatusCode::UNAUTHORIZED,
        &json!({ "status": 401, "error": "Unauthorized" }),
    )
}
