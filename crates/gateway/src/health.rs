//! The operator's port: `/metrics`, and `/health` for whoever restarts or
//! balances nodes. It is not for the public and listens where it is told.

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use service::clock::BoxFuture;

use crate::metrics::Metrics;

/// Whether this node can serve now. Enedis has no say in it: a node whose
/// Enedis is out still serves tokens and pages.
pub trait Readiness: Send + Sync {
    /// What stands in the way, if anything.
    fn check(&self) -> BoxFuture<'_, Result<(), NotReady>>;
}

/// Why a node cannot serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// The store does not answer.
    #[error("store")]
    Store,
    /// The clock of this node is more than 30 s off the store's.
    #[error("clock")]
    Clock,
    /// The node is finishing what it has begun and takes nothing new.
    #[error("draining")]
    Draining,
}

/// What the operator's port speaks about.
#[derive(Clone)]
pub struct Watched {
    /// The instruments.
    pub metrics: Arc<Metrics>,
    /// Whether the node can serve.
    pub ready: Arc<dyn Readiness>,
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched").finish_non_exhaustive()
    }
}

/// `/metrics`, `/health/live` and `/health/ready` (`/health` is the latter).
pub fn router(watched: Watched) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/health", get(ready))
        .route("/health/ready", get(ready))
        .route("/health/live", get(async || "ok\n"))
        .with_state(watched)
}

async fn metrics(State(watched): State<Watched>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, kind)], watched.metrics.text())
}

async fn ready(State(watched): State<Watched>) -> Response {
    match watched.ready.check().await {
        Ok(()) => "ok\n".into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response(),
    }
}
