//! `status`.

use jiff::civil::Date;
use meter::Direction;

use super::Page;
use crate::json::status::{
    Completeness, Contract, NoticeStatus, Pause, SeriesStatus, Status, Trouble, UsagePointStatus,
    Yesterday,
};
use crate::table::{Align, Table};
use crate::view::inside;

impl Page {
    /// What is held and lacking.
    pub fn status(&mut self, status: &Status) {
        let now = self.words.instant(status.now);
        let title = self.words.say("status-title", &[("now", &now)]);
        self.heading(&title);
        self.place(status);
        if let Some(writer) = &status.writer {
            let pid = writer.pid.to_string();
            let args = [("command", writer.command.as_str()), ("pid", &pid)];
            let text = self.words.say("status-writer", &args);
            self.line(&text);
        }
        for pause in &status.pauses {
            self.pause(pause);
        }
        for notice in &status.notices {
            self.notice("", notice);
        }
        let awaits = |point: &UsagePointStatus| point.yesterday.is_some();
        if status.writer.is_none() && status.usage_points.iter().any(awaits) {
            let text = self.words.t("status-not-running");
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

    fn place(&mut self, status: &Status) {
        let path = status.data_dir.display().to_string();
        let text = match status.file_bytes {
            Some(bytes) => {
                let tenths = (bytes + 50_000) / 100_000;
                let size = self.words.thousandths(tenths * 100);
                // One decimal of the three.
                let size = size[..size.len() - 2].to_owned();
                let args = [("path", path.as_str()), ("size", &size)];
                self.words.say("status-place", &args)
            }
            None => self.words.say("status-no-ledger", &[("path", &path)]),
        };
        self.line(&text);
    }

    fn pause(&mut self, pause: &Pause) {
        let until = pause.until.map(|until| self.words.instant(until));
        let until = until.unwrap_or_default();
        let args = [("source", pause.source.as_str()), ("until", &until)];
        let text = self.words.say("status-pause", &args);
        self.warning(&text);
        if let Some(problem) = &pause.problem {
            self.trouble("  ", problem);
        }
    }

    fn usage_point(&mut self, point: &UsagePointStatus) {
        self.gap();
        let name = point.name.as_ref();
        let name = name.map(|name| format!("{name} · ")).unwrap_or_default();
        self.heading(&format!("{name}{}", point.usage_point));
        if let Some(contract) = &point.contract {
            self.contract(contract);
        }
        self.consent(point);
        if let Some(yesterday) = &point.yesterday {
            self.yesterday(yesterday);
        }
        let told = point.yesterday.as_ref().map(|one| one.sentence.as_str());
        let told = told.unwrap_or_default();
        for notice in &point.notices {
            if !told.contains(&inside(&notice.explanation)) {
                self.notice("  ", notice);
            }
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
        self.remarks(&point.series, told);
    }

    fn consent(&mut self, point: &UsagePointStatus) {
        let words = self.words;
        if let Some(consent) = &point.consent {
            let (name, at) = match consent.ends {
                Some(ends) => ("status-consent-until", ends),
                None => ("status-consent", consent.since),
            };
            let text = words.say(name, &[("at", &words.instant(at))]);
            self.line(&format!("  {text}"));
        }
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
        self.warning(&format!("{indent}{}", capital(&notice.explanation)));
        self.sentence(&format!("{further}{}", notice.consequence), &further);
        self.sentence(
            &format!("{further}→ {}", notice.advice),
            &format!("{further}  "),
        );
    }

    fn contract(&mut self, contract: &Contract) {
        let words = self.words;
        let power = contract.subscribed_power_va.map(|power| {
            let power = words.unit(u64::from(power), "VA");
            words.say("status-power", &[("power", &power)])
        });
        let since = |name: &str, day: Option<Date>| {
            day.map(|day| words.say(name, &[("day", &words.date(day))]))
        };
        let facts = [
            power,
            contract.off_peak_text.clone(),
            contract.distribution_tariff.clone(),
            contract.segment.clone(),
            since("status-consumption-since", contract.consumption_activated),
            since("status-production-since", contract.production_activated),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        if facts.is_empty() {
            return;
        }
        let text = words.say("status-contract", &[("facts", &facts.join(" · "))]);
        self.sentence(&format!("  {text}"), "    ");
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
        let yesterday = one.yesterday.map(|state| {
            let state = state.as_str().replace('_', "-");
            words.t(&format!("status-yesterday-{state}"))
        });
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
    fn remarks(&mut self, series: &[SeriesStatus], told: &str) {
        for one in series {
            let problem = one.problem.as_ref();
            let Some(problem) =
                problem.filter(|problem| !told.contains(&inside(&problem.explanation)))
            else {
                continue;
            };
            let direction = self.words.t(&format!("show-{}", one.direction));
            let kind = self.words.t(&format!("status-kind-{}", one.kind));
            self.gap();
            let series = [direction, kind].join(", ");
            let text = self.words.say("status-problem-of", &[("series", &series)]);
            self.warning(&format!("  {text}"));
            self.trouble("    ", problem);
        }
        let refused: u32 = series.iter().map(|one| one.refused).sum();
        if refused > 0 {
            self.count("status-refused", refused);
        }
        let never: u32 = series.iter().map(|one| one.never_asked).sum();
        if never > 0 {
            self.count("status-never-asked", never);
        }
        let next = series.iter().filter_map(|one| one.next_call).min();
        if let Some(next) = next {
            let at = self.words.instant(next);
            let text = self.words.say("status-next-call", &[("at", &at)]);
            self.line(&format!("  {text}"));
        }
    }

    fn count(&mut self, name: &str, days: u32) {
        let days = days.to_string();
        let text = self.words.say(name, &[("days", &days)]);
        self.sentence(&format!("  {text}"), "    ");
    }

    fn trouble(&mut self, indent: &str, problem: &Trouble) {
        let since = problem.since.map(|since| {
            let at = self.words.instant(since);
            format!(" {}", self.words.say("status-since", &[("at", &at)]))
        });
        let text = format!(
            "{indent}{}{}",
            problem.explanation,
            since.unwrap_or_default()
        );
        let further = format!("{indent}  ");
        self.sentence(&text, &further);
        self.sentence(&format!("{indent}{}", problem.consequence), &further);
        if let Some(advice) = &problem.advice {
            self.sentence(&format!("{indent}→ {advice}"), &further);
        }
    }
}

/// A text that begins a line.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}
