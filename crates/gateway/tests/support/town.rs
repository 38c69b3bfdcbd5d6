//! A gateway, Enedis and browsers in one process, on one clock: what a box
//! sends, what a person clicks, what each of them sees.

#![allow(dead_code, reason = "each test file uses its part")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request};
use gateway::keys::Keys;
use gateway::random::Seeded;
use gateway::store::clients::{self, ClientRow};
use gateway::store::{Sqlite, Store};
use gateway::{App, Config, binding, router};
use jiff::SignedDuration;
use serde_json::Value;
use service::{SharedClock, VirtualClock};
use simulator::{Mode, Options, Simulator};
use tower::ServiceExt;
use url::Url;

#[path = "../common/traces.rs"]
mod traces;

use traces::Recorded;

/// Where the gateway is, as people know it.
pub const HOME: &str = "https://releve.example";
/// The line of the box and its owner.
pub const LINE: &str = "203.0.113.9";
/// The application that asks.
pub const CLIENT: &str = "maison";
/// A customer of the simulated Enedis and one of their points.
pub const ZOE: (&str, &str) = ("0", "22516914714270");

/// Everything that a consent needs.
pub struct Town {
    /// First, so that it still finds everything when the town ends.
    _leaving: Leaving,
    /// The gateway.
    pub app: App,
    /// Enedis.
    pub enedis: Simulator,
    router: Router,
    folder: tempfile::TempDir,
}

/// What a town leaves for the hunt for secrets when it ends.
struct Leaving {
    app: App,
    rows: PathBuf,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        if traces::wanted() {
            traces::leave("metrics", self.app.metrics.text().as_bytes());
            traces::leave_sqlite(&self.rows);
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Seen {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The page.
    pub html: String,
}

impl Town {
    /// A town of that generation.
    pub async fn of(mode: Mode) -> Self {
        let virtual_clock = VirtualClock::at("2026-11-20T10:00:00Z".parse().unwrap());
        let clock: SharedClock = Arc::new(virtual_clock);
        let mut options = Options::new(clock.clone());
        options.mode = mode;
        options.pacing_and_quotas = false;
        options.redirect_urls = vec![format!("{HOME}/auth/redirect")];
        let enedis = Simulator::new(options);

        let folder = tempfile::tempdir().unwrap();
        let rows = Sqlite::open(&folder.path().join("gateway.db"), clock.clone()).unwrap();
        let random = Arc::new(Recorded(Seeded::new(7)));
        traces::gave("not-a-secret");
        let keys = Keys::fresh(random.as_ref()).unwrap();
        let here = Url::parse("http://enedis.test/").unwrap();
        let mut config = Config::for_tests(HOME.parse().unwrap(), here);
        config.enedis.generation = match mode {
            Mode::V5 => enedis::Generation::V5,
            _ => enedis::Generation::V2026,
        };
        config.enedis.redirect_uri = Some(format!("{HOME}/auth/redirect").parse().unwrap());
        let app = App::new(
            config,
            Store::new(rows),
            keys,
            (clock, random, enedis.http()),
        );
        app.store
            .transact(|tx| {
                Box::pin(async move {
                    let client = ClientRow::public(CLIENT, "Maison");
                    clients::add(tx, &client).await
                })
            })
            .await
            .unwrap();
        Self {
            _leaving: Leaving {
                app: app.clone(),
                rows: folder.path().to_owned(),
            },
            router: router(app.clone()),
            app,
            enedis,
            folder,
        }
    }

    /// A request as it comes from an address.
    pub async fn send(&self, from: &str, mut request: Request<Body>) -> Seen {
        let peer = SocketAddr::new(from.parse().unwrap(), 40_000);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        let html = String::from_utf8(bytes.to_vec()).unwrap();
        traces::answered(&html);
        Seen {
            status: parts.status.as_u16(),
            headers: parts.headers,
            html,
        }
    }

    async fn api(&self, path: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let seen = self.send(LINE, form(path, fields)).await;
        (seen.status, serde_json::from_str(&seen.html).unwrap())
    }

    /// A box asks: its device code and its user code.
    pub async fn box_asks(&self) -> (String, String) {
        let fields = [
            ("client_id", CLIENT),
            ("scope", "daily curve max_power production"),
        ];
        let (status, answer) = self.api("/device_authorization", &fields).await;
        assert_eq!(status, 200, "{answer}");
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        (text("device_code"), text("user_code"))
    }

    /// The box polls.
    pub async fn box_polls(&self, device_code: &str) -> (u16, Value) {
        let fields = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("client_id", CLIENT),
            ("device_code", device_code),
        ];
        self.api("/token", &fields).await
    }

    /// The customer decides on the page of Enedis; where that leads.
    pub async fn at_enedis(
        &self,
        page: &str,
        (customer, point): (&str, &str),
        decision: &str,
    ) -> String {
        traces::gave(point);
        let fields = [
            ("customer", customer),
            ("usage_point", point),
            ("decision", decision),
        ];
        let (head, body) = form(page, &fields).into_parts();
        let body = to_bytes(body, 1 << 16).await.unwrap();
        let answer = self
            .enedis
            .http()
            .send(Request::from_parts(head, body))
            .await;
        let answer = answer.unwrap();
        let to = answer
            .headers()
            .get("location")
            .map(|to| to.to_str().unwrap().to_owned());
        to.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(answer.body())))
    }

    /// Every byte that the database has on the disk.
    pub fn rows(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files
            .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
            .collect()
    }

    /// The gateway asks Enedis about returns, for as long as a minute takes.
    pub async fn a_minute_passes(&self) {
        for _ in 0..60 {
            while binding::resolve_due(&self.app).await.unwrap() {}
            self.app.clock.sleep(SignedDuration::from_secs(1)).await;
        }
    }
}

