//! The public router: the rooms put together.

use axum::{Router, middleware};

use crate::app::App;
use crate::{access, data, oauth, pages};

/// Everything that the public port serves.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(oauth::router())
        .merge(pages::router())
        .merge(data::router())
        .layer(middleware::from_fn_with_state(app.clone(), access::observe))
        .with_state(app)
}
