//! A gateway with its Enedis, on a clock of its own: boxes, people and their
//! browsers in a few words.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use enedis::Generation;
use gateway::binding::{self, Agreement, Outcome, Return};
use gateway::keys::Keys;
use gateway::random::{Draw, Random, Seeded};
use gateway::store::clients::{self, ClientRow};
use gateway::store::{BoxFuture, Job, Postgres, Row, Sqlite, Store, StoreError, Value};
use gateway::{App, Config, Visitor};
use grant::server::{Token, TokenKind, UserCode};
use http::{HeaderMap, Method, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use service::{Clock, SharedClock, SystemClock, VirtualClock};
use simulator::{Options, Simulator};
use tower::ServiceExt;
use url::Url;

use crate::postgres;

#[path = "traces.rs"]
pub mod traces;

use traces::Recorded;

/// Where the gateway is said to be.
pub const PUBLIC: &str = "https://gw.example";
/// A public client.
pub const BOX: &str = "box";
/// Another public client.
pub const OTHER_BOX: &str = "other-box";
/// The older plugin.
pub const LEGACY_BOX: &str = "d198fd52-61c0-4b77-8725-06a1ef90da9f";
/// A client with the secret `s3cret`.
pub const SERVER: &str = "server";
/// The device grant.
pub const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// A household of the stand-in with one usage point.
pub const HOME: (&str, &str) = ("demo", "22222222222222");
/// Another.
pub const NEIGHBOUR: (&str, &str) = ("0", "22516914714270");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub struct World {
    /// First, so that it still finds everything when the world ends.
    leaving: Leaving,
    pub app: App,
    pub clock: VirtualClock,
    pub enedis: Simulator,
    /// Whether the database is away.
    pub down: Arc<AtomicBool>,
    /// For how many milliseconds the node stands still after each of the next
    /// transactions.
    pub pauses: Arc<Mutex<VecDeque<i64>>>,
    seed: AtomicU64,
    /// Kept until the end.
    pub folder: Option<tempfile::TempDir>,
}

/// What a world leaves for the hunt for secrets when it ends.
struct Leaving {
    app: App,
    rows: Rows,
}

/// Where its rows are.
enum Rows {
    /// Whoever keeps them leaves them.
    Elsewhere,
    Sqlite(PathBuf),
    Postgres(String),
}

impl Drop for Leaving {
    fn drop(&mut self) {
        if !traces::wanted() {
            return;
        }
        traces::leave("metrics", self.app.metrics.text().as_bytes());
        match &self.rows {
            Rows::Elsewhere => {}
            Rows::Sqlite(folder) => traces::leave_sqlite(folder),
            Rows::Postgres(database) => traces::leave("postgres", &postgres::dump(database)),
        }
    }
}

/// An engine that a test takes away.
struct Flaky {
    engine: Box<dyn gateway::store::Engine>,
    down: Arc<AtomicBool>,
    pauses: Arc<Mutex<VecDeque<i64>>>,
    clock: VirtualClock,
}

impl gateway::store::Engine for Flaky {
    fn run(&self, job: Job) -> BoxFuture<'_, Result<(), StoreError>> {
        if self.down.load(Ordering::Relaxed) {
            return Box::pin(async { Err(StoreError::Unavailable("taken away".to_owned())) });
        }
        Box::pin(async move {
            let outcome = self.engine.run(job).await;
            let pause = self.pauses.lock().unwrap().pop_front();
            self.clock
                .advance(SignedDuration::from_millis(pause.unwrap_or_default()));
            outcome
        })
    }

    fn set_time(&self, now: Timestamp) -> BoxFuture<'_, Result<(), StoreError>> {
        self.engine.set_time(now)
    }

    fn name(&self) -> &'static str {
        self.engine.name()
    }
}

