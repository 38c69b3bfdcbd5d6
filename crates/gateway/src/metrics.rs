//! What the operator's instruments read: counts, times and levels. No label
//! ever holds a code, a token, an address or a usage point.

use std::sync::atomic::{AtomicI64, AtomicU64};

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use crate::audit::Event;
use crate::store::Noted;

/// One request that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    /// The route as written in the code: `/token`, never the path that came.
    pub route: String,
    /// The HTTP status.
    pub status: u16,
}

/// The outcome of one kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Outcome {
    /// An error code of RFC 6749 or 8628, the slug of an ending, or `ok`.
    pub outcome: &'static str,
}

/// A call to Enedis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Upstream {
    /// Which interface: `measures`, `services`, `token`.
    pub api: Api,
    /// What came of it: `ok`, `quota`, `consent`, `outage`, `refused`.
    pub outcome: &'static str,
}

/// An interface of Enedis with a quota of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Api {
    /// Readings.
    Measures,
    /// Subscribed services: who consented to what.
    Services,
    /// The application's own token.
    Token,
}

/// The level of one interface.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OfApi {
    /// Which interface.
    pub api: Api,
}

/// The consents in one state.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OfState {
    /// `active`, `suspect`, `revoked`, `expired`.
    pub state: &'static str,
}

/// What happened, as the audit names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OfEvent {
    /// The event's word in an audit row.
    pub event: &'static str,
}

