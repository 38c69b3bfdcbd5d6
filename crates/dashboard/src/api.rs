//! The JSON API under `/api/v1`: the forms of `home::json`, as `--json` writes them.

use axum::Router;

use crate::house::House;

/// Every endpoint.
pub(crate) fn router() -> Router<House> {
    Router::new()
}