/// An answer with its body.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }

    pub fn text_of(&self, member: &str) -> String {
        let body = self.json();
        let text = body[member].as_str();
        text.unwrap_or_else(|| panic!("no {member} in {body}"))
            .to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// A box in the middle of its flow.
#[derive(Debug, Clone)]
pub struct Begun {
    pub device: String,
    pub user: String,
}

/// What a box holds.
#[derive(Debug, Clone)]
pub struct Pair {
    pub access: String,
    pub refresh: String,
}

/// A browser: an address and, once set, a cookie.
#[derive(Debug, Clone)]
pub struct Browser {
    pub address: IpAddr,
    pub cookie: Token,
}

impl World {
    pub async fn new(engine: Engine) -> Self {
        Self::with(engine, |_, _| {}).await
    }

    pub async fn v5(engine: Engine) -> Self {
        Self::with(engine, |config, _| {
            config.enedis.generation = Generation::V5;
        })
        .await
    }

    pub async fn with(engine: Engine, change: impl FnOnce(&mut Config, &mut Options)) -> Self {
        let start: Timestamp = "2026-11-21T09:00:00Z".parse().unwrap();
        let clock = VirtualClock::at(start);
        let shared: SharedClock = Arc::new(clock.clone());
        let mut options = Options::new(shared);
        options.pacing_and_quotas = false;
        options.redirect_urls = vec![format!("{PUBLIC}/auth/redirect")];
        let base: Url = "http://enedis.test".parse().unwrap();
        let mut config = Config::for_tests(PUBLIC.parse().unwrap(), base);
        change(&mut config, &mut options);
        let enedis = Simulator::new(options);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gateway.db");
        let database = (engine == Engine::Postgres).then(postgres::database);
        let random = Recorded(Seeded::new(7));
        let keys = Keys::fresh(&random).unwrap();
        let places = (database.as_deref(), path.as_path());
        let mut world = Self::open((config, enedis), clock, places, keys).await;
        world.leaving.rows = match database {
            None => Rows::Sqlite(folder.path().to_owned()),
            Some(database) => Rows::Postgres(database),
        };
        world.folder = Some(folder);
        world
    }

    /// The world of rows that stand somewhere already, as it was half a day ago:
    /// a program with the machine's own clock goes on from there, and upkeep would
    /// take codes of yesterday away.
    pub async fn at(database: Option<&str>, path: &Path, keys: Keys) -> Self {
        let clock = VirtualClock::at(SystemClock.now() - SignedDuration::from_hours(12));
        let shared: SharedClock = Arc::new(clock.clone());
        let mut options = Options::new(shared);
        options.pacing_and_quotas = false;
        options.redirect_urls = vec![format!("{PUBLIC}/auth/redirect")];
        let base: Url = "http://enedis.test".parse().unwrap();
        let mut config = Config::for_tests(PUBLIC.parse().unwrap(), base);
        config.limits.values_per_address = 1000;
        config.limits.flows_per_address = 1000;
        let enedis = Simulator::new(options);
        Self::open((config, enedis), clock, (database, path), keys).await
    }

    async fn open(
        (config, enedis): (Config, Simulator),
        clock: VirtualClock,
        (database, path): (Option<&str>, &Path),
        keys: Keys,
    ) -> Self {
        let shared: SharedClock = Arc::new(clock.clone());
        let engine: Box<dyn gateway::store::Engine> = match database {
            None => Box::new(Sqlite::open(path, shared.clone()).unwrap()),
            Some(database) => Box::new(Postgres::open(database, 6).await.unwrap()),
        };
        let down = Arc::new(AtomicBool::new(false));
        let pauses = Arc::<Mutex<VecDeque<i64>>>::default();
        let store = Store::new(Flaky {
            engine,
            down: down.clone(),
            pauses: pauses.clone(),
            clock: clock.clone(),
        });
        store.set_time(clock.now()).await.unwrap();
        let random = Arc::new(Recorded(Seeded::new(11)));
        let app = App::new(config, store, keys, (shared, random, enedis.http()));
        let leaving = Leaving {
            app: app.clone(),
            rows: Rows::Elsewhere,
        };
        let world = Self {
            leaving,
            app,
            clock,
            enedis,
            down,
            pauses,
            seed: AtomicU64::new(1000),
            folder: None,
        };
        world.register().await;
        world
    }

    /// The confidential client's secret under the keys of now.
    pub async fn register_again(&self) {
        self.register().await;
    }

    async fn register(&self) {
        traces::gave("s3cret");
        traces::gave("not-a-secret");
        let secret = gateway::keys::Purpose::ClientSecret;
        let secret = self.app.keys.hash(secret, b"s3cret");
        let confidential = ClientRow {
            secret_hash: Some(secret),
            ..ClientRow::public(SERVER, "Serveur")
        };
        let all = vec![
            ClientRow::public(BOX, "Boîtier"),
            ClientRow::public(OTHER_BOX, "Autre boîtier"),
            confidential,
        ];
        let added = self.app.store.transact(move |tx| {
            let all = all.clone();
            Box::pin(async move {
                clients::add_known(tx).await?;
                for client in &all {
                    clients::add(tx, client).await?;
                }
                Ok(())
            })
        });
        added.await.unwrap();
    }

    /// Time passes for everybody.
    pub async fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
        self.app.store.set_time(self.clock.now()).await.unwrap();
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from("192.0.2.10", request).await
    }

    pub async fn send_from(&self, address: &str, mut request: Request<Body>) -> Answer {
        let peer: std::net::SocketAddr = (address.parse::<IpAddr>().unwrap(), 50_000).into();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = gateway::router(self.app.clone())
            .oneshot(request)
            .await
            .unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        traces::answered(&text);
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send(form_request(path, form)).await
    }

    pub async fn post_raw(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.into());
        self.send(request.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::builder().uri(path).body(Body::empty()).unwrap())
            .await
    }

    pub async fn begin(&self, client: &str) -> Begun {
        let answer = self
            .post("/device_authorization", &[("client_id", client)])
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        Begun {
            device: answer.text_of("device_code"),
            user: answer.text_of("user_code"),
        }
    }

    pub async fn poll(&self, client: &str, begun: &Begun) -> Answer {
        let form = [
            ("grant_type", DEVICE),
            ("client_id", client),
            ("device_code", &begun.device),
        ];
        self.post("/token", &form).await
    }

    pub async fn refresh(&self, client: &str, token: &str) -> Answer {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", client),
            ("refresh_token", token),
        ];
        self.post("/token", &form).await
    }

    /// A browser that nobody has seen, on its own line.
    pub fn browser(&self) -> Browser {
        let seed = self.seed.fetch_add(1, Ordering::Relaxed);
        let random: &dyn Random = &Recorded(Seeded::new(seed));
        let octets = (seed as u16).to_be_bytes();
        Browser {
            address: IpAddr::from([198, 51, octets[0], octets[1]]),
            cookie: random.token(TokenKind::Browser).unwrap(),
        }
    }

    /// The person confirms the code and leaves for Enedis.
    pub async fn leave(&self, browser: &Browser, begun: &Begun) -> Url {
        let visitor = browser.visitor();
        let request = binding::look_up(&self.app, &visitor, &begun.user)
            .await
            .unwrap();
        let code = UserCode::read(&begun.user).unwrap();
        let agreement = Agreement {
            scopes: request.asked,
            page: format!("<p>{} demande l’accès</p>", request.client_name),
        };
        binding::depart(&self.app, &visitor, &browser.cookie, &code, agreement)
            .await
            .unwrap()
    }

    /// The customer agrees at Enedis; what the callback brings.
    pub fn agree(&self, authorize: &Url, (customer, point): (&str, &str)) -> Return {
        traces::gave(point);
        let form = format!("decision=accept&customer={customer}&usage_point={point}");
        self.decide(authorize, &form)
    }

    pub fn decide(&self, authorize: &Url, form: &str) -> Return {
        let request = Request::builder()
            .method(Method::POST)
            .uri(authorize.as_str())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(bytes::Bytes::from(form.to_owned()))
            .unwrap();
        let answer = self.enedis.browse(&request);
        let location = answer.headers().get("location");
        let location = location
            .unwrap_or_else(|| panic!("no way back: {}", String::from_utf8_lossy(answer.body())));
        let url = Url::parse(location.to_str().unwrap()).unwrap();
        let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        let value = |name: &str| query.get(name).cloned();
        Return {
            state: value("state").unwrap_or_default(),
            autorisation_id: value("autorisation_id"),
            usage_point_id: value("usage_point_id"),
            error: value("error"),
        }
    }

    pub async fn come_back(&self, browser: &Browser, back: &Return) -> Outcome {
        binding::come_back(&self.app, &browser.visitor(), back)
            .await
            .unwrap()
    }

    pub async fn status(&self, browser: &Browser) -> Outcome {
        binding::status(&self.app, &browser.visitor())
            .await
            .unwrap()
    }

    /// Time passes and the gateway goes on with what is due.
    pub async fn settle(&self, seconds: i64) {
        for _ in 0..seconds {
            self.pass(1).await;
            while binding::resolve_due(&self.app).await.unwrap() {}
        }
    }

    /// From nothing to an approved code.
    pub async fn approved(&self, client: &str, home: (&str, &str)) -> (Begun, Browser) {
        let (begun, browser) = (self.begin(client).await, self.browser());
        let url = self.leave(&browser, &begun).await;
        let back = self.agree(&url, home);
        assert_eq!(self.come_back(&browser, &back).await, Outcome::Working);
        self.settle(30).await;
        assert_eq!(self.status(&browser).await, Outcome::Approved);
        (begun, browser)
    }

    /// From nothing to tokens.
    pub async fn tokens(&self, client: &str, home: (&str, &str)) -> Pair {
        let (begun, _) = self.approved(client, home).await;
        Pair::of(&self.poll(client, &begun).await)
    }

    /// Rows of the database, whatever the engine.
    pub async fn rows(&self, sql: &str) -> Vec<Row> {
        let sql = sql.to_owned();
        let found = self.app.store.transact(move |tx| {
            let sql = sql.clone();
            Box::pin(async move { tx.query(&sql, Vec::<Value>::new()).await })
        });
        found.await.unwrap()
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].int(0).unwrap()
    }

    /// How many audit rows there are of an event.
    pub async fn audited(&self, event: &str) -> i64 {
        self.count(&format!(
            "SELECT count(*) FROM audit WHERE event = '{event}'"
        ))
        .await
    }
}

impl Browser {
    pub fn visitor(&self) -> Visitor {
        Visitor {
            address: self.address,
            agent: "Mozilla/5.0".to_owned(),
            browser: Some(self.cookie.clone()),
        }
    }

    /// The same line without the cookie.
    pub fn without_cookie(&self) -> Visitor {
        Visitor {
            browser: None,
            ..self.visitor()
        }
    }
}

impl Pair {
    pub fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{}", answer.text);
        Self {
            access: answer.text_of("access_token"),
            refresh: answer.text_of("refresh_token"),
        }
    }
}

pub fn form_request(path: &str, form: &[(&str, &str)]) -> Request<Body> {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

/// Each story is told on both engines.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() { Box::pin(super::$name($crate::world::Engine::Sqlite)).await; })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() { Box::pin(super::$name($crate::world::Engine::Postgres)).await; })*
        }
    };
}
