//! `account`: the customer accounts of the Enedis site. Secrets are asked for
//! without showing them, and are kept in files of their owner alone.

mod browser;
mod enter;
mod first_fetch;
mod listing;
mod questions;
mod webdriver;

use collector::portal::{Accounts, Places, is_account_name};
use meter::UsagePoint;

use crate::cli::Account;
use crate::config::{Portal, Settings, SourceKind};
use crate::json::account as report;
use crate::text::Page;
use crate::{App, Exit, Failure, Said, World, json};

pub(crate) use enter::{refused, show_secrets, sign_in_to, try_secrets};
pub(crate) use listing::listed;

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
        Account::List => listing::list(app, world),
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
    first_fetch::begin(app, source, world).await
}

async fn sign_in(
    app: &App,
    named: &Named,
    world: &mut World<'_>,
) -> Result<Vec<UsagePoint>, Failure> {
    let settings = &app.settings()?.settings;
    sign_in_to(settings, named, (&world.clock, app.words.lang)).await
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
