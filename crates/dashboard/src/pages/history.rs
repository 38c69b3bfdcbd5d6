//! History: a day's curve, or the days, months and years of longer periods, as
//! energy or money, beside a year ago.

mod bar;
mod bars;
mod days;
mod halves;
mod points;
mod span;
mod totals;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use home::{Failure, Words, view};
use meter::{Direction, Kind};

use super::energy::{Address, Choice, Empty, Segments, Whose, offer_of, whose};
use crate::asked::{Asked, By, Value, Way};
use crate::caller::Caller;
use crate::chart::{Figure, Sheet};
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};
use span::Shown;
pub(super) use span::within;
use totals::Reckoning;

const KINDS: [Kind; 2] = [Kind::Curve, Kind::Daily];

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Place::History.path(), get(page))
        .route("/history/points", get(points::answer))
}

#[derive(Template)]
#[template(path = "pages/history.html")]
struct HistoryPage {
    frame: Frame,
    points: Segments,
    empty: Option<Empty>,
    shown: Option<History>,
}

/// How long the parts of a period are.
fn by_of_parts(by: By) -> By {
    match by {
        By::Day | By::Week | By::Month => By::Day,
        By::Year => By::Month,
        By::All => By::Year,
    }
}

/// A period as it is shown.
struct History {
    title: String,
    /// The periods before and after, where something may be held of them.
    before: Option<String>,
    after: Option<String>,
    lengths: Segments,
    ways: Segments,
    values: Segments,
    compare: Option<Choice>,
    /// What of it is held, where not all is.
    days: String,
    figures: Vec<Reckoning>,
    figure: Figure,
    sheet: Sheet,
    /// The half hours to zoom into, and their colour; none where there are none.
    zoom: Option<(String, &'static str)>,
}

/// What the parts of the page are made from.
struct Scene<'a> {
    reading: &'a Reading<'a>,
    words: Words,
    address: Address,
    whose: &'a Whose,
    shown: Shown,
    /// What is shown: consumption, production, or both.
    ways: Vec<Direction>,
    /// Whether everything that is shown has an offer.
    priced: bool,
}

async fn page(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let frame = caller.frame(Place::History);
    let is_file = asked.format.is_csv();
    let address = Address::of(&frame, &asked);
    let page = house.read(caller.words, move |reading| {
        read(reading, frame, address, &asked)
    });
    match page.await {
        Ok(HistoryPage {
            shown: Some(shown), ..
        }) if is_file => shown.sheet.into_response(),
        page => caller.answer(page),
    }
}

fn read(
    reading: &Reading,
    frame: Frame,
    address: Address,
    asked: &Asked,
) -> Result<HistoryPage, Failure> {
    let empty = |frame, points| -> Result<HistoryPage, Failure> {
        Ok(HistoryPage {
            frame,
            points,
            empty: Some(Empty::read(reading)?),
            shown: None,
        })
    };
    let Some(whose) = whose(reading, &address, &KINDS)? else {
        return empty(frame, Segments::default());
    };
    let store = reading.store()?;
    let points = whose.points.clone();
    let Some(last) = view::last_held(store, &whose.subjects, &KINDS)? else {
        return empty(frame, points);
    };
    let shown = Shown::of(asked, last, reading.now);
    let scene = Scene::new(reading, address, &whose, shown)?;
    Ok(HistoryPage {
        points,
        shown: Some(scene.history()?),
        empty: None,
        frame,
    })
}

impl<'a> Scene<'a> {
    fn new(
        reading: &'a Reading<'a>,
        mut address: Address,
        whose: &'a Whose,
        shown: Shown,
    ) -> Result<Self, Failure> {
        let held = |way| whose.subjects.iter().any(|one| one.direction == way);
        let asked = match address.way {
            Way::Net => Direction::ALL.to_vec(),
            way => way.direction().into_iter().collect(),
        };
        let mut ways: Vec<_> = asked.into_iter().filter(|way| held(*way)).collect();
        if ways.is_empty() {
            ways = vec![whose.subjects[0].direction];
        }
        address.way = match ways.as_slice() {
            [Direction::Consumption] => Way::Consumption,
            [Direction::Production] => Way::Production,
            _ => Way::Net,
        };
        let mut priced = true;
        for way in &ways {
            priced &= offer_of(reading, whose.point, *way)?.is_some();
        }
        if !priced || shown.by == By::Day {
            address.value = Value::Energy;
        }
        address.by = Some(shown.by);
        address.period = shown.text();
        Ok(Self {
            reading,
            words: reading.words,
            address,
            whose,
            shown,
            ways,
            priced,
        })
    }

