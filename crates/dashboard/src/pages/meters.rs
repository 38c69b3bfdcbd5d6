//! Meters: contract, subscribed power, off-peak hours as stated, registers.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use home::Words;
use home::json::cost::Stated;
use home::json::meters::{Facts, Hours, Meter};
use home::view;
use jiff::civil::Date;
use meter::paris;

use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::House;

pub(super) fn router() -> Router<House> {
    Router::new().route(Place::Meters.path(), get(page))
}

#[derive(Template)]
#[template(path = "pages/meters.html")]
struct MetersPage {
    frame: Frame,
    meters: Vec<Card>,
}

struct Card {
    title: String,
    prm: String,
    facts: Vec<(String, String)>,
    said: Option<String>,
    hours: Vec<HoursRow>,
    registers: Vec<Vec<String>>,
    registers_day: Option<String>,
}

struct HoursRow {
    written: String,
    source: String,
    holds: String,
    understood: bool,
}

async fn page(State(house): State<House>, caller: Caller) -> Response {
    let frame = caller.frame(Place::Meters);
    let page = house.read(caller.words, move |reading| {
        let today = paris::day_of(reading.now);
        let meters = view::meters::read(reading.ledger(), reading.settings, today)?;
        let meters = meters.meters.iter();
        let meters = meters.map(|meter| card(reading.words, meter)).collect();
        Ok(MetersPage { frame, meters })
    });
    caller.answer(page.await)
}

fn card(words: Words, meter: &Meter) -> Card {
    let none = || words.t("data-not-known");
    let power = meter.power.map(|power| {
        let kva = words.say("price-kva", &[("kva", &power.kva.to_string())]);
        let source = words.t(&format!("price-source-{}", power.source.as_str()));
        format!("{kva} ({source})")
    });
    let text = |text: &Option<String>| text.clone().unwrap_or_else(none);
    let mut facts = vec![
        (words.t("data-meter-power"), power.unwrap_or_else(none)),
        (words.t("data-meter-offer"), text(&meter.offer)),
    ];
    if let Some(resale) = &meter.resale {
        facts.push((words.t("data-meter-resale"), resale.clone()));
    }
    facts.push((words.t("data-meter-source"), text(&meter.source)));
    if let Some(contract) = &meter.contract {
        facts.extend(stated(words, contract));
    }
    let said = meter.contract.as_ref().map(|contract| {
        let at = words.instant(contract.said_at);
        let args = [("source", contract.source.as_str()), ("at", &at)];
        words.say("data-meter-said", &args)
    });
    let day = meter.registers.first().map(|register| register.day);
    let registers = meter.registers.iter().map(|register| {
        let total = || words.t("data-meter-total");
        let or = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        vec![
            super::parts::direction(words, register.direction),
            or(&register.calendar).unwrap_or_default(),
            or(&register.class).unwrap_or_else(total),
            words.kwh(register.watt_hours),
        ]
    });
    Card {
        title: match &meter.name {
            Some(name) => name.clone(),
            None => meter.usage_point.to_string(),
        },
        prm: meter.usage_point.to_string(),
        facts,
        said,
        hours: meter.off_peak.iter().map(|one| hours(words, one)).collect(),
        registers: registers.collect(),
        registers_day: day.map(|day| words.say("data-meter-read", &[("day", &words.day(day))])),
    }
}

/// What the source states of the contract; what it does not say is left out.
fn stated(words: Words, facts: &Facts) -> Vec<(String, String)> {
    let day = |day: Option<Date>| day.map(|day| words.date(day));
    let power = facts.subscribed_power_va;
    let stated = [
        (
            "data-meter-stated",
            power.map(|va| words.unit(u64::from(va), "VA")),
        ),
        ("data-meter-power-changed", day(facts.last_power_change)),
        ("data-meter-tariff", facts.distribution_tariff.clone()),
        ("data-meter-segment", facts.segment.clone()),
        ("data-meter-type", facts.meter_type.clone()),
        ("data-meter-since", day(facts.contract_start)),
        ("data-meter-consumption", day(facts.consumption_activated)),
        ("data-meter-production", day(facts.production_activated)),
    ];
    let known = stated
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    known.map(|(name, value)| (words.t(name), value)).collect()
}

fn hours(words: Words, hours: &Hours) -> HoursRow {
    let name = match hours.source {
        Stated::Configuration => "price-source-configuration",
        Stated::Enedis => "price-source-enedis",
    };
    let day = |day: Option<Date>| day.map(|day| words.date(day));
    let holds = match (day(hours.first), day(hours.last)) {
        (None, None) => words.t("data-hours-always"),
        (Some(first), None) => words.say("data-hours-from", &[("first", &first)]),
        (None, Some(last)) => words.say("data-hours-until", &[("last", &last)]),
        (Some(first), Some(last)) => {
            words.say("price-title", &[("first", &first), ("last", &last)])
        }
    };
    let season = hours
        .season
        .map(|season| words.t(&format!("off-peak-{season}")));
    let stated = hours.stated_on.map(|(first, last)| {
        let (first, last) = (words.date(first), words.date(last));
        words.say("data-hours-stated", &[("first", &first), ("last", &last)])
    });
    let holds = [Some(holds), season, stated];
    HoursRow {
        written: hours.written.clone(),
        source: words.t(name),
        holds: holds.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        understood: hours.understood,
    }
}