/// Every instrument, and the registry that writes them.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// Requests answered.
    pub answered: Family<Answered, Counter<u64, AtomicU64>>,
    /// How long answers took, in seconds.
    pub seconds: Histogram,
    /// Every audit row that this node wrote, by its event.
    pub events: Family<OfEvent, Counter<u64, AtomicU64>>,
    /// Pairs of tokens `issued`, `reissued`, `refreshed`, `recovered` (after a
    /// lost answer), families `revoked`, and refusals of the token endpoint by
    /// their error code.
    pub tokens: Family<Outcome, Counter<u64, AtomicU64>>,
    /// Requests begun by boxes, by outcome.
    pub requests: Family<Outcome, Counter<u64, AtomicU64>>,
    /// Ends shown to people, by ending.
    pub endings: Family<Outcome, Counter<u64, AtomicU64>>,
    /// Codes typed that no request has.
    pub wrong_codes: Counter<u64, AtomicU64>,
    /// Returns with an `autorisation_id` that is unknown: a rise means that
    /// someone tries numbers.
    pub unknown_claims: Counter<u64, AtomicU64>,
    /// Replays of used refresh tokens.
    pub replays: Counter<u64, AtomicU64>,
    /// Consents that were proved.
    pub consents_given: Counter<u64, AtomicU64>,
    /// Consents that were withdrawn, here or at Enedis; not those that ran out.
    pub consents_withdrawn: Counter<u64, AtomicU64>,
    /// Calls to Enedis, by interface and outcome.
    pub upstream: Family<Upstream, Counter<u64, AtomicU64>>,
    /// Calls of the present clock hour.
    pub quota_used: Family<OfApi, Gauge<i64, AtomicI64>>,
    /// Calls that the present clock hour may have.
    pub quota_cap: Family<OfApi, Gauge<i64, AtomicI64>>,
    /// Consents by state.
    pub consents: Family<OfState, Gauge<i64, AtomicI64>>,
    /// Audit rows whose chain is not sealed yet.
    pub unsealed: Gauge<i64, AtomicI64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("releve_gateway"),
            answered: Family::default(),
            // A millisecond to 16 seconds.
            seconds: Histogram::new(exponential_buckets(0.001, 2.0, 15)),
            events: Family::default(),
            tokens: Family::default(),
            requests: Family::default(),
            endings: Family::default(),
            wrong_codes: Counter::default(),
            unknown_claims: Counter::default(),
            replays: Counter::default(),
            consents_given: Counter::default(),
            consents_withdrawn: Counter::default(),
            upstream: Family::default(),
            quota_used: Family::default(),
            quota_cap: Family::default(),
            consents: Family::default(),
            unsealed: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let r = &mut self.registry;
        r.register("answers", "Requests answered", self.answered.clone());
        r.register("answer_seconds", "Time to answer", self.seconds.clone());
        r.register("events", "Audit rows written", self.events.clone());
        r.register(
            "tokens",
            "Tokens given and taken, and refusals",
            self.tokens.clone(),
        );
        r.register("requests", "Requests of boxes", self.requests.clone());
        r.register("endings", "Ends shown to people", self.endings.clone());
        r.register(
            "wrong_codes",
            "Unknown codes typed",
            self.wrong_codes.clone(),
        );
        let claims = self.unknown_claims.clone();
        r.register("unknown_claims", "Returns with an unknown consent", claims);
        r.register("replays", "Refresh tokens replayed", self.replays.clone());
        let given = self.consents_given.clone();
        r.register("consents_given", "Consents proved", given);
        let withdrawn = self.consents_withdrawn.clone();
        r.register("consents_withdrawn", "Consents withdrawn", withdrawn);
        r.register("upstream", "Calls to Enedis", self.upstream.clone());
        let used = self.quota_used.clone();
        r.register("quota_used", "Calls of this clock hour", used);
        r.register(
            "quota_cap",
            "Calls a clock hour may have",
            self.quota_cap.clone(),
        );
        r.register("consents", "Consents by state", self.consents.clone());
        r.register(
            "audit_unsealed",
            "Audit rows not sealed yet",
            self.unsealed.clone(),
        );
    }

    /// Counts an ending that a person was shown.
    pub fn ending(&self, outcome: &'static str) {
        self.endings.get_or_create(&Outcome { outcome }).inc();
    }

    /// Counts what a transaction did that was committed.
    pub(crate) fn count(&self, noted: Noted) {
        let event = match noted {
            Noted::Audited(event) => event,
            Noted::UnknownValue => {
                self.unknown_claims.inc();
                return;
            }
        };
        let label = OfEvent {
            event: event.as_str(),
        };
        self.events.get_or_create(&label).inc();
        match event {
            Event::FlowStarted => self.request("ok"),
            Event::CodeWrong => {
                self.wrong_codes.inc();
            }
            Event::Approved => {
                self.consents_given.inc();
            }
            Event::Redeemed => self.token("issued"),
            Event::Redelivered => self.token("reissued"),
            Event::Refreshed => self.token("refreshed"),
            Event::RefreshRecovered => self.token("recovered"),
            Event::RefreshReplay => {
                self.replays.inc();
                self.token("revoked");
            }
            Event::Revoked => {
                self.consents_withdrawn.inc();
                self.token("revoked");
            }
            Event::ConsentEnded => self.token("revoked"),
            _ => {}
        }
    }

    /// Counts an answer of the token endpoint.
    pub(crate) fn token(&self, outcome: &'static str) {
        self.tokens.get_or_create(&Outcome { outcome }).inc();
    }

    /// Counts an answer to a box that begins.
    pub(crate) fn request(&self, outcome: &'static str) {
        self.requests.get_or_create(&Outcome { outcome }).inc();
    }

    /// Sets how many consents are in each state; a state without any is none.
    pub(crate) fn consents_by_state(&self, found: &[(String, i64)]) {
        for state in ["active", "suspect", "revoked", "expired"] {
            let count = found.iter().find(|(name, _)| name == state);
            let gauge = self.consents.get_or_create(&OfState { state });
            gauge.set(count.map_or(0, |(_, count)| *count));
        }
    }

    /// All instruments in the text format of `OpenMetrics`.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into a string cannot fail.
        let _ = encode(&mut out, &self.registry);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instruments_read_like_this() {
        let metrics = Metrics::default();
        metrics.ending("approved");
        metrics.wrong_codes.inc();
        metrics.seconds.observe(0.003);
        let route = Answered {
            route: "/token".to_owned(),
            status: 400,
        };
        metrics.answered.get_or_create(&route).inc_by(2);
        let api = Api::Measures;
        let call = Upstream {
            api,
            outcome: "quota",
        };
        metrics.upstream.get_or_create(&call).inc();
        metrics.quota_cap.get_or_create(&OfApi { api }).set(950);
        metrics
            .consents
            .get_or_create(&OfState { state: "active" })
            .set(3);
        insta::assert_snapshot!(metrics.text());
    }
}