    fn history(&self) -> Result<History, Failure> {
        let content = match self.shown.by {
            By::Day => self.day()?,
            _ => self.bars()?,
        };
        let near = |shown: Option<Shown>| shown.map(|shown| self.at(shown));
        Ok(History {
            title: self.shown.title(self.words),
            before: near(self.shown.before(self.first_held()?)),
            after: near(self.shown.after(self.reading.now)),
            lengths: self.lengths(),
            ways: self.directions(),
            values: self.values(),
            compare: self.compare(),
            days: content.days,
            figures: content.figures,
            figure: content.figure,
            sheet: content.sheet,
            zoom: self.zoom(),
        })
    }

    fn first_held(&self) -> Result<Option<jiff::civil::Date>, Failure> {
        let store = self.reading.store()?;
        let mut first = None;
        for subject in &self.whose.subjects {
            for kind in KINDS {
                let held = store.state_counts(subject.key(kind))?.first_held;
                first = match (first, held) {
                    (Some(one), Some(other)) => Some(std::cmp::min(one, other)),
                    (one, other) => one.or(other),
                };
            }
        }
        Ok(first)
    }

    fn at(&self, shown: Shown) -> String {
        let by = Some(shown.by);
        let period = shown.text();
        Address {
            by,
            period,
            ..self.address.clone()
        }
        .href()
    }

    fn lengths(&self) -> Segments {
        let lengths = [By::Day, By::Week, By::Month, By::Year, By::All];
        let choice = |by: By| Choice {
            name: self.words.t(match by {
                By::Day => "dash-by-day",
                By::Week => "dash-by-week",
                By::Month => "dash-by-month",
                By::Year => "dash-by-year",
                By::All => "dash-by-all",
            }),
            href: self.at(self.shown.by(by)),
            is_here: by == self.shown.by,
        };
        Segments {
            label: self.words.t("dash-by"),
            choices: lengths.map(choice).to_vec(),
        }
    }

    fn directions(&self) -> Segments {
        if self.whose.subjects.len() < 2 {
            return Segments::default();
        }
        let choice = |way: Way| Choice {
            name: self.words.t(match way {
                Way::Consumption => "dash-consumption",
                Way::Production => "dash-production",
                Way::Net => "dash-net",
            }),
            href: Address {
                way,
                ..self.address.clone()
            }
            .href(),
            is_here: way == self.address.way,
        };
        Segments {
            label: self.words.t("dash-direction"),
            choices: [Way::Consumption, Way::Production, Way::Net]
                .map(choice)
                .to_vec(),
        }
    }

    fn values(&self) -> Segments {
        if !self.priced || self.shown.by == By::Day {
            return Segments::default();
        }
        let choice = |value: Value| Choice {
            name: self.words.t(match value {
                Value::Energy => "dash-energy",
                Value::Cost => "dash-cost",
            }),
            href: Address {
                value,
                ..self.address.clone()
            }
            .href(),
            is_here: value == self.address.value,
        };
        Segments {
            label: self.words.t("dash-value"),
            choices: [Value::Energy, Value::Cost].map(choice).to_vec(),
        }
    }

    /// Beside a year ago, or no longer.
    fn compare(&self) -> Option<Choice> {
        if self.shown.by == By::All || self.ways.len() > 1 {
            return None;
        }
        Some(Choice {
            name: self.words.t("dash-compare"),
            href: Address {
                compare: !self.address.compare,
                ..self.address.clone()
            }
            .href(),
            is_here: self.address.compare,
        })
    }

    fn zoom(&self) -> Option<(String, &'static str)> {
        let hue = match self.ways[0] {
            Direction::Consumption => "consumption",
            Direction::Production => "production",
        };
        let href = self.address.to("/history/points").href();
        (self.shown.by != By::All).then_some((href, hue))
    }
}
