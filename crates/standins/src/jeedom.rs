//! A Jeedom core as far as its Enedis equipment goes: JSON-RPC, HTTP GET, the
//! history's ways, keys and bans. Measured on a real core 4.1.8; where it is
//! unhelpful, so is this one.

mod archive;
mod core;
mod describe;
mod event;
mod get;
mod manager;
mod rpc;
mod server;
mod values;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::http::{Request, Response};
use jiff::SignedDuration;
use service::clock::BoxFuture;
use service::{Http, HttpError, SharedClock, SharedHttp};

pub use self::core::{Core, Equipment, Fault, Options, Scenario};
pub use manager::Manager;
pub use server::Running;

/// A Jeedom. Copies share one.
#[derive(Clone)]
pub struct Jeedom {
    core: Arc<Mutex<Core>>,
    clock: SharedClock,
}

/// An answer, and how long the caller waits for it.
struct Reply {
    status: u16,
    kind: &'static str,
    body: String,
    delay: SignedDuration,
}

impl Reply {
    fn page(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            kind: "text/html; charset=UTF-8",
            body: body.into(),
            delay: SignedDuration::ZERO,
        }
    }

    fn json(body: &serde_json::Value) -> Self {
        Self {
            kind: "application/json",
            ..Self::page(200, body.to_string())
        }
    }
}

impl Jeedom {
    /// A fresh installation.
    pub fn new(options: Options, clock: SharedClock) -> Self {
        Self {
            core: Arc::new(Mutex::new(Core::new(options))),
            clock,
        }
    }

    /// A way to it without a socket.
    pub fn http(&self) -> SharedHttp {
        Arc::new(self.clone())
    }

    /// Looks at it from the inside, or changes it as its owner would.
    pub fn inside<R>(&self, look: impl FnOnce(&mut Core) -> R) -> R {
        look(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let now = self.clock.now();
        let fault = self.lock().next_fault();
        if fault == Some(Fault::NoAnswer) {
            return Err(HttpError::Timeout);
        }
        let reply = match fault {
            Some(Fault::Page { status }) => Reply::page(status, "<html><body>nginx</body></html>"),
            Some(Fault::Garbage) => Reply::page(200, "{\"jsonrpc\":\"2.0\",\"id\":"),
            _ => self.lock().answer(&request, now),
        };
        if fault == Some(Fault::LostAnswer) {
            return Err(HttpError::Truncated("connection reset".to_owned()));
        }
        if !reply.delay.is_zero() {
            self.clock.sleep(reply.delay).await;
        }
        Response::builder()
            .status(reply.status)
            .header("content-type", reply.kind)
            .body(reply.body.into())
            .map_err(|error| HttpError::Other(error.to_string()))
    }
}

impl Http for Jeedom {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(self.answer(request))
    }
}
