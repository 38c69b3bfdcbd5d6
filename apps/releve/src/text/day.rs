//! `show day`.

use meter::WattMinutes;

use super::{Page, chart, hours};
use crate::json::show::{Day, Hole};
use crate::table::{Align, pad, width};

/// More holes than this are counted, not listed.
const HOLES: usize = 6;

impl Page {
    /// A day's curve, table, energy and completeness.
    pub fn day(&mut self, day: &Day) {
        self.gap();
        self.subject(&day.subject);
        let title = self.words.day(day.day);
        self.line(&title);
        self.clock_change(day);
        self.gap();
        if day.intervals.is_empty() {
            let state = self.state(day.curve_state.as_ref());
            let text = self.words.say("show-no-curve", &[("state", &state)]);
            self.warning(&text);
        } else {
            self.curve(day);
        }
        self.gap();
        self.figures(day);
        self.holes(day);
    }

    fn clock_change(&mut self, day: &Day) {
        let name = match day.minutes {
            1380 => "show-short-day",
            1500 => "show-long-day",
            _ => return,
        };
        let text = self.words.t(name);
        self.sentence(&text, "");
    }

    fn curve(&mut self, day: &Day) {
        for line in chart::lines(day.day, &day.intervals, self.words) {
            self.drawn(&line);
        }
        self.gap();
        let caption = self.words.t("show-table-caption");
        self.sentence(&caption, "");
        for line in hours::lines(day, self.words, self.width) {
            self.line(&line);
        }
    }

    fn figures(&mut self, day: &Day) {
        let words = self.words;
        let energy = match day.watt_hours {
            Some(watt_hours) => words.kwh(watt_hours),
            None => self.state(day.daily_state.as_ref()),
        };
        let mut figures = vec![(words.t("show-energy"), energy)];
        if !day.intervals.is_empty() {
            let sum = WattMinutes(day.curve_watt_minutes).watt_hours_rounded();
            figures.push((words.t("show-curve-sum"), words.kwh(sum)));
            figures.push((words.t("show-curve"), self.coverage(day)));
        }
        if let Some(difference) = day.difference_watt_minutes {
            let text = words.signed(difference, "W·min");
            figures.push((words.t("show-difference"), text));
        }
        let labels = figures.iter().map(|(label, _)| width(label)).max();
        for (label, value) in &figures {
            let label = pad(label, labels.unwrap_or(0), Align::Left);
            self.line(&format!("{label}  {value}"));
        }
    }

    fn coverage(&self, day: &Day) -> String {
        let words = self.words;
        let points = words.number(day.intervals.len() as u64);
        let args = [("points", points.as_str())];
        if day.curve_minutes >= day.minutes {
            return words.say("show-curve-complete", &args);
        }
        let missing = words.unit(u64::from(day.minutes - day.curve_minutes), "min");
        words.say(
            "show-curve-partial",
            &[("points", points.as_str()), ("missing", &missing)],
        )
    }

    fn holes(&mut self, day: &Day) {
        if day.intervals.is_empty() {
            return;
        }
        for hole in day.holes.iter().take(HOLES) {
            let text = self.hole(*hole);
            self.warning(&text);
        }
        if let Some(more @ 1..) = day.holes.len().checked_sub(HOLES) {
            let more = more.to_string();
            let text = self.words.say("show-more-holes", &[("count", &more)]);
            self.warning(&text);
        }
    }

    fn hole(&self, hole: Hole) -> String {
        let at = |instant| {
            let clock = self.words.clock(instant);
            match crate::words::Side::of(instant) {
                Some(side) => format!("{clock} ({})", self.words.t(side.name())),
                None => clock,
            }
        };
        let args = [("from", at(hole.from)), ("to", at(hole.to))];
        let args = [("from", args[0].1.as_str()), ("to", args[1].1.as_str())];
        self.words.say("show-hole", &args)
    }
}
