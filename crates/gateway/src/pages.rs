//! What people see: code entry, confirmation, the ends, and *manage*.

use axum::Router;

use crate::app::App;

/// The pages' routes.
pub fn router() -> Router<App> {
    Router::new()
}
