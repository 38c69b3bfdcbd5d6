//! The pages on the wire: which address shows which page, and what a form does.
//!
//! GET changes nothing and never leads to Enedis; a form is believed only with
//! the token of the browser that sends it.

mod asker;
mod device;
mod fields;
mod manage;
mod returning;
mod shown;
mod status;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::{Ending, Home, MARK, Notice, STYLESHEET, stylesheet_path};
use crate::app::App;
use asker::Asker;

/// The longest form: a key, a code and some ticks are far below it.
const LONGEST_FORM: usize = 8 * 1024;

/// The pages' routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(home))
        .route("/notice", get(notice))
        .route("/curve", get(curve))
        .route("/device", get(device::show).post(device::typed))
        .route("/device/consent", post(device::decide))
        .route("/device/refused", get(device::refused))
        .route("/device/status", get(status::show))
        .route("/device/challenge", post(status::answer))
        .route("/auth/verify_code", get(device::show))
        .route("/auth/redirect", get(returning::back))
        .route("/auth/redirect/{*rest}", get(returning::broken))
        .route("/manage", get(manage::show).post(manage::find))
        .route("/manage/export", post(manage::export))
        .route("/manage/withdraw", post(manage::withdraw))
        .route("/manage/withdrawn", get(manage::withdrawn))
        .route("/mark.svg", get(async || asset("image/svg+xml", MARK)))
        .route(
            stylesheet_path(),
            get(async || asset("text/css; charset=utf-8", STYLESHEET)),
        )
        .fallback(not_found)
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

async fn home(State(app): State<App>, asker: Asker) -> Response {
    let site = asker.site(&app);
    let frame = asker.frame(&site, "/");
    asker.show(&app, 200, &Home { frame })
}

async fn notice(State(app): State<App>, asker: Asker) -> Response {
    let site = asker.site(&app);
    let frame = asker.frame(&site, "/notice");
    asker.show(&app, 200, &Notice { frame })
}

async fn curve(State(app): State<App>, asker: Asker) -> Response {
    asker.end_at(&app, "/curve", Ending::CurveOff)
}

async fn not_found(State(app): State<App>, asker: Asker) -> Response {
    asker.end(&app, Ending::NotFound)
}

fn asset(kind: &'static str, body: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    let mut response = (headers, body).into_response();
    let nosniff = axum::http::HeaderValue::from_static("nosniff");
    response
        .headers_mut()
        .insert("x-content-type-options", nosniff);
    response
}

/// A page as text; a template that fails is a slip of ours and shows nothing.
fn text(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}
