//! What the server offers (RFC 8414), at both well-known paths.

use axum::extract::State;
use axum::response::Response;
use grant::Scope;
use grant::server::OAuthError;
use http::StatusCode;
use serde_json::{Value, json};

use super::answer::{Refusal, json as answer};
use super::token::DEVICE_CODE;
use crate::app::App;

/// The document. It claims no identity tokens.
pub(super) async fn metadata(State(app): State<App>) -> Response {
    answer(StatusCode::OK, &document(&app))
}

/// There is no authorization endpoint; some clients insist on an address for it.
pub(super) async fn no_authorize() -> Refusal {
    Refusal {
        status: Some(StatusCode::BAD_REQUEST),
        ..Refusal::because(
            OAuthError::InvalidRequest,
            "unsupported_response_type: this server knows the device grant only",
        )
    }
}

fn document(app: &App) -> Value {
    let config = &app.config;
    let methods = json!(["none", "client_secret_basic"]);
    json!({
        "issuer": config.url(""),
        "device_authorization_endpoint": config.url("/device_authorization"),
        "token_endpoint": config.url("/token"),
        "revocation_endpoint": config.url("/revoke"),
        "introspection_endpoint": config.url("/introspect"),
        // Some clients stop without it; it answers that it does nothing.
        "authorization_endpoint": config.url("/authorize"),
        "grant_types_supported": [DEVICE_CODE, "refresh_token"],
        // Required, and never empty: `none` is what a server without an
        // authorization endpoint has.
        "response_types_supported": ["none"],
        "scopes_supported": Scope::ALL.map(Scope::as_str),
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "introspection_endpoint_auth_methods_supported": methods,
        "ui_locales_supported": ["fr", "en"],
        "service_documentation": config.url("/"),
    })
}