/// A browser of somebody.
pub struct Browser<'a> {
    town: &'a Town,
    /// Its address.
    pub line: String,
    /// Its cookie, when it has one.
    pub cookie: Option<String>,
    /// What it puts before each form.
    pub origin: Option<&'static str>,
    /// The token of the last form that it was shown.
    pub csrf: String,
}

impl<'a> Browser<'a> {
    /// A fresh browser on that line.
    pub fn on(town: &'a Town, line: &str) -> Self {
        Self {
            town,
            line: line.to_owned(),
            cookie: None,
            origin: Some("null"),
            csrf: String::new(),
        }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Seen {
        let path = path.strip_prefix(HOME).unwrap_or(path);
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Sends a form with the token that the browser was shown.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let csrf = self.csrf.clone();
        let all = [&[("csrf", csrf.as_str())], fields].concat();
        self.send(form(path, &all)).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Seen {
        let headers = request.headers_mut();
        headers.insert("accept-language", "fr".parse().unwrap());
        if let Some(cookie) = &self.cookie {
            headers.insert("cookie", cookie.parse().unwrap());
        }
        if let (Some(origin), "POST") = (self.origin, request.method().as_str()) {
            request
                .headers_mut()
                .insert("origin", origin.parse().unwrap());
            let site = if origin == "null" || origin == HOME {
                "same-origin"
            } else {
                "cross-site"
            };
            request
                .headers_mut()
                .insert("sec-fetch-site", site.parse().unwrap());
        }
        let seen = self.town.send(&self.line, request).await;
        if let Some(cookie) = seen.headers.get("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = Some(pair.to_owned());
        }
        if let Some(token) = field(&seen.html, "csrf") {
            self.csrf = token;
        }
        seen
    }

    /// Types a code and agrees to what is named; the way to Enedis.
    pub async fn agrees(&mut self, user_code: &str, scopes: &[&str]) -> Seen {
        self.get("/device").await;
        let page = self.post("/device", &[("code", user_code)]).await;
        assert_eq!(page.status, 200, "{}", page.html);
        self.ticks(&page, user_code, scopes).await
    }

    /// Ticks everything on the page that is shown and goes on.
    pub async fn ticks(&mut self, page: &Seen, user_code: &str, scopes: &[&str]) -> Seen {
        let text = field(&page.html, "text").unwrap();
        let mut fields = vec![
            ("code", user_code),
            ("text", &text),
            ("seen", "1"),
            ("decision", "accept"),
            ("lang", "fr"),
        ];
        fields.extend(scopes.iter().map(|scope| ("scope", *scope)));
        self.post("/device/consent", &fields).await
    }
}

impl Seen {
    /// Where it leads.
    pub fn to(&self) -> &str {
        let to = self.headers.get("location");
        to.unwrap_or_else(|| panic!("{self:?}")).to_str().unwrap()
    }

    /// The title of the page.
    pub fn title(&self) -> &str {
        let rest = self.html.split_once("<h1>").map_or("", |(_, rest)| rest);
        rest.split("</h1>").next().unwrap_or_default()
    }
}

/// The value of a hidden field.
pub fn field(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// A form as browsers send it.
pub fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.finish()))
        .unwrap()
}
