//! The gateway put together from its configuration and its folder.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::ArgMatches;
use gateway::App;
use gateway::keys::{KeySet, Keys};
use gateway::random::{SharedRandom, SystemRandomness};
use gateway::store::{Postgres, Sqlite, Store, clients};
use secrecy::ExposeSecret;
use service::http::{Client, ClientOptions};
use service::{SharedClock, SystemClock};

use crate::settings::{Settings, secret};

/// Connections to PostgreSQL of one node.
const CONNECTIONS: usize = 16;

/// The file of the keys.
pub fn keys(arguments: &ArgMatches) -> anyhow::Result<PathBuf> {
    let folder: &PathBuf = arguments.get_one("data-dir").context("no --data-dir")?;
    Ok(folder.join("keys"))
}

/// Everything a command needs. Keys and tables are made where they are missing.
pub async fn app(arguments: &ArgMatches) -> anyhow::Result<App> {
    let path: &PathBuf = arguments.get_one("config").context("no --config")?;
    let folder: &PathBuf = arguments.get_one("data-dir").context("no --data-dir")?;
    let settings = Settings::read(path)?;
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let clock: SharedClock = Arc::new(SystemClock);
    let random: SharedRandom = Arc::new(SystemRandomness::new());
    let store = match &settings.database_url_file {
        Some(file) => Store::new(Postgres::open(secret(file)?.expose_secret(), CONNECTIONS).await?),
        None => Store::new(Sqlite::open(&folder.join("gateway.db"), clock.clone())?),
    };
    let keys = KeySet::read_or_make(&keys(arguments)?, random.as_ref())?;
    let http = Arc::new(Client::new(&ClientOptions::default())?);
    let config = settings.resolve()?;
    let app = App::new(config, store, Keys::new(keys), (clock, random, http));
    app.store
        .transact(|tx| Box::pin(clients::add_legacy(tx)))
        .await?;
    Ok(app)
}
