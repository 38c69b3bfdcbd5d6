//! The state of things: what is held, who writes, what stands in the way.

use jiff::civil::Date;
use meter::UsagePoint;

use super::capital;
use crate::json::status::{
    Completeness, Contract, NoticeStatus, Pause, SeriesStatus, Status, Trouble, UsagePointStatus,
    Who, Writer, Yesterday,
};
use crate::view::inside;
use crate::words::Words;

impl Words {
    /// The name of a usage point, and its number.
    pub fn point(self, name: Option<&str>, prm: UsagePoint) -> String {
        let name = name.map(|name| format!("{name} · ")).unwrap_or_default();
        format!("{name}{prm}")
    }

    /// Where the readings are.
    pub fn place(self, status: &Status) -> String {
        let path = status.data_dir.display().to_string();
        match status.file_bytes {
            Some(bytes) => {
                let tenths = (bytes + 50_000) / 100_000;
                let size = self.thousandths(tenths * 100);
                // One decimal of the three.
                let size = size[..size.len() - 2].to_owned();
                self.say("status-place", &[("path", &path), ("size", &size)])
            }
            None => self.say("status-no-ledger", &[("path", &path)]),
        }
    }

    /// Who writes now.
    pub fn writer(self, writer: &Writer) -> String {
        let pid = writer.pid.to_string();
        let args = [("command", writer.command.as_str()), ("pid", &pid)];
        self.say("status-writer", &args)
    }

    /// That nobody asks by itself, where somebody should.
    pub fn idle(self, status: &Status) -> Option<String> {
        let awaits = |point: &UsagePointStatus| point.yesterday.is_some();
        let idle = status.writer.is_none() && status.usage_points.iter().any(awaits);
        idle.then(|| self.t("status-not-running"))
    }

    /// That a source is left in peace.
    pub fn pause(self, pause: &Pause) -> String {
        let until = pause.until.map(|until| self.instant(until));
        let until = until.unwrap_or_default();
        let args = [("source", pause.source.as_str()), ("until", &until)];
        self.say("status-pause", &args)
    }

    /// How a series' days stand: the first and last held, then how many are
    /// complete, partial, awaited and missing.
    pub fn days_of(self, one: &SeriesStatus) -> [String; 6] {
        let day = |day: Option<Date>| day.map_or("—".to_owned(), |day| self.narrow_date(day));
        let count = |days: u32| self.number(u64::from(days));
        [
            day(one.first),
            day(one.last),
            count(one.complete),
            count(one.partial),
            count(one.awaited),
            count(one.absent_at_source + one.refused + one.never_asked),
        ]
    }

    /// How a series fares: yesterday, the last month and year, when it was
    /// answered, and today's calls.
    pub fn health_of(self, one: &SeriesStatus) -> [String; 5] {
        let dash = || "—".to_owned();
        let of = |days: Completeness| match days.expected {
            0 => dash(),
            expected => format!("{}/{expected}", days.complete),
        };
        [
            self.yesterday_of(one).unwrap_or_else(dash),
            of(one.last_30_days),
            of(one.last_365_days),
            one.succeeded_at.map_or_else(dash, |at| self.instant(at)),
            self.number(u64::from(one.calls_today)),
        ]
    }

    /// A problem, what follows and what to do, each a sentence.
    pub fn trouble(self, problem: &Trouble) -> Vec<String> {
        let since = problem.since.map(|since| {
            let at = self.instant(since);
            format!(" {}", self.say("status-since", &[("at", &at)]))
        });
        let what = format!("{}{}", problem.explanation, since.unwrap_or_default());
        [Some(what), Some(problem.consequence.clone())]
            .into_iter()
            .chain([problem.advice.clone()])
            .flatten()
            .collect()
    }

    /// What concerns a person, as a sentence.
    pub fn notice(self, notice: &NoticeStatus) -> String {
        capital(&notice.explanation)
    }

    /// The facts of a contract in one line; none where none is known.
    pub fn contract(self, contract: &Contract) -> Option<String> {
        let power = contract.subscribed_power_va.map(|power| {
            let power = self.unit(u64::from(power), "VA");
            self.say("status-power", &[("power", &power)])
        });
        let since = |name: &str, day: Option<Date>| {
            day.map(|day| self.say(name, &[("day", &self.date(day))]))
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
        (!facts.is_empty()).then(|| self.say("status-contract", &[("facts", &facts.join(" · "))]))
    }

    /// Until when a consent holds, or since when.
    pub fn consent_of(self, point: &UsagePointStatus) -> Option<String> {
        let consent = point.consent?;
        let (name, at) = match consent.ends {
            Some(ends) => ("status-consent-until", ends),
            None => ("status-consent", consent.since),
        };
        Some(self.say(name, &[("at", &self.instant(at))]))
    }

    /// The notices of a usage point that its yesterday has not told already.
    pub fn untold(self, point: &UsagePointStatus) -> impl Iterator<Item = &NoticeStatus> {
        let told = told(point);
        let new = move |notice: &&NoticeStatus| !told.contains(&inside(&notice.explanation));
        point.notices.iter().filter(new)
    }

    /// The problems that have not been told already, each once, and of which series.
    pub fn troubled(self, point: &UsagePointStatus) -> Vec<(String, &Trouble)> {
        let told = told(point);
        let consent = point.yesterday.as_ref().and_then(|one| one.who) == Some(Who::Consent);
        let mut found: Vec<(String, &Trouble)> = Vec::new();
        for one in &point.series {
            let Some(problem) = &one.problem else {
                continue;
            };
            let told = told.contains(&inside(&problem.explanation));
            // Whose consent has ended is told with yesterday.
            if told || (consent && problem.code == "no-consent") {
                continue;
            }
            let series = self.series(one);
            let same =
                |(_, other): &&mut (String, &Trouble)| other.explanation == problem.explanation;
            match found.iter_mut().find(same) {
                Some((others, _)) => *others = format!("{others} · {series}"),
                None => found.push((series, problem)),
            }
        }
        found
    }

    /// A series by its direction and kind.
    pub fn series(self, one: &SeriesStatus) -> String {
        let direction = self.t(&format!("show-{}", one.direction));
        let kind = self.t(&format!("status-kind-{}", one.kind));
        [direction, kind].join(", ")
    }

    /// What is refused, was never asked, and when the next call is due.
    pub fn outlook(self, series: &[SeriesStatus]) -> Vec<String> {
        let count = |name: &str, days: u32| {
            (days > 0).then(|| self.say(name, &[("days", &days.to_string())]))
        };
        let refused = series.iter().map(|one| one.refused).sum();
        let never = series.iter().map(|one| one.never_asked).sum();
        let next = series.iter().filter_map(|one| one.next_call).min();
        let next = next.map(|next| self.say("status-next-call", &[("at", &self.instant(next))]));
        [
            count("status-refused", refused),
            count("status-never-asked", never),
            next,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// How yesterday of a series stands, in a word.
    pub fn yesterday_of(self, one: &SeriesStatus) -> Option<String> {
        let state = one.yesterday?.as_str().replace('_', "-");
        Some(self.t(&format!("status-yesterday-{state}")))
    }
}

fn told(point: &UsagePointStatus) -> String {
    let yesterday = point.yesterday.as_ref();
    yesterday.map_or_else(String::new, |one: &Yesterday| one.sentence.clone())
}
