//! `account`: the customer accounts of the Enedis site. Secrets are asked for
//! without showing them, and are kept in files of their owner alone.

mod browser;
mod questions;
mod webdriver;

use collector::portal::{Accounts, Places, Secrets, is_account_name};
use collector::{Patience, Summary, Unwatched};
use enedis::{Problem, QuotaKind};
use jiff::Timestamp;
use meter::UsagePoint;
use service::{Lang, SharedClock};

use super::sync;
use crate::cli::Account;
use crate::config::{Portal, Settings, SourceKind};
use crate::json::account as report;
use crate::session::Collecting;
use crate::session::sources::{points_of, portal};
use crate::text::Page;
use crate::{App, Exit, Failure, Said, World, json};

/// Looks after customer accounts.
pub(super) async fn account(
    app: &App,
    args: &Account,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    match args {
        Account::Add {
            name,
            browser,
            no_fetch,
        } => {
            let named = named(settings, name.as_deref())?;
            add(app, &named, (*browser, !no_fetch), world).await
        }
        Account::List => list(app, world),
        Account::Test { name } => {
            let named = named(settings, name.as_deref())?;
            let points = sign_in(app, &named, world).await?;
            found(app, &named, ("tested", points.as_slice()), world)?;
            Ok(Exit::Ok)
        }
        Account::Remove { name } => remove(app, name, world),
    }
}

/// An account, and the source that uses it, if one does.
pub(crate) struct Named {
    pub name: String,
    pub source: Option<String>,
    pub access: Portal,
}

pub(crate) fn accounts(settings: &Settings) -> Accounts {
    Accounts::of(&settings.data_dir, settings.credentials.clone())
}

/// The configured accounts with their sources.
fn configured(settings: &Settings) -> impl Iterator<Item = (&str, &Portal)> {
    let sources = settings.sources.iter();
    sources.filter_map(|source| match &source.kind {
        SourceKind::Portal(access) => Some((source.name.as_str(), &**access)),
        _ => None,
    })
}

/// The account of that name, else the only one that there is.
pub(crate) fn named(settings: &Settings, name: Option<&str>) -> Result<Named, Failure> {
    let name = match name {
        Some(name) if is_account_name(name) => name.to_owned(),
        Some(name) => {
            return Err(Failure::usage(
                Said::new("config-source-name").with("name", name),
            ));
        }
        None => {
            let mut names: Vec<&str> = configured(settings)
                .map(|(_, access)| access.account.as_str())
                .collect();
            names.sort_unstable();
            names.dedup();
            match names.as_slice() {
                [] => "compte".to_owned(),
                [one] => (*one).to_owned(),
                several => {
                    let said = Said::new("account-which").with("names", several.join(", "));
                    return Err(Failure::usage(said));
                }
            }
        }
    };
    let used = configured(settings).find(|(_, access)| access.account == name);
    let source = used.map(|(source, _)| source.to_owned());
    let access = match used {
        Some((_, access)) => access.clone(),
        None => Portal {
            account: name.clone(),
            places: Places::enedis().map_err(|error| {
                Failure::new(Exit::Source, Said::new("error-output").with("cause", error))
            })?,
        },
    };
    Ok(Named {
        name,
        source,
        access,
    })
}

async fn add(
    app: &App,
    named: &Named,
    (browser, fetch): (bool, bool),
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let accounts = accounts(settings);
    if accounts.is_given(&named.name) {
        let said = Said::new("account-given").with("name", &named.name);
        return Err(Failure::usage(said).hint(Said::new("account-given-do")));
    }
    let secrets = if browser {
        browser::ask(app, named.access.places.page(), world).await?
    } else {
        questions::ask(app, world)?
    };
    let (clock, lang) = (&world.clock, app.words.lang);
    let points = try_secrets(settings, named, &secrets, (clock, lang)).await?;
    found(app, named, ("added", points.as_slice()), world)?;
    let Some(source) = named.source.as_deref().filter(|_| fetch) else {
        return Ok(Exit::Ok);
    };
    begin(app, source, world).await
}

/// Keeps the secrets of an account and signs in with them; those that are
/// refused do not stay in the place of others. The account's usage points.
pub(crate) async fn try_secrets(
    settings: &Settings,
    named: &Named,
    secrets: &Secrets,
    (clock, lang): (&SharedClock, Lang),
) -> Result<Vec<UsagePoint>, Failure> {
    let accounts = accounts(settings);
    let before = accounts.read(&named.name).ok().flatten();
    let refused = refused(lang);
    accounts.write(&named.name, secrets).map_err(&refused)?;
    let source = named.source.as_deref().unwrap_or(&named.name);
    let portal = portal(settings, source, &named.access, clock)?;
    match portal.test().await {
        Ok(points) => Ok(points),
        Err(problem) => {
            if is_of_the_secrets(&problem) {
                let undone = match &before {
                    Some(before) => accounts.write(&named.name, before),
                    None => accounts.forget(&named.name),
                };
                undone.map_err(&refused)?;
            }
            Err(refused(problem))
        }
    }
}

fn is_of_the_secrets(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::PortalLogin | Problem::PortalCaptcha | Problem::PortalCookie
    )
}

