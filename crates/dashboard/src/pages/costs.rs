//! Costs: what a day, month or year cost, class by class, and how it added up.

mod chart;
mod offers;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use home::answer::{Sight, offer_of};
use home::json::cost::{Cost, Sums};
use home::json::cumulative::Cumulative;
use home::view::pricing::{Known, configured};
use home::when::Days;
use home::{Exit, Failure, When, Words, view};
use jiff::civil::Date;
use meter::{Direction, Granularity, Kind, Period, UsagePoint, WattMinutes, paris};

use super::parts::{Points, direction};
use crate::asked::{Asked, Span, refused};
use crate::caller::Caller;
use crate::chart::{Figure, Sheet};
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Place::Costs.path(), get(page))
        .route("/costs/steps.csv", get(sheet))
        .merge(offers::router())
}

#[derive(Template)]
#[template(path = "pages/costs.html")]
struct CostsPage {
    frame: Frame,
    points: Points,
    pager: Option<Pager>,
    cards: Vec<Card>,
    /// Why there is nothing, and what to do.
    empty: Option<(String, Option<String>)>,
    compare: Option<String>,
}

/// Where one is in time, and where one may go.
struct Pager {
    title: String,
    before: String,
    after: Option<String>,
    spans: Vec<(String, String, bool)>,
}

/// One direction of the usage point.
struct Card {
    id: String,
    title: String,
    total: String,
    total_name: String,
    parts: Vec<(String, String)>,
    offer: Vec<String>,
    is_complete: bool,
    completeness: String,
    not_known: Vec<String>,
    notes: Vec<String>,
    rows: Vec<ClassRow>,
    figures: Vec<Figure>,
}

/// A line of the table by class.
struct ClassRow {
    name: String,
    hue: Option<&'static str>,
    energy: String,
    euros: String,
    is_total: bool,
}

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
        match read {
            None => page.empty = Some(nothing(reading.words, None)),
            Some(Err(failure)) if failure.exit == Exit::Usage => return Err(failure),
            Some(Err(failure)) => page.empty = Some(nothing(reading.words, Some(&failure))),
            Some(Ok(())) => {}
        }
        Ok(page)
    });
    caller.answer(page.await)
}

