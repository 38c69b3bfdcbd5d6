//! A gateway in a process of its own, which is killed and started again.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use gateway::keys::{KeySet, Keys};
use gateway::random::{SharedRandom, SystemRandomness};
use gateway::store::{Postgres, Sqlite, Store};
use gateway::{App, Config};
use http::Request;
use service::http::{Client, ClientOptions};
use service::{Env, Http, SharedClock, SystemClock, SystemEnv, logging};
use simulator::Simulator;

use crate::postgres;
use crate::world::traces::{self, Recorded};
use crate::world::{BOX, Begun, Engine, HOME, PUBLIC, World};

/// Says to the child where its rows and keys are.
const PLACE: &str = "GATEWAY_CRASH_PLACE";
const READY: &str = "the gateway listens on ";
/// Where the child shows its metrics.
pub const METRICS: &str = "/metrics-of-this-test";

/// Where nobody answers.
const NOBODY: &str = "http://127.0.0.1:9";
/// The calls to Enedis of a clock hour, where there is one.
pub const CALLS_AN_HOUR: i64 = 40;

/// Where the rows, keys and logs are; they outlive every process.
pub struct Place {
    folder: tempfile::TempDir,
    database: Option<String>,
    /// Where Enedis is.
    pub enedis: String,
}

/// For the hunt for secrets.
impl Drop for Place {
    fn drop(&mut self) {
        if !traces::wanted() {
            return;
        }
        traces::keys(&self.folder.path().join("keys"));
        if let Ok(log) = std::fs::read(self.folder.path().join("log")) {
            traces::leave("log", &log);
        }
        match &self.database {
            None => traces::leave_sqlite(self.folder.path()),
            Some(database) => traces::leave("postgres", &postgres::dump(database)),
        }
    }
}

/// A consent that is proved, its code not fetched yet.
pub struct Proved {
    pub prm: &'static str,
    pub code: Begun,
    /// The cookie of the browser that gave it.
    pub cookie: String,
}

impl Place {
    pub fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let random = SystemRandomness::new();
        KeySet::read_or_make(&folder.path().join("keys"), &random).unwrap();
        let database = (engine == Engine::Postgres).then(postgres::database);
        Self {
            folder,
            database,
            enedis: NOBODY.to_owned(),
        }
    }

    /// A consent for each of these, each by somebody of their own.
    pub async fn proved(&self, homes: &[(&str, &'static str)]) -> Vec<Proved> {
        let world = self.world().await;
        let mut proved = Vec::new();
        for (customer, prm) in homes {
            let (code, browser) = world.approved(BOX, (customer, prm)).await;
            let cookie = browser.cookie.reveal();
            proved.push(Proved { prm, code, cookie });
        }
        self.on_real_time(&world).await;
        proved
    }

    /// What the processes have logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// Everything that stands in the rows, as far as it can be read without keys.
    pub async fn dump(&self) -> Vec<u8> {
        if self.database.is_none() {
            return traces::sqlite_files(self.folder.path()).concat();
        }
        let world = self.world().await;
        let tables = "SELECT table_name::text FROM information_schema.tables
                      WHERE table_schema = 'public'";
        let mut text = Vec::new();
        for table in world.rows(tables).await {
            let name = table.text(0).unwrap();
            let rows = world.rows(&format!("SELECT t::text FROM {name} t")).await;
            for row in rows {
                text.extend_from_slice(row.text(0).unwrap().as_bytes());
                text.push(b'\n');
            }
        }
        text
    }

    /// That many codes whose consents are proved, not fetched yet.
    pub async fn approved(&self, count: usize) -> Vec<Begun> {
        let world = self.world().await;
        let browser = world.browser();
        let mut codes = Vec::new();
        for _ in 0..count {
            let begun = world.begin(BOX).await;
            let url = world.leave(&browser, &begun).await;
            let back = world.agree(&url, HOME);
            world.come_back(&browser, &back).await;
            world.settle(20).await;
            codes.push(begun);
        }
        assert_eq!(
            world
                .count("SELECT count(*) FROM flow WHERE state = 'approved'")
                .await,
            count as i64
        );
        self.on_real_time(&world).await;
        codes
    }

    /// From here on the server's own clock decides.
    async fn on_real_time(&self, world: &World) {
        if self.database.is_none() {
            return;
        }
        let sql = "DELETE FROM test_clock";
        let real = world
            .app
            .store
            .transact(move |tx| Box::pin(async move { tx.execute(sql, Vec::new()).await }));
        real.await.unwrap();
    }

    /// The rows seen from this process, with an Enedis and a clock of its own.
    pub async fn world(&self) -> World {
        let path = self.folder.path().join("gateway.db");
        let keys = KeySet::read(&self.folder.path().join("keys")).unwrap();
        World::at(self.database.as_deref(), &path, Keys::new(keys)).await
    }
}

/// The running gateway, and how its boxes reach it.
pub struct Node {
    child: Mutex<Child>,
    address: Mutex<SocketAddr>,
    stopped: AtomicBool,
    http: Client,
}

impl Node {
    pub fn start(place: &Place) -> Self {
        let (child, address) = spawn(place);
        Self {
            child: Mutex::new(child),
            address: Mutex::new(address),
            stopped: AtomicBool::new(false),
            http: Client::new(&ClientOptions::default()).unwrap(),
        }
    }

    /// SIGKILL, and a new process on the same rows.
    pub fn kill_and_restart(&self, place: &Place) {
        self.kill();
        let (child, address) = spawn(place);
        *self.child.lock().unwrap() = child;
        *self.address.lock().unwrap() = address;
    }

    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// The boxes have had enough.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Status and body, or nothing when no answer came.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Option<(u16, String)> {
        let address = *self.address.lock().unwrap();
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = Request::post(format!("http://{address}{path}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Bytes::from(body))
            .unwrap();
        self.send(request).await
    }

    /// The same, of a page or of readings.
    pub async fn get(&self, path: &str, access: &str) -> Option<(u16, String)> {
        let address = *self.address.lock().unwrap();
        let request = Request::get(format!("http://{address}{path}"))
            .header("authorization", format!("Bearer {access}"))
            .body(Bytes::new())
            .unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request<Bytes>) -> Option<(u16, String)> {
        let answer = self.http.send(request).await.ok()?;
        let text = String::from_utf8(answer.body().to_vec()).unwrap();
        traces::answered(&text);
        Some((answer.status().as_u16(), text))
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Ok(mut child) = self.child.lock() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Serves an Enedis from a thread of its own, which never waits for a node that
/// starts: what it sees and when is evidence. Its address.
pub fn serve_enedis(enedis: &Simulator) -> String {
    let (tell, told) = std::sync::mpsc::channel();
    let enedis = enedis.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let running = enedis.serve(listener).unwrap();
            tell.send(running.url.clone()).unwrap();
            let _ = running.wait().await;
        });
    });
    told.recv().unwrap()
}

