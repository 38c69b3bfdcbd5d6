//! `show week`, `show month`, `show year`.

use meter::{Granularity, WattMinutes};

use super::Page;
use crate::json::show::{Part, Period, Total};
use crate::table::{Align, Table, bar};

impl Page {
    /// A period's table, total and completeness.
    pub fn period(&mut self, period: &Period) {
        self.gap();
        self.subject(&period.subject);
        let title = self.period_title(period);
        self.line(&title);
        self.gap();
        for line in self.parts(period) {
            self.line(&line);
        }
        self.gap();
        self.sums(&period.total);
        self.source_total(period);
    }

    fn period_title(&self, period: &Period) -> String {
        let (first, last) = (period.total.first, period.total.last);
        match period.granularity {
            Granularity::Year => first.year().to_string(),
            Granularity::Month => self.words.month(first),
            Granularity::Week => {
                let (first, last) = (self.words.date(first), self.words.date(last));
                let args = [("first", first.as_str()), ("last", last.as_str())];
                self.words.say("show-week-of", &args)
            }
            Granularity::Day => self.words.day(first),
        }
    }

    fn parts(&self, period: &Period) -> Vec<String> {
        let words = self.words;
        let highest = period.parts.iter().map(|part| shown(&part.total)).max();
        let columns = if self.width >= 80 { 14 } else { 6 };
        let mut table = Table::new([
            (Align::Left, String::new()),
            (Align::Right, words.t("show-column-energy")),
            (Align::Right, words.t("show-column-curve")),
            (Align::Left, String::new()),
            (Align::Left, String::new()),
        ]);
        for part in &period.parts {
            let total = &part.total;
            let curve = total.curve_watt_minutes.map(WattMinutes);
            table.row([
                self.part_name(period.granularity, total),
                kwh_cell(self, total.watt_hours),
                kwh_cell(self, curve.map(WattMinutes::watt_hours_rounded)),
                bar(shown(total), highest.unwrap_or(0), columns),
                self.remark(period.granularity, part),
            ]);
        }
        table.without_empty_columns().lines()
    }

    fn part_name(&self, granularity: Granularity, total: &Total) -> String {
        match granularity {
            Granularity::Year => self.words.month_of_year(total.first),
            _ => self.words.short_day(total.first),
        }
    }

    fn remark(&self, granularity: Granularity, part: &Part) -> String {
        let total = &part.total;
        if total.days_to_come == total.days {
            return self.words.t("show-to-come");
        }
        match granularity {
            Granularity::Year => self.month_remark(total),
            _ => self.day_remark(part),
        }
    }

    fn day_remark(&self, part: &Part) -> String {
        let total = &part.total;
        match (total.watt_hours, total.curve_watt_minutes) {
            (None, None) => self.state(part.state.as_ref()),
            (_, Some(_)) if total.curve_days_partial > 0 => self.words.t("show-curve-holes"),
            _ => self.disagreement(total),
        }
    }

    fn month_remark(&self, total: &Total) -> String {
        let curve_only = total.watt_hours.is_none() && total.curve_watt_minutes.is_some();
        let held = if curve_only {
            total.curve_days_complete
        } else {
            total.days_held
        };
        if held == total.days {
            return self.disagreement(total);
        }
        self.days_of(held, total.days)
    }

    /// Where Enedis' energy and a complete curve differ, by how much.
    fn disagreement(&self, total: &Total) -> String {
        let complete = !total.partial && total.curve_days_complete == total.days;
        match (total.watt_hours, total.curve_watt_minutes) {
            (Some(watt_hours), Some(curve)) if complete && watt_hours * 60 != curve => {
                let difference = (watt_hours * 60) as i64 - curve as i64;
                let text = self.words.signed(difference, "W·min");
                self.words.say("show-differs", &[("difference", &text)])
            }
            _ => String::new(),
        }
    }

    fn days_of(&self, held: u32, days: u32) -> String {
        let (held, days) = (held.to_string(), days.to_string());
        self.words
            .say("show-days-of", &[("held", &held), ("days", &days)])
    }

    fn sums(&mut self, total: &Total) {
        let missing = (total.days - total.days_held).saturating_sub(total.days_to_come);
        match total.watt_hours {
            None => {
                let text = self.words.t("show-no-total");
                self.warning(&text);
            }
            Some(watt_hours) if missing > 0 => {
                self.total("show-total-partial", watt_hours, total);
                self.missing(missing, total.days_to_come);
            }
            Some(watt_hours) if total.partial => {
                self.total("show-total-so-far", watt_hours, total);
            }
            Some(watt_hours) => self.total("show-total", watt_hours, total),
        }
        self.curve_sum(total);
    }

    /// A total that does not cover its period stands out.
    fn total(&mut self, name: &str, watt_hours: u64, total: &Total) {
        let energy = self.words.kwh(watt_hours);
        let held = self.days_of(total.days_held, total.days);
        let args = [("energy", energy.as_str()), ("held", &held)];
        let text = self.words.say(name, &args);
        if total.partial {
            self.warning(&text);
        } else {
            self.sentence(&text, "");
        }
    }

    fn missing(&mut self, missing: u32, to_come: u32) {
        let (missing, coming) = (missing.to_string(), to_come.to_string());
        let mut text = self.words.say("show-missing", &[("missing", &missing)]);
        if to_come > 0 {
            text.push(' ');
            text += &self
                .words
                .say("show-missing-to-come", &[("to_come", &coming)]);
        }
        self.warning(&text);
    }

    fn curve_sum(&mut self, total: &Total) {
        let Some(watt_minutes) = total.curve_watt_minutes else {
            return;
        };
        let energy = self
            .words
            .kwh(WattMinutes(watt_minutes).watt_hours_rounded());
        let held = total.curve_days_complete.to_string();
        let days = total.days.to_string();
        let args = [
            ("energy", energy.as_str()),
            ("held", &held),
            ("days", &days),
        ];
        let text = self.words.say("show-curve-total", &args);
        self.sentence(&text, "  ");
    }

    fn source_total(&mut self, period: &Period) {
        let Some(said) = &period.source_total else {
            return;
        };
        let energy = self.words.kwh(said.watt_hours);
        let compared = match said.difference_watt_hours {
            Some(difference) => {
                let text = self.words.signed(difference, "Wh");
                self.words.say("show-differs", &[("difference", &text)])
            }
            None => self.words.t("show-not-compared"),
        };
        let args = [
            ("source", said.source.as_str()),
            ("energy", &energy),
            ("compared", &compared),
        ];
        let text = self.words.say("show-source-total", &args);
        self.sentence(&text, "  ");
    }
}

/// The energy that a bar shows: Enedis' own, else the curve's.
fn shown(total: &Total) -> u64 {
    let curve = total.curve_watt_minutes.map(WattMinutes);
    total
        .watt_hours
        .or_else(|| curve.map(WattMinutes::watt_hours_rounded))
        .unwrap_or(0)
}

fn kwh_cell(page: &Page, watt_hours: Option<u64>) -> String {
    watt_hours.map_or_else(String::new, |wh| page.words.thousandths(wh))
}
