//! The further proof: what only the holder reads on Enedis' own page. Two days
//! of consumption, drawn at random, compared with the API; three tries a day for
//! one usage point.

use enedis::Problem;
use grant::server::{Failure, State};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::{Direction, paris};

use super::finding::call;
use super::resolve::{finding_of, finish, is_a_strangers, value_of};
use super::value::{Value, point_hashes};
use super::{Challenge, Outcome, callback};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::keys::Purpose;
use crate::metrics::Api;
use crate::points::Point;
use crate::random::NoRandomness;
use crate::store::claims::{self, Kind};
use crate::store::flows::{self, FlowRow};
use crate::store::{StoreError, Tx, counters};
use crate::visitor::Visitor;

/// Tries a day for one usage point.
const TRIES: i64 = 3;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Days are drawn from so many before today, and not from the last two.
const OLDEST: u32 = 60;
const NEWEST: u32 = 3;
/// What a rounded figure may be off, in Wh: pages show one decimal of a kWh.
const ROUNDING: u64 = 60;

/// Two different days, as a row keeps them.
pub(super) fn draw_days(app: &App, now: Timestamp) -> Result<String, NoRandomness> {
    let span = OLDEST - NEWEST;
    let bytes = app.random.bytes::<8>()?;
    let [a, b] = [&bytes[..4], &bytes[4..]].map(|half| {
        half.iter()
            .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte))
    });
    let first = a % span;
    let second = (first + 1 + b % (span - 1)) % span;
    let today = paris::day_of(now);
    let day = |ago: u32| paris::add_days(today, -((ago + NEWEST) as i32));
    Ok(format!("{},{}", day(first), day(second)))
}

/// The days that a flow's challenge asks about.
fn days(row: &FlowRow) -> Vec<Date> {
    let text = row.challenge_days.as_deref().unwrap_or_default();
    text.split(',').filter_map(|day| day.parse().ok()).collect()
}

/// What is asked of a flow that is challenged.
pub(super) async fn of_flow(
    app: &App,
    tx: &mut dyn Tx,
    row: &FlowRow,
) -> Result<Challenge, StoreError> {
    let asked = asked(app, tx, row).await?;
    let several = finding_of(app, row)?.points.len() > 1;
    let tries = match &asked {
        Some(point) => tries(app, tx, point).await?,
        None => 0,
    };
    Ok(Challenge {
        days: days(row),
        tries,
        point: asked.filter(|_| several).map(|point| point.prm.masked()),
    })
}

/// Tries that are left today.
async fn tries(app: &App, tx: &mut dyn Tx, point: &Point) -> Result<i64, StoreError> {
    let count = counters::peek(tx, &name(app, point)).await?;
    Ok((TRIES - count.n).max(0))
}

/// The usage point whose consumption is asked: the one that is somebody else's or
/// that others claim, never just the first. Of several such points one proves the
/// others only where Enedis itself named them together; what stands in the address
/// of v5's callback is anybody's word.
async fn asked(app: &App, tx: &mut dyn Tx, row: &FlowRow) -> Result<Option<Point>, StoreError> {
    let mut points = finding_of(app, row)?.points;
    let mut doubtful = Vec::new();
    for point in &points {
        let hashes = point_hashes(&app.keys, point.prm);
        if claims::is_contested(tx, Kind::Point, &hashes, &row.id).await?
            || is_a_strangers(tx, row, hashes).await?
        {
            doubtful.push(point.clone());
        }
    }
    if doubtful.is_empty() {
        doubtful.append(&mut points);
    }
    let named_together = matches!(value_of(app, row)?, Value::Number(_));
    let provable = doubtful.len() == 1 || named_together;
    Ok(doubtful.into_iter().next().filter(|_| provable))
}

/// The answer to a challenge: kWh of the days asked, in their order, as typed.
pub async fn answer(app: &App, visitor: &Visitor, typed: &[String]) -> Result<Outcome, StoreError> {
    let Some(browser) = &visitor.browser else {
        return Ok(Outcome::Unknown);
    };
    let hashes = app.keys.hashes(Purpose::Token, browser.secret());
    let work = app.clone();
    let question = app
        .store
        .transact(move |tx| {
            let (app, hashes) = (work.clone(), hashes.clone());
            Box::pin(async move { question(&app, tx, hashes).await })
        })
        .await?;
    let question = match question {
        Ok(question) => question,
        Err(outcome) => return Ok(outcome),
    };
    let verdict = match compare(app, &question, typed).await? {
        Ok(true) => Verdict::Right,
        Ok(false) => Verdict::Wrong,
        Err(problem) => {
            tracing::warn!(%problem, "Enedis did not say what was consumed");
            Verdict::Unknown
        }
    };
    let (work, flow, point) = (app.clone(), question.flow, question.point);
    app.store
        .transact(move |tx| {
            let (app, flow, point) = (work.clone(), flow.clone(), point.clone());
            Box::pin(async move { settle(&app, tx, &flow, &point, verdict).await })
        })
        .await
}

struct Question {
    flow: Vec<u8>,
    point: Point,
    days: Vec<Date>,
}

#[derive(Clone, Copy)]
enum Verdict {
    Right,
    Wrong,
    Unknown,
}