/// This very test program again, as the gateway.
fn spawn(place: &Place) -> (Child, SocketAddr) {
    let database = place.database.clone().unwrap_or_default();
    let folder = place.folder.path();
    let told = format!("{}\n{database}\n{}", folder.display(), place.enedis);
    let log = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("log"));
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "the_gateway_that_is_killed",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(PLACE, told)
        .stdout(Stdio::piped())
        .stderr(log.unwrap())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut lines = lines.map(Result::unwrap);
    let line = lines.find(|line| line.contains(READY)).unwrap();
    let (_, address) = line.split_once(READY).unwrap();
    (child, address.trim().parse().unwrap())
}

/// The child's part.
pub async fn serve_if_asked() {
    let Some(told) = SystemEnv.var(PLACE) else {
        return;
    };
    let mut told = told.split('\n');
    let mut next = || told.next().unwrap();
    let (folder, database, enedis) = (next(), next(), next());
    let folder = PathBuf::from(folder);
    let clock: SharedClock = Arc::new(SystemClock);
    let random: SharedRandom = Arc::new(Recorded(SystemRandomness::new()));
    let store = if database.is_empty() {
        Store::new(Sqlite::open(&folder.join("gateway.db"), clock.clone()).unwrap())
    } else {
        Store::new(Postgres::open(database, 8).await.unwrap())
    };
    let keys = KeySet::read(&folder.join("keys")).unwrap();
    let options = logging::Options {
        level: logging::Level::Verbose,
        format: logging::Format::Json,
    };
    logging::init(options, clock.clone(), &SystemEnv).unwrap();
    let mut config = Config::for_tests(PUBLIC.parse().unwrap(), enedis.parse().unwrap());
    config.limits.flows_per_address = 1000;
    config.limits.calls_per_hour = Some(CALLS_AN_HOUR);
    config.enedis.calls_per_second = Some(4);
    let http = Arc::new(Client::new(&ClientOptions::default()).unwrap());
    let app = App::new(config, store, Keys::new(keys), (clock, random, http));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut out = std::io::stdout();
    writeln!(out, "{READY}{address}").unwrap();
    out.flush().unwrap();
    let metrics = app.metrics.clone();
    let metrics = axum::routing::get(async move || metrics.text());
    let router = gateway::router(app.clone()).route(METRICS, metrics);
    let never = std::future::pending::<()>();
    tokio::spawn(gateway::upkeep::run(app, never));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await.unwrap();
}
