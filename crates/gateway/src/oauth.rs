//! What boxes ask: codes, tokens, their end, and what the server offers
//! (RFC 8628, 6749, 6750, 7009, 7662, 8414).

mod answer;
mod bearer;
mod caller;
mod form;
mod introspect;
mod memory;
mod metadata;
mod redeem;
mod refresh;
mod revoke;
mod start;
mod token;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;

pub use answer::{Refusal, json};
pub use bearer::{Access, Point, bearer};
pub use memory::Memory;

/// No request of the protocol is larger.
const LARGEST: usize = 64 << 10;

/// The protocol's routes, with the two of the older proxy.
pub fn router() -> Router<App> {
    Router::new()
        .route("/device_authorization", post(start::start))
        .route("/token", post(token::token))
        .route("/revoke", post(revoke::revoke))
        .route("/introspect", post(introspect::introspect))
        .route("/device/code", post(start::start))
        .route("/device/token", post(token::token))
        .route("/authorize", get(metadata::no_authorize))
        .route(
            "/.well-known/oauth-authorization-server",
            get(metadata::metadata),
        )
        .route("/.well-known/openid-configuration", get(metadata::metadata))
        .layer(DefaultBodyLimit::max(LARGEST))
        .method_not_allowed_fallback(answer::wrong_method)
}
