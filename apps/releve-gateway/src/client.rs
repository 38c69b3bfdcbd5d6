//! `releve-gateway client`: who may ask.

use std::io::Write;

use anyhow::Context;
use clap::ArgMatches;
use gateway::keys::Purpose;
use gateway::store::clients::ClientRow;
use gateway::{App, operator};
use service::{Lang, tr};

use crate::open;

/// Runs one of `add`, `list`, `limit`, `ban`.
pub async fn run(arguments: &ArgMatches, lang: Lang) -> anyhow::Result<()> {
    let (name, own) = arguments.subcommand().context("no command")?;
    let app = open::app(own).await?;
    match name {
        "add" => add(&app, own, lang).await,
        "list" => list(&app, lang).await,
        "limit" => {
            let requests = *own.get_one::<i64>("requests").context("no number")?;
            let done = operator::limit(&app.store, text(own, "id"), requests).await?;
            changed(done, lang)
        }
        _ => {
            let banned = !own.get_flag("lift");
            let done = operator::ban(&app.store, text(own, "id"), banned).await?;
            changed(done, lang)
        }
    }
}

async fn add(app: &App, own: &ArgMatches, lang: Lang) -> anyhow::Result<()> {
    let random = app.random.as_ref();
    let id = match own.get_one::<String>("id") {
        Some(id) => id.clone(),
        None => operator::fresh_name(random)?,
    };
    let wanted = own.get_flag("secret");
    let secret = wanted.then(|| operator::fresh_name(random)).transpose()?;
    let hash = |secret: &String| app.keys.hash(Purpose::ClientSecret, secret.as_bytes());
    let client = ClientRow {
        secret_hash: secret.as_ref().map(hash),
        ..ClientRow::public(&id, &text(own, "name"))
    };
    let added = operator::add(&app.store, client).await?;
    anyhow::ensure!(added, tr(lang, "gateway-cli-client-taken", &[("id", &id)]));
    say(&tr(lang, "gateway-cli-client-added", &[("id", &id)]))?;
    match secret {
        Some(secret) => say(&tr(
            lang,
            "gateway-cli-client-its-secret",
            &[("secret", &secret)],
        )),
        None => Ok(()),
    }
}

async fn list(app: &App, lang: Lang) -> anyhow::Result<()> {
    for client in operator::list(&app.store).await? {
        let state = if client.banned {
            "gateway-cli-client-banned"
        } else {
            "gateway-cli-client-open"
        };
        let state = tr(lang, state, &[]);
        let line = format!(
            "{:<36}  {:>7}  {state:<9}  {}",
            client.id, client.max_pending, client.name
        );
        say(&line)?;
    }
    Ok(())
}

fn changed(done: bool, lang: Lang) -> anyhow::Result<()> {
    anyhow::ensure!(done, tr(lang, "gateway-cli-client-none", &[]));
    say(&tr(lang, "gateway-cli-client-changed", &[]))
}

fn text(own: &ArgMatches, name: &str) -> String {
    own.get_one::<String>(name).cloned().unwrap_or_default()
}

fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}
