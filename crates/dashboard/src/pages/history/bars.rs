//! Weeks, months, years and all of them, as bars.

use home::Failure;
use home::json::show::{Subject, Total};
use home::view::{self, slots};
use home::when::Days;
use jiff::civil::Date;
use meter::{Direction, paris};

use super::bar::{Bar, COLUMNS, Manner, OneWay, of_year};
use super::halves::{Half, desc, figures, head, legend, total_row};
use super::span::Shown;
use super::totals::{Content, energy_of};
use super::{Scene, by_of_parts};
use crate::asked::{By, Value};
use crate::chart::{Bars, Figure, Measure, Row, Sheet, Slot, Table};
use crate::pages::energy::{Address, cost_of, how_many, known, offer_of};

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
            let end = paris::add_days(total.last, 1);
            cost = cost_of(self.reading, subject, Days::between(total.first, end))?;
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
            period: Shown::around(by, total.first, total.last).text(),
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