fn nothing(words: Words, failure: Option<&Failure>) -> (String, Option<String>) {
    match failure {
        Some(failure) => (
            home::say::capital(&failure.plain_message(words.lang)),
            failure.plain_advice(words.lang),
        ),
        None => (words.t("data-no-meter"), Some(words.t("data-no-meter-do"))),
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

fn days(period: Period) -> Days {
    Days {
        first: period.first(),
        end: period.end(),
        to_come: 0,
    }
}

impl CostsPage {
    fn read(&mut self, reading: &Reading, prm: UsagePoint, asked: &Asked) -> Result<(), Failure> {
        let words = reading.words;
        let period = period(reading, prm, asked)?;
        self.pager = Some(pager(&self.frame, prm, period, reading));
        let named = name(period);
        let base = &self.frame.base;
        self.compare = Some(format!("{base}/costs/offers?point={prm}&period={named}"));
        let sight = Sight {
            store: reading.store()?,
            settings: reading.settings,
            offers: reading.offers,
            now: reading.now,
        };
        let priced = sight.costs(Some(prm), asked.offer.as_deref(), days(period))?;
        let priced = priced.held(words)?;
        for cost in &priced.costs.usage_points {
            let steps = steps(reading, cost, period, asked)?;
            let before = match &steps {
                Some(_) => a_year_before(reading, cost, period, asked)?,
                None => None,
            };
            let way = cost.subject.direction;
            let csv = format!("{base}/costs/steps.csv?point={prm}&direction={way}&period={named}");
            let figures = steps.map(|steps| chart::figures(words, (&steps, before), period, csv));
            self.cards
                .push(card(words, cost, figures.unwrap_or_default()));
        }
        Ok(())
    }
}

/// Each day of a month or month of a year; a day has no steps.
fn steps(
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
    let days = days(period).passed(reading.now);
    if days.is_empty() {
        return Ok(None);
    }
    let known = (days.first, days.end);
    let known = Known::read(store, cost.subject.usage_point, &prices, known)?;
    let subject = cost.subject.clone();
    Ok(Some(view::cumulative::read(
        store,
        subject,
        (days, by),
        offer,
        &known,
    )?))
}

/// The same period a year before, where something of it was measured.
fn a_year_before(
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
    let steps = steps(reading, cost, before, asked)?;
    Ok(steps.filter(|steps| steps.steps.iter().any(|step| step.watt_minutes.is_some())))
}

async fn sheet(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let sheet = house.read(caller.words, move |reading| {
        let prm = asked.point.ok_or_else(|| view::nothing(None))?;
        let period = period(reading, prm, &asked)?;
        let sight = Sight {
            store: reading.store()?,
            settings: reading.settings,
            offers: reading.offers,
            now: reading.now,
        };
        let priced = sight.costs(Some(prm), asked.offer.as_deref(), days(period))?;
        let way = asked.way.direction().unwrap_or(Direction::Consumption);
        let mut costs = priced.costs.usage_points.iter();
        let cost = costs.find(|cost| cost.subject.direction == way);
        let cost = cost.ok_or_else(|| view::nothing(Some(prm)))?;
        let steps = steps(reading, cost, period, &asked)?;
        let steps = steps.ok_or_else(|| view::nothing(Some(prm)))?;
        Ok(csv(&steps, &name(period)))
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
    let row = |step: &home::json::cumulative::Step| {
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

/// A period as it is written in addresses.
fn name(period: Period) -> String {
    let first = period.first();
    match period.granularity() {
        Granularity::Year => first.strftime("%Y").to_string(),
        Granularity::Month => first.strftime("%Y-%m").to_string(),
        _ => first.to_string(),
    }
}

fn pager(frame: &Frame, prm: UsagePoint, period: Period, reading: &Reading) -> Pager {
    let words = frame.words;
    let href = |period: Period| format!("{}/costs?point={prm}&period={}", frame.base, name(period));
    let by = period.granularity();
    let before = Period::containing(by, paris::add_days(period.first(), -1));
    let today = paris::day_of(reading.now);
    let after = (period.end() <= today).then(|| Period::containing(by, period.end()));
    // From a year one comes to its last month that has passed.
    let inside = paris::add_days(period.end(), -1)
        .min(today)
        .max(period.first());
    let spans = [
        ("money-by-month", Granularity::Month),
        ("money-by-year", Granularity::Year),
    ];
    let span = |(name, one): (&str, Granularity)| {
        (
            words.t(name),
            href(Period::containing(one, inside)),
            one == by,
        )
    };
    Pager {
        title: match by {
            Granularity::Year => period.first().year().to_string(),
            Granularity::Month => home::say::capital(&words.month(period.first())),
            _ => home::say::capital(&words.day(period.first())),
        },
        before: href(before),
        after: after.map(href),
        spans: spans.map(span).to_vec(),
    }
}

fn card(words: Words, cost: &Cost, figures: Vec<Figure>) -> Card {
    let sums = &cost.sums;
    let unpriced = !sums.unknown.is_empty();
    let unsubscribed = !sums.subscription_unknown.is_empty();
    let mut parts = vec![(
        words.t("price-row-energy"),
        words.known_euros(sums.energy_micro_euros, unpriced),
    )];
    if cost.subject.direction == Direction::Consumption {
        parts.push((
            words.t("price-row-subscription"),
            words.known_euros(sums.subscription_micro_euros, unsubscribed),
        ));
    }
    parts.push((words.t("money-energy"), words.energy(energy(sums))));
    let mut notes: Vec<String> = cost
        .notes
        .iter()
        .map(|note| words.price_note(note))
        .collect();
    if cost.days_to_come > 0 {
        let days = cost.days_to_come.to_string();
        notes.push(words.say("price-to-come", &[("days", &days)]));
    }
    Card {
        id: cost.subject.direction.to_string(),
        title: direction(words, cost.subject.direction),
        total: words.known_euros(sums.total_micro_euros, !sums.complete),
        total_name: words.t(if sums.complete {
            "price-row-total"
        } else {
            "price-row-known"
        }),
        parts,
        offer: words.cost_offer(cost),
        is_complete: sums.complete,
        completeness: words.completeness(sums),
        not_known: words.not_known(cost),
        notes,
        rows: rows(words, sums),
        figures,
    }
}

fn energy(sums: &Sums) -> u64 {
    sums.classes.iter().map(|class| class.watt_minutes).sum()
}

fn rows(words: Words, sums: &Sums) -> Vec<ClassRow> {
    let unpriced = !sums.unknown.is_empty();
    let unsubscribed = !sums.subscription_unknown.is_empty();
    let kwh = |watt_minutes: u64| words.thousandths(WattMinutes(watt_minutes).watt_hours_rounded());
    let ejp = sums.classes.iter().any(|class| class.class == "normal");
    let classes = sums.classes.iter().enumerate();
    let classes = classes.map(|(at, class)| {
        let hue = match class.class.as_str() {
            "peak" if ejp => crate::chart::Hue::of_class("ejp_peak", at),
            class => crate::chart::Hue::of_class(class, at),
        };
        ClassRow {
            name: home::say::capital(&words.class(&class.class, sums)),
            hue: Some(hue.word()),
            energy: kwh(class.watt_minutes),
            euros: words.known_euros(class.micro_euros, class.watt_minutes > 0 && unpriced),
            is_total: false,
        }
    });
    let line = |name: &str, energy: String, euros: String, is_total: bool| ClassRow {
        name: words.t(name),
        hue: None,
        energy,
        euros,
        is_total,
    };
    let subscription = words.known_euros(sums.subscription_micro_euros, unsubscribed);
    let total = words.known_euros(sums.total_micro_euros, !sums.complete);
    let total_name = if sums.complete {
        "price-row-total"
    } else {
        "price-row-known"
    };
    classes
        .chain([
            line("price-row-subscription", String::new(), subscription, false),
            line(total_name, kwh(energy(sums)), total, true),
        ])
        .collect()
}
