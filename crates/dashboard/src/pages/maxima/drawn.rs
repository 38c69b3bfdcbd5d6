//! The maxima of a month or year, drawn: bars under two lines, a table, a file.

use std::collections::BTreeMap;

use home::Words;
use home::json::show::Maximum;
use jiff::civil::Date;
use meter::{Granularity, paris};

use super::Scene;
use crate::asked::written;
use crate::chart::{
    Bars, Cell, Figure, Hue, Key, Lack, Limit, Measure, Part, Row, Sheet, Slot, Table,
};

impl Scene {
    /// The maxima of the whole connection.
    pub(super) fn whole(&self) -> impl DoubleEndedIterator<Item = &Maximum> {
        self.maxima.maxima.iter().filter(|one| one.phase == 0)
    }

    /// Whole percents of the subscribed power, rounded down.
    fn percent(&self, one: &Maximum) -> Option<u64> {
        Some(u64::from(one.volt_amperes) * 100 / u64::from(self.subscribed?))
    }

    /// Near the limit from 90 % on, above it from one VA more on.
    pub(super) fn hue(&self, one: &Maximum) -> Hue {
        match self.subscribed {
            Some(limit) if one.volt_amperes > limit => Hue::Above,
            Some(limit) if u64::from(one.volt_amperes) * 10 >= u64::from(limit) * 9 => Hue::Near,
            _ => Hue::Consumption,
        }
    }

    fn slots(&self) -> Vec<Slot> {
        let today = paris::day_of(self.now);
        let held: BTreeMap<Date, &Maximum> = self.whole().map(|one| (one.day, one)).collect();
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

    pub(super) fn figure(&self) -> Figure {
        let words = self.words;
        let title = words.t("dash-maxima-by-day");
        let highest = self
            .maxima
            .highest
            .map_or(0, |one| u64::from(one.volt_amperes));
        let args = [
            ("highest", kva(words, highest)),
            ("period", written(self.period)),
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

    pub(super) fn sheet(&self) -> Sheet {
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
            name: format!("maxima-{}", written(self.period)),
            head: head.map(str::to_owned).to_vec(),
            rows: self.maxima.maxima.iter().map(line).collect(),
        }
    }
}

/// An apparent power, in kVA.
pub(super) fn kva(words: Words, va: u64) -> String {
    format!("{}\u{a0}kVA", words.thousandths(va))
}