/// The first fetch of what is configured; where `releve run` is at work, that
/// will do it.
async fn begin(app: &App, source: &str, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let at = settings.sources.iter().position(|it| it.name == source);
    let points = at.map_or_else(Vec::new, |at| points_of(settings, at));
    if points.is_empty() {
        return Ok(Exit::Ok);
    }
    let patience = Patience::Tries;
    let collecting = match Collecting::open(settings, &points, &world.clock, "sync", patience) {
        Ok(collecting) => collecting,
        Err(failure) if failure.exit == Exit::Busy => {
            say(app, world, "account-busy")?;
            return Ok(Exit::Ok);
        }
        Err(failure) => return Err(failure),
    };
    say(app, world, "account-fetch")?;
    let mut summary = Summary::nothing();
    let mut collectors = collecting.collectors.iter();
    if let Some(collector) = collectors.find(|it| it.source.name() == source) {
        summary.join(collector.sync(&mut Unwatched).await?);
    }
    let later = goes_on(&mut summary);
    if !app.globals.json {
        sync::tell(world, app.words, app.globals, &summary)?;
        if let Some(at) = later.filter(|_| !app.globals.quiet) {
            let at = app.words.instant(at);
            let line = app.words.say("account-goes-on", &[("at", &at)]);
            writeln!(world.out, "{line}")?;
        }
    }
    Ok(sync::exit(&summary))
}

/// A first history takes longer than the calls of a day: that is no trouble.
/// When it goes on, where nothing else stood in its way.
fn goes_on(summary: &mut Summary) -> Option<Timestamp> {
    let until = |problem: &Problem| match problem {
        Problem::Quota {
            kind: QuotaKind::Own,
            until,
        } => *until,
        _ => None,
    };
    let troubles = summary.troubles.iter();
    let at = troubles.filter_map(|trouble| until(&trouble.problem)).max();
    let others = |problem: &Problem| until(problem).is_none();
    summary.troubles.retain(|trouble| others(&trouble.problem));
    summary.finished |= at.is_some() && summary.troubles.is_empty();
    at
}

fn say(app: &App, world: &mut World<'_>, message: &str) -> Result<(), Failure> {
    if !app.globals.json && !app.globals.quiet {
        writeln!(world.err, "{}", app.words.t(message))?;
    }
    Ok(())
}

async fn sign_in(
    app: &App,
    named: &Named,
    world: &mut World<'_>,
) -> Result<Vec<UsagePoint>, Failure> {
    let settings = &app.settings()?.settings;
    sign_in_to(settings, named, (&world.clock, app.words.lang)).await
}

/// Signs in once, with the secrets that are kept; the account's usage points.
pub(crate) async fn sign_in_to(
    settings: &Settings,
    named: &Named,
    (clock, lang): (&SharedClock, Lang),
) -> Result<Vec<UsagePoint>, Failure> {
    let source = named.source.as_deref().unwrap_or(&named.name);
    let portal = portal(settings, source, &named.access, clock)?;
    portal.test().await.map_err(refused(lang))
}

/// A problem with its advice, in the reader's language.
pub(crate) fn refused(lang: Lang) -> impl Fn(Problem) -> Failure {
    move |problem| {
        let exit = match &problem {
            Problem::PortalFile { .. } => Exit::Data,
            Problem::PortalAccount => Exit::Configuration,
            _ => Exit::Source,
        };
        let said = Said::new("account-refused").with("what", problem.explanation(lang));
        Failure::new(exit, said)
            .hint(Said::new("account-advice").with("what", problem.advice(lang)))
    }
}

/// What the account holds, and what of it is configured.
fn found(
    app: &App,
    named: &Named,
    (done, points): (&str, &[UsagePoint]),
    world: &mut World<'_>,
) -> Result<(), Failure> {
    if app.globals.json {
        let report = report::Account {
            account: named.name.clone(),
            done: done.to_owned(),
            usage_points: points.to_vec(),
        };
        return json::emit(world.out, &report);
    }
    let (words, settings) = (app.words, &app.settings()?.settings);
    let count = points.len().to_string();
    let args = [("name", named.name.as_str()), ("count", &count)];
    let mut page = Page::new(words, world.terminal);
    page.sentence(&words.say("account-in", &args), "  ");
    let known = |prm: &UsagePoint| settings.usage_points.iter().any(|point| point.prm == *prm);
    for prm in points {
        let name = if known(prm) {
            "account-point"
        } else {
            "account-point-new"
        };
        let line = words.say(name, &[("prm", &prm.to_string())]);
        page.sentence(&format!("  {line}"), "    ");
    }
    let lacking: Vec<&UsagePoint> = points.iter().filter(|prm| !known(prm)).collect();
    if named.source.is_none() || !lacking.is_empty() {
        page.sentence(&words.t("account-configure"), "  ");
        let mut lines = Vec::new();
        let source = named.source.as_deref().unwrap_or(&named.name);
        if named.source.is_none() {
            lines.push(format!("[sources.{source}]"));
            lines.push("kind = \"portal\"".to_owned());
        }
        for prm in lacking {
            lines.push("[[usage_points]]".to_owned());
            lines.push(format!("prm = \"{prm}\""));
            lines.push(format!("source = \"{source}\""));
        }
        for line in lines {
            page.sentence(&format!("    {line}"), "    ");
        }
    }
    page.finish(world.out)?;
    Ok(())
}

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

fn list(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
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

fn remove(app: &App, name: &str, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let accounts = accounts(settings);
    if accounts.is_given(name) {
        let said = Said::new("account-given").with("name", name);
        return Err(Failure::usage(said).hint(Said::new("account-given-do")));
    }
    // One that cannot be read can be removed all the same.
    if !accounts.names().iter().any(|known| known == name) {
        let said = Said::new("account-unknown").with("name", name);
        return Err(Failure::usage(said).hint(Said::new("account-unknown-do")));
    }
    accounts.forget(name).map_err(refused(app.words.lang))?;
    if app.globals.json {
        let report = report::Account {
            account: name.to_owned(),
            done: "removed".to_owned(),
            usage_points: Vec::new(),
        };
        json::emit(world.out, &report)?;
    } else {
        let line = app.words.say("account-removed", &[("name", name)]);
        writeln!(world.out, "{line}")?;
    }
    Ok(Exit::Ok)
}
