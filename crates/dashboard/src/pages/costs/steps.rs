//! How a period's cost added up, step by step, and the same as a file.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use home::answer::offer_of;
use home::json::cost::Cost;
use home::json::cumulative::{Cumulative, Step};
use home::view::pricing::configured;
use home::when::Days;
use home::{Failure, view};
use jiff::civil::Date;
use meter::{Direction, Granularity, Period};

use super::period;
use crate::asked::{Asked, written};
use crate::caller::Caller;
use crate::chart::Sheet;
use crate::house::{House, Reading};
use crate::pages::energy::known;

pub(super) fn router() -> Router<House> {
    Router::new().route("/costs/steps.csv", get(sheet))
}

/// Each day of a month or month of a year; a day has no steps.
pub(super) fn read(
    reading: &Reading,
    cost: &Cost,
    period: Period,
    asked: &Asked,
) -> Result<Option<Cumulative>, Failure> {
    let by = match period.granularity() {
        Granularity::Day => return Ok(None),
        Granularity::Year => Granularity::Month,
        _ => Granularity::Day,
    };
    let store = reading.store()?;
    let prices = configured(&reading.settings.usage_points, cost.subject.usage_point);
    let named = asked.offer.as_deref();
    let named = named.map(|id| reading.offers.find(id)).transpose()?;
    let way = cost.subject.direction;
    let Some(offer) = offer_of(reading.offers, named, &prices, way)? else {
        return Ok(None);
    };
    let days = Days::from(period).passed(reading.now);
    if days.is_empty() {
        return Ok(None);
    }
    let subject = cost.subject.clone();
    let known = known(reading, store, subject.usage_point, (days.first, days.end))?;
    let steps = view::cumulative::read(store, subject, (days, by), offer, &known)?;
    Ok(Some(steps))
}

/// The same period a year before, where something of it was measured.
pub(super) fn a_year_before(
    reading: &Reading,
    cost: &Cost,
    period: Period,
    asked: &Asked,
) -> Result<Option<Cumulative>, Failure> {
    let first = period.first();
    let Ok(before) = Date::new(first.year() - 1, first.month(), 1) else {
        return Ok(None);
    };
    let before = Period::containing(period.granularity(), before);
    let steps = read(reading, cost, before, asked)?;
    Ok(steps.filter(|steps| steps.steps.iter().any(|step| step.watt_minutes.is_some())))
}

async fn sheet(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let sheet = house.read(caller.words, move |reading| {
        let prm = asked.point.ok_or_else(|| view::nothing(None))?;
        let period = period(reading, prm, &asked)?;
        let sight = reading.sight()?;
        let priced = sight.costs(Some(prm), asked.offer.as_deref(), period.into())?;
        let way = asked.way.direction().unwrap_or(Direction::Consumption);
        let mut costs = priced.costs.usage_points.iter();
        let cost = costs.find(|cost| cost.subject.direction == way);
        let cost = cost.ok_or_else(|| view::nothing(Some(prm)))?;
        let steps = read(reading, cost, period, &asked)?;
        let steps = steps.ok_or_else(|| view::nothing(Some(prm)))?;
        Ok(csv(&steps, &written(period)))
    });
    match sheet.await {
        Ok(sheet) => sheet.into_response(),
        Err(failure) => caller.fail(&failure),
    }
}

fn csv(steps: &Cumulative, period: &str) -> Sheet {
    let head = [
        "first",
        "last",
        "watt_minutes",
        "micro_euros",
        "complete",
        "so_far_micro_euros",
        "so_far_complete",
    ];
    let row = |step: &Step| {
        let energy = step.watt_minutes.map(|energy| energy.to_string());
        vec![
            step.first.to_string(),
            step.last.to_string(),
            energy.unwrap_or_default(),
            step.micro_euros.to_string(),
            step.complete.to_string(),
            step.so_far_micro_euros.to_string(),
            step.so_far_complete.to_string(),
        ]
    };
    Sheet {
        name: format!("costs-{period}"),
        head: head.map(str::to_owned).to_vec(),
        rows: steps.steps.iter().map(row).collect(),
    }
}
