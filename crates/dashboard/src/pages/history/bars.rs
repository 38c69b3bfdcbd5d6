//! Weeks, months, years and all of them, as bars.

use home::json::cost::{Cost, Sums};
use home::json::show::{Subject, Total};
use home::view::{self, slots};
use home::when::Days;
use home::{Failure, Words};
use jiff::civil::Date;
use meter::{Direction, paris};

use super::bar::{Bar, COLUMNS, Manner, OneWay, amount, of_year};
use super::span::Shown;
use super::totals::{Content, Reckoning, class_keys, cost_figure, energy_of};
use super::{Scene, by_of_parts};
use crate::asked::{By, Value};
use crate::chart::{Bars, Cell, Figure, Hue, Key, Lack, Measure, Row, Sheet, Slot, Table};
use crate::pages::energy::{Address, how_many, known, offer_of};

/// One direction of a period.
struct Half {
    direction: Direction,
    total: Total,
    before: Option<i64>,
    cost: Option<Cost>,
}

impl Scene<'_> {
    /// The content of a period of more than one day.
    pub(super) fn bars(&self) -> Result<Content, Failure> {
        let manner = Manner {
            words: self.words,
            by: self.shown.by,
            money: self.address.value == Value::Cost,
            net: self.ways.len() > 1,
        };
        let mut bars: Vec<Bar> = Vec::new();
        let mut halves = Vec::new();
        for subject in &self.whose.subjects {
            if !self.ways.contains(&subject.direction) {
                continue;
            }
            let (half, own) = self.half(subject, manner)?;
            join(&mut bars, own);
            halves.push(half);
        }
        Ok(Content {
            days: how_many(self.words, &halves[0].total),
            figures: figures(manner, &halves),
            figure: self.figure(manner, &bars, &halves),
            sheet: self.sheet_of(&bars),
        })
    }

    /// One direction: its places and its whole.
    fn half(&self, subject: &Subject, manner: Manner) -> Result<(Half, Vec<Bar>), Failure> {
        let (mut bars, total) = self.places(subject, self.shown)?;
        let wants_cost = self.priced && (self.shown.by != By::All || manner.money);
        let mut cost = None;
        if wants_cost {
            self.price(subject, &mut bars)?;
            cost = self.whole_cost(subject, &total)?;
        }
        let mut before = None;
        if self.address.compare && !manner.net && self.shown.by != By::All {
            let ago = self.shown.year_ago();
            let (mut past, past_total) = self.places(subject, ago)?;
            before = energy_of(&past_total).map(|value| value as i64);
            if manner.money {
                self.price(subject, &mut past)?;
                let all = past.iter().filter_map(|bar| bar.ways[0].value(true));
                before = all.reduce(|one, other| one + other);
            }
            for (bar, past) in bars.iter_mut().zip(&past) {
                bar.before = past.ways[0].value(manner.money);
            }
        }
        let half = Half {
            direction: subject.direction,
            total,
            before,
            cost,
        };
        Ok((half, bars))
    }

    /// The places of a period and its sum.
    fn places(&self, subject: &Subject, shown: Shown) -> Result<(Vec<Bar>, Total), Failure> {
        let (store, now) = (self.reading.store()?, self.reading.now);
        let bar = |total: &Total, note| Bar {
            first: total.first,
            end: paris::add_days(total.last, 1),
            ways: vec![OneWay {
                direction: subject.direction,
                total: total.clone(),
                note,
                sums: None,
            }],
            before: None,
            href: self.inside(shown, total),
        };
        let Some(period) = shown.period() else {
            let today = paris::day_of(now);
            let years = view::years::read(store, subject)?;
            let years: Vec<Total> = years.iter().map(|year| of_year(year, today)).collect();
            let total = sum(&years).unwrap_or_else(|| empty(shown));
            return Ok((years.iter().map(|year| bar(year, None)).collect(), total));
        };
        let read = view::period::read(store, subject.clone(), period, now)?;
        let parts = read.parts.iter();
        let bars = parts.map(|part| bar(&part.total, part.state.clone()));
        Ok((bars.collect(), read.total))
    }

    /// Where a place is shown whole; nowhere while it is to come.
    fn inside(&self, shown: Shown, total: &Total) -> Option<String> {
        let by = by_of_parts(shown.by);
        let begun = total.days_to_come < total.days;
        let address = Address {
            by: Some(by),
            period: match by {
                By::Year => total.first.strftime("%Y").to_string(),
                By::Month => total.first.strftime("%Y-%m").to_string(),
                _ => total.first.to_string(),
            },
            ..self.address.clone()
        };
        begun.then(|| address.href())
    }

    /// Prices the places that have begun.
    fn price(&self, subject: &Subject, bars: &mut [Bar]) -> Result<(), Failure> {
        let store = self.reading.store()?;
        let Some(offer) = offer_of(self.reading, subject.usage_point, subject.direction)? else {
            return Ok(());
        };
        let today = paris::day_of(self.reading.now);
        let begun = bars.iter().filter(|bar| bar.first < today);
        let spans: Vec<(Date, Date)> = begun.map(|bar| (bar.first, bar.end.min(today))).collect();
        let (Some((first, _)), Some((_, end))) = (spans.first(), spans.last()) else {
            return Ok(());
        };
        let known = known(self.reading, store, subject.usage_point, (*first, *end))?;
        let sums = slots::read(store, subject, &spans, offer, &known)?;
        for (bar, sums) in bars.iter_mut().zip(sums) {
            bar.ways[0].sums = Some(sums);
        }
        Ok(())
    }

    /// The whole period's cost, as `releve cost` says it.
    fn whole_cost(&self, subject: &Subject, total: &Total) -> Result<Option<Cost>, Failure> {
        let store = self.reading.store()?;
        let Some(offer) = offer_of(self.reading, subject.usage_point, subject.direction)? else {
            return Ok(None);
        };
        let days = Days {
            first: total.first,
            end: paris::add_days(total.last, 1),
            to_come: 0,
        };
        let days = days.passed(self.reading.now);
        if days.is_empty() {
            return Ok(None);
        }
        let known = known(
            self.reading,
            store,
            subject.usage_point,
            (days.first, days.end),
        )?;
        let cost = view::cost::read(store, subject.clone(), days, offer, &known)?;
        Ok((cost.sums.minutes_covered > 0).then_some(cost))
    }

    fn figure(&self, manner: Manner, bars: &[Bar], halves: &[Half]) -> Figure {
        let words = self.words;
        let slots: Vec<Slot> = bars.iter().map(|bar| bar.slot(manner)).collect();
        let title = words.t(match (manner.money, manner.net) {
            (true, _) => "dash-cost",
            (false, true) => "dash-net",
            (false, false) if halves[0].direction == Direction::Production => "dash-production",
            (false, false) => "dash-consumption",
        });
        let legend = legend(manner, halves, &slots);
        let with_cost = halves.iter().any(|half| half.cost.is_some());
        let chart = Bars {
            id: "bars",
            desc: desc(words, self.shown, halves, manner),
            title: title.clone(),
            measure: if manner.money {
                Measure::MicroEuros
            } else {
                Measure::WattHours
            },
            slots,
            limits: Vec::new(),
            class: "tall",
        };
        let with_before = bars.iter().any(|bar| bar.before.is_some());
        let row = |bar: &Bar| bar.row(manner, with_cost, with_before);
        let mut rows: Vec<Row> = bars.iter().map(row).collect();
        rows.push(total_row(manner, halves, with_cost, bars));
        Figure {
            words,
            id: "history",
            note: String::new(),
            svg: chart.svg(words),
            legend,
            table: Table {
                caption: self.shown.title(words),
                head: head(manner, halves, with_cost, bars),
                rows,
            },
            csv: Some(self.address.csv()),
            title,
        }
    }

    fn sheet_of(&self, bars: &[Bar]) -> Sheet {
        Sheet {
            name: format!("history-{}", self.shown.text()),
            head: COLUMNS.map(str::to_owned).to_vec(),
            rows: bars.iter().flat_map(Bar::lines).collect(),
        }
    }
}

