//! What energy is worth: off-peak hours in time, subscribed power, offers.
//!
//! The files of offers are not read here: a slip in a price must not stop the
//! collection. `check`, `cost`, `compare` and `tariff` read them.

use std::path::PathBuf;

use jiff::civil::Date;
use service::settings::{Draft, Problem};
use tariff::Plan;
use tariff::holidays::Zone;
use tariff::plan::PlanSource;

use super::raw::{RawPlan, RawUsagePoint};
use super::resolve::from_folder_of;
use super::settings::Prices;

/// What a usage point's energy is worth, and its mistakes in their place.
pub(super) fn prices(draft: &mut Draft, index: &str, raw: &RawUsagePoint) -> Prices {
    Prices {
        plans: plans(draft, index, raw),
        subscribed_kva: raw.subscribed_kva,
        offer: raw.offer.clone(),
        resale: raw.resale.clone(),
        holidays: zone(draft, index, raw.holidays.as_deref()),
    }
}

/// The files of offers, from the folder of the configuration.
pub(super) fn files(draft: &mut Draft, raw: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::with_capacity(raw.len());
    for file in raw {
        if file.as_os_str().is_empty() {
            draft.report(&["offers"], Problem::new("config-data-dir"));
        } else {
            files.push(from_folder_of(draft, &["offers"], file));
        }
    }
    files
}

fn plans(draft: &mut Draft, index: &str, raw: &RawUsagePoint) -> Vec<Plan> {
    let path = ["usage_points", index, "off_peak"];
    match &raw.off_peak {
        Some(_) if !raw.plans.is_empty() => {
            draft.report(&path, Problem::new("config-plans-twice"));
            Vec::new()
        }
        Some(rule) => rule_of(draft, &path, rule).into_iter().collect(),
        None => {
            let plans = raw.plans.iter().enumerate();
            plans
                .filter_map(|(number, plan)| dated(draft, index, number, plan))
                .collect()
        }
    }
}

fn dated(draft: &mut Draft, index: &str, number: usize, raw: &RawPlan) -> Option<Plan> {
    let number = number.to_string();
    let path = |key| ["usage_points", index, "plans", &number, key];
    let plan = rule_of(draft, &path("rule"), raw.rule.as_deref()?);
    let first = day(draft, &path("from"), raw.from.as_deref());
    let last = day(draft, &path("to"), raw.to.as_deref());
    if let (Some(from), Some(to)) = (first, last)
        && to < from
    {
        let problem = Problem::new("config-plan-backwards").with("from", from.to_string());
        draft.report(&path("to"), problem);
    }
    let end = last.and_then(|last| last.tomorrow().ok());
    Some(Plan {
        first,
        end,
        season: raw.season,
        ..plan?
    })
}

/// A plan for all time, if its expression is understood.
fn rule_of(draft: &mut Draft, path: &[&str], text: &str) -> Option<Plan> {
    let plan = Plan::new(PlanSource::Configuration, text);
    let Err(error) = &plan.rules else {
        return Some(plan);
    };
    let what = error.reason.what().unwrap_or_default();
    let problem = Problem::new("config-off-peak")
        .with("what", what)
        .with_message("reason", error.reason.key());
    let problem = match error.proposal.as_deref() {
        Some("") => problem.advise("off-peak-error-remove"),
        Some(proposal) => problem
            .with("proposal", proposal)
            .advise("off-peak-error-write"),
        None => problem.advise("off-peak-error-examples"),
    };
    // Columns count in what is left when spaces around it are gone.
    let before = text.chars().count() - text.trim_start().chars().count();
    draft.report_in_text(
        path,
        (text, before + error.column(), error.width()),
        problem,
    );
    None
}

fn day(draft: &mut Draft, path: &[&str], text: Option<&str>) -> Option<Date> {
    let text = text?;
    let day = text.trim().parse().ok();
    if day.is_none() {
        draft.report(path, Problem::new("config-day").with("value", text));
    }
    day
}

fn zone(draft: &mut Draft, index: &str, text: Option<&str>) -> Zone {
    let Some(text) = text else {
        return Zone::default();
    };
    text.parse().unwrap_or_else(|_| {
        let names = Zone::ALL.map(Zone::as_str).join(", ");
        let problem = Problem::new("config-zone")
            .with("value", text)
            .with("names", names);
        draft.report(&["usage_points", index, "holidays"], problem);
        Zone::default()
    })
}
