//! The public router: the rooms put together.

use axum::Router;

use crate::app::App;
use crate::{data, oauth, pages};

/// Everything that the public port serves.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(oauth::router())
        .merge(pages::router())
        .merge(data::router())
        .with_state(app)
}
