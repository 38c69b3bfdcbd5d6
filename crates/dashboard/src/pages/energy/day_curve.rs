//! A day's curve as a figure: off-peak bands, holes, the hours of its own clock.

use std::collections::BTreeMap;

use home::json::show::{Day, Subject};
use home::view::bands::{self, Band};
use home::{Failure, Words};
use jiff::Timestamp;
use jiff::civil::Date;
use meter::paris::{self, Instants};
use meter::{Direction, WattMinutes};

use super::{energy_name, known, offer_of};
use crate::chart::{Cell, Curve, Figure, Hue, Key, Line, Row, Sheet, Stretch, Table};
use crate::house::Reading;

/// What a day's figure is made from.
#[derive(Debug, Clone)]
pub(in crate::pages) struct DayCurve {
    /// The day, consumption first; production goes down.
    pub days: Vec<Day>,
    /// The same weekday a year before.
    pub before: Option<Day>,
    /// The classes of its parts.
    pub bands: Vec<Band>,
    /// Whether the peak is that of EJP.
    pub ejp: bool,
}

impl DayCurve {
    /// Some directions of a day, with the classes of one of them.
    pub fn read(
        reading: &Reading,
        subject: &Subject,
        day: Date,
        days: Vec<Day>,
    ) -> Result<Self, Failure> {
        let offer = offer_of(reading, subject.usage_point, subject.direction)?;
        let span = (day, paris::add_days(day, 1));
        let known = known(reading, reading.store()?, subject.usage_point, span)?;
        Ok(Self {
            days,
            before: None,
            bands: bands::of_day(&known, subject.direction, offer, day),
            ejp: offer.is_some_and(|offer| offer.classes.iter().any(|class| class == "normal")),
        })
    }

    /// The figure; none without any day.
    pub fn figure(&self, words: Words, csv: String) -> Option<Figure> {
        let day = self.days.first()?;
        let title = words.t("dash-curve");
        let holes = self.days.iter().flat_map(|day| &day.holes);
        let chart = Curve {
            id: "curve",
            desc: self.description(words),
            title: title.clone(),
            minutes: day.minutes,
            bands: self
                .off_peak()
                .map(|band| self.span(band.from, band.to))
                .collect(),
            holes: holes.map(|hole| self.span(hole.from, hole.to)).collect(),
            lines: self.lines(),
            ticks: self.ticks(words),
            tips: self.tips(words),
            limits: Vec::new(),
            class: "",
        };
        let is_held = self.days.iter().any(|day| !day.intervals.is_empty());
        Some(Figure {
            words,
            id: "curve-figure",
            title,
            note: self.note(words),
            svg: if is_held {
                chart.svg(words)
            } else {
                String::new()
            },
            legend: self.legend(words),
            table: self.table(words),
            csv: Some(csv),
        })
    }

