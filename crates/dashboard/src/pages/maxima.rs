//! Maxima: the highest power of each day against the subscribed power, with
//! lines at 90 % and 100 % of it.

mod drawn;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use home::json::show::Maxima;
use home::say::capital;
use home::view::pricing::configured;
use home::{Failure, Words, view};
use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Granularity, Kind, Period, paris};

use super::energy::{Address, Choice, Empty, Segments, Whose, whose};
use super::history::within;
use crate::asked::{Asked, By, Span, written};
use crate::caller::Caller;
use crate::chart::{Figure, Hue, Sheet};
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};
use drawn::kva;

const MAXIMUM: [Kind; 1] = [Kind::Maximum];

pub(super) fn router() -> Router<House> {
    Router::new().route(Place::Maxima.path(), get(page))
}

#[derive(Template)]
#[template(path = "pages/maxima.html")]
struct MaximaPage {
    frame: Frame,
    points: Segments,
    empty: Option<Empty>,
    shown: Option<Shown>,
}

/// A month or year as it is shown.
struct Shown {
    title: String,
    before: Option<String>,
    after: Option<String>,
    lengths: Segments,
    subscribed: String,
    highest: String,
    highest_at: String,
    /// How many days came near the limit, and above it; empty: it is not known.
    near: String,
    above: String,
    figure: Figure,
    sheet: Sheet,
}

async fn page(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let frame = caller.frame(Place::Maxima);
    let is_file = asked.format.is_csv();
    let address = Address::of(&frame, &asked);
    let page = house.read(caller.words, move |reading| {
        let whose = whose(reading, &address, &MAXIMUM)?;
        let shown = match &whose {
            Some(whose) => read(reading, address, whose, &asked)?,
            None => None,
        };
        Ok(MaximaPage {
            frame,
            empty: match shown {
                None => Some(Empty::read(reading)?),
                Some(_) => None,
            },
            points: whose.map(|whose| whose.points).unwrap_or_default(),
            shown,
        })
    });
    match page.await {
        Ok(MaximaPage {
            shown: Some(shown), ..
        }) if is_file => shown.sheet.into_response(),
        page => caller.answer(page),
    }
}

fn read(
    reading: &Reading,
    address: Address,
    whose: &Whose,
    asked: &Asked,
) -> Result<Option<Shown>, Failure> {
    let (store, subject) = (reading.store()?, &whose.subjects[0]);
    let counts = store.state_counts(subject.key(Kind::Maximum))?;
    let (Some(first), Some(last)) = (counts.first_held, counts.last_held) else {
        return Ok(None);
    };
    let period = period(asked, last);
    let maxima = view::maxima::read(store, subject.clone(), period.first(), period.end())?;
    let prices = configured(&reading.settings.usage_points, whose.point);
    let subscribed = prices.subscribed_kva.map(|kva| kva * 1000);
    let subscribed = subscribed
        .or(maxima.subscribed_power_va)
        .filter(|va| *va > 0);
    let scene = Scene {
        words: reading.words,
        address: Address {
            by: Some(by(period)),
            period: written(period),
            ..address
        },
        period,
        subscribed,
        now: reading.now,
        maxima,
    };
    Ok(Some(scene.shown(first, last)))
}

/// The month or year that is asked for, else the year of the last maximum.
fn period(asked: &Asked, last: Date) -> Period {
    let named = match asked.period {
        Some(Span::When(when)) => Some(when.period()),
        Some(Span::All) | None => None,
    };
    let is_long = match asked.by {
        Some(by) => matches!(by, By::Year | By::All),
        None => named.is_none_or(|named| named.granularity() == Granularity::Year),
    };
    let granularity = if is_long {
        Granularity::Year
    } else {
        Granularity::Month
    };
    let day = named.map_or(last, |named| within(last, named.first(), named.end()));
    Period::containing(granularity, day)
}

fn by(period: Period) -> By {
    match period.granularity() {
        Granularity::Year => By::Year,
        _ => By::Month,
    }
}

struct Scene {
    words: Words,
    address: Address,
    period: Period,
    subscribed: Option<u32>,
    now: Timestamp,
    maxima: Maxima,
}

impl Scene {
    fn shown(self, first_held: Date, last: Date) -> Shown {
        let words = self.words;
        let before = paris::add_days(self.period.first(), -1);
        let after = self.period.end();
        let at = |day| self.at(Period::containing(self.period.granularity(), day));
        let highest = self.maxima.highest;
        let count = |hue: Hue| match self.subscribed {
            Some(_) => self
                .whole()
                .filter(|one| self.hue(one) == hue)
                .count()
                .to_string(),
            None => String::new(),
        };
        Shown {
            title: match self.period.granularity() {
                Granularity::Year => self.period.first().year().to_string(),
                _ => capital(&words.month(self.period.first())),
            },
            before: (first_held <= before).then(|| at(before)),
            after: (after <= paris::day_of(self.now)).then(|| at(after)),
            lengths: self.lengths(last),
            subscribed: self
                .subscribed
                .map_or(String::new(), |va| kva(words, u64::from(va))),
            highest: highest.map_or(String::new(), |one| kva(words, u64::from(one.volt_amperes))),
            highest_at: highest.map_or(String::new(), |one| words.instant(one.at)),
            near: count(Hue::Near),
            above: count(Hue::Above),
            figure: self.figure(),
            sheet: self.sheet(),
        }
    }

    fn at(&self, period: Period) -> String {
        Address {
            by: Some(by(period)),
            period: written(period),
            ..self.address.clone()
        }
        .href()
    }

    fn lengths(&self, last: Date) -> Segments {
        let day = within(last, self.period.first(), self.period.end());
        let choice = |(granularity, name)| Choice {
            name: self.words.t(name),
            href: self.at(Period::containing(granularity, day)),
            is_here: granularity == self.period.granularity(),
        };
        let lengths = [
            (Granularity::Month, "dash-by-month"),
            (Granularity::Year, "dash-by-year"),
        ];
        Segments {
            label: self.words.t("dash-by"),
            choices: lengths.map(choice).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use home::When;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_year_of_the_last_maximum_is_shown_unless_a_month_is_asked_for() {
        let last = date(2026, 11, 20);
        let of = |when: Option<When>, by| {
            let asked = Asked {
                period: when.map(Span::When),
                by,
                ..Asked::default()
            };
            written(period(&asked, last))
        };
        assert_eq!(of(None, None), "2026");
        assert_eq!(of(Some(When::Month(date(2026, 3, 1))), None), "2026-03");
        assert_eq!(
            of(Some(When::Year(date(2025, 1, 1))), Some(By::Month)),
            "2025-12"
        );
        assert_eq!(of(None, Some(By::Month)), "2026-11");
    }
}
