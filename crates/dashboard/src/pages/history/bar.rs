//! One place of a chart: a day, a month or a year, with all that is known of it.

use home::Words;
use home::json::cost::Sums;
use home::json::show::{StateNote, Total};
use jiff::civil::Date;
use meter::{Direction, PeriodTotal, WattMinutes, paris};

use super::totals::energy_of;
use crate::asked::By;
use crate::chart::{Cell, Hue, Lack, Part, Row, Slot};
use crate::pages::energy::how_many;

/// A place of a chart.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    /// Its first day.
    pub first: Date,
    /// The day after its last.
    pub end: Date,
    /// What is known of it, one way or both.
    pub ways: Vec<OneWay>,
    /// The same a year ago, where that is asked for: Wh or millionths of a euro.
    pub before: Option<i64>,
    /// Where it is shown whole.
    pub href: Option<String>,
}

/// What is known of one direction.
#[derive(Debug, Clone)]
pub(super) struct OneWay {
    /// Which.
    pub direction: Direction,
    /// Its energy.
    pub total: Total,
    /// Why it has none.
    pub note: Option<StateNote>,
    /// Its classes and its cost, where it has an offer.
    pub sums: Option<Sums>,
}

/// How bars are drawn and written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// The reader's language.
    pub words: Words,
    /// How long the whole period is.
    pub by: By,
    /// Money instead of energy.
    pub money: bool,
    /// Both directions: production goes down.
    pub net: bool,
}

impl OneWay {
    /// What it holds, in Wh or millionths of a euro.
    pub fn value(&self, money: bool) -> Option<i64> {
        if !money {
            return energy_of(&self.total).map(|value| value as i64);
        }
        let sums = self.sums.as_ref().filter(|sums| sums.minutes_covered > 0);
        sums.map(|sums| sums.total_micro_euros)
    }

    fn lack(&self) -> Lack {
        let passed = self.total.days.saturating_sub(self.total.days_to_come);
        let curve = self.total.curve_days_complete + self.total.curve_days_partial;
        match self.total.days_held.max(curve) {
            _ if passed == 0 => Lack::ToCome,
            0 => Lack::All,
            held if held < passed => Lack::Some,
            _ => Lack::None,
        }
    }

    fn parts(&self, manner: Manner) -> Vec<Part> {
        let Some(value) = self.value(manner.money) else {
            return Vec::new();
        };
        let whole = |hue, value| vec![Part { hue, value }];
        match (self.direction, &self.sums) {
            (Direction::Production, _) if manner.net => whole(Hue::Production, -value),
            (Direction::Production, _) => whole(Hue::Production, value),
            (Direction::Consumption, Some(sums)) if !manner.net => {
                classes(sums, value, manner.money)
            }
            (Direction::Consumption, _) => whole(Hue::Consumption, value),
        }
    }
}

/// The classes, then what has none: the subscription, or energy whose hours are
/// not known.
fn classes(sums: &Sums, value: i64, money: bool) -> Vec<Part> {
    let part = |(index, class): (usize, &home::json::cost::Class)| Part {
        hue: Hue::of_class(&class.class, index),
        value: if money {
            class.micro_euros
        } else {
            WattMinutes(class.watt_minutes).watt_hours_rounded() as i64
        },
    };
    let mut parts: Vec<Part> = sums.classes.iter().enumerate().map(part).collect();
    let rest = value - parts.iter().map(|part| part.value).sum::<i64>();
    if rest > 0 {
        parts.push(Part {
            hue: Hue::Other,
            value: rest,
        });
    }
    parts
}

impl Bar {
    /// As a place of the chart.
    pub fn slot(&self, manner: Manner) -> Slot {
        let (label, minor) = self.label(manner);
        let lacks: Vec<Lack> = self.ways.iter().map(OneWay::lack).collect();
        let all = |wanted| lacks.iter().all(|lack| *lack == wanted);
        Slot {
            label,
            minor,
            parts: self.ways.iter().flat_map(|way| way.parts(manner)).collect(),
            before: self.before,
            lack: [Lack::ToCome, Lack::All, Lack::None]
                .into_iter()
                .find(|lack| all(*lack))
                .unwrap_or(Lack::Some),
            tip: self.tip(manner),
            href: self.href.clone(),
        }
    }

    fn label(&self, Manner { words, by, .. }: Manner) -> (String, bool) {
        let nth = |list: &str, index: i8| {
            let names = words.t(list);
            let name = names.split(',').nth(usize::from(index.unsigned_abs()));
            name.unwrap_or_default().trim().to_owned()
        };
        match by {
            By::Day | By::Week => {
                let weekday = self.first.weekday().to_monday_zero_offset();
                (nth("show-weekdays-short", weekday), false)
            }
            By::Month => (self.first.day().to_string(), self.first.day() % 7 != 1),
            By::Year => {
                let month = self.first.month() - 1;
                (nth("show-months-short", month), month % 2 == 1)
            }
            By::All => (self.first.year().to_string(), false),
        }
    }

