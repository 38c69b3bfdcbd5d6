//! What boxes ask: codes, tokens, their end, and what the server offers.

use axum::Router;

use crate::app::App;

/// The protocol's routes.
pub fn router() -> Router<App> {
    Router::new()
}
