//! The accounts that there are, with what is wrong with them.

use enedis::Problem;

use super::{accounts, configured};
use crate::config::Settings;
use crate::json::account as report;
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Every account with what is wrong with it.
pub(crate) fn listed(settings: &Settings) -> Vec<(report::Listed, Option<Problem>)> {
    let accounts = accounts(settings);
    let mut names = accounts.names();
    names.extend(configured(settings).map(|(_, access)| access.account.clone()));
    names.sort();
    names.dedup();
    let one = |name: String| {
        let state = accounts.state(&name);
        let sources = configured(settings).filter(|(_, access)| access.account == name);
        let kept = accounts.read(&name);
        let secrets = match &kept {
            _ if accounts.is_given(&name) => "credential",
            Ok(None) => "nowhere",
            _ => "file",
        };
        let problem = match kept {
            Ok(None) => Some(Problem::PortalAccount),
            Ok(Some(_)) => state.as_ref().and_then(|state| state.problem.clone()),
            Err(problem) => Some(problem),
        };
        let listed = report::Listed {
            sources: sources.map(|(source, _)| source.to_owned()).collect(),
            secrets: secrets.to_owned(),
            asked_at: state.as_ref().map(|state| state.at),
            usage_points: state.map(|state| state.usage_points).unwrap_or_default(),
            problem: problem.as_ref().map(|problem| problem.code().to_owned()),
            account: name,
        };
        (listed, problem)
    };
    names.into_iter().map(one).collect()
}

pub(super) fn list(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    let words = app.words;
    let (accounts, problems): (Vec<_>, Vec<_>) =
        listed(&app.settings()?.settings).into_iter().unzip();
    if app.globals.json {
        json::emit(world.out, &report::Accounts { accounts })?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(words, world.terminal);
    if accounts.is_empty() {
        page.sentence(&words.t("account-none"), "  ");
    }
    for (account, problem) in accounts.iter().zip(problems) {
        let secrets = words.t(&format!("account-secrets-{}", account.secrets));
        let args = [("name", account.account.as_str()), ("secrets", &secrets)];
        page.sentence(&words.say("account-line", &args), "  ");
        if !account.sources.is_empty() {
            let sources = account.sources.join(", ");
            let line = words.say("account-sources", &[("sources", &sources)]);
            page.sentence(&format!("  {line}"), "    ");
        }
        for prm in &account.usage_points {
            let line = words.say("account-point", &[("prm", &prm.to_string())]);
            page.sentence(&format!("  {line}"), "    ");
        }
        if let Some(problem) = problem {
            page.sentence(&format!("  {}", problem.explanation(words.lang)), "    ");
            page.sentence(&format!("  → {}", problem.advice(words.lang)), "    ");
        }
    }
    page.finish(world.out)?;
    Ok(Exit::Ok)
}