    /// The name of the place.
    pub fn name(&self, Manner { words, by, .. }: Manner) -> String {
        match by {
            By::Year => words.month(self.first),
            By::All => self.first.year().to_string(),
            By::Day | By::Week | By::Month => words.short_day(self.first),
        }
    }

    fn tip(&self, manner: Manner) -> String {
        let words = manner.words;
        let values: Vec<String> = self
            .ways
            .iter()
            .map(|way| self.tell(way, manner))
            .chain(self.before.map(|before| {
                words.say(
                    "dash-tip-before",
                    &[("value", &amount(words, before, manner.money))],
                )
            }))
            .collect();
        let (name, value) = (self.name(manner), values.join(" · "));
        words.say("dash-tip", &[("name", &name), ("value", &value)])
    }

    fn tell(&self, way: &OneWay, manner: Manner) -> String {
        let words = manner.words;
        let Some(value) = way.value(manner.money) else {
            return self.lacking(way, words);
        };
        let text = amount(words, value, manner.money);
        let how_many = if self.is_day() {
            String::new()
        } else {
            how_many(words, &way.total)
        };
        let way = match (manner.net, way.direction) {
            (false, _) => text,
            (true, Direction::Consumption) => format!("{} {text}", words.t("dash-consumption")),
            (true, Direction::Production) => format!("{} {text}", words.t("dash-production")),
        };
        if how_many.is_empty() {
            way
        } else {
            format!("{way} ({how_many})")
        }
    }

    fn is_day(&self) -> bool {
        self.end == paris::add_days(self.first, 1)
    }

    fn lacking(&self, way: &OneWay, words: Words) -> String {
        if self.is_day() {
            words.state(way.note.as_ref())
        } else {
            how_many(words, &way.total)
        }
    }

    /// As a line of the table.
    pub fn row(&self, manner: Manner, with_cost: bool, with_before: bool) -> Row {
        let words = manner.words;
        let mut cells = Vec::new();
        for way in &self.ways {
            cells.push(match way.value(false) {
                Some(value) => Cell::Number(amount(words, value, false)),
                None => Cell::Lack(self.lacking(way, words)),
            });
            if with_cost {
                cells.push(match way.value(true) {
                    Some(value) => Cell::Number(amount(words, value, true)),
                    None => Cell::Lack("–".to_owned()),
                });
            }
        }
        if with_before {
            cells.push(match self.before {
                Some(before) => Cell::Number(amount(words, before, manner.money)),
                None => Cell::Lack("–".to_owned()),
            });
        }
        let lacks = self.ways.iter().map(|way| {
            if self.is_day() {
                String::new()
            } else {
                how_many(words, &way.total)
            }
        });
        let lacks: Vec<String> = lacks.filter(|text| !text.is_empty()).collect();
        cells.push(Cell::Words(lacks.first().cloned().unwrap_or_default()));
        Row {
            name: self.name(manner),
            href: self.href.clone(),
            cells,
            total: false,
        }
    }

    /// As lines for programs.
    pub fn lines(&self) -> impl Iterator<Item = Vec<String>> {
        self.ways.iter().map(|way| {
            let total = &way.total;
            let or_none =
                |value: Option<u64>| value.map_or(String::new(), |value| value.to_string());
            let sums = way.sums.as_ref().filter(|sums| sums.minutes_covered > 0);
            vec![
                self.first.to_string(),
                paris::add_days(self.end, -1).to_string(),
                way.direction.as_str().to_owned(),
                total.days.to_string(),
                total.days_held.to_string(),
                or_none(total.watt_hours),
                or_none(total.curve_watt_minutes),
                sums.map_or(String::new(), |sums| sums.total_micro_euros.to_string()),
                sums.map_or(String::new(), |sums| sums.complete.to_string()),
            ]
        })
    }
}

/// The columns of [`Bar::lines`].
pub(super) const COLUMNS: [&str; 9] = [
    "first",
    "last",
    "direction",
    "days",
    "days_held",
    "watt_hours",
    "curve_watt_minutes",
    "total_micro_euros",
    "complete",
];

/// Energy in kWh, money in euros.
pub(super) fn amount(words: Words, value: i64, money: bool) -> String {
    if money {
        return words.euros(value);
    }
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{}", words.kwh(value.unsigned_abs()))
}

/// A year's total as the other periods have it; its curve is not read.
pub(super) fn of_year(year: &PeriodTotal, today: Date) -> Total {
    let begun = today.max(year.period.first());
    let to_come = paris::days_between(begun, year.period.end()).max(0);
    Total {
        first: year.period.first(),
        last: paris::add_days(year.period.end(), -1),
        days: year.days,
        days_to_come: to_come.unsigned_abs(),
        days_held: year.days_held,
        watt_hours: (year.days_held > 0).then_some(year.watt_hours),
        partial: year.is_partial(),
        curve_days_complete: 0,
        curve_days_partial: 0,
        curve_watt_minutes: None,
    }
}
