//! Everything a request needs; clones share one.

use std::ops::Deref;
use std::sync::Arc;

use enedis::{Client, ClientConfig, Generation};
use service::{SharedClock, SharedHttp};

use crate::config::Config;
use crate::data::Flights;
use crate::keys::Keys;
use crate::metrics::Metrics;
use crate::oauth::Memory;
use crate::quota::Guarded;
use crate::random::SharedRandom;
use crate::store::Store;

/// The running gateway, shared between its rooms.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the gateway is made of.
pub struct Parts {
    /// What the operator decided.
    pub config: Config,
    /// The rows.
    pub store: Store,
    /// Peppers and wrapping keys.
    pub keys: Keys,
    /// This process' clock: pacing and pages. What rows decide goes by
    /// [`crate::store::Tx::now`].
    pub clock: SharedClock,
    /// Codes, tokens, nonces.
    pub random: SharedRandom,
    /// The way to Enedis, for what needs more than [`Parts::enedis`] offers.
    pub http: SharedHttp,
    /// Codes that were pending a moment ago.
    pub memory: Memory,
    /// Enedis, as our application.
    pub enedis: Client,
    /// What the operator's instruments read.
    pub metrics: Arc<Metrics>,
    /// Questions to Enedis under way: identical ones are one.
    pub flights: Flights,
}

impl App {
    /// Puts the parts together; the client of Enedis is made from the
    /// configuration.
    pub fn new(
        config: Config,
        store: Store,
        keys: Keys,
        (clock, random, http): (SharedClock, SharedRandom, SharedHttp),
    ) -> Self {
        let upstream = ClientConfig {
            base_url: config.enedis.base_url.clone(),
            generation: config.enedis.generation,
            client_id: config.enedis.client_id.clone(),
            client_secret: config.enedis.client_secret.clone(),
            calls_per_second: config.enedis.calls_per_second,
        };
        let guarded = Arc::new(Guarded::new(http.clone(), clock.clone()));
        let enedis = Client::new(guarded, clock.clone(), upstream);
        let metrics = Arc::<Metrics>::default();
        Self(Arc::new(Parts {
            config,
            store: store.counting(metrics.clone()),
            keys,
            clock,
            random,
            http,
            memory: Memory::default(),
            enedis,
            metrics,
            flights: Flights::default(),
        }))
    }

    /// Which generation of Enedis serves today.
    pub fn generation(&self) -> Generation {
        self.config.enedis.generation
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
