//! The way back from Enedis. What the address brings is handed to the binding;
//! the browser is then sent on to a page whose address says nothing.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use grant::server::Failure;

use super::asker::Asker;
use super::fields::Fields;
use super::shown::Shown;
use crate::app::App;
use crate::binding::{self, Outcome, Return};
use crate::pages::Ending;

/// What may come once only.
const ONCE: [&str; 4] = ["state", "autorisation_id", "usage_point_id", "error"];

/// `GET /auth/redirect`.
pub(super) async fn back(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    asker: Asker,
) -> Response {
    let fields = Fields::of_query(query.as_deref().unwrap_or_default());
    if ONCE.into_iter().any(|name| fields.repeats(name)) {
        return asker.end(&app, Ending::UnknownReturn);
    }
    let some = |name| Some(fields.one(name).to_owned()).filter(|value| !value.is_empty());
    let back = Return {
        state: fields.one("state").to_owned(),
        autorisation_id: some("autorisation_id"),
        usage_point_id: some("usage_point_id"),
        error: some("error"),
    };
    if back.state.is_empty() && back.error.is_some() {
        return asker.end(&app, Ending::BrokenReturn);
    }
    match binding::come_back(&app, &asker.visitor, &back).await {
        Err(error) => asker.trouble(&app, &error),
        Ok(Outcome::Expired) => asker.end(&app, Ending::Late),
        // The request is still open: the person may leave for Enedis again.
        Ok(Outcome::Failed(Failure::Enedis)) => asker.end(&app, Ending::BrokenReturn),
        Ok(turned_away @ (Outcome::OtherBrowser | Outcome::Unknown | Outcome::Refused)) => {
            asker.end(&app, Shown::ending(&turned_away))
        }
        Ok(_) => asker.go(&app, "/device/status"),
    }
}

/// `GET /auth/redirect/…`: returns without a question mark are seen in the
/// wild; Enedis makes them when its own page fails.
pub(super) async fn broken(State(app): State<App>, asker: Asker) -> Response {
    asker.end(&app, Ending::BrokenReturn)
}
