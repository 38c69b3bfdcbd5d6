//! `off-peak explain`: weeks drawn by the half hour.

use super::Page;
use crate::json::off_peak::{Explained, Week};
use crate::table;

/// Minutes of one drawn column.
const COLUMN: u16 = 30;
const COLUMNS: u16 = 1440 / COLUMN;
/// Columns of a day's name: two ranges still fit beside a drawn day.
const NAME: usize = 7;

impl Page {
    /// What an expression means.
    pub fn explained(&mut self, explained: &Explained) {
        let text = self.words.understood(explained);
        self.sentence(&text, "  ");
        for week in &explained.weeks {
            self.gap();
            self.week_of(week);
        }
        if let Some(text) = self.words.which_holidays(explained) {
            self.gap();
            self.sentence(&text, "  ");
        }
    }

    fn week_of(&mut self, week: &Week) {
        let words = self.words;
        self.heading(&words.week_title(week));
        if week.is_empty() {
            return self.line(&words.t("off-peak-nothing"));
        }
        if self.draws() {
            let hours = (0..=24).step_by(3).map(|hour| format!("{hour:<6}"));
            let scale: String = hours.collect();
            self.line(&format!("{:NAME$}{scale}", ""));
        }
        let names = words.t("show-weekdays-short");
        for (day, name) in week.days.iter().zip(names.split(',')) {
            self.day_of(name, &day.ranges);
        }
        if let Some(ranges) = &week.public_holidays {
            self.day_of(&words.t("off-peak-holiday-short"), ranges);
        }
    }

    fn draws(&self) -> bool {
        self.width >= NAME + usize::from(COLUMNS)
    }

    fn day_of(&mut self, name: &str, ranges: &[String]) {
        let padding = " ".repeat(NAME.saturating_sub(table::width(name)));
        let name = format!("{name}{padding}");
        let text = ranges.join(" ");
        if !self.draws() {
            self.line(&format!("{name}{text}"));
            return;
        }
        let drawn: String = (0..COLUMNS)
            .map(|column| mark(column * COLUMN, ranges))
            .collect();
        let line = format!("{name}{drawn}  {text}");
        if table::width(&line) <= self.width {
            self.line(&line);
        } else {
            self.line(&format!("{name}{drawn}"));
            self.sentence(&format!("{:NAME$}{text}", ""), &" ".repeat(NAME));
        }
    }
}

/// A column: wholly off-peak, in part, or not.
fn mark(from: u16, ranges: &[String]) -> char {
    let inside = |minute: u16| {
        let minute = format!("{:02}:{:02}", minute / 60, minute % 60);
        ranges
            .iter()
            .filter_map(|range| range.split_once('-'))
            .any(|(from, to)| from <= minute.as_str() && minute.as_str() < to)
    };
    let count = (from..from + COLUMN)
        .filter(|minute| inside(*minute))
        .count();
    match count {
        0 => '·',
        count if count == usize::from(COLUMN) => '█',
        _ => '▒',
    }
}
