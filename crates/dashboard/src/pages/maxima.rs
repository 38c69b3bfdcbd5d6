//! Maxima: the highest power of each day against the subscribed power, with
//! lines at 90 % and 100 % of it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use home::json::show::{Maxima, Maximum};
use home::view::pricing::configured;
use home::{Failure, Words, view};
use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Granularity, Kind, Period, paris};

use super::energy::{Address, Choice, Empty, Segments, Whose, whose};
use crate::asked::{Asked, By, Span};
use crate::caller::Caller;
use crate::chart::{
    Bars, Cell, Figure, Hue, Key, Lack, Limit, Measure, Part, Row, Sheet, Slot, Table,
};
use crate::frame::{Frame, Place};
use crate::house::{House, Reading};

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
            period: text(period),
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
    let day = named.map_or(last, |named| {
        super::history::within(last, named.first(), named.end())
    });
    Period::containing(granularity, day)
}

fn by(period: Period) -> By {
    match period.granularity() {
        Granularity::Year => By::Year,
        _ => By::Month,
    }
}

fn text(period: Period) -> String {
    let pattern = match period.granularity() {
        Granularity::Year => "%Y",
        _ => "%Y-%m",
    };
    period.first().strftime(pattern).to_string()
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
                _ => super::history::capital(&words.month(self.period.first())),
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
            period: text(period),
            ..self.address.clone()
        }
        .href()
    }

    fn lengths(&self, last: Date) -> Segments {
        let day = super::history::within(last, self.period.first(), self.period.end());
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

    /// The maxima of the whole connection.
    fn whole(&self) -> impl DoubleEndedIterator<Item = &Maximum> {
        self.maxima.maxima.iter().filter(|one| one.phase == 0)
    }

    /// Whole percents of the subscribed power, rounded down.
    fn percent(&self, one: &Maximum) -> Option<u64> {
        Some(u64::from(one.volt_amperes) * 100 / u64::from(self.subscribed?))
    }

    /// Near the limit from 90 % on, above it from one VA more on.
    fn hue(&self, one: &Maximum) -> Hue {
        match self.subscribed {
            Some(limit) if one.volt_amperes > limit => Hue::Above,
            Some(limit) if u64::from(one.volt_amperes) * 10 >= u64::from(limit) * 9 => Hue::Near,
            _ => Hue::Consumption,
        }
    }

    fn slots(&self) -> Vec<Slot> {
        let today = paris::day_of(self.now);
        let held: std::collections::BTreeMap<Date, &Maximum> =
            self.whole().map(|one| (one.day, one)).collect();
        let slot = |day: Date| {
            let Some(one) = held.get(&day) else {
                return Slot {
                    lack: if day >= today {
                        Lack::ToCome
                    } else {
                        Lack::All
                    },
                    label: self.label(day),
                    minor: self.is_minor(day),
                    ..Slot::default()
                };
            };
            let power = kva(self.words, u64::from(one.volt_amperes));
            let args = [("name", self.words.instant(one.at)), ("value", power)];
            let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
            Slot {
                label: self.label(day),
                minor: self.is_minor(day),
                parts: vec![Part {
                    hue: self.hue(one),
                    value: i64::from(one.volt_amperes),
                }],
                tip: self.words.say("dash-tip", &args),
                ..Slot::default()
            }
        };
        self.period.days().map(slot).collect()
    }

    fn label(&self, day: Date) -> String {
        match self.period.granularity() {
            Granularity::Year if day.day() == 15 => {
                let names = self.words.t("show-months-short");
                let month = usize::from(day.month().unsigned_abs()) - 1;
                names
                    .split(',')
                    .nth(month)
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            }
            Granularity::Year => String::new(),
            _ => day.day().to_string(),
        }
    }

    fn is_minor(&self, day: Date) -> bool {
        match self.period.granularity() {
            Granularity::Year => day.month() % 2 == 0,
            _ => day.day() % 7 != 1,
        }
    }

    fn limits(&self) -> Vec<Limit> {
        let Some(subscribed) = self.subscribed else {
            return Vec::new();
        };
        let line = |value: u32, hue, word: &str| Limit {
            value: i64::from(value),
            hue,
            word: word.to_owned(),
        };
        vec![
            line(subscribed * 9 / 10, Hue::Near, "90\u{a0}%"),
            line(subscribed, Hue::Above, "100\u{a0}%"),
        ]
    }

    fn figure(&self) -> Figure {
        let words = self.words;
        let title = words.t("dash-maxima-by-day");
        let highest = self
            .maxima
            .highest
            .map_or(0, |one| u64::from(one.volt_amperes));
        let args = [
            ("highest", kva(words, highest)),
            ("period", text(self.period)),
        ];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        let chart = Bars {
            id: "maxima",
            desc: words.say("dash-maxima-desc", &args),
            title: title.clone(),
            measure: Measure::VoltAmperes,
            slots: self.slots(),
            limits: self.limits(),
            class: "tall",
        };
        let mut legend = vec![Key::new(Hue::Consumption, words.t("dash-below-90"))];
        if self.subscribed.is_some() {
            legend.push(Key::new(Hue::Near, words.t("dash-near")));
            legend.push(Key::new(Hue::Above, words.t("dash-above")));
        }
        if chart.slots.iter().any(|slot| slot.lack == Lack::All) {
            legend.push(Key::new(Hue::Missing, words.t("dash-missing")));
        }
        Figure {
            words,
            id: "maxima-figure",
            note: String::new(),
            svg: chart.svg(words),
            legend,
            table: self.table(),
            csv: Some(self.address.csv()),
            title,
        }
    }

    fn table(&self) -> Table {
        let words = self.words;
        let row = |one: &Maximum| {
            let percent = self.percent(one).map(|percent| percent.to_string());
            let share = percent.map(|text| words.say("dash-percent", &[("value", &text)]));
            let phase = match one.phase {
                0 => words.t("dash-phase-all"),
                phase => format!("{} {phase}", words.t("show-phase")),
            };
            Row::new(
                words.short_day(one.day),
                vec![
                    Cell::Number(kva(words, u64::from(one.volt_amperes))),
                    share.map_or_else(|| Cell::Lack("–".to_owned()), Cell::Number),
                    Cell::Words(match one.at_later {
                        None => words.instant(one.at),
                        Some(_) => {
                            format!("{} ({})", words.clock(one.at), words.t("show-ambiguous"))
                        }
                    }),
                    Cell::Words(phase),
                ],
            )
        };
        let head = [
            "dash-by-day",
            "dash-power",
            "dash-share",
            "dash-time",
            "dash-phase",
        ];
        Table {
            caption: words.t("dash-maxima-by-day"),
            head: head.map(|name| words.t(name)).to_vec(),
            rows: self.maxima.maxima.iter().map(row).collect(),
        }
    }

    fn sheet(&self) -> Sheet {
        let line = |one: &Maximum| {
            vec![
                one.day.to_string(),
                one.phase.to_string(),
                one.volt_amperes.to_string(),
                one.at.to_string(),
                one.at_later.map_or(String::new(), |at| at.to_string()),
            ]
        };
        let head = ["day", "phase", "volt_amperes", "at", "at_later"];
        Sheet {
            name: format!("maxima-{}", text(self.period)),
            head: head.map(str::to_owned).to_vec(),
            rows: self.maxima.maxima.iter().map(line).collect(),
        }
    }
}

fn kva(words: Words, va: u64) -> String {
    format!("{}\u{a0}kVA", words.thousandths(va))
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
            text(period(&asked, last))
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
