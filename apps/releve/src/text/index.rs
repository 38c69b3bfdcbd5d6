//! `tariff index`, for people.

use std::collections::BTreeMap;

use meter::WattMinutes;

use super::Page;
use crate::json::index::{Index, Row};
use crate::table::{Align, Table};

/// The longest period of which each day has its lines.
const DAYS: i32 = 31;

impl Page {
    /// The curve's split beside the registers: day by day, or summed by class.
    pub fn index(&mut self, index: &Index) {
        let words = self.words;
        self.gap();
        self.subject(&index.subject);
        let title = self.words.days_title(index.first, index.last);
        self.line(&title);
        let args = [
            ("offer", index.offer.name.as_str()),
            ("calendar", &index.calendar),
        ];
        let text = if index.calendar.is_empty() {
            words.say("index-totals-only", &args)
        } else {
            words.say("index-calendar", &args)
        };
        self.sentence(&text, "  ");
        self.gap();
        if meter::paris::days_between(index.first, index.last) < DAYS {
            for line in self.index_days(&index.rows) {
                self.line(&line);
            }
            self.gap();
        }
        for line in self.index_sums(&index.rows) {
            self.line(&line);
        }
        self.gap();
        self.index_verdict(&index.rows);
        for note in &index.notes {
            let text = self.words.price_note(note);
            self.warning(&text);
        }
    }

    fn index_days(&self, rows: &[Row]) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, words.t("colours-column-day")),
            (Align::Left, words.t("price-column-class")),
            (Align::Right, words.t("index-column-curve")),
            (Align::Right, words.t("index-column-register")),
            (Align::Right, words.t("index-column-difference")),
            (Align::Left, String::new()),
        ]);
        let mut last = None;
        for row in rows {
            let day = match last.replace(row.day) {
                Some(day) if day == row.day => String::new(),
                _ => words.narrow_date(row.day),
            };
            let register = row.register_watt_hours;
            let mark = match (row.complete, row.differs) {
                (false, _) => words.t("index-partial"),
                (true, true) => words.t("index-differs"),
                (true, false) => String::new(),
            };
            table.row([
                day,
                self.index_class(&row.class),
                self.kilo(row.curve_watt_minutes),
                register.map_or("?".to_owned(), |register| words.thousandths(register)),
                row.difference_watt_minutes
                    .map_or("?".to_owned(), |difference| self.gap_of(difference)),
                mark,
            ]);
        }
        table.without_empty_columns().lines()
    }

    /// Sums over the days that are known on both sides.
    fn index_sums(&self, rows: &[Row]) -> Vec<String> {
        let words = self.words;
        let mut classes: Vec<&str> = Vec::new();
        let mut sums: BTreeMap<&str, (u64, u64, i64, u32)> = BTreeMap::new();
        for row in rows {
            if !classes.contains(&row.class.as_str()) {
                classes.push(&row.class);
            }
            let both = row.register_watt_hours.zip(row.difference_watt_minutes);
            if let Some((register, difference)) = both {
                let sum = sums.entry(&row.class).or_default();
                sum.0 += row.curve_watt_minutes;
                sum.1 += register;
                sum.2 += difference;
                sum.3 += 1;
            }
        }
        let mut table = Table::new([
            (Align::Left, words.t("price-column-class")),
            (Align::Right, words.t("index-column-days")),
            (Align::Right, words.t("index-column-curve")),
            (Align::Right, words.t("index-column-register")),
            (Align::Right, words.t("index-column-difference")),
        ]);
        for class in classes {
            let (curve, register, difference, days) = sums.get(class).copied().unwrap_or_default();
            table.row([
                self.index_class(class),
                words.number(u64::from(days)),
                self.kilo(curve),
                words.thousandths(register),
                self.gap_of(difference),
            ]);
        }
        table.lines()
    }

    fn index_verdict(&mut self, rows: &[Row]) {
        let words = self.words;
        let known = rows
            .iter()
            .filter(|row| row.difference_watt_minutes.is_some());
        let (known, differ) = known.fold((0, 0), |(known, differ), row| {
            (known + 1, differ + u64::from(row.differs))
        });
        let open = words.number(rows.len() as u64 - known);
        let (known, count) = (words.number(known), words.number(differ));
        let args = [
            ("known", known.as_str()),
            ("differ", &count),
            ("open", &open),
        ];
        if differ == 0 {
            let text = words.say("index-agrees", &args);
            self.sentence(&text, "  ");
        } else {
            let text = words.say("index-disagrees", &args);
            self.warning(&text);
        }
    }

    fn index_class(&self, class: &str) -> String {
        if class.is_empty() {
            self.words.t("price-row-total")
        } else {
            class.to_owned()
        }
    }

    fn kilo(&self, watt_minutes: u64) -> String {
        let watt_hours = WattMinutes(watt_minutes).watt_hours_rounded();
        self.words.thousandths(watt_hours)
    }

    /// A difference in whole Wh, rounded towards nothing.
    fn gap_of(&self, watt_minutes: i64) -> String {
        self.words.signed(watt_minutes / 60, "Wh")
    }
}
