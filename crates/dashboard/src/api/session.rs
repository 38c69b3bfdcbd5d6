//! Who asks.

use axum::response::Response;
use axum::routing::get;
use schemars::JsonSchema;
use serde::Serialize;

use super::endpoint::Endpoint;
use super::query::{Asks, Nothing};
use super::reply::json;
use crate::door::Role;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get::<Nothing, Session>(
        "/session",
        "session",
        "Who the caller is, and the token without which nothing is changed.",
        get(session),
    )]
}

/// Who the caller is.
#[derive(Serialize, JsonSchema)]
struct Session {
    /// What they may do: `viewer` looks, `owner` may do everything.
    #[schemars(with = "RoleWord")]
    role: Role,
    /// Their name, when somebody has named them.
    user: Option<String>,
    /// What a request that changes something carries as `X-CSRF-Token`.
    csrf: String,
    /// Whether there is a session that `POST /logout` ends.
    can_leave: bool,
}

#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
#[expect(dead_code, reason = "the words of a role, as a schema")]
enum RoleWord {
    Viewer,
    Owner,
}

async fn session(asks: Asks<Nothing>) -> Response {
    let visitor = asks.caller.visitor;
    let session = Session {
        role: visitor.role,
        user: visitor.user,
        csrf: visitor.csrf,
        can_leave: visitor.can_leave,
    };
    json(&asks.headers, &session)
}
