//! One line a request: the route as the code writes it, never the address that
//! came, since addresses carry codes and states.

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;

use crate::app::App;
use crate::metrics::Answered;
use crate::visitor::Visitor;

/// What is said of an address that no route has.
const NOWHERE: &str = "(none)";

/// Counts and logs each request of the public port.
pub(crate) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = app.clock.now();
    let method = known(request.method());
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| NOWHERE.to_owned(), |path| path.as_str().to_owned());
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    let network = visitor.network();
    let response = next.run(Request::from_parts(parts, body)).await;

    let status = response.status().as_u16();
    let took = app.clock.now().duration_since(begun);
    let ms = took.as_millis();
    if status >= 500 {
        tracing::warn!(target: "gateway::access", method, route, status, ms, network, "answered");
    } else {
        tracing::debug!(target: "gateway::access", method, route, status, ms, network, "answered");
    }
    app.metrics.seconds.observe(took.as_secs_f64());
    let answered = Answered { route, status };
    app.metrics.answered.get_or_create(&answered).inc();
    response
}

/// Methods that we know, so that nobody fills the log with their own.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