/// Lays the places of a second direction beside those of the first.
fn join(bars: &mut Vec<Bar>, own: Vec<Bar>) {
    if bars.is_empty() {
        *bars = own;
        return;
    }
    for bar in own {
        match bars.iter_mut().find(|other| other.first == bar.first) {
            Some(other) => other.ways.extend(bar.ways),
            None => bars.push(bar),
        }
    }
    bars.sort_by_key(|bar| bar.first);
}

fn sum(totals: &[Total]) -> Option<Total> {
    let (first, last) = (totals.first()?, totals.last()?);
    let held = totals.iter().filter_map(|total| total.watt_hours);
    Some(Total {
        last: last.last,
        days: totals.iter().map(|total| total.days).sum(),
        days_to_come: totals.iter().map(|total| total.days_to_come).sum(),
        days_held: totals.iter().map(|total| total.days_held).sum(),
        watt_hours: held.reduce(|one, other| one + other),
        partial: totals.iter().any(|total| total.partial),
        ..first.clone()
    })
}

fn empty(shown: Shown) -> Total {
    Total {
        first: shown.first,
        last: paris::add_days(shown.end, -1),
        days: 0,
        days_to_come: 0,
        days_held: 0,
        watt_hours: None,
        partial: true,
        curve_days_complete: 0,
        curve_days_partial: 0,
        curve_watt_minutes: None,
    }
}

