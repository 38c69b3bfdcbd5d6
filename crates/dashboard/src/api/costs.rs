//! Money and what it hangs on: costs, comparisons, colours, off-peak hours.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::Failure;
use home::answer::{Calendar, Expression, explain};
use home::json::colours::ColourDays;
use home::json::compare::Comparisons;
use home::json::cost::Costs;
use home::json::off_peak::Explained;
use schemars::JsonSchema;
use serde::Deserialize;
use tariff::OffPeakRules;
use tariff::holidays::Zone;

use super::endpoint::Endpoint;
use super::offers::absent;
use super::query::{Asks, Named, Point, Way};
use super::reply::reply;
use crate::asked::refused;
use crate::house::House;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get::<OfCost, Costs>(
            "/cost",
            "cost",
            "What a period cost, as `releve cost --json`.",
            get(cost),
        ),
        Endpoint::get::<OfComparison, Comparisons>(
            "/compare",
            "compare",
            "One's own curve under other offers, as `releve compare --json`.",
            get(compare),
        ),
        Endpoint::get::<OfColours, ColourDays>(
            "/colours",
            "colours",
            "The colours of days, as `releve tariff colours --json`.",
            get(colours),
        ),
        Endpoint::get::<OfExpression, Explained>(
            "/off-peak",
            "offPeak",
            "What an off-peak expression means, as `releve off-peak explain --json`.",
            get(off_peak),
        ),
    ]
}

/// A period to price.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfCost {
    /// Only this usage point.
    point: Option<Point>,
    /// Which days.
    period: Named,
    /// Under this offer; without it under the configured one.
    #[schemars(length(min = 1, max = 80))]
    offer: Option<String>,
}

/// A period to price under several offers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfComparison {
    /// Only this usage point.
    point: Option<Point>,
    /// Which days.
    period: Named,
    /// Under these offers, with commas between; without it under all that sell.
    #[schemars(length(min = 1, max = 400))]
    offers: Option<String>,
}

/// Days that have colours.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfColours {
    /// Whose colours; without it Tempo's.
    calendar: Option<Colours>,
    /// Which days.
    period: Named,
}

/// Whose days have colours.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Colours {
    /// Blue, white and red.
    Tempo,
    /// Normal days and those of high demand.
    Ejp,
}

/// An expression to explain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfExpression {
    /// The expression, such as `HC (22H00-6H00)`.
    #[schemars(length(min = 1, max = 2000))]
    expression: String,
    /// The zone whose public holidays count; without it the mainland's.
    #[schemars(with = "Option<ZoneWord>")]
    holidays: Option<String>,
    /// Only for this usage point.
    point: Option<Point>,
    /// Only for this direction.
    direction: Option<Way>,
}

/// The schema of a zone's name.
struct ZoneWord;

home::inline_schema!(ZoneWord as "Zone", { "type": "string", "enum": Zone::ALL.map(Zone::as_str) });

/// Characters of an id, and of a list of ids.
const LONG: (usize, usize) = (80, 400);
/// Characters of an expression.
const EXPRESSION: usize = 2_000;

/// A text of at least one character and not too many.
fn text(name: &str, value: Option<String>, most: usize) -> Result<Option<String>, Failure> {
    let fits = |value: &String| (1..=most).contains(&value.chars().count());
    match value {
        Some(value) if !fits(&value) => Err(refused(name, &value)),
        value => Ok(value),
    }
}

async fn cost(State(house): State<House>, asks: Asks<OfCost>) -> Response {
    let (query, words) = (asks.query, asks.caller.words);
    let costs = house.read(words, move |reading| {
        let (point, days) = (query.point.map(|point| point.0), query.period.days()?);
        let offer = text("offer", query.offer, LONG.0)?;
        if let Some(id) = &offer {
            reading.offers.find(id).map_err(absent)?;
        }
        let priced = reading.sight()?.costs(point, offer.as_deref(), days)?;
        Ok(priced.held(words)?.costs)
    });
    reply(&asks.caller, &asks.headers, costs.await)
}

async fn compare(State(house): State<House>, asks: Asks<OfComparison>) -> Response {
    let query = asks.query;
    let found = house.read(asks.caller.words, move |reading| {
        let (point, days) = (query.point.map(|point| point.0), query.period.days()?);
        let offers = text("offers", query.offers, LONG.1)?;
        let offers: Vec<String> = offers
            .iter()
            .flat_map(|list| list.split(','))
            .map(|id| id.trim().to_owned())
            .collect();
        for id in &offers {
            reading.offers.find(id).map_err(absent)?;
        }
        reading.sight()?.compare(point, &offers, days)
    });
    reply(&asks.caller, &asks.headers, found.await)
}

async fn colours(State(house): State<House>, asks: Asks<OfColours>) -> Response {
    let query = asks.query;
    let days = house.read(asks.caller.words, move |reading| {
        let days = query.period.days()?;
        let calendar = match query.calendar {
            None | Some(Colours::Tempo) => Calendar::Tempo,
            Some(Colours::Ejp) => Calendar::Ejp,
        };
        let sight = reading.sight()?;
        Ok(sight.colours(calendar, (days.first, days.end))?)
    });
    reply(&asks.caller, &asks.headers, days.await)
}

async fn off_peak(asks: Asks<OfExpression>) -> Response {
    let explained = explained(&asks.query, asks.caller.words.lang);
    reply(&asks.caller, &asks.headers, explained)
}

fn explained(query: &OfExpression, lang: service::Lang) -> Result<Explained, Failure> {
    let written = text("expression", Some(query.expression.clone()), EXPRESSION)?;
    let written = written.unwrap_or_default();
    let parsed = written.parse::<OffPeakRules>();
    let rules = parsed.map_err(|error| Failure::expression(&written, error))?;
    let zone = match query.holidays.as_deref() {
        None => Zone::Mainland,
        Some(name) => name.parse().map_err(|_| refused("holidays", name))?,
    };
    let expression = Expression {
        rules: &rules,
        zone,
        usage_point: query.point.map(|point| point.0),
        direction: query.direction.map(Into::into),
    };
    Ok(explain(expression, lang))
}
