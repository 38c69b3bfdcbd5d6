//! `status`.

use jiff::civil::Date;
use meter::Direction;

use super::Page;
use crate::json::status::{
    Completeness, NoticeStatus, Pause, SeriesStatus, Status, Trouble, UsagePointStatus, Yesterday,
};
use crate::table::{Align, Table};

impl Page {
    /// What is held and lacking.
    pub fn status(&mut self, status: &Status) {
        let now = self.words.instant(status.now);
        let title = self.words.say("status-title", &[("now", &now)]);
        self.heading(&title);
        self.line(&self.words.place(status));
        if let Some(writer) = &status.writer {
            self.line(&self.words.writer(writer));
        }
        for pause in &status.pauses {
            self.pause(pause);
        }
        for notice in &status.notices {
            self.notice("", notice);
        }
        if let Some(text) = self.words.idle(status) {
            self.line(&text);
        }
        for point in &status.usage_points {
            self.usage_point(point);
        }
        for calendar in &status.colours {
            self.colour_status(calendar);
        }
        if status
            .usage_points
            .iter()
            .all(|point| point.series.is_empty())
        {
            self.gap();
            let text = self.words.t("status-nothing");
            self.sentence(&text, "");
        }
    }

    fn pause(&mut self, pause: &Pause) {
        self.warning(&self.words.pause(pause));
        if let Some(problem) = &pause.problem {
            self.trouble("  ", problem);
        }
    }

    fn usage_point(&mut self, point: &UsagePointStatus) {
        self.gap();
        let words = self.words;
        self.heading(&words.point(point.name.as_deref(), point.usage_point));
        let contract = point.contract.as_ref();
        if let Some(text) = contract.and_then(|contract| words.contract(contract)) {
            self.sentence(&format!("  {text}"), "    ");
        }
        if let Some(text) = words.consent_of(point) {
            self.line(&format!("  {text}"));
        }
        if let Some(yesterday) = &point.yesterday {
            self.yesterday(yesterday);
        }
        for notice in words.untold(point) {
            self.notice("  ", notice);
        }
        if let Some(problem) = &point.contract_problem {
            let text = self.words.t("status-contract-problem");
            self.warning(&format!("  {text}"));
            self.trouble("  ", problem);
        }
        if point.series.is_empty() {
            let text = self.words.t("status-no-series");
            self.line(&format!("  {text}"));
            return;
        }
        self.gap();
        for line in self.series_table(&point.series) {
            self.line(&format!("  {line}"));
        }
        self.gap();
        for line in self.health_table(&point.series) {
            self.line(&format!("  {line}"));
        }
        self.remarks(point);
    }

    fn yesterday(&mut self, yesterday: &Yesterday) {
        if !yesterday.is_missing {
            self.sentence(&format!("  {}", yesterday.sentence), "    ");
            return;
        }
        self.warning(&format!("  {}", yesterday.sentence));
        if let Some(consequence) = &yesterday.consequence {
            self.sentence(&format!("    {consequence}"), "    ");
        }
        if let Some(advice) = &yesterday.advice {
            self.sentence(&format!("    → {advice}"), "      ");
        }
    }

    fn notice(&mut self, indent: &str, notice: &NoticeStatus) {
        let further = format!("{indent}  ");
        self.warning(&format!("{indent}{}", self.words.notice(notice)));
        self.sentence(&format!("{further}{}", notice.consequence), &further);
        self.sentence(
            &format!("{further}→ {}", notice.advice),
            &format!("{further}  "),
        );
    }

    fn series_table(&self, series: &[SeriesStatus]) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, String::new()),
            (Align::Left, words.t("status-first")),
            (Align::Left, words.t("status-last")),
            (Align::Right, words.t("status-complete")),
            (Align::Right, words.t("status-partial")),
            (Align::Right, words.t("status-awaited")),
            (Align::Right, words.t("status-missing")),
        ]);
        for direction in Direction::ALL {
            let own: Vec<_> = series
                .iter()
                .filter(|one| one.direction == direction)
                .collect();
            if !own.is_empty() {
                let mut heading = vec![words.t(&format!("show-{direction}"))];
                heading.resize(7, String::new());
                table.row(heading);
            }
            for one in own {
                table.row(self.series_row(one));
            }
        }
        table.lines()
    }

    fn series_row(&self, one: &SeriesStatus) -> [String; 7] {
        let words = self.words;
        let day = |day: Option<Date>| day.map_or("—".to_owned(), |day| words.narrow_date(day));
        let count = |days: u32| words.number(u64::from(days));
        [
            format!("  {}", words.t(&format!("status-kind-{}", one.kind))),
            day(one.first),
            day(one.last),
            count(one.complete),
            count(one.partial),
            count(one.awaited),
            count(one.absent_at_source + one.refused + one.never_asked),
        ]
    }

    fn health_table(&self, series: &[SeriesStatus]) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, String::new()),
            (Align::Left, words.t("status-yesterday")),
            (Align::Right, words.t("status-month")),
            (Align::Right, words.t("status-year")),
            (Align::Left, words.t("status-answered")),
            (Align::Right, words.t("status-calls")),
        ]);
        for direction in Direction::ALL {
            let own = series.iter().filter(|one| one.direction == direction);
            let mut own = own.peekable();
            if own.peek().is_some() {
                let mut heading = vec![words.t(&format!("show-{direction}"))];
                heading.resize(6, String::new());
                table.row(heading);
            }
            for one in own {
                table.row(self.health_row(one));
            }
        }
        table.lines()
    }

    fn health_row(&self, one: &SeriesStatus) -> [String; 6] {
        let words = self.words;
        let dash = || "—".to_owned();
        let yesterday = words.yesterday_of(one);
        let of = |days: Completeness| format!("{}/{}", days.complete, days.expected);
        let answered = one.succeeded_at.map(|at| words.instant(at));
        [
            format!("  {}", words.t(&format!("status-kind-{}", one.kind))),
            yesterday.unwrap_or_else(dash),
            of(one.last_30_days),
            of(one.last_365_days),
            answered.unwrap_or_else(dash),
            words.number(u64::from(one.calls_today)),
        ]
    }

    /// What has not been told already.
    fn remarks(&mut self, point: &UsagePointStatus) {
        let words = self.words;
        for (one, problem) in words.troubled(point) {
            self.gap();
            let text = words.say("status-problem-of", &[("series", &words.series(one))]);
            self.warning(&format!("  {text}"));
            self.trouble("    ", problem);
        }
        for text in words.outlook(&point.series) {
            self.sentence(&format!("  {text}"), "    ");
        }
    }

    fn trouble(&mut self, indent: &str, problem: &Trouble) {
        let further = format!("{indent}  ");
        let mark = |at: usize| if at == 2 { "→ " } else { "" };
        for (at, text) in self.words.trouble(problem).iter().enumerate() {
            self.sentence(&format!("{indent}{}{text}", mark(at)), &further);
        }
    }
}