/// The figures above the chart.
fn figures(manner: Manner, halves: &[Half]) -> Vec<Reckoning> {
    let words = manner.words;
    let mut figures = Vec::new();
    for half in halves {
        let (name, cost) = match half.direction {
            Direction::Consumption => ("dash-consumption", "dash-cost"),
            Direction::Production => ("dash-production", "dash-sold"),
        };
        let energy = energy_of(&half.total);
        let text = energy.map_or("–".to_owned(), |energy| words.kwh(energy));
        let mut figure = Reckoning::new(words, name, text);
        let before = half
            .before
            .map(|before| (before, amount(words, before, manner.money)));
        if !manner.money {
            figure = figure.beside(words, energy.unwrap_or_default() as i64, before.clone());
        }
        if energy.is_some() && half.total.watt_hours.is_none() {
            figure = figure.remark(words.t("dash-from-curve"));
        }
        figures.push(figure);
        if let Some(of) = &half.cost {
            let mut figure = cost_figure(words, cost, of);
            if manner.money {
                figure = figure.beside(words, of.sums.total_micro_euros, before);
            }
            figures.push(figure);
        }
    }
    if let [one, other] = halves
        && let (Some(used), Some(sold)) = (one.total.watt_hours, other.total.watt_hours)
    {
        let net = used as i64 - sold as i64;
        figures.push(Reckoning::new(words, "dash-net", amount(words, net, false)));
    }
    figures
}

fn legend(manner: Manner, halves: &[Half], slots: &[Slot]) -> Vec<Key> {
    let words = manner.words;
    let mut keys = Vec::new();
    match halves {
        [
            Half {
                direction: Direction::Consumption,
                cost: Some(cost),
                ..
            },
        ] => {
            keys = class_keys(words, &cost.sums, manner.money);
            let is_rest = |slot: &Slot| slot.parts.iter().any(|part| part.hue == Hue::Other);
            if manner.money {
                keys.push(subscription(words, &cost.sums));
            } else if slots.iter().any(is_rest) {
                keys.push(Key::new(Hue::Other, words.t("dash-no-class")));
            }
        }
        halves => {
            for half in halves {
                let (hue, name) = match half.direction {
                    Direction::Consumption => (Hue::Consumption, "dash-consumption"),
                    Direction::Production => (Hue::Production, "dash-production"),
                };
                keys.push(Key::new(hue, words.t(name)));
            }
        }
    }
    if slots.iter().any(|slot| slot.before.is_some()) {
        keys.push(Key::new(Hue::LastYear, words.t("dash-year-ago")));
    }
    if slots
        .iter()
        .any(|slot| matches!(slot.lack, Lack::Some | Lack::All))
    {
        keys.push(Key::new(Hue::Missing, words.t("dash-missing")));
    }
    keys
}

fn subscription(words: Words, sums: &Sums) -> Key {
    let value = words.euros(sums.subscription_micro_euros);
    Key::new(Hue::Other, words.t("price-row-subscription")).worth(value)
}

/// What the chart shows, in a sentence.
fn desc(words: Words, shown: Shown, halves: &[Half], manner: Manner) -> String {
    let values: Vec<String> = figures(manner, halves)
        .into_iter()
        .map(|figure| {
            words.say(
                "dash-tip",
                &[("name", &figure.label), ("value", &figure.value)],
            )
        })
        .collect();
    format!("{}. {}.", shown.title(words), values.join(". "))
}

fn head(manner: Manner, halves: &[Half], with_cost: bool, bars: &[Bar]) -> Vec<String> {
    let words = manner.words;
    let mut head = vec![words.t(match by_of_parts(manner.by) {
        By::Month => "dash-by-month",
        By::Year => "dash-by-year",
        _ => "dash-by-day",
    })];
    for half in halves {
        let (energy, cost) = match half.direction {
            Direction::Consumption => ("dash-consumption", "dash-cost"),
            Direction::Production => ("dash-production", "dash-sold"),
        };
        head.push(words.t(energy));
        head.extend(with_cost.then(|| words.t(cost)));
    }
    if bars.iter().any(|bar| bar.before.is_some()) {
        head.push(words.t("dash-year-ago"));
    }
    head.push(words.t("dash-held"));
    head
}

fn total_row(manner: Manner, halves: &[Half], with_cost: bool, bars: &[Bar]) -> Row {
    let words = manner.words;
    let mut cells = Vec::new();
    let none = || Cell::Lack("–".to_owned());
    for half in halves {
        let energy = energy_of(&half.total).map(|value| Cell::Number(words.kwh(value)));
        cells.push(energy.unwrap_or_else(none));
        if with_cost {
            let cost = half.cost.as_ref().map(|cost| cost.sums.total_micro_euros);
            cells.push(cost.map_or_else(none, |value| Cell::Number(words.euros(value))));
        }
    }
    if bars.iter().any(|bar| bar.before.is_some()) {
        let before = halves[0]
            .before
            .map(|value| Cell::Number(amount(words, value, manner.money)));
        cells.push(before.unwrap_or_else(none));
    }
    cells.push(Cell::Words(how_many(words, &halves[0].total)));
    Row {
        name: words.t("price-row-total"),
        href: None,
        cells,
        total: true,
    }
}
