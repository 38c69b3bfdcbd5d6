//! The door: who may come in, and what they may do.
//!
//! Where it listens decides. On a loopback address it is open to whoever sits
//! at the machine; everywhere else somebody must vouch for a visitor: a
//! password, a reverse proxy, or Home Assistant. Without any of them the
//! program does not start.

mod caller;
mod config;
mod configured;
pub(crate) mod cookie;
mod csrf;
mod guard;
mod headers;
mod host;
mod identity;
mod language;
mod login;
mod multipart;
mod password;
mod refusal;
mod session;
mod throttle;
mod visitor;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use service::{SharedClock, SharedRandom};

pub use config::{DoorConfig, DoorError, Ingress};
pub use language::language;
pub use password::{PasswordError, PasswordHash};
pub use refusal::Refusal;
pub use visitor::{Base, Role, Visitor};

use csrf::Seal;
use password::Verifier;
use session::Sessions;
use throttle::Throttle;

/// Bytes of a request's body that a route takes by itself.
pub const BODY: usize = 1 << 20;
/// Bytes of a request's body that a route takes under [`uploads`].
pub const UPLOAD: usize = 64 << 20;

/// The door before a router. Cloning it is cheap; all clones are one door.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    config: DoorConfig,
    clock: SharedClock,
    random: SharedRandom,
    seal: Seal,
    sessions: Mutex<Sessions>,
    throttle: Mutex<Throttle>,
    verifier: Verifier,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door")
            .field("config", &self.0.config)
            .finish_non_exhaustive()
    }
}

impl Door {
    /// A door for an address. Refused where nobody would guard it, or where the
    /// configuration believes more than it should.
    pub fn new(
        config: DoorConfig,
        clock: SharedClock,
        random: SharedRandom,
    ) -> Result<Self, DoorError> {
        config.check()?;
        let seal = Seal::new(&*random)?;
        let verifier = Verifier::new(config.owner.clone(), config.viewer.clone());
        Ok(Self(Arc::new(Inner {
            config,
            clock,
            random,
            seal,
            sessions: Mutex::default(),
            throttle: Mutex::default(),
            verifier,
        })))
    }

    /// The router behind the door, with `/login` and `/logout` added. Every
    /// request that reaches the router carries a [`Visitor`]; every answer
    /// leaves with the headers that keep a page to itself.
    pub fn wrap(&self, router: Router) -> Router {
        let own = Router::new()
            .route("/login", get(login::page).post(login::enter))
            .route("/logout", post(login::leave))
            .with_state(self.clone());
        router
            .merge(own)
            .layer(DefaultBodyLimit::max(BODY))
            .layer(middleware::from_fn_with_state(self.clone(), guard::guard))
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.0
            .sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.0
            .throttle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A layer for routes that take files: [`UPLOAD`] bytes instead of [`BODY`].
pub fn uploads() -> DefaultBodyLimit {
    DefaultBodyLimit::max(UPLOAD)
}
