//! The simulated world behind one base URL.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, Kind, UsagePoint, paris};
use service::{Clock, SharedClock, SharedHttp};

use crate::calls::{Call, Calls};
use crate::clock::SimulatedClock;
use crate::consents::{Access, Consents};
use crate::device::Decision;
use crate::faults::{FaultRule, Faults};
use crate::in_process::InProcess;
use crate::options::{Mode, Options};
use crate::profile::Standing;
use crate::quota::Quotas;
use crate::reply::Reply;
use crate::tokens::Tokens;
use crate::truth::Truth;
use crate::{
    conso_api, control, domoticz_proxy, gateway, my_electrical_data, portal, relay, window,
};

/// Enedis, as far as an application can tell. Clones share one world.
///
/// ```
/// use std::sync::Arc;
/// use service::VirtualClock;
/// use simulator::{Options, Simulator, customers};
///
/// let clock = VirtualClock::at("2026-11-21T10:00:00Z".parse().unwrap());
/// let simulator = Simulator::new(Options::new(Arc::new(clock)));
/// let truth = simulator.truth(customers::usage_point(customers::DEMO_HOME)).unwrap();
/// let day = jiff::civil::date(2026, 11, 20);
/// assert!(truth.daily_wh(meter::Direction::Consumption, day) > 1_000);
/// ```
#[derive(Clone)]
pub struct Simulator {
    world: Arc<World>,
}

pub(crate) struct World {
    pub options: Options,
    pub clock: SimulatedClock,
    pub truths: BTreeMap<UsagePoint, Truth>,
    state: Mutex<State>,
}

/// What changes while it runs.
pub(crate) struct State {
    pub mode: Mode,
    pub tokens: Tokens,
    pub consents: Consents,
    pub quotas: Quotas,
    pub faults: Faults,
    pub calls: Calls,
    pub conso: conso_api::Firewall,
    pub med: my_electrical_data::Memory,
    pub relay: relay::Memory,
    pub proxy: domoticz_proxy::Memory,
    pub portal: portal::Memory,
    pub latency: Duration,
}

impl Simulator {
    /// A world in which nothing was asked yet.
    pub fn new(options: Options) -> Self {
        let truths = options
            .profiles
            .iter()
            .map(|profile| {
                (
                    profile.usage_point,
                    Truth::new(options.seed, profile.clone()),
                )
            })
            .collect();
        let state = State {
            mode: options.mode,
            tokens: Tokens::default(),
            consents: Consents::new(&options.profiles),
            quotas: Quotas::default(),
            faults: Faults::default(),
            calls: Calls::default(),
            conso: conso_api::Firewall::default(),
            med: my_electrical_data::Memory::default(),
            relay: relay::Memory::default(),
            proxy: domoticz_proxy::Memory::default(),
            portal: portal::Memory::default(),
            latency: Duration::ZERO,
        };
        let world = World {
            clock: SimulatedClock::new(Arc::clone(&options.clock)),
            truths,
            state: Mutex::new(state),
            options,
        };
        Self {
            world: Arc::new(world),
        }
    }

    /// A client that reaches this world without a socket, whatever the host of
    /// the request. It behaves as the real one: a minute of patience (on the
    /// simulated clock), 16 MiB of answer, no redirect to another host.
    pub fn http(&self) -> SharedHttp {
        Arc::new(InProcess::new(self.clone()))
    }

    /// The time as the simulator sees it.
    pub fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    /// The clock that the simulator was given.
    pub fn clock(&self) -> SharedClock {
        Arc::clone(&self.world.options.clock)
    }

    /// What the meter of a usage point really counted.
    pub fn truth(&self, prm: UsagePoint) -> Option<Truth> {
        self.world.truths.get(&prm).cloned()
    }

    /// Whether Enedis, asked at an instant with a consent, has something of a
    /// day: inside the history, published, and not a hole.
    pub fn published(
        &self,
        prm: UsagePoint,
        direction: Direction,
        kind: Kind,
        day: Date,
        at: Timestamp,
    ) -> bool {
        let Some(truth) = self.world.truths.get(&prm) else {
            return false;
        };
        let floor = window::history_start(kind, paris::day_of(at));
        let exists = match kind {
            Kind::Curve => !truth.collected_day(direction, day).is_empty(),
            Kind::Maximum => {
                direction == Direction::Consumption && !truth.collected_maxima(day).is_empty()
            }
            Kind::Daily | Kind::Index => {
                let since = truth.profile().since(direction);
                since.is_some_and(|since| day >= since)
            }
        };
        let published = truth.published_at(direction, kind, day);
        exists && day >= floor && published.is_some_and(|published| published <= at)
    }