/// Takes a try before anything is compared, so that parallel answers count too.
async fn question(
    app: &App,
    tx: &mut dyn Tx,
    hashes: Vec<Vec<u8>>,
) -> Result<Result<Question, Outcome>, StoreError> {
    let Some(row) = flows::newest_of_browser(tx, hashes).await? else {
        return Ok(Err(Outcome::Unknown));
    };
    let challenged = matches!(row.flow.state, State::Challenged { .. });
    if !challenged || row.flow.is_overdue(tx.now()) {
        return Ok(Err(callback::outcome(app, tx, &row).await?));
    }
    let Some(point) = asked(app, tx, &row).await? else {
        give_up(tx, &row).await?;
        return Ok(Err(Outcome::Failed(Failure::Unproved)));
    };
    let count = counters::count(tx, &name(app, &point), 1, DAY).await?;
    if count.n > TRIES {
        give_up(tx, &row).await?;
        return Ok(Err(Outcome::Failed(Failure::Unproved)));
    }
    Ok(Ok(Question {
        days: days(&row),
        flow: row.id,
        point,
    }))
}

async fn compare(
    app: &App,
    question: &Question,
    typed: &[String],
) -> Result<Result<bool, Problem>, StoreError> {
    let said: Option<Vec<u64>> = typed.iter().map(|text| watt_hours(text)).collect();
    let Some(said) = said.filter(|said| said.len() == question.days.len() && !said.is_empty())
    else {
        return Ok(Ok(false));
    };
    let consumed = question.point.directions.contains(&Direction::Consumption);
    let way = if consumed {
        Direction::Consumption
    } else {
        Direction::Production
    };
    let mut right = true;
    for (day, said) in question.days.iter().zip(said) {
        let to = paris::add_days(*day, 1);
        let request = || app.enedis.daily(question.point.prm, way, *day, to);
        let daily = match call(app, Api::Measures, request).await? {
            Ok(daily) => daily,
            Err(problem) => return Ok(Err(problem)),
        };
        let Some(real) = daily.days.iter().find(|energy| energy.day == *day) else {
            return Ok(Err(Problem::NoData));
        };
        right &= real.watt_hours.abs_diff(said) <= ROUNDING;
    }
    Ok(Ok(right))
}

/// `12,3` or `12.34` kWh in Wh.
fn watt_hours(typed: &str) -> Option<u64> {
    let text = typed
        .trim()
        .trim_end_matches("kWh")
        .trim_end()
        .replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 3 || !digits(whole) || !digits(part) {
        return None;
    }
    let part = format!("{part:0<3}");
    Some(whole.parse::<u64>().ok()? * 1000 + part.parse::<u64>().ok()?)
}

async fn settle(
    app: &App,
    tx: &mut dyn Tx,
    flow: &[u8],
    point: &Point,
    verdict: Verdict,
) -> Result<Outcome, StoreError> {
    let Some(row) = flows::by_id(tx, flow).await? else {
        return Ok(Outcome::Unknown);
    };
    if !matches!(row.flow.state, State::Challenged { .. }) {
        return callback::outcome(app, tx, &row).await;
    }
    match verdict {
        Verdict::Right => {
            record(tx, &row, Event::ChallengePassed).await?;
            finish(app, tx, row, "knowledge").await?;
        }
        Verdict::Wrong => {
            record(tx, &row, Event::ChallengeFailed).await?;
            if tries(app, tx, point).await? == 0 {
                give_up(tx, &row).await?;
            }
        }
        // It was not the person's fault.
        Verdict::Unknown => {
            counters::count(tx, &name(app, point), -1, DAY).await?;
        }
    }
    match flows::by_id(tx, flow).await? {
        Some(row) => callback::outcome(app, tx, &row).await,
        None => Ok(Outcome::Unknown),
    }
}

async fn give_up(tx: &mut dyn Tx, row: &FlowRow) -> Result<(), StoreError> {
    if let Ok(flow) = row.flow.clone().fail(Failure::Unproved) {
        flows::advance(tx, row, &flow, None).await?;
    }
    claims::schedule(tx, &row.id, None).await
}

async fn record(tx: &mut dyn Tx, row: &FlowRow, event: Event) -> Result<(), StoreError> {
    let entry = Entry {
        client: Some(&row.client),
        flow: Some(&row.id),
        network: row.browser_network.as_deref(),
        ..Entry::default()
    };
    audit::record(tx, event, entry).await
}

fn name(app: &App, point: &Point) -> Vec<u8> {
    counters::name("challenge", &point_hashes(&app.keys, point.prm)[0])
}

impl Challenge {
    /// Whether another answer is looked at today.
    pub fn is_open(&self) -> bool {
        self.tries > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilowatt_hours_are_read_as_people_write_them() {
        assert_eq!(watt_hours("12,3"), Some(12_300));
        assert_eq!(watt_hours(" 12.345 kWh "), Some(12_345));
        assert_eq!(watt_hours("0,05"), Some(50));
        assert_eq!(watt_hours("12"), Some(12_000));
        for text in ["", "-1", "1e3", "12,3456", "1 2", "٣", "9999999"] {
            assert_eq!(watt_hours(text), None, "{text:?}");
        }
    }
}
