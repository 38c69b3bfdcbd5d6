//! `releve-gateway client`: who may ask.

use std::io::Write;

use clap::ArgMatches;
use gateway::keys::Purpose;
use gateway::operator;
use gateway::store::clients::ClientRow;
use service::{Lang, tr};

use crate::json::{self, Clients};
use crate::open::{self, Opened};
use crate::stop::{Exit, Outcome, Stop};

/// Runs one of `add`, `list`, `limit`, `ban`.
pub async fn run(arguments: &ArgMatches, lang: Lang) -> Outcome {
    let Some((name, own)) = arguments.subcommand() else {
        return Ok(());
    };
    let opened = open::app(own, lang).await?;
    match name {
        "add" => add(&opened, own).await,
        "list" => list(&opened, own.get_flag("json")).await,
        "limit" => {
            let requests = own.get_one::<i64>("requests").copied().unwrap_or_default();
            let done = operator::limit(&opened.app.store, text(own, "id"), requests).await;
            changed(done.map_err(opened.stop())?, opened.lang)
        }
        _ => {
            let banned = !own.get_flag("lift");
            let done = operator::ban(&opened.app.store, text(own, "id"), banned).await;
            changed(done.map_err(opened.stop())?, opened.lang)
        }
    }
}

async fn add(opened: &Opened, own: &ArgMatches) -> Outcome {
    let Opened { app, lang, .. } = opened;
    let random = app.random.as_ref();
    let fresh = || operator::fresh_name(random).map_err(opened.stop());
    let id = match own.get_one::<String>("id") {
        Some(id) => id.clone(),
        None => fresh()?,
    };
    let secret = own.get_flag("secret").then(fresh).transpose()?;
    let hash = |secret: &String| app.keys.hash(Purpose::ClientSecret, secret.as_bytes());
    let client = ClientRow {
        secret_hash: secret.as_ref().map(hash),
        ..ClientRow::public(&id, &text(own, "name"))
    };
    let added = operator::add(&app.store, client).await;
    if !added.map_err(opened.stop())? {
        let values = [("id", &*id)];
        let taken = "gateway-cli-client-taken";
        return Err(Stop::said(*lang, Exit::Refused, taken, &values));
    }
    say(&tr(*lang, "gateway-cli-client-added", &[("id", &id)]))?;
    match secret {
        Some(secret) => {
            let values = [("secret", &*secret)];
            say(&tr(*lang, "gateway-cli-client-its-secret", &values))
        }
        None => Ok(()),
    }
}

async fn list(opened: &Opened, json: bool) -> Outcome {
    let clients = operator::list(&opened.app.store).await;
    let clients = clients.map_err(opened.stop())?;
    if json {
        let clients = clients.into_iter().map(Into::into).collect();
        return Ok(json::print(&Clients { clients })?);
    }
    for client in clients {
        let state = if client.banned {
            "gateway-cli-client-banned"
        } else {
            "gateway-cli-client-open"
        };
        let state = tr(opened.lang, state, &[]);
        let line = format!(
            "{:<36}  {:>7}  {state:<9}  {}",
            client.id, client.max_pending, client.name
        );
        say(&line)?;
    }
    Ok(())
}

fn changed(done: bool, lang: Lang) -> Outcome {
    if !done {
        let none = "gateway-cli-client-none";
        return Err(Stop::said(lang, Exit::Refused, none, &[]));
    }
    say(&tr(lang, "gateway-cli-client-changed", &[]))
}

fn text(own: &ArgMatches, name: &str) -> String {
    own.get_one::<String>(name).cloned().unwrap_or_default()
}

fn say(line: &str) -> Outcome {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
