//! *Manage*: find, export and withdraw a consent, by the browser that gave it
//! or with the key of the box.

mod export;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;

use super::asker::Asker;
use super::fields::{Fields, Sent};
use crate::app::App;
use crate::binding::{self, ConsentView};
use crate::pages::{Ending, Frame, Held, Manage, ManageEntry};

/// From when on the page says that a consent is about to end.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// `GET /manage`: what this browser gave, or the field for a key.
pub(super) async fn show(State(app): State<App>, asker: Asker) -> Response {
    match binding::consents(&app, &asker.visitor, None).await {
        Err(error) => asker.trouble(&app, &error),
        Ok(found) if found.is_empty() => entry(&app, &asker, false),
        Ok(found) => {
            let site = asker.site(&app);
            let frame = asker.frame(&site, "/manage");
            list(&app, &asker, frame, &found, "")
        }
    }
}

/// `POST /manage`: what belongs to a key.
pub(super) async fn find(State(app): State<App>, sent: Sent) -> Response {
    let Sent { asker, fields } = sent;
    let key = fields.one("key").trim();
    match binding::consents(&app, &asker.visitor, Some(key)).await {
        Err(error) => asker.trouble(&app, &error),
        Ok(found) if found.is_empty() => entry(&app, &asker, true),
        Ok(found) => {
            let site = asker.site(&app);
            let frame = Frame::alone(asker.lang, &site);
            list(&app, &asker, frame, &found, key)
        }
    }
}

/// `POST /manage/export`: everything held about a consent, as a file.
pub(super) async fn export(State(app): State<App>, sent: Sent) -> Response {
    let Sent { asker, fields } = sent;
    let (key, consent) = subject(&fields);
    let held = match binding::export(&app, &asker.visitor, key, &consent).await {
        Ok(Some(held)) => held,
        Ok(None) => return entry(&app, &asker, true),
        Err(error) => return asker.trouble(&app, &error),
    };
    match fields.one("format") {
        "csv" => file("releve.csv", "text/csv; charset=utf-8", export::csv(&held)),
        _ => file("releve.json", "application/json", format!("{held:#}\n")),
    }
}

/// `POST /manage/withdraw`: the tokens of a consent die with this answer.
pub(super) async fn withdraw(State(app): State<App>, sent: Sent) -> Response {
    let Sent { asker, fields } = sent;
    let (key, consent) = subject(&fields);
    match binding::withdraw(&app, &asker.visitor, key, &consent).await {
        Ok(true) => asker.go(&app, "/manage/withdrawn"),
        Ok(false) => entry(&app, &asker, true),
        Err(error) => asker.trouble(&app, &error),
    }
}

/// `GET /manage/withdrawn`: where a withdrawal leads.
pub(super) async fn withdrawn(State(app): State<App>, asker: Asker) -> Response {
    asker.end_at(&app, "/manage/withdrawn", Ending::Withdrawn)
}

/// The key of a form, if it has one, and the consent that it is about.
fn subject(fields: &Fields) -> (Option<&str>, Vec<u8>) {
    let key = Some(fields.one("key")).filter(|key| !key.is_empty());
    let consent = URL_SAFE_NO_PAD.decode(fields.one("consent"));
    (key, consent.unwrap_or_default())
}

fn entry(app: &App, asker: &Asker, unknown: bool) -> Response {
    let site = asker.site(app);
    let csrf = asker.csrf(app);
    let page = ManageEntry {
        frame: asker.frame(&site, "/manage"),
        csrf: &csrf,
        unknown,
    };
    asker.show_form(app, if unknown { 400 } else { 200 }, &page)
}

fn list(app: &App, asker: &Asker, frame: Frame, found: &[ConsentView], key: &str) -> Response {
    let mut all: Vec<&ConsentView> = found.iter().collect();
    all.sort_by_key(|consent| std::cmp::Reverse((consent.active, consent.from)));
    let all: Vec<Held> = all.into_iter().map(|consent| held(app, consent)).collect();
    let csrf = asker.csrf(app);
    let page = Manage {
        frame,
        csrf: &csrf,
        all: &all,
        key,
    };
    asker.show_form(app, 200, &page)
}

fn held(app: &App, consent: &ConsentView) -> Held {
    let left = consent.until.duration_since(app.clock.now());
    Held {
        id: URL_SAFE_NO_PAD.encode(&consent.id),
        app: consent.client_name.clone(),
        points: consent.points.clone(),
        scopes: consent.scopes,
        given: meter::paris::day_of(consent.from),
        until: meter::paris::day_of(consent.until),
        active: consent.active,
        soon_over: consent.active && left < SOON,
    }
}

fn file(name: &str, kind: &'static str, body: String) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    headers.insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    response
}
