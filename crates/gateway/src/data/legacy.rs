//! `GET /data/proxy/<path of Enedis' v5>`: the contract of the older proxy
//! (consent proxy reference, sections 1.7 and 1.8), translated to whichever
//! generation serves today.
//!
//! Older clients forget their consent on any 403 and take a 404 for "no data",
//! so that each status here says what they will make of it. Never compressed.

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use enedis::{
    CurveWire, DailyWire, Generation, MaximaWire, Problem, encode_curve, encode_daily,
    encode_maxima,
};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use meter::{Direction, Kind, Step};
use serde_json::json;
use service::Lang;

use super::ask::{Ask, Found};
use super::query::{self, Fault};
use super::{neutral, serve, shared};
use crate::app::App;
use crate::oauth::{self, Access};

pub(super) async fn readings(
    State(app): State<App>,
    Path(path): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let access = match oauth::bearer(&app, &headers, raw.as_deref()).await {
        Ok(access) => access,
        Err(refusal) => return refusal.into_response(),
    };
    let Some((kind, direction)) = resource(&path) else {
        return said(StatusCode::NOT_FOUND, "not_found", "no such resource");
    };
    let ask = match read(raw.as_deref(), kind, direction) {
        Ok(ask) => ask,
        Err(fault) => {
            return said(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                &fault.to_string(),
            );
        }
    };
    if !access.covers_point(ask.prm) {
        return oauth::Refusal::insufficient_scope().into_response();
    }
    if !access.covers(kind, direction) {
        // The person did not agree to this; the consent itself is as good as
        // before, and a 403 would make the client forget it.
        let said_why = "the consent does not cover this";
        return said(StatusCode::NOT_FOUND, "no_data_found", said_why);
    }
    match serve::readings(&app, &access, ask).await {
        Ok(Ok(found)) => good(&app, &access, ask, &found),
        Ok(Err(problem)) => problem_answer(app.clock.now(), &problem),
        Err(error) => oauth::Refusal::from(error).into_response(),
    }
}

/// The resources that are served, and nothing else: neither identity nor
/// address nor contract.
fn resource(path: &str) -> Option<(Kind, Direction)> {
    let path = format!("/{path}");
    let all = Kind::ALL
        .into_iter()
        .flat_map(|kind| Direction::ALL.map(|direction| (kind, direction)));
    all.into_iter()
        .find(|(kind, direction)| Generation::V5.measure_path(*kind, *direction) == Some(&path))
}

fn read(raw: Option<&str>, kind: Kind, direction: Direction) -> Result<Ask, Fault> {
    let [start, end, prm] = query::read(raw, ["start", "end", "usage_point_id"])?;
    Ok(Ask {
        prm: query::usage_point(prm.as_deref())?,
        kind,
        direction,
        from: query::date(start.as_deref())?,
        to: query::date(end.as_deref())?,
    })
}

fn good(app: &App, access: &Access, ask: Ask, found: &Found) -> Response {
    let Ask {
        prm,
        direction,
        from,
        to,
        ..
    } = ask;
    let body = match found {
        Found::Curve(curve) => encode_curve(
            Generation::V5,
            &CurveWire {
                prm,
                direction,
                from,
                to,
                points: &curve.points,
                nulls: &[] as &[(jiff::civil::DateTime, Step)],
            },
        ),
        Found::Daily(daily) => encode_daily(
            Generation::V5,
            &DailyWire {
                prm,
                direction,
                from,
                to,
                days: &daily.days,
                nulls: &[],
            },
        ),
        Found::Maxima(maxima) => encode_maxima(
            Generation::V5,
            &MaximaWire {
                prm,
                direction,
                from,
                to,
                maxima: &maxima.maxima,
                nulls: &[],
            },
        ),
        // Not on the list of resources.
        Found::Registers(_) => return said(StatusCode::NOT_FOUND, "not_found", ""),
    };
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-store"),
    ];
    let mut answer = (StatusCode::OK, headers, body).into_response();
    neutral::tell_end(app.clock.now(), access.until, answer.headers_mut());
    answer
}

/// Which status makes an older client do the right thing.
fn problem_answer(now: Timestamp, problem: &Problem) -> Response {
    let (status, error) = match problem {
        Problem::NoData
        | Problem::WrongDirection
        | Problem::BeforeActivation
        | Problem::BeyondHistory
        | Problem::BeforeConsent
        | Problem::CurveNotActivated => (StatusCode::NOT_FOUND, "no_data_found"),
        // The consent has ended for certain: the client is to ask for another.
        Problem::NoConsent | Problem::NotHolder => (StatusCode::FORBIDDEN, "access_denied"),
        Problem::BadRequest { .. } | Problem::WindowTooLong => {
            (StatusCode::BAD_REQUEST, "invalid_request")
        }
        Problem::Quota { .. } => (StatusCode::TOO_MANY_REQUESTS, "quota_exceeded"),
        // Whatever may pass: asked again at once, then in an hour.
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "technical_error"),
    };
    let mut answer = said(status, error, problem.code());
    if let Problem::Quota { until, .. } = problem {
        return with_time(now, *until, error);
    }
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        answer.headers_mut().insert(RETRY_AFTER, 600.into());
    }
    answer
}

/// The quota is everybody's: the answer says so, and when it opens again.
fn with_time(now: Timestamp, until: Option<Timestamp>, error: &str) -> Response {
    let seconds = shared::seconds_until(now, until);
    let body = json!({
        "error": error,
        "error_description": shared::quota(Lang::En, now, seconds),
        "message": shared::quota(Lang::Fr, now, seconds),
    });
    let mut answer = oauth::json(StatusCode::TOO_MANY_REQUESTS, &body);
    let headers = answer.headers_mut();
    headers.insert(RETRY_AFTER, seconds.into());
    answer
}

fn said(status: StatusCode, error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    oauth::json(status, &body)
}
