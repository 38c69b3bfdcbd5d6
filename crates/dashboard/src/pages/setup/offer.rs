//! The offer of each usage point, and its subscribed power.

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use axum::{Form, Router};
use home::Words;
use home::first::PointAnswers;
use home::offers::Offers;
use meter::{Direction, UsagePoint};

use super::form::{Fields, failed, of_failure};
use super::shell::{Answer, Shell, Step, again, called, keep_points};
use crate::caller::Caller;
use crate::frame::Frame;
use crate::house::House;
use crate::work::Failed;

pub(super) fn router() -> Router<House> {
    Router::new().route(Step::Offer.path(), get(page).post(answered))
}

struct Choice {
    prm: UsagePoint,
    called: String,
    offer: String,
    power: String,
}

#[derive(Template)]
#[template(path = "pages/setup/offer.html")]
struct OfferPage {
    frame: Frame,
    shell: Shell,
    offers: Vec<(String, String)>,
    choices: Vec<Choice>,
}

impl OfferPage {
    fn new(shell: Shell, fields: Option<&Fields>) -> Self {
        let choice = |point: &PointAnswers| {
            let typed = |key: &str, before: Option<String>| match fields {
                Some(fields) => fields.get(&format!("{key}-{}", point.prm)).to_owned(),
                None => before.unwrap_or_default(),
            };
            Choice {
                prm: point.prm,
                called: called(point),
                offer: typed("offer", point.offer.clone()),
                power: typed("power", point.subscribed_kva.map(|kva| kva.to_string())),
            }
        };
        let offers = Offers::built_in();
        let sold = offers.all().map(|(offer, _)| offer);
        let sold = sold.filter(|offer| offer.direction == Direction::Consumption);
        Self {
            offers: sold
                .map(|offer| (offer.id.clone(), offer.name.clone()))
                .collect(),
            choices: shell.standing.points.iter().map(choice).collect(),
            frame: shell.frame.clone(),
            shell,
        }
    }
}

async fn page(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Offer).await?;
    Ok(caller.answer(Ok(OfferPage::new(shell, None))))
}

async fn answered(
    State(house): State<House>,
    caller: Caller,
    Form(fields): Form<Fields>,
) -> Answer {
    let words = caller.words;
    let shell = Shell::open(&house, &caller, Step::Offer).await?;
    let points = shell.standing.points.iter();
    let points: Result<Vec<_>, _> = points.map(|it| read(it, &fields, words)).collect();
    let kept = points.and_then(|points| keep_points(&house, points, words));
    Ok(match kept {
        Ok(()) => caller.go(Step::Outputs.path()),
        Err(failed) => again(&caller, OfferPage::new(shell.refuse(failed), Some(&fields))),
    })
}

fn read(point: &PointAnswers, fields: &Fields, words: Words) -> Result<PointAnswers, Failed> {
    let field = |key: &str| fields.get(&format!("{key}-{}", point.prm));
    let offer = match field("offer") {
        "" => None,
        id => {
            let offers = Offers::built_in();
            let found = offers.find(id).map(|offer| offer.id.clone());
            Some(found.map_err(|failure| of_failure(&failure, words))?)
        }
    };
    let subscribed_kva = match field("power") {
        "" => None,
        text => match text.parse() {
            Ok(kva @ 1..=250) => Some(kva),
            _ => return Err(failed("dash-setup-offer-power-wrong", words)),
        },
    };
    Ok(PointAnswers {
        offer,
        subscribed_kva,
        ..point.clone()
    })
}
