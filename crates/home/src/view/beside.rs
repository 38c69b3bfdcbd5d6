//! What prices and the collection's state add to readings that are delivered:
//! peak and off-peak energy, colours, costs, and the problem that stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Direction, Interval, Kind, UsagePoint, curve, paris};
use outputs::jeedom::{Beside, TellBeside};
use service::Lang;
use tariff::colour::Answer;
use tariff::cost::{Usage, cost};
use tariff::offer::schedule::Context;
use tariff::split::split_days;
use tariff::{Offer, TempoColour};

use super::pricing::{Known, configured};
use super::trouble::trouble;
use crate::config::{Settings, UsagePointSettings};
use crate::exit::Failure;
use crate::json::show::Subject;
use crate::offers::Offers;
use crate::words::Words;

/// Who tells it, for the configured usage points.
pub fn teller(settings: &Settings, lang: Lang) -> Result<TellBeside, Failure> {
    let offers = Offers::load(&settings.offers)?;
    let points = settings.usage_points.clone();
    Ok(Arc::new(move |store, prm, days| {
        tell(store, prm, days, &points, &offers, Words { lang })
    }))
}

fn tell(
    store: &Store,
    prm: UsagePoint,
    (first, end): (Date, Date),
    points: &[UsagePointSettings],
    offers: &Offers,
    words: Words,
) -> Result<Beside, LedgerError> {
    let prices = configured(points, prm);
    let known = Known::read(store, prm, &prices, (first, end))?;
    let subject = Subject {
        usage_point: prm,
        name: None,
        direction: Direction::Consumption,
    };
    let (from, to) = (paris::day_start(first), paris::day_start(end));
    let held = store.curve(subject.key(Kind::Curve), from, to)?;
    let daily = store.daily(subject.key(Kind::Daily), first, end)?;
    let offer = prices.offer.as_deref().and_then(|id| offers.find(id).ok());
    let kva = known.power.map(|power| power.kva);
    let problem = problem(store, prm, words)?;
    Ok(known.with(Direction::Consumption, |context| Beside {
        peak: peak(&held, context),
        tempo: tempo((first, end), context),
        cost: offer
            .map(|offer| costs(&held, &daily, offer, kva, context))
            .unwrap_or_default(),
        subscribed_kva: kva,
        problem: Some(problem),
    }))
}

/// Days whose every minute is in one class or the other.
fn peak(held: &[Interval], context: &Context) -> BTreeMap<Date, (u64, u64)> {
    let days = split_days(held, &[], |day| (context.off_peak)(day)).into_iter();
    let whole = days.filter(|day| day.missing_minutes == 0 && day.unknown.0 == 0);
    whole
        .map(|day| (day.day, (day.peak.0, day.off_peak.0)))
        .collect()
}

fn tempo((first, end): (Date, Date), context: &Context) -> BTreeMap<Date, i64> {
    let class = |day| match context.tempo.at(day) {
        Answer::Known(TempoColour::Blue) => Some(1),
        Answer::Known(TempoColour::White) => Some(2),
        Answer::Known(TempoColour::Red) => Some(3),
        Answer::Disputed | Answer::Unknown => None,
    };
    // The colour of the present day is known since the day before.
    let days = paris::days(first, paris::add_days(end, 1));
    days.filter_map(|day| Some((day, class(day)?))).collect()
}

/// Days that are priced whole, to the last minute.
fn costs(
    held: &[Interval],
    daily: &BTreeMap<Date, u64>,
    offer: &Offer,
    kva: Option<u32>,
    context: &Context,
) -> BTreeMap<Date, i64> {
    let of_day = |day: &curve::DayCurve| {
        let usage = Usage {
            first: day.day,
            end: paris::add_days(day.day, 1),
            curve: day.intervals,
            daily,
        };
        let sums = cost(&usage, offer, kva, context);
        sums.is_complete().then_some((day.day, sums.total.0))
    };
    curve::by_day(held).filter_map(|day| of_day(&day)).collect()
}

/// The first problem that stands, or that there is none.
fn problem(store: &Store, prm: UsagePoint, words: Words) -> Result<String, LedgerError> {
    for key in store.series()? {
        if key.usage_point != prm {
            continue;
        }
        if let Some(found) = trouble(&store.note(key)?, words) {
            return Ok(found.explanation);
        }
    }
    Ok(words.t("jeedom-no-problem"))
}
