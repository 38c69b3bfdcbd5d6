//! What boxes read: the neutral form and the legacy path.

use axum::Router;

use crate::app::App;

/// The data routes.
pub fn router() -> Router<App> {
    Router::new()
}
