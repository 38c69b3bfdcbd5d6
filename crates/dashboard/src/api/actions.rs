//! What changes something: asking again, delivering again, reading files. The
//! work itself goes on behind; how far it has come is read at `/works`.

use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use home::json::Prm;
use home::json::import::Import;
use home::{Failure, Said};
use http::{HeaderMap, StatusCode};
use http_body_util::LengthLimitError;
use jiff::civil::Date;
use meter::paris;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Sent;
use super::endpoint::{Answer, Body, Endpoint};
use super::query::{Asks, Day, Nothing, Point, Way, sane};
use super::reply::{json, reply};
use crate::asked::refused;
use crate::caller::Caller;
use crate::door;
use crate::hands::Wish;
use crate::house::House;
use crate::work::{Upload, Work};

/// Files that one request may carry.
const FILES: usize = 100;

pub(super) fn endpoints() -> Vec<Endpoint> {
    let works = Endpoint::get::<Nothing, Works>(
        "/works",
        "works",
        "What goes on behind, or went on lately, the newest first.",
        get(works),
    );
    let import: MethodRouter<House> = post(import);
    let import = Endpoint::get::<OfImport, Import>(
        "/import",
        "importFiles",
        "Reads files and keeps what they hold, all of them or none, as `releve import --json`.",
        import.layer::<DefaultBodyLimit, std::convert::Infallible>(door::uploads()),
    );
    vec![
        works,
        Endpoint {
            method: "post",
            body: Some(Body::Files),
            ..import
        },
        begun::<Repair>(
            "/repair",
            "repair",
            "Asks again for what lacks, or for everything, of some days.",
            post(repair),
        ),
        begun::<Sync>("/sync", "sync", "Asks for what is due now.", post(sync)),
        begun::<Push>(
            "/push",
            "push",
            "Delivers to a destination whatever differs.",
            post(push),
        ),
    ]
}

fn begun<B: JsonSchema>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    route: MethodRouter<House>,
) -> Endpoint {
    Endpoint {
        method: "post",
        body: Some(Body::Json(schemars::SchemaGenerator::subschema_for::<B>)),
        answer: Answer::Begun(schemars::SchemaGenerator::subschema_for::<Works>),
        ..Endpoint::get::<Nothing, Works>(path, id, summary, route)
    }
}

/// What goes on behind, or went on lately.
#[derive(Serialize, JsonSchema)]
struct Works {
    /// The newest first.
    works: Vec<Work>,
}

/// Which days are asked again.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Repair")]
struct Repair {
    /// The first day.
    from: Day,
    /// The last day.
    to: Day,
    /// What is complete too.
    #[serde(default)]
    all: bool,
    /// Only these usage points; empty: every configured one.
    #[serde(default)]
    #[schemars(with = "Vec<Prm>")]
    points: Vec<Point>,
}

/// Nothing to say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Sync {}

/// To which destination.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Push {
    /// Its name in the configuration.
    #[schemars(length(min = 1, max = 200))]
    output: String,
}

/// Whose readings the files hold, where they do not say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfImport {
    /// The usage point.
    point: Option<Point>,
    /// Which way.
    direction: Option<Way>,
}

async fn works(State(house): State<House>, asks: Asks<Nothing>) -> Response {
    json(&asks.headers, &under_way(&house))
}

fn under_way(house: &House) -> Works {
    Works {
        works: house.hands().works(),
    }
}

/// 202 with what goes on now, or the problem.
fn accepted(house: &House, caller: &Caller, done: Result<(), Failure>) -> Response {
    let works = done.map(|()| under_way(house));
    let is_well = works.is_ok();
    let mut response = reply(caller, &HeaderMap::new(), works);
    if is_well {
        *response.status_mut() = StatusCode::ACCEPTED;
    }
    response
}

async fn repair(
    State(house): State<House>,
    asks: Asks<Nothing>,
    Sent(wish): Sent<Repair>,
) -> Response {
    let done = match days(wish.from.0, wish.to.0) {
        Ok((from, to)) => {
            let wish = Wish {
                from,
                to,
                all: wish.all,
                usage_points: wish.points.iter().map(|point| point.0).collect(),
            };
            house.hands().repair(wish, asks.caller.words).await
        }
        Err(failure) => Err(failure),
    };
    accepted(&house, &asks.caller, done)
}

fn days(first: Date, last: Date) -> Result<(Date, Date), Failure> {
    let end = paris::add_days(last, 1);
    if last < first {
        return Err(refused("to", &last.to_string()));
    }
    sane(first, end).map(|()| (first, end))
}

async fn sync(State(house): State<House>, asks: Asks<Nothing>, _: Sent<Sync>) -> Response {
    let done = house.hands().sync(asks.caller.words).await;
    accepted(&house, &asks.caller, done)
}

async fn push(State(house): State<House>, asks: Asks<Nothing>, Sent(push): Sent<Push>) -> Response {
    let done = house.hands().push(push.output, asks.caller.words).await;
    accepted(&house, &asks.caller, done)
}

async fn import(State(house): State<House>, asks: Asks<OfImport>, form: Multipart) -> Response {
    let files = match files(form).await {
        Ok(files) => files,
        Err(Fault::Status(status)) => return status.into_response(),
        Err(Fault::Said(failure)) => return asks.caller.problem(&failure),
    };
    let query = asks.query;
    let whose = (
        query.point.map(|point| point.0),
        query.direction.map(Into::into),
    );
    let words = asks.caller.words;
    let done = house.hands().import(files, whose, words).await;
    reply(&asks.caller, &HeaderMap::new(), done)
}

/// Why files did not come.
enum Fault {
    Status(StatusCode),
    Said(Failure),
}

/// Why a form could not be read: too large wherever on its way that was found.
fn status(error: &MultipartError) -> StatusCode {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<LengthLimitError>() {
            return StatusCode::PAYLOAD_TOO_LARGE;
        }
        cause = one.source();
    }
    error.status()
}

/// The files of a form; other fields are passed over.
async fn files(mut form: Multipart) -> Result<Vec<Upload>, Fault> {
    let mut files = Vec::new();
    let broken = |error: MultipartError| Fault::Status(status(&error));
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let Some(name) = field.file_name().map(str::to_owned) else {
            continue;
        };
        if files.len() == FILES {
            return Err(Fault::Status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let bytes = field.bytes().await.map_err(broken)?;
        files.push(Upload { name, bytes });
    }
    if files.is_empty() {
        return Err(Fault::Said(Failure::usage(Said::new("dash-api-no-file"))));
    }
    Ok(files)
}
