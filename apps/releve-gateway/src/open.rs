//! The gateway put together from its configuration and its folder.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use gateway::App;
use gateway::keys::{KeySet, Keys};
use gateway::random::{Random, SharedRandom, SystemRandomness};
use gateway::store::{Postgres, Sqlite, Store, StoreError, clients, consents};
use service::http::{Client, ClientOptions};
use service::logging::Level;
use service::{Lang, SharedClock, SystemClock, SystemEnv};

use crate::settings::{self, Settings};
use crate::stop::{Exit, Outcome, Stop};

/// Connections to PostgreSQL of one node.
const CONNECTIONS: usize = 16;

/// An open gateway, and the language of its operator.
pub struct Opened {
    /// The gateway.
    pub app: App,
    /// The configured language, else that of the system.
    pub lang: Lang,
    /// How much the log says.
    pub log_level: Level,
}

impl Opened {
    /// Why a command stops whose rows gave no answer.
    pub fn stop(&self) -> impl Fn(StoreError) -> Stop + use<> {
        let lang = self.lang;
        move |error| Stop::store(lang, &error)
    }
}

/// The folder of the keys and of SQLite.
pub fn folder(arguments: &ArgMatches) -> PathBuf {
    let folder: Option<&PathBuf> = arguments.get_one("data-dir");
    folder.cloned().unwrap_or_default()
}

/// The file of the keys.
pub fn keys(arguments: &ArgMatches) -> PathBuf {
    folder(arguments).join("keys")
}

/// Everything a command needs. Keys and tables are made where they are missing.
pub async fn app(arguments: &ArgMatches, lang: Lang) -> Outcome<Opened> {
    let file: Option<&PathBuf> = arguments.get_one("config");
    let loaded = settings::load(file.map_or(Path::new(""), PathBuf::as_path), &SystemEnv);
    let (settings, warnings) = loaded.map_err(|error| Stop::settings(lang, &error))?;
    let lang = settings.language.unwrap_or(lang);
    for warning in warnings {
        eprint!("{}", warning.render(lang, None));
    }
    let log_level = settings.log_level;
    let folder = folder(arguments);
    make(&folder, lang)?;
    let app = assemble(settings, &folder, lang).await?;
    app.store
        .transact(|tx| Box::pin(clients::add_known(tx)))
        .await
        .map_err(|error| Stop::store(lang, &error))?;
    Ok(Opened {
        app,
        lang,
        log_level,
    })
}

/// The folder, its owner's alone.
fn make(folder: &Path, lang: Lang) -> Outcome {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| {
        let shown = folder.display().to_string();
        Stop::system(lang, "gateway-stop-folder", &shown, &error)
    })
}

async fn assemble(settings: Settings, folder: &Path, lang: Lang) -> Outcome<App> {
    let clock: SharedClock = Arc::new(SystemClock);
    let random: SharedRandom = Arc::new(SystemRandomness::new());
    let store = match settings.database {
        Some(options) => Postgres::connect(options, CONNECTIONS)
            .await
            .map(Store::new)
            .map_err(|error| Stop::store(lang, &error))?,
        None => sqlite(&folder.join("gateway.db"), clock.clone(), lang)?,
    };
    let keys = keys_of(&store, &folder.join("keys"), random.as_ref(), lang).await?;
    let http = Client::new(&ClientOptions::default())
        .map_err(|error| Stop::system(lang, "gateway-stop-tls", "", &error))?;
    let world = (clock, random, Arc::new(http) as service::SharedHttp);
    Ok(App::new(settings.config, store, Keys::new(keys), world))
}

fn sqlite(path: &Path, clock: SharedClock, lang: Lang) -> Outcome<Store> {
    let opened = Sqlite::open(path, clock).map(Store::new);
    opened.map_err(|error| match error {
        StoreError::Unavailable(why) => {
            let shown = path.display().to_string();
            Stop::system(lang, "gateway-stop-file", &shown, &why)
        }
        error => Stop::store(lang, &error),
    })
}

/// The keys. Fresh ones are made for a fresh database only: with others, every
/// box would have to come back for its consent.
async fn keys_of(store: &Store, path: &Path, random: &dyn Random, lang: Lang) -> Outcome<KeySet> {
    if !path.exists() {
        let needed = store.transact(|tx| Box::pin(consents::any(tx))).await;
        if needed.map_err(|error| Stop::store(lang, &error))? {
            let shown = path.display().to_string();
            let values = [("path", &*shown)];
            return Err(Stop::said(
                lang,
                Exit::Data,
                "gateway-stop-keys-lost",
                &values,
            ));
        }
    }
    KeySet::read_or_make(path, random).map_err(|error| Stop::keys(lang, path, &error))
}
