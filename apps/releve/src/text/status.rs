//! `status`.

use meter::Direction;

use super::Page;
use crate::json::status::{
    NoticeStatus, Pause, SeriesStatus, Status, Trouble, UsagePointStatus, Yesterday,
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
        let table = Table::new([
            (Align::Left, String::new()),
            (Align::Left, words.t("status-first")),
            (Align::Left, words.t("status-last")),
            (Align::Right, words.t("status-complete")),
            (Align::Right, words.t("status-partial")),
            (Align::Right, words.t("status-awaited")),
            (Align::Right, words.t("status-missing")),
        ]);
        self.by_direction(table, series, |one| words.days_of(one))
    }

    fn health_table(&self, series: &[SeriesStatus]) -> Vec<String> {
        let words = self.words;
        let table = Table::new([
            (Align::Left, String::new()),
            (Align::Left, words.t("status-yesterday")),
            (Align::Right, words.t("status-month")),
            (Align::Right, words.t("status-year")),
            (Align::Left, words.t("status-answered")),
            (Align::Right, words.t("status-calls")),
        ]);
        self.by_direction(table, series, |one| words.health_of(one))
    }

    /// A row a series below its direction, which has a row of its own.
    fn by_direction<const N: usize>(
        &self,
        mut table: Table,
        series: &[SeriesStatus],
        cells: impl Fn(&SeriesStatus) -> [String; N],
    ) -> Vec<String> {
        let words = self.words;
        for direction in Direction::ALL {
            let own = series.iter().filter(|one| one.direction == direction);
            let mut own = own.peekable();
            if own.peek().is_some() {
                let mut heading = vec![words.t(&format!("show-{direction}"))];
                heading.resize(N + 1, String::new());
                table.row(heading);
            }
            for one in own {
                let kind = words.t(&format!("status-kind-{}", one.kind));
                table.row([format!("  {kind}")].into_iter().chain(cells(one)));
            }
        }
        table.lines()
    }

    /// What has not been told already.
    fn remarks(&mut self, point: &UsagePointStatus) {
        let words = self.words;
        for (series, problem) in words.troubled(point) {
            self.gap();
            let text = words.say("status-problem-of", &[("series", &series)]);
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
