//! Who a caller is: what Home Assistant, a proxy or a session says, or whoever
//! sits at the machine where the door is open.

use http::HeaderMap;

use super::Door;
use super::caller::{Caller, Way, one};
use super::cookie::Number;
use super::refusal::Refusal;
use super::session::Span;
use super::visitor::Role;

/// A caller after they were looked at.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// Nothing while nobody vouches for them.
    pub(super) role: Option<Role>,
    pub(super) user: Option<String>,
    /// To whom tokens are bound.
    pub(super) whose: Vec<u8>,
    /// Whether there is a session to end.
    pub(super) session: bool,
    /// A number the browser does not have yet.
    pub(super) fresh: Option<Number>,
}

impl Door {
    pub(super) fn identify(
        &self,
        caller: &Caller,
        headers: &HeaderMap,
    ) -> Result<Identity, Refusal> {
        if caller.way == Way::Ingress {
            return self.guest_of_home_assistant(headers);
        }
        if caller.way == Way::Proxy
            && let Some(identity) = self.guest_of_proxy(headers)?
        {
            return Ok(identity);
        }
        self.by_number(caller, headers)
    }

    /// The Supervisor names the user first and lets a browser add the same
    /// header in another spelling: one that stands twice says nothing.
    fn guest_of_home_assistant(&self, headers: &HeaderMap) -> Result<Identity, Refusal> {
        let id = single(headers, "x-remote-user-id")?.unwrap_or_default();
        let name = one(headers, "x-remote-user-display-name");
        let name = name.or_else(|| one(headers, "x-remote-user-name"));
        Ok(Identity {
            role: Some(self.role_of(id, &[])),
            user: name.map(shortened),
            whose: format!("ingress:{id}").into_bytes(),
            session: false,
            fresh: None,
        })
    }

    fn guest_of_proxy(&self, headers: &HeaderMap) -> Result<Option<Identity>, Refusal> {
        let Some(header) = &self.0.config.user_header else {
            return Ok(None);
        };
        let Some(user) = single(headers, header.as_str())? else {
            return Ok(None);
        };
        let groups = single(headers, self.0.config.groups_header.as_str())?.unwrap_or_default();
        let groups: Vec<&str> = groups.split(',').map(str::trim).collect();
        Ok(Some(Identity {
            role: Some(self.role_of(user, &groups)),
            user: Some(shortened(user)),
            whose: format!("proxy:{user}").into_bytes(),
            session: false,
            fresh: None,
        }))
    }

    fn role_of(&self, user: &str, groups: &[&str]) -> Role {
        let owners = &self.0.config.owners;
        let is_named = |owner: &String| match owner.strip_prefix('@') {
            Some(group) => groups.contains(&group),
            None => owner == user && !user.is_empty(),
        };
        if owners.is_empty() || owners.iter().any(is_named) {
            Role::Owner
        } else {
            Role::Viewer
        }
    }

    fn by_number(&self, caller: &Caller, headers: &HeaderMap) -> Result<Identity, Refusal> {
        let tls = caller.tls.unwrap_or(false);
        let number = Number::of(headers, tls);
        let fresh = match number {
            Some(_) => None,
            None => Some(Number::draw(&*self.0.random).map_err(|_| Refusal::Broken)?),
        };
        let known = number.as_ref().map(Number::hash);
        let session = known.and_then(|key| self.session(&key));
        let open = self.0.config.is_open().then_some(Role::Owner);
        let hash = known.or_else(|| fresh.as_ref().map(Number::hash));
        let kind: &[u8] = if session.is_some() {
            b"session:"
        } else {
            b"browser:"
        };
        Ok(Identity {
            role: session.or(open),
            user: None,
            whose: [kind, &hash.unwrap_or_default()].concat(),
            session: session.is_some(),
            fresh,
        })
    }

    fn session(&self, key: &[u8; 32]) -> Option<Role> {
        self.sessions().find(key, self.span(), self.0.clock.now())
    }

    pub(super) fn span(&self) -> Span {
        Span {
            idle: self.0.config.session_idle,
            life: self.0.config.session_life,
        }
    }
}

/// The value of a header that says who somebody is.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Refusal> {
    match headers.get_all(name).iter().count() {
        0 => Ok(None),
        1 => Ok(one(headers, name)),
        _ => Err(Refusal::Ambiguous),
    }
}

/// A name as pages show it.
fn shortened(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}
