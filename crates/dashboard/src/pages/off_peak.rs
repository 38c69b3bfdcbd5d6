//! Off-peak hours: the week drawn, and an expression tried with what is wrong
//! with it. A plain form; script sends it at every stroke.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use home::answer::{Expression, explain};
use home::config::Prices;
use home::json::off_peak::{Explained, Week};
use home::view::pricing::{Known, configured};
use home::{Failure, Words};
use meter::{UsagePoint, paris};
use serde::Deserialize;
use tariff::holidays::Zone;
use tariff::plan::PlanSource;
use tariff::{ExpressionError, OffPeakRules, PlanAt};

use super::parts::Points;
use crate::asked::refused;
use crate::caller::Caller;
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};

pub(super) fn router() -> Router<House> {
    Router::new().route(Place::OffPeak.path(), get(page))
}

/// Letters of an expression that are read.
const LONGEST: usize = 4096;

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    point: Option<String>,
    expression: Option<String>,
    holidays: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/off_peak.html")]
struct OffPeakPage {
    frame: Frame,
    points: Points,
    here: Option<UsagePoint>,
    /// What is tried, or what holds today.
    text: String,
    is_tried: bool,
    source: Option<String>,
    zones: Vec<(&'static str, String, bool)>,
    drawn: Option<Drawn>,
    wrong: Option<Wrong>,
    notes: Vec<String>,
}

struct Drawn {
    understood: String,
    weeks: Vec<DrawnWeek>,
    holidays: Option<String>,
}

struct DrawnWeek {
    title: String,
    is_empty: bool,
    days: Vec<DrawnDay>,
}

struct DrawnDay {
    name: String,
    /// Where off-peak hours begin, and how long they are, in minutes.
    bars: Vec<(u16, u16)>,
    ranges: Vec<String>,
    hours: String,
}

/// What is wrong with an expression: the part before, the part, the part after.
struct Wrong {
    message: String,
    advice: Option<String>,
    before: String,
    part: String,
    after: String,
    /// With the proposal, and the same as it stands in an address.
    corrected: Option<(String, String)>,
}

async fn page(State(house): State<House>, caller: Caller, wanted: Query<Wanted>) -> Response {
    let frame = caller.frame(Place::OffPeak);
    let wanted = wanted.0;
    let page = house.read(caller.words, move |reading| read(frame, reading, wanted));
    caller.answer(page.await)
}

fn read(frame: Frame, reading: &Reading, wanted: Wanted) -> Result<OffPeakPage, Failure> {
    let words = reading.words;
    let point = wanted.point.filter(|text| !text.is_empty());
    let point = point.map(|text| text.parse().map_err(|_| refused("point", &text)));
    let configured_points = &reading.settings.usage_points;
    let (points, here) = Points::choose(reading.ledger(), configured_points, point.transpose()?)?;
    let prices = here.map(|prm| configured(configured_points, prm));
    let zone = match wanted.holidays.filter(|text| !text.is_empty()) {
        Some(text) => text.parse().map_err(|_| refused("holidays", &text))?,
        None => prices
            .as_ref()
            .map_or(Zone::Mainland, |prices| prices.holidays),
    };
    let tried = wanted.expression.filter(|text| !text.trim().is_empty());
    let is_tried = tried.is_some();
    let text = tried.map(|text| text.chars().take(LONGEST).collect::<String>());
    let stated = match (&text, here, &prices) {
        (None, Some(prm), Some(prices)) => Stated::read(reading, prm, prices)?,
        _ => Stated::default(),
    };
    let text = text.or(stated.text).unwrap_or_default();
    let parsed = (!text.is_empty()).then(|| text.parse::<OffPeakRules>());
    let (drawn, wrong) = match parsed {
        None => (None, None),
        Some(Ok(rules)) => (Some(draw(words, &rules, zone, here)), None),
        Some(Err(error)) => (None, Some(wrong(words, &text, error))),
    };
    let zones = Zone::ALL.map(|one| {
        let name = words.t(&format!("off-peak-zone-{}", one.as_str()));
        (one.as_str(), name, one == zone)
    });
    Ok(OffPeakPage {
        frame,
        points,
        here,
        text,
        is_tried,
        source: stated.source,
        zones: zones.to_vec(),
        drawn,
        wrong,
        notes: stated.notes,
    })
}

/// The hours that hold today, who says so, and what is to be said of them.
#[derive(Default)]
struct Stated {
    text: Option<String>,
    source: Option<String>,
    notes: Vec<String>,
}

impl Stated {
    fn read(reading: &Reading, prm: UsagePoint, prices: &Prices) -> Result<Self, Failure> {
        let Some(store) = reading.ledger() else {
            return Ok(Self::default());
        };
        let (words, today) = (reading.words, paris::day_of(reading.now));
        let known = Known::read(store, prm, prices, (today, paris::add_days(today, 1)))?;
        let notes = known.notes(true);
        let notes = notes.iter().map(|note| words.price_note(note)).collect();
        let plans = outputs::meters::plans(store, prm, &prices.plans)?;
        let PlanAt::Known(plan) = plans.plan_at(today) else {
            return Ok(Self {
                notes,
                ..Self::default()
            });
        };
        let source = match plan.source {
            PlanSource::Configuration => "price-source-configuration",
            PlanSource::Enedis => "price-source-enedis",
        };
        Ok(Self {
            text: Some(plan.written.clone()),
            source: Some(words.t(source)),
            notes,
        })
    }
}

fn draw(words: Words, rules: &OffPeakRules, zone: Zone, here: Option<UsagePoint>) -> Drawn {
    // Only a usage point that the expression names has hours of its own.
    let own = here.filter(|prm| rules.usage_points().any(|point| point == *prm));
    let explained = explain(
        Expression {
            rules,
            zone,
            usage_point: own,
            direction: None,
        },
        words.lang,
    );
    drawn(words, &explained)
}

fn drawn(words: Words, explained: &Explained) -> Drawn {
    Drawn {
        understood: words.understood(explained),
        weeks: explained.weeks.iter().map(|one| week(words, one)).collect(),
        holidays: words.which_holidays(explained),
    }
}

fn week(words: Words, week: &Week) -> DrawnWeek {
    let names = super::months::weekdays(words);
    let days = week.days.iter().zip(names);
    let days = days.map(|(one, (_, name))| day(words, &name, &one.ranges));
    let holidays = week.public_holidays.as_ref();
    let holidays = holidays.map(|ranges| day(words, &words.t("money-holidays"), ranges));
    DrawnWeek {
        title: words.week_title(week),
        is_empty: week.is_empty(),
        days: days.chain(holidays).collect(),
    }
}

fn day(words: Words, name: &str, ranges: &[String]) -> DrawnDay {
    let bars: Vec<(u16, u16)> = ranges.iter().filter_map(|range| bar(range)).collect();
    let minutes: u16 = bars.iter().map(|(_, length)| length).sum();
    let (hours, rest) = ((minutes / 60).to_string(), format!("{:02}", minutes % 60));
    let args = [("hours", hours.as_str()), ("minutes", &rest)];
    DrawnDay {
        name: home::say::capital(name),
        bars,
        ranges: if ranges.is_empty() {
            vec![words.t("off-peak-nothing")]
        } else {
            ranges.to_vec()
        },
        hours: words.say("money-hours", &args),
    }
}

/// `22:30-24:00` as the minute at which it begins and its length.
fn bar(range: &str) -> Option<(u16, u16)> {
    let minute = |text: &str| -> Option<u16> {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<u16>().ok()? * 60 + minutes.parse::<u16>().ok()?)
    };
    let (from, to) = range.split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    Some((from, to.checked_sub(from)?))
}

fn wrong(words: Words, text: &str, error: ExpressionError) -> Wrong {
    let span = error.span();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    let corrected = error.corrected(text).filter(|other| other != text);
    let (before, inside) = (part(0, span.start), part(span.start, span.end));
    let after = part(span.end, text.len());
    let failure = Failure::expression(text, error);
    Wrong {
        message: failure.plain_message(words.lang),
        advice: failure.plain_advice(words.lang),
        before,
        part: inside,
        after,
        corrected: corrected.map(|text| {
            let address = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
            (text, address)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_drawn_to_the_minute() {
        assert_eq!(bar("22:38-24:00"), Some((1358, 82)));
        assert_eq!(bar("00:00-06:38"), Some((0, 398)));
        assert_eq!(bar("6"), None);
        assert_eq!(bar("07:00-06:00"), None);
    }
}
