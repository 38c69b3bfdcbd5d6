//! Off-peak hours: an expression for each usage point, drawn as it is typed.

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use axum::{Form, Router};
use home::answer::{Expression, explain};
use home::first::PointAnswers;
use home::json::off_peak::Week;
use home::{Failure, Words};
use meter::UsagePoint;
use tariff::holidays::Zone;
use tariff::{OffPeakRules, Season};

use super::form::{Fields, of_failure};
use super::shell::{Answer, Shell, Step, again, called, keep_points};
use crate::caller::Caller;
use crate::frame::Frame;
use crate::house::House;
use crate::work::Failed;

pub(super) fn router() -> Router<House> {
    Router::new().route(Step::OffPeak.path(), get(page).post(answered))
}

/// A usage point's expression, and what it means.
struct Rule {
    prm: UsagePoint,
    label: String,
    text: String,
    meaning: Option<Meaning>,
    wrong: Option<Wrong>,
}

/// What an expression means.
struct Meaning {
    written: String,
    weeks: Vec<Drawn>,
}

/// A week: its name, and each day with its ranges.
struct Drawn {
    season: Option<String>,
    days: Vec<(String, String)>,
}

/// What is wrong with an expression, and where.
struct Wrong {
    failed: Failed,
    excerpt: String,
}

#[derive(Template)]
#[template(path = "pages/setup/off_peak.html")]
struct OffPeakPage {
    frame: Frame,
    shell: Shell,
    rules: Vec<Rule>,
}

impl OffPeakPage {
    fn new(shell: Shell, rules: Vec<Rule>) -> Self {
        Self {
            frame: shell.frame.clone(),
            shell,
            rules,
        }
    }
}

async fn page(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::OffPeak).await?;
    let points = shell.standing.points.iter();
    let rules = points.map(|point| {
        let text = point.off_peak.clone().unwrap_or_default();
        rule(point, text, caller.words)
    });
    let rules = rules.collect();
    Ok(caller.answer(Ok(OffPeakPage::new(shell, rules))))
}

async fn answered(
    State(house): State<House>,
    caller: Caller,
    Form(fields): Form<Fields>,
) -> Answer {
    let words = caller.words;
    let shell = Shell::open(&house, &caller, Step::OffPeak).await?;
    let mut points = shell.standing.points.clone();
    let rules = points.iter_mut().map(|point| {
        let text = fields.get(&format!("rule-{}", point.prm)).to_owned();
        let rule = rule(point, text, words);
        if rule.wrong.is_none() {
            point.off_peak = (!rule.text.is_empty()).then(|| rule.text.clone());
        }
        rule
    });
    let rules: Vec<Rule> = rules.collect();
    if rules.iter().any(|rule| rule.wrong.is_some()) {
        return Ok(again(&caller, OffPeakPage::new(shell, rules)));
    }
    Ok(match keep_points(&house, points, words) {
        Err(failed) => again(&caller, OffPeakPage::new(shell.refuse(failed), rules)),
        Ok(()) if fields.has("try") => caller.answer(Ok(OffPeakPage::new(shell, rules))),
        Ok(()) => caller.go(Step::Offer.path()),
    })
}

fn rule(point: &PointAnswers, text: String, words: Words) -> Rule {
    let label = words.say("dash-setup-off-peak-label", &[("point", &called(point))]);
    let (meaning, wrong) = match text.as_str() {
        "" => (None, None),
        text => match text.parse::<OffPeakRules>() {
            Ok(rules) => (Some(meaning(&rules, point.prm, words)), None),
            Err(error) => (None, Some(wrong(&Failure::expression(text, error), words))),
        },
    };
    Rule {
        prm: point.prm,
        label,
        text,
        meaning,
        wrong,
    }
}

fn wrong(failure: &Failure, words: Words) -> Wrong {
    // The part that is refused stands underlined in the whole text.
    let whole = failure.render(words.lang);
    let excerpt = whole.lines().filter(|line| line.starts_with("    "));
    Wrong {
        excerpt: excerpt
            .map(|line| line.strip_prefix("    ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n"),
        failed: Failed {
            advice: Some(words.t("dash-setup-off-peak-wrong-do")),
            ..of_failure(failure, words)
        },
    }
}

fn meaning(rules: &OffPeakRules, prm: UsagePoint, words: Words) -> Meaning {
    let expression = Expression {
        rules,
        zone: Zone::default(),
        usage_point: Some(prm),
        direction: None,
    };
    let explained = explain(expression, words.lang);
    Meaning {
        written: explained.expression,
        weeks: explained
            .weeks
            .iter()
            .map(|week| drawn(week, words))
            .collect(),
    }
}

fn drawn(week: &Week, words: Words) -> Drawn {
    let season = week.season.map(|season| match season {
        Season::Summer => words.t("dash-setup-off-peak-summer"),
        Season::Winter => words.t("dash-setup-off-peak-winter"),
    });
    let ranges = |ranges: &[String]| {
        if ranges.is_empty() {
            words.t("dash-setup-off-peak-none")
        } else {
            ranges.join(" · ")
        }
    };
    let names = words.t("show-weekdays");
    let days = week.days.iter().map(|day| {
        let name = names.split(',').nth(usize::from(day.weekday) - 1);
        (name.unwrap_or_default().to_owned(), ranges(&day.ranges))
    });
    let holidays = week.public_holidays.iter();
    let holidays = holidays.map(|it| (words.t("dash-setup-off-peak-holidays"), ranges(it)));
    Drawn {
        season,
        days: days.chain(holidays).collect(),
    }
}