    /// The same for programs.
    pub fn sheet(&self) -> Sheet {
        let rows = self.days.iter().flat_map(|day| {
            let way = day.subject.direction.as_str();
            day.intervals.iter().map(move |one| {
                let (step, watts) = (one.step_minutes.to_string(), one.watts.to_string());
                vec![way.to_owned(), one.start.to_string(), step, watts]
            })
        });
        let day = self.days.first().map(|day| day.day.to_string());
        Sheet {
            name: format!("curve-{}", day.unwrap_or_default()),
            head: ["direction", "start", "step_minutes", "watts"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
        }
    }

    fn off_peak(&self) -> impl Iterator<Item = &Band> {
        let is_low = |class: &str| class.ends_with("off_peak");
        self.bands
            .iter()
            .filter(move |band| band.class.as_deref().is_some_and(is_low))
    }

    /// Minutes from the day's beginning.
    fn minute(&self, instant: Timestamp) -> u32 {
        let Some(day) = self.days.first() else {
            return 0;
        };
        let seconds = instant.as_second() - paris::day_start(day.day).as_second();
        u32::try_from(seconds.max(0) / 60)
            .unwrap_or(0)
            .min(day.minutes)
    }

    fn span(&self, from: Timestamp, to: Timestamp) -> (u32, u32) {
        (self.minute(from), self.minute(to))
    }

    fn lines(&self) -> Vec<Line> {
        let own = self.days.iter().map(|day| {
            let (hue, sign) = match day.subject.direction {
                Direction::Consumption => (Hue::Consumption, 1),
                Direction::Production if self.days.len() > 1 => (Hue::Production, -1),
                Direction::Production => (Hue::Production, 1),
            };
            let stretch = |one: &home::json::show::Interval| Stretch {
                from: self.minute(one.start),
                to: self.minute(one.end()),
                watts: sign * i64::from(one.watts),
            };
            Line {
                hue,
                stretches: day.intervals.iter().map(stretch).collect(),
            }
        });
        let before = self.before.iter().map(|day| {
            let start = paris::day_start(day.day).as_second();
            let minute = |at: Timestamp| ((at.as_second() - start).max(0) / 60) as u32;
            let stretch = |one: &home::json::show::Interval| Stretch {
                from: minute(one.start),
                to: minute(one.end()),
                watts: i64::from(one.watts),
            };
            Line {
                hue: Hue::LastYear,
                stretches: day.intervals.iter().map(stretch).collect(),
            }
        });
        own.chain(before).collect()
    }

    /// The hours of the wall clock, every third, every sixth where there is room
    /// for no more.
    fn ticks(&self, words: Words) -> Vec<(u32, String, bool)> {
        let Some(day) = self.days.first() else {
            return Vec::new();
        };
        let hour = |hour: i8| match paris::instants(day.day.at(hour, 0, 0, 0)) {
            Instants::One(at) | Instants::Two(at, _) => {
                let word = words.say("show-hour-of", &[("hour", &hour.to_string())]);
                Some((self.minute(at), word, hour % 6 != 0))
            }
            Instants::None => None,
        };
        let end = words.say("show-hour-of", &[("hour", "24")]);
        let hours = (0..8).filter_map(|third| hour(third * 3));
        hours.chain([(day.minutes, end, false)]).collect()
    }

    fn tips(&self, words: Words) -> Vec<(u32, u32, String)> {
        let mut tips: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
        for day in &self.days {
            for one in &day.intervals {
                let place = self.span(one.start, one.end());
                let power = kilowatts(words, u64::from(one.watts));
                let tip = tips.entry(place).or_insert_with(|| {
                    let (from, to) = (words.clock(one.start), words.clock(one.end()));
                    vec![format!("{from} – {to}")]
                });
                let sold = day.subject.direction == Direction::Production && self.days.len() > 1;
                tip.push(if sold { format!("−{power}") } else { power });
            }
        }
        let tips = tips.into_iter();
        tips.map(|((from, to), tip)| (from, to, tip.join("  ")))
            .collect()
    }

    fn legend(&self, words: Words) -> Vec<Key> {
        let mut keys = Vec::new();
        for day in &self.days {
            let direction = day.subject.direction;
            keys.push(Key::new(direction.into(), words.t(energy_name(direction))));
        }
        if self.off_peak().next().is_some() {
            keys.push(Key::new(Hue::Band, words.t("dash-off-peak-hours")));
        }
        if let Some(before) = &self.before {
            keys.push(Key::new(Hue::LastYear, words.date(before.day)));
        }
        if self.days.iter().any(|day| !day.holes.is_empty()) {
            keys.push(Key::new(Hue::Missing, words.t("dash-missing")));
        }
        keys
    }

    /// A day of 23 or 25 hours says so; one without a curve says why.
    fn note(&self, words: Words) -> String {
        let Some(day) = self.days.first() else {
            return String::new();
        };
        if self.days.iter().all(|day| day.intervals.is_empty()) {
            let state = words.state(day.curve_state.as_ref());
            return words.say("show-no-curve", &[("state", &state)]);
        }
        match day.minutes {
            1380 => words.t("show-short-day"),
            1500 => words.t("show-long-day"),
            _ => String::new(),
        }
    }

    fn description(&self, words: Words) -> String {
        let sums = self.days.iter().map(|day| {
            let energy = WattMinutes(day.curve_watt_minutes).watt_hours_rounded();
            let highest = day.intervals.iter().max_by_key(|one| one.watts);
            let (at, most) = highest.map_or((String::new(), 0), |one| {
                (words.clock(one.start), u64::from(one.watts))
            });
            let args = [
                ("day", words.day(day.day)),
                ("energy", words.kwh(energy)),
                ("most", kilowatts(words, most)),
                ("at", at),
            ];
            let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
            words.say("dash-curve-desc", &args)
        });
        sums.collect::<Vec<_>>().join(" ")
    }

    fn class_at(&self, words: Words, at: Timestamp) -> String {
        let band = self
            .bands
            .iter()
            .find(|band| band.from <= at && at < band.to);
        let class = band.and_then(|band| band.class.as_deref());
        class.map_or_else(|| "–".to_owned(), |class| words.class_name(class, self.ejp))
    }

    fn table(&self, words: Words) -> Table {
        let mut head = vec![words.t("dash-from-to")];
        if self.days.len() > 1 {
            head.push(words.t("dash-direction"));
        }
        head.push(words.t("dash-mean-power"));
        if !self.bands.is_empty() {
            head.push(words.t("dash-class"));
        }
        let rows = self.days.iter().flat_map(|day| {
            day.intervals.iter().map(|one| {
                let mut cells = Vec::new();
                if self.days.len() > 1 {
                    let way = words.t(&format!("show-{}", day.subject.direction.as_str()));
                    cells.push(Cell::Words(way));
                }
                cells.push(Cell::Number(words.unit(u64::from(one.watts), "W")));
                if !self.bands.is_empty() {
                    cells.push(Cell::Words(self.class_at(words, one.start)));
                }
                let (from, to) = (words.clock(one.start), words.clock(one.end()));
                Row::new(format!("{from} – {to}"), cells)
            })
        });
        Table {
            caption: words.t("dash-curve-caption"),
            head,
            rows: rows.collect(),
        }
    }
}

/// W as kW, exactly.
pub(in crate::pages) fn kilowatts(words: Words, watts: u64) -> String {
    format!("{}\u{a0}kW", words.thousandths(watts))
}
