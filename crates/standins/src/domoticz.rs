//! A Domoticz 2025.1 as an outside program meets it: `/json.htm`, its tables and
//! its graphs. It says OK to what it throws away, as the real one does.

mod auth;
mod commands;
mod graph;
mod mqtt;
mod server;
mod tables;
mod update;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::DateTime;

pub use mqtt::Listener;
pub use tables::{Device, Hardware, History, Tables, User};

/// Python plugins, the kind of hardware that `DomoticzLinky` was.
pub const PYTHON_PLUGIN: u32 = 94;
/// Dummy hardware, on which devices may be made from outside.
pub const DUMMY: u32 = 15;

/// How this Domoticz is set, and what goes wrong with it.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box to tick or a fault"
)]
pub struct Settings {
    /// What `getversion` says.
    pub version: String,
    /// Whether everybody is in its trusted networks.
    pub trusted: bool,
    /// Whether Basic is admitted over plain HTTP.
    pub plain_basic: bool,
    /// Its users.
    pub users: Vec<User>,
    /// The application registered for `OAuth2`, if any.
    pub application: Option<String>,
    /// Days of short log.
    pub short_log_days: u32,
    /// Watt-hours in a kilowatt-hour, as its graphs divide.
    pub energy_divider: u32,
    /// Minutes after which a tile is red.
    pub sensor_timeout: u32,
    /// How the P1 tile is shown.
    pub p1_display_type: u32,
    /// The local time.
    pub now: DateTime,
    /// Whether its disk is full: it goes on saying OK.
    pub disk_full: bool,
    /// After so many more requests the next answer breaks off in the middle.
    pub cut_after: Option<u32>,
    /// Nobody answers: connections are closed at once.
    pub down: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: "2025.1".to_owned(),
            trusted: true,
            plain_basic: false,
            users: vec![User {
                name: "admin".to_owned(),
                password: "domoticz".to_owned(),
                rights: 2,
                two_factor: false,
            }],
            application: None,
            short_log_days: 7,
            energy_divider: 1000,
            sensor_timeout: 60,
            p1_display_type: 0,
            now: jiff::civil::datetime(2026, 11, 21, 12, 0, 0, 0),
            disk_full: false,
            cut_after: None,
            down: false,
        }
    }
}

/// Everything that a Domoticz is at a moment.
#[derive(Debug, Default)]
pub struct State {
    /// How it is set.
    pub settings: Settings,
    /// What it holds.
    pub tables: Tables,
    /// Its log.
    pub log: Vec<String>,
    /// How many requests it was sent.
    pub requests: u64,
    /// How many of them were `udevice`, accepted or not.
    pub updates: u64,
    /// Whether its MQTT gateway has subscribed.
    pub listens: bool,
    /// Cookies given out, with the user's name.
    sessions: Vec<(String, String)>,
}

/// A running stand-in; it ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub struct Domoticz {
    state: Arc<Mutex<State>>,
    server: Arc<server::Server>,
}

impl Domoticz {
    /// Listens on a free port of this machine, on a thread of its own.
    ///
    /// # Panics
    /// Where no port is free.
    pub fn start(settings: Settings) -> Self {
        let state = Arc::new(Mutex::new(State {
            settings,
            ..State::default()
        }));
        let server = Arc::new(server::Server::start(Arc::clone(&state)));
        Self { state, server }
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Its state, to be looked at or changed.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens to a broker on this machine, as its MQTT Client Gateway does.
    pub fn listen(&self, port: u16) -> Listener {
        self.state().listens = false;
        Listener::start(Arc::clone(&self.state), port)
    }

    /// What the page of a compare report, a graph or a list would be sent, for
    /// tests that look at it as a browser does: the query after `param=`.
    pub fn page(&self, query: &str) -> serde_json::Value {
        let text = format!("type=command&param={query}");
        let args = commands::Args::of_query(&text);
        commands::answer(&mut self.state(), &args, 2).1
    }
}
