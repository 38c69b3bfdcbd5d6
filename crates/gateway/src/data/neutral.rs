//! `GET /data/v1/{prm}/{curve|daily|max-power|index}`: the neutral form
//! (`enedis::neutral`).

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use enedis::Problem;
use enedis::neutral::{self, Answer, Readings, Refused, RefusedCode};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::{SignedDuration, Timestamp};
use meter::{Direction, Marks, stamps};
use service::Lang;

use super::ask::{Ask, Found};
use super::query::{self, Fault};
use super::serve;
use super::shared;
use crate::app::App;
use crate::oauth::{self, Access};

/// Tells boxes that their consent ends soon.
const EXPIRES: HeaderName = HeaderName::from_static("x-consent-expires");
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(super) async fn readings(
    State(app): State<App>,
    Path((prm, resource)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let access = match oauth::bearer(&app, &headers, raw.as_deref()).await {
        Ok(access) => access,
        Err(refusal) => return refusal.into_response(),
    };
    let Some(kind) = neutral::kind(&resource) else {
        return refuse(&plain(RefusedCode::NotFound, "no such resource"));
    };
    let ask = match read(&prm, raw.as_deref()) {
        Ok((prm, direction, from, to)) => Ask {
            prm,
            kind,
            direction,
            from,
            to,
        },
        Err(fault) => return refuse(&plain(RefusedCode::InvalidRequest, &fault.to_string())),
    };
    if !access.covers_point(ask.prm) || !access.covers(ask.kind, ask.direction) {
        let said = plain(
            RefusedCode::InsufficientScope,
            "the consent does not cover this",
        );
        return insufficient(refuse(&said));
    }
    match serve::readings(&app, &access, ask).await {
        Ok(Ok(found)) => good(&app, &access, ask, found),
        Ok(Err(problem)) => problem_answer(app.clock.now(), problem),
        Err(error) => {
            tracing::error!(%error, "the rows gave no answer");
            let said = "the gateway cannot answer now; the token stays valid";
            refuse(&plain(RefusedCode::TemporarilyUnavailable, said))
        }
    }
}

type Window = (
    meter::UsagePoint,
    Direction,
    jiff::civil::Date,
    jiff::civil::Date,
);

fn read(prm: &str, raw: Option<&str>) -> Result<Window, Fault> {
    let prm = query::usage_point(Some(prm))?;
    let [direction, from, to] = query::read(raw, ["direction", "from", "to"])?;
    let direction = match direction.as_deref() {
        None | Some("consumption") => Direction::Consumption,
        Some("production") => Direction::Production,
        Some(_) => return Err(Fault::Direction),
    };
    let (from, to) = (query::date(from.as_deref())?, query::date(to.as_deref())?);
    Ok((prm, direction, from, to))
}

fn good(app: &App, access: &Access, ask: Ask, found: Arc<Found>) -> Response {
    let readings = match Arc::unwrap_or_clone(found) {
        Found::Curve(curve) => stamps::resolve(&curve.points, Marks::End).into(),
        Found::Daily(daily) => Readings::Daily { days: daily.days },
        Found::Maxima(maxima) => Readings::MaxPower {
            maxima: maxima.maxima,
        },
        Found::Registers(registers) => Readings::Index {
            registers: registers.registers,
        },
    };
    if readings.is_empty() {
        return problem_answer(app.clock.now(), Problem::NoData);
    }
    let answer = Answer {
        usage_point: ask.prm,
        direction: ask.direction,
        from: ask.from,
        to: ask.to,
        readings,
    };
    let mut answer = written(StatusCode::OK, &answer);
    tell_end(app.clock.now(), access.until, answer.headers_mut());
    answer
}

/// In the last thirty days every answer says when the consent ends.
pub(super) fn tell_end(now: Timestamp, until: Timestamp, headers: &mut HeaderMap) {
    if until.duration_since(now) <= SOON
        && let Ok(value) = HeaderValue::from_str(&until.to_string())
    {
        headers.insert(EXPIRES, value);
    }
}

fn problem_answer(now: Timestamp, problem: Problem) -> Response {
    let mut refused = Refused::of(problem);
    if let Some(Problem::Quota { until, .. }) = &refused.problem {
        // It is everybody's: the answer says so, and when it opens again.
        let seconds = shared::seconds_until(now, *until);
        refused.error_description = shared::quota(Lang::En, now, seconds);
        refused.message = shared::quota(Lang::Fr, now, seconds);
    }
    let mut answer = refuse(&refused);
    if let Some(after) = refused.retry_after(now) {
        answer.headers_mut().insert(RETRY_AFTER, after);
    }
    answer
}

/// A refusal in its own form.
pub(super) fn refuse(refused: &Refused) -> Response {
    let status = StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::BAD_GATEWAY);
    written(status, refused)
}

fn insufficient(mut answer: Response) -> Response {
    let challenge = "Bearer realm=\"releve\", error=\"insufficient_scope\"";
    let value = HeaderValue::from_static(challenge);
    answer.headers_mut().insert(WWW_AUTHENTICATE, value);
    answer
}

fn plain(error: RefusedCode, description: &str) -> Refused {
    Refused {
        error,
        error_description: description.to_owned(),
        message: String::new(),
        problem: None,
    }
}

fn written<T: serde::Serialize>(status: StatusCode, body: &T) -> Response {
    // Plain structs of texts and numbers always serialise.
    let bytes = serde_json::to_vec(body).unwrap_or_default();
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-store"),
    ];
    (status, headers, bytes).into_response()
}