    /// Adds a rule of things that go wrong.
    pub fn add_fault(&self, rule: FaultRule) {
        self.world.state().faults.add(rule);
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&self) {
        self.world.state().faults.clear();
    }

    /// Every answer takes so much longer.
    pub fn set_latency(&self, latency: Duration) {
        self.world.state().latency = latency;
    }

    /// Other generations answer from now on.
    pub fn set_mode(&self, mode: Mode) {
        self.world.state().mode = mode;
    }

    /// Changes how a usage point stands; `false` when there is none.
    pub fn set_standing(&self, prm: UsagePoint, standing: Standing) -> bool {
        self.world.state().consents.stand(prm, standing)
    }

    /// How a usage point stands now.
    pub fn access(&self, prm: UsagePoint) -> Access {
        self.world.state().consents.access(prm, self.now())
    }

    /// Every token issued so far is worth nothing from now on.
    pub fn forget_tokens(&self) {
        self.world.state().tokens.forget();
    }

    /// What was asked so far, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.world.state().calls.to_vec()
    }

    /// Forgets what was asked.
    pub fn clear_calls(&self) {
        self.world.state().calls.clear();
    }

    /// Answers one request: the one place where both fronts meet.
    pub(crate) fn answer(&self, request: &Request<Bytes>) -> Reply {
        let path = request.uri().path();
        if let Some(rest) = path.strip_prefix("/_control/") {
            return control::answer(&self.world, rest, request);
        }
        if let Some(rest) = path.strip_prefix(conso_api::PATH) {
            return conso_api::answer(&self.world, rest, request);
        }
        if let Some(rest) = path.strip_prefix(my_electrical_data::PATH) {
            return my_electrical_data::answer(&self.world, rest, request);
        }
        if let Some(rest) = path.strip_prefix(relay::PATH) {
            return relay::answer(&self.world, rest, request);
        }
        if let Some(rest) = path.strip_prefix(domoticz_proxy::PATH) {
            return domoticz_proxy::answer(&self.world, rest, request);
        }
        if let Some(rest) = path.strip_prefix(portal::PATH) {
            return portal::answer(&self.world, rest, request);
        }
        gateway::answer(&self.world, request)
    }

    /// Answers one request as a browser gets it: a redirection is not followed.
    pub fn browse(&self, request: &Request<Bytes>) -> http::Response<Bytes> {
        self.answer(request).into_response(self.now())
    }

    /// What the customer portal does with who comes.
    pub fn set_portal(&self, mood: portal::Mood) {
        self.world.state().portal.mood = mood;
    }

    /// The customer portal closes every session.
    pub fn close_portal_sessions(&self) {
        self.world.state().portal.close();
    }

    /// How often a password was shown to the customer portal.
    pub fn passwords_shown(&self) -> u64 {
        self.world.state().portal.passwords
    }

    /// The codes that consent gateways have given out and nobody has answered.
    pub fn pending_codes(&self) -> Vec<String> {
        let (state, now) = (self.world.state(), self.now());
        let relay = state.relay.flows.pending(now);
        relay.chain(state.proxy.flows.pending(now)).collect()
    }

    /// Somebody types a code on the page of its gateway and answers; `false`
    /// when the code is not known there, or no longer.
    pub fn decide(&self, user_code: &str, decision: &Decision) -> bool {
        let (mut state, now) = (self.world.state(), self.now());
        let state = &mut *state;
        [&mut state.relay.flows, &mut state.proxy.flows]
            .into_iter()
            .any(|flows| flows.decide(user_code, decision, now))
    }

    /// The consent gateways lose their memory of every token.
    pub fn forget_grants(&self) {
        let mut state = self.world.state();
        state.relay.forget();
        state.proxy.forget();
    }

    /// Somebody withdraws every consent on the page of Relevé's gateway.
    pub fn withdraw_grants(&self) {
        self.world.state().relay.withdraw();
    }
}

impl World {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
