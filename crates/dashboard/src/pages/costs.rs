//! Costs: what a day, month or year cost, class by class, and how it added up.

mod card;
mod chart;
mod offers;
mod pager;
mod steps;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::say::capital;
use home::{Exit, Failure, When, Words, view};
use jiff::civil::Date;
use meter::{Kind, Period, UsagePoint};

use super::parts::Points;
use crate::asked::{Asked, Span, refused, written};
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};
use card::Card;
use pager::Pager;

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Place::Costs.path(), get(page))
        .merge(steps::router())
        .merge(offers::router())
}

#[derive(Template)]
#[template(path = "pages/costs.html")]
struct CostsPage {
    frame: Frame,
    points: Points,
    pager: Option<Pager>,
    cards: Vec<Card>,
    empty: Option<Instead>,
    compare: Option<String>,
}

/// Why there is nothing, and what to do.
type Instead = (String, Option<String>);

async fn page(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let frame = caller.frame(Place::Costs);
    let page = house.read(caller.words, move |reading| {
        let configured = &reading.settings.usage_points;
        let (points, here) = Points::choose(reading.ledger(), configured, asked.point)?;
        let mut page = CostsPage {
            frame,
            points,
            pager: None,
            cards: Vec::new(),
            empty: None,
            compare: None,
        };
        let read = here.map(|prm| page.read(reading, prm, &asked));
        page.empty = instead(reading.words, read)?;
        Ok(page)
    });
    caller.answer(page.await)
}

/// What stands there instead where there is no usage point, or nothing to price:
/// why, and what to do. What was asked for wrongly is no page.
fn instead(words: Words, read: Option<Result<(), Failure>>) -> Result<Option<Instead>, Failure> {
    match read {
        None => Ok(Some((
            words.t("data-no-meter"),
            Some(words.t("data-no-meter-do")),
        ))),
        Some(Ok(())) => Ok(None),
        Some(Err(failure)) if failure.exit == Exit::Usage => Err(failure),
        Some(Err(failure)) => {
            let why = capital(&failure.plain_message(words.lang));
            Ok(Some((why, failure.plain_advice(words.lang))))
        }
    }
}

/// The period that is meant: the one asked for, else the month of the last day
/// of which something is held.
fn period(reading: &Reading, prm: UsagePoint, asked: &Asked) -> Result<Period, Failure> {
    match asked.period {
        Some(Span::When(when)) => return Ok(when.period()),
        Some(Span::All) => {
            return Err(refused("period", "all"));
        }
        None => {}
    }
    let store = reading.store()?;
    let mut last: Option<Date> = None;
    for key in store.series()? {
        let priced = matches!(key.kind, Kind::Curve | Kind::Daily);
        if key.usage_point == prm && priced {
            last = last.max(store.state_counts(key)?.last_held);
        }
    }
    let last = last.ok_or_else(|| view::nothing(Some(prm)))?;
    Ok(When::Month(last).period())
}

impl CostsPage {
    fn read(&mut self, reading: &Reading, prm: UsagePoint, asked: &Asked) -> Result<(), Failure> {
        let words = reading.words;
        let period = period(reading, prm, asked)?;
        self.pager = Some(Pager::of(&self.frame, prm, period, reading.now));
        let named = written(period);
        let base = &self.frame.base;
        self.compare = Some(format!("{base}/costs/offers?point={prm}&period={named}"));
        let sight = reading.sight()?;
        let priced = sight.costs(Some(prm), asked.offer.as_deref(), period.into())?;
        let priced = priced.held(words)?;
        for cost in &priced.costs.usage_points {
            let steps = steps::read(reading, cost, period, asked)?;
            let before = match &steps {
                Some(_) => steps::a_year_before(reading, cost, period, asked)?,
                None => None,
            };
            let way = cost.subject.direction;
            let csv = format!("{base}/costs/steps.csv?point={prm}&direction={way}&period={named}");
            let figures = steps.map(|steps| chart::figures(words, (&steps, before), period, csv));
            self.cards
                .push(Card::of(words, cost, figures.unwrap_or_default()));
        }
        Ok(())
    }
}
