//! What Enedis says about a callback's value, and whether this browser can have
//! brought it.

use std::future::Future;

use enedis::services::{ServiceState, SubscribedService};
use enedis::{Problem, SubscribedServices};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::{Direction, UsagePoint, paris};
use serde::{Deserialize, Serialize};

use super::value::Value;
use crate::app::App;
use crate::metrics::Api;
use crate::points::Point;
use crate::quota::{self, Class, Wanted};
use crate::store::{StoreError, consents};

/// How long a call waits for its turn.
const PATIENCE: SignedDuration = SignedDuration::from_secs(5);

/// Usage points that were proved to be read, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Finding {
    pub(super) points: Vec<Point>,
    pub(super) until: Timestamp,
}

/// What asking led to.
#[derive(Debug)]
pub(super) enum Asked {
    /// It fits.
    Found(Finding),
    /// Enedis knows nothing of it, or not yet.
    Nothing,
    /// Enedis knows it, but this browser did not bring it about.
    NotYours(&'static str),
    /// No answer; nothing is known.
    Trouble(Problem),
}

/// Asks Enedis about a value. `left` is when the browser left for its page.
pub(super) async fn ask(app: &App, value: &Value, left: Timestamp) -> Result<Asked, StoreError> {
    let number = match value {
        Value::Number(number) => number.unsigned_abs(),
        Value::Points(points) => return probe(app, points).await,
    };
    let services = call(app, Api::Services, || app.enedis.services(number)).await?;
    Ok(match services {
        Ok(services) => judge(&services, number, left),
        Err(Problem::NoConsent | Problem::NoData | Problem::ServicesAbsent) => Asked::Nothing,
        Err(problem) => Asked::Trouble(problem),
    })
}

/// A call to Enedis within the quota that all nodes share. People at the consent
/// page come before every box.
pub(super) async fn call<T, F>(
    app: &App,
    api: Api,
    request: impl Fn() -> F,
) -> Result<Result<T, Problem>, StoreError>
where
    F: Future<Output = Result<T, Problem>>,
{
    let wanted = Wanted {
        api,
        class: Class::Consent,
        patience: PATIENCE,
        // Whether there is a consent is what is asked.
        point: None,
    };
    quota::call(app, &wanted, request).await
}

/// Only an express consent for access, in force or about to be, that began on
/// the day on which the browser left, or later: an older number is somebody
/// else's, whatever the address says.
fn judge(services: &SubscribedServices, number: u64, left: Timestamp) -> Asked {
    if services.services.is_empty() {
        return Asked::Nothing;
    }
    let day = paris::day_of(left);
    let fitting: Vec<_> = services
        .services
        .iter()
        .filter(|service| fits(service, number))
        .collect();
    if fitting.is_empty() {
        return Asked::NotYours("no express consent in force");
    }
    if fitting
        .iter()
        .any(|service| service.start.is_none_or(|start| start < day))
    {
        return Asked::NotYours("the consent is older than the flow");
    }
    let Some(end) = fitting.iter().filter_map(|service| service.end).min() else {
        return Asked::NotYours("a consent without an end");
    };
    Asked::Found(Finding {
        points: points_of(&fitting),
        until: paris::day_start(end),
    })
}

fn fits(service: &SubscribedService, number: u64) -> bool {
    let live = matches!(
        service.state,
        ServiceState::Active | ServiceState::Requested
    );
    let access = service
        .code
        .as_deref()
        .is_some_and(|code| code.eq_ignore_ascii_case("ACCES"));
    live && access && service.explicit && service.consent.is_none_or(|id| id == number)
}

fn points_of(services: &[&SubscribedService]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for service in services {
        let at = points
            .iter()
            .position(|point| point.prm == service.usage_point);
        let at = at.unwrap_or_else(|| {
            points.push(Point {
                prm: service.usage_point,
                directions: Vec::new(),
            });
            points.len() - 1
        });
        for direction in &service.directions {
            if !points[at].directions.contains(direction) {
                points[at].directions.push(*direction);
            }
        }
    }
    points
}

/// v5 has no question about consents: one cheap call says whether the usage
/// point may be read at all.
async fn probe(app: &App, prms: &[UsagePoint]) -> Result<Asked, StoreError> {
    let today = paris::day_of(app.clock.now());
    let (from, to) = (paris::add_days(today, -3), paris::add_days(today, -2));
    let mut points = Vec::new();
    for prm in prms {
        match probe_one(app, *prm, (from, to)).await? {
            Ok(directions) => points.push(Point {
                prm: *prm,
                directions,
            }),
            Err(asked) => return Ok(asked),
        }
    }
    let life = consents::longest(&app.config.enedis.duration);
    let now = app.clock.now();
    Ok(Asked::Found(Finding {
        points,
        until: now.saturating_add(life).unwrap_or(now),
    }))
}

async fn probe_one(
    app: &App,
    prm: UsagePoint,
    (from, to): (Date, Date),
) -> Result<Result<Vec<Direction>, Asked>, StoreError> {
    let request = || app.enedis.daily(prm, Direction::Consumption, from, to);
    Ok(match call(app, Api::Measures, request).await? {
        Ok(_) | Err(Problem::NoData | Problem::BeforeActivation | Problem::BeyondHistory) => {
            Ok(Direction::ALL.to_vec())
        }
        Err(Problem::WrongDirection) => Ok(vec![Direction::Production]),
        Err(
            Problem::NoConsent
            | Problem::NotHolder
            | Problem::ConsentInDoubt
            | Problem::BeforeConsent,
        ) => Err(Asked::Nothing),
        Err(problem) => Err(Asked::Trouble(problem)),
    })
}
