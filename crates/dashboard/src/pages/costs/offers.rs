//! Offers beside each other, over one's own curve.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::json::compare::{Comparison, Row};
use home::{Failure, Words};
use meter::UsagePoint;

use super::{Instead, instead, period};
use crate::asked::{Asked, written};
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};
use crate::pages::parts::Points;

pub(super) fn router() -> Router<House> {
    Router::new().route("/costs/offers", get(page))
}

#[derive(Template)]
#[template(path = "pages/offers.html")]
struct OffersPage {
    frame: Frame,
    points: Points,
    back: String,
    title: String,
    cheapest: Option<String>,
    rows: Vec<OfferRow>,
    said: Vec<String>,
    notes: Vec<String>,
    empty: Option<Instead>,
}

struct OfferRow {
    name: String,
    id: String,
    kva: String,
    energy: String,
    subscription: String,
    total: String,
    above: String,
    tags: Vec<(&'static str, String)>,
    is_best: bool,
}

async fn page(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let frame = caller.frame(Place::Costs);
    let page = house.read(caller.words, move |reading| {
        let configured = &reading.settings.usage_points;
        let (points, here) = Points::choose(reading.ledger(), configured, asked.point)?;
        let mut page = OffersPage {
            back: format!("{}/costs", frame.base),
            frame,
            points,
            title: String::new(),
            cheapest: None,
            rows: Vec::new(),
            said: Vec::new(),
            notes: Vec::new(),
            empty: None,
        };
        let read = here.map(|prm| page.read(reading, prm, &asked));
        page.empty = instead(reading.words, read)?;
        Ok(page)
    });
    caller.answer(page.await)
}

impl OffersPage {
    fn read(&mut self, reading: &Reading, prm: UsagePoint, asked: &Asked) -> Result<(), Failure> {
        let words = reading.words;
        let period = period(reading, prm, asked)?;
        let named = written(period);
        self.back = format!("{}/costs?point={prm}&period={named}", self.frame.base);
        let found = reading.sight()?.compare(Some(prm), &[], period.into())?;
        let Some(comparison) = found.usage_points.first() else {
            return Err(home::view::nothing(Some(prm)));
        };
        self.title = words.days_title(comparison.first, comparison.last);
        self.cheapest = words.cheapest(comparison);
        self.rows = comparison
            .offers
            .iter()
            .map(|row| offer(words, comparison, row))
            .collect();
        self.said = words.exceeded(&comparison.offers);
        self.said.extend(words.incomplete(&comparison.offers));
        self.said.extend(words.how_far(comparison));
        let notes = comparison.notes.iter();
        self.notes = notes.map(|note| words.price_note(note)).collect();
        Ok(())
    }
}

fn offer(words: Words, comparison: &Comparison, row: &Row) -> OfferRow {
    // A sum of some of the prices would look like a price.
    let priced = |amount: i64| {
        if row.priced {
            words.euros(amount)
        } else {
            "?".to_owned()
        }
    };
    let best = comparison.cheapest.as_ref();
    let is_best = best.is_some_and(|best| best.offer == row.offer.id && best.kva == row.kva);
    let mut tags = Vec::new();
    if row.current {
        tags.push(("plain", words.t("compare-current")));
    }
    if is_best {
        tags.push(("good", words.t("money-cheapest")));
    }
    if row.highest_volt_amperes.is_some() {
        tags.push(("warn", words.t("compare-exceeded")));
    }
    let above = row.above_micro_euros.filter(|above| *above != 0);
    let kva = row.kva.map(|kva| kva.to_string());
    OfferRow {
        name: row.offer.name.clone(),
        id: row.offer.id.clone(),
        kva: kva
            .map(|kva| words.say("price-kva", &[("kva", &kva)]))
            .unwrap_or_default(),
        energy: priced(row.energy_micro_euros),
        subscription: priced(row.subscription_micro_euros),
        total: priced(row.total_micro_euros),
        above: above
            .map(|above| format!("+{}", words.euros(above)))
            .unwrap_or_default(),
        tags,
        is_best,
    }
}
