//! What the dashboard may change, in the process that serves it: beside the
//! daemon that collects, or alone.
//!
//! Nothing here holds the writer's lock for longer than its action, and nothing
//! waits on the thread on which the daemon runs.

mod accounts;
mod all;
mod consents;
mod files;
mod first_run;
mod push;
mod repair;
mod works;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use dashboard::door::DoorConfig;
use dashboard::work::{Failed, Work, WorkKind};
use ledger::{Ledger, WriterLock};
use service::settings::SettingsError;
use service::{Env, MapEnv, SharedClock};
use tokio::sync::Notify;

use crate::config::{self, Asked, Loaded, Settings};
use crate::exit::Failure;
use crate::session;

pub(crate) use works::{Rounds, Watcher, Works};

/// The name under which the lock is held for a page.
const COMMAND: &str = "serve";

/// Variables that a configuration may be found by.
const KEPT: [&str; 4] = [
    "HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "CREDENTIALS_DIRECTORY",
];

/// What the dashboard may change. Clones share everything.
#[derive(Clone)]
pub struct Hand(Arc<Inner>);

struct Inner {
    asked: Asked,
    env: MapEnv,
    clock: SharedClock,
    settings: RwLock<Arc<Settings>>,
    configured: RwLock<bool>,
    daemon: Mutex<Option<AtWork>>,
    changed: Notify,
    works: Arc<Works>,
    first: Mutex<first_run::Draft>,
    /// Whether a daemon of this process begins by itself where it can.
    daemon_comes: bool,
}

/// The daemon of this process, while it collects.
#[derive(Clone)]
pub(crate) struct AtWork {
    /// Its ledger.
    pub ledger: Arc<Ledger>,
    /// Wakes its schedule.
    pub woken: Arc<Notify>,
    /// Wakes its deliveries.
    pub news: Arc<Notify>,
}

/// The right to write into the ledger: the daemon's own, or a lock until dropped.
struct Right {
    ledger: Arc<Ledger>,
    _lock: Option<WriterLock>,
}

impl Hand {
    /// Of a process with that configuration, in which a daemon may come.
    pub fn new(
        (asked, env): (Asked, &dyn Env),
        loaded: &Loaded,
        clock: SharedClock,
        daemon_comes: bool,
    ) -> Self {
        Self(Arc::new(Inner {
            asked,
            env: kept(env),
            clock,
            settings: RwLock::new(Arc::new(loaded.settings.clone())),
            configured: RwLock::new(is_configured(loaded)),
            daemon: Mutex::default(),
            changed: Notify::new(),
            works: Arc::default(),
            first: Mutex::default(),
            daemon_comes,
        }))
    }

    /// What is configured now.
    pub fn settings(&self) -> Arc<Settings> {
        let settings = self.0.settings.read();
        Arc::clone(&settings.unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether anything is configured: where nothing is, the set-up begins.
    pub fn is_configured(&self) -> bool {
        let configured = self.0.configured.read();
        *configured.unwrap_or_else(PoisonError::into_inner)
    }

    /// Every piece of work, the newest first.
    pub fn works(&self) -> Vec<Work> {
        self.0.works.all()
    }

    /// Waits until the configuration has changed.
    pub(crate) async fn changed(&self) {
        self.0.changed.notified().await;
    }

    /// The daemon of this process begins or ends its work.
    pub(crate) fn at_work(&self, daemon: Option<AtWork>) {
        *self.daemon_place() = daemon;
    }

    /// The work that the pages show.
    pub(crate) fn all_works(&self) -> &Arc<Works> {
        &self.0.works
    }

    /// The time.
    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    /// Where the first configuration would be written.
    fn target(&self) -> Option<PathBuf> {
        config::target(&self.0.asked, &self.0.env)
    }

    /// Reads the configuration anew, and has everything go on with it.
    fn reload(&self) -> Result<(), SettingsError> {
        let loaded = config::load(&self.0.asked, &self.0.env)?;
        let configured = is_configured(&loaded);
        *self
            .0
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(loaded.settings);
        *self
            .0
            .configured
            .write()
            .unwrap_or_else(PoisonError::into_inner) = configured;
        self.0.changed.notify_one();
        Ok(())
    }

    fn daemon(&self) -> Option<AtWork> {
        self.daemon_place().clone()
    }

    fn daemon_place(&self) -> MutexGuard<'_, Option<AtWork>> {
        self.0.daemon.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The right to write, for one action.
    async fn right(&self, command: &'static str) -> Result<Right, Failure> {
        if let Some(daemon) = self.daemon() {
            return Ok(Right {
                ledger: daemon.ledger,
                _lock: None,
            });
        }
        let data_dir = self.settings().data_dir.clone();
        let (ledger, lock) = files::blocking(move || session::writing(&data_dir, command)).await?;
        Ok(Right {
            ledger,
            _lock: Some(lock),
        })
    }

    /// Readings are new: the daemon delivers them.
    fn tell_news(&self) {
        if let Some(daemon) = self.daemon() {
            daemon.news.notify_one();
        }
    }

    /// Does something behind the page that asked for it; none where the same goes
    /// on already. The number under which it is remembered.
    fn behind<F>(
        &self,
        (kind, about): (WorkKind, &str),
        work: impl FnOnce(Self, u64) -> F,
    ) -> Option<u64>
    where
        F: Future<Output = Result<Vec<String>, Failed>> + Send + 'static,
    {
        let id = self.0.works.begin(kind, about, self.0.clock.now())?;
        let hand = self.clone();
        let work = work(self.clone(), id);
        tokio::spawn(async move {
            let came = work.await;
            hand.0.works.end(id, hand.0.clock.now(), came);
        });
        Some(id)
    }
}

/// The configured door; over its address the one that is given.
pub(crate) fn door(settings: &Settings, listen: Option<SocketAddr>) -> Result<DoorConfig, Failure> {
    let lang = settings.language.unwrap_or_default();
    Ok(DoorConfig::of(&settings.dashboard, listen, lang)?)
}

fn is_configured(loaded: &Loaded) -> bool {
    let settings = &loaded.settings;
    loaded.file.is_some() || !settings.sources.is_empty() || !settings.usage_points.is_empty()
}

/// What the configuration is found and overridden by, as it was at the start.
fn kept(env: &dyn Env) -> MapEnv {
    let named = KEPT.iter();
    let named = named.filter_map(|name| Some(((*name).to_owned(), env.var_os(name)?)));
    let own = env.with_prefix(config::PREFIX);
    named
        .chain(own)
        .fold(MapEnv::default(), |env, (name, value)| {
            env.with(&name, value)
        })
}
