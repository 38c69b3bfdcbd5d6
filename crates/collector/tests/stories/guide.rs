//! The table of problems in the guide is the table of the program.

use collector::policy::{Reach, Wait, every_problem, rule};
use enedis::Problem;
use service::{Lang, tr};

const BEGIN: &str = "<!-- problems:begin -->\n";
const END: &str = "<!-- problems:end -->";

/// `UPDATE=1 cargo test -p collector --test guide` writes both anew.
#[test]
fn the_guide_shows_each_problem_with_what_it_leads_to() {
    for (lang, path) in [
        (Lang::Fr, "../../docs/fr/etats.md"),
        (Lang::En, "../../docs/en/day-states.md"),
    ] {
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        let page = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = page.split_once(BEGIN).unwrap();
        let (_, tail) = rest.split_once(END).unwrap();
        let current = [head, BEGIN, &table(lang), END, tail].concat();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &current).unwrap();
        } else {
            assert_eq!(
                page, current,
                "run: UPDATE=1 cargo test -p collector --test guide"
            );
        }
    }
}

/// What only the user can cure names the page, the box, and the two days.
#[test]
fn what_only_the_user_can_cure_names_page_box_and_delay() {
    for problem in [
        Problem::CurveNotActivated,
        Problem::NotHolder,
        Problem::TermsToAccept,
        Problem::NothingPublished,
    ] {
        for (lang, delay) in [(Lang::Fr, "deux jours"), (Lang::En, "two days")] {
            let advice = problem.advice(lang);
            for part in [
                "Gérer l’accès à mes données",
                "collecte",
                "enregistrement",
                delay,
            ] {
                assert!(
                    advice.contains(part),
                    "{} lacks {part}: {advice}",
                    problem.code()
                );
            }
        }
    }
}

fn table(lang: Lang) -> String {
    let heads = ["code", "means", "do", "waits", "again"];
    let heads = heads.map(|name| tr(lang, &format!("policy-head-{name}"), &[]));
    let mut lines = vec![
        format!("| {} |", heads.join(" | ")),
        "|---|---|---|---|---|".to_owned(),
    ];
    lines.extend(
        every_problem()
            .into_iter()
            .map(|problem| row(lang, problem)),
    );
    lines.join("\n") + "\n"
}

fn row(lang: Lang, problem: Problem) -> String {
    let rule = rule(&problem);
    let dots = "…".to_owned();
    let shown = match problem {
        Problem::Malformed { .. } => Problem::Malformed { detail: dots },
        Problem::TokenFile { .. } => Problem::TokenFile { detail: dots },
        Problem::PortalFile { .. } => Problem::PortalFile { detail: dots },
        Problem::PortalChanged { .. } => Problem::PortalChanged { detail: dots },
        other => other,
    };
    let cells = [
        format!("`{}`", shown.code()),
        shown.explanation(lang),
        shown.advice(lang),
        tr(lang, reach(rule.reach), &[]),
        tr(lang, wait(rule.wait), &[]),
    ];
    format!("| {} |", cells.join(" | "))
}

fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Answer => "policy-reach-answer",
        Reach::Border => "policy-reach-border",
        Reach::Beyond => "policy-reach-beyond",
        Reach::Window => "policy-reach-window",
        Reach::Series => "policy-reach-series",
        Reach::Direction => "policy-reach-direction",
        Reach::UsagePoint => "policy-reach-usage-point",
        Reach::Source => "policy-reach-source",
    }
}

fn wait(wait: Wait) -> &'static str {
    match wait {
        Wait::Rhythm => "policy-wait-rhythm",
        Wait::Never => "policy-wait-never",
        Wait::BackOff => "policy-wait-back-off",
        Wait::Doubling => "policy-wait-doubling",
        Wait::Moments => "policy-wait-moments",
        Wait::ClockHour => "policy-wait-clock-hour",
        Wait::NextDay => "policy-wait-next-day",
        Wait::Morning => "policy-wait-morning",
        Wait::Person => "policy-wait-person",
        Wait::Day => "policy-wait-day",
        Wait::Month => "policy-wait-month",
    }
}
