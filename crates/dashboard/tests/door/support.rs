//! A small household behind the door, and a browser made by hand.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use axum::body::{Body, Bytes};
use axum::http::Response;
use axum::response::Html;
use axum::routing::{get, post};
use axum::{Json, Router};
use dashboard::connections::rules;
use dashboard::door::{Door, DoorConfig, PasswordHash, Visitor, uploads};
use listen::Rules;
use service::VirtualClock;
use service::random::Seeded;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const OWNER: &str = "the owner's own";
pub const VIEWER: &str = "a viewer's word";

/// A door that listens on this machine, before a few rooms.
pub struct House {
    pub address: SocketAddr,
    pub clock: VirtualClock,
    pub stop: oneshot::Sender<()>,
    pub served: JoinHandle<()>,
}

impl House {
    /// A door as it is by default on a loopback address.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// A door with both passwords that others reach.
    pub async fn locked() -> Self {
        Self::with(|config| {
            config.listen.set_ip([0, 0, 0, 0].into());
            passwords(config);
        })
        .await
    }

    pub async fn with(change: impl FnOnce(&mut DoorConfig)) -> Self {
        Self::ruled(rules(), change).await
    }

    pub async fn ruled(rules: Rules, change: impl FnOnce(&mut DoorConfig)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut config = DoorConfig::at(address);
        change(&mut config);
        let clock = VirtualClock::at("2026-11-21T12:00:00Z".parse().unwrap());
        let door = Door::new(config, Arc::new(clock.clone()), Arc::new(Seeded::new(1))).unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(listen::serve(listener, door.wrap(rooms()), rules, async {
            let _ = stopped.await;
        }));
        Self {
            address,
            clock,
            stop,
            served,
        }
    }

    /// A browser that opens pages under the address itself.
    pub fn browser(&self) -> Browser {
        Browser {
            to: self.address,
            from: [127, 0, 0, 1],
            host: self.address.to_string(),
            cookies: HashMap::new(),
            prefix: String::new(),
        }
    }
}

/// Both passwords, hashed once for all tests.
pub fn passwords(config: &mut DoorConfig) {
    static HASHES: OnceLock<[PasswordHash; 2]> = OnceLock::new();
    let [owner, viewer] = HASHES.get_or_init(|| {
        [OWNER, VIEWER].map(|word| PasswordHash::of(word, &Seeded::new(7)).unwrap())
    });
    config.owner = Some(owner.clone());
    config.viewer = Some(viewer.clone());
}

fn rooms() -> Router {
    Router::new()
        .route("/", get(home).post(async || "changed"))
        .route("/api/v1/visitor", get(visitor))
        .route(
            "/api/v1/things",
            get(async || "[]").post(async || "changed"),
        )
        .route(
            "/api/v1/taken",
            post(async |body: Bytes| body.len().to_string()),
        )
        .route(
            "/api/v1/upload",
            post(async |body: Bytes| body.len().to_string()).layer(uploads()),
        )
        .route(
            "/api/v1/cut",
            get(async || (axum::http::StatusCode::BAD_REQUEST, "inner words")),
        )
        .route(
            "/api/v1/news",
            get(async || Response::new(Body::new(Silent))),
        )
        .route(
            "/assets/style.css",
            get(async || ([("cache-control", "max-age=9")], "css")),
        )
}

async fn home(visitor: Visitor) -> Html<String> {
    Html(format!(
        "role={:?} csrf={} base={}",
        visitor.role, visitor.csrf, visitor.base
    ))
}

async fn visitor(visitor: Visitor) -> Json<serde_json::Value> {
    Json(serde_json::json!({
        "role": visitor.role,
        "user": visitor.user,
        "csrf": visitor.csrf,
        "base": visitor.base,
    }))
}

/// A body that never says anything and never ends.
struct Silent;

impl http_body::Body for Silent {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

/// A browser that keeps cookies and says where it comes from.
#[derive(Clone)]
pub struct Browser {
    pub to: SocketAddr,
    pub from: [u8; 4],
    pub host: String,
    pub cookies: HashMap<String, String>,
    /// Before every path.
    pub prefix: String,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, "").await
    }

    /// What one of our own pages does with a script.
    pub async fn change(&mut self, path: &str, token: &str) -> Answer {
        let origin = format!("http://{}", self.host);
        let headers = [("origin", origin.as_str()), ("x-csrf-token", token)];
        self.send("POST", path, &headers, "").await
    }

    /// What one of our own pages does with a form.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("http://{}", self.host);
        self.submit_from(&origin, path, fields).await
    }

    pub async fn submit_from(
        &mut self,
        origin: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let kind = "application/x-www-form-urlencoded";
        let headers = [("origin", origin), ("content-type", kind)];
        self.send("POST", path, &headers, &form.finish()).await
    }

    /// Opens the page to log in and sends its form.
    pub async fn log_in(&mut self, password: &str) -> Answer {
        let token = self.get("/login").await.field("csrf");
        self.submit("/login", &[("csrf", &token), ("password", password)])
            .await
    }

    /// The token of the pages that it sees.
    pub async fn token(&mut self) -> String {
        let seen = self.get("/api/v1/visitor").await;
        seen.json()["csrf"].as_str().unwrap().to_owned()
    }

    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let is_said = |name: &str| headers.iter().any(|(said, _)| *said == name);
        let mut head = vec![format!("{method} {}{path} HTTP/1.1", self.prefix)];
        if !is_said("host") {
            head.push(format!("host: {}", self.host));
        }
        head.push("connection: close".to_owned());
        if !self.cookies.is_empty() {
            let pairs = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            let pairs: Vec<String> = pairs.collect();
            head.push(format!("cookie: {}", pairs.join("; ")));
        }
        head.extend(
            headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}")),
        );
        if !body.is_empty() && !is_said("content-length") && !is_said("transfer-encoding") {
            head.push(format!("content-length: {}", body.len()));
        }
        let text = format!("{}\r\n\r\n{body}", head.join("\r\n"));
        let answer = speak(self.to, self.from, &text).await;
        for line in answer.all("set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// A connection from an address of this machine.
pub async fn connect(to: SocketAddr, from: [u8; 4]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// Sends bytes and reads until the other side closes.
pub async fn speak(to: SocketAddr, from: [u8; 4], text: &str) -> Answer {
    let mut stream = connect(to, from).await;
    stream.write_all(text.as_bytes()).await.unwrap();
    read(&mut stream).await
}

pub async fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    Answer::of(&String::from_utf8(bytes).unwrap())
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let status = lines.next().unwrap_or_default();
        let status = status
            .split(' ')
            .nth(1)
            .map_or(0, |code| code.parse().unwrap());
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self {
            status,
            headers,
            body: body.to_owned(),
        }
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The one header of that name, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let all = self.all(name);
        assert!(all.len() < 2, "{name} stands {} times", all.len());
        all.first().copied().unwrap_or_default()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The end of the type of the problem that it tells.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        let kind = problem["type"].as_str().unwrap();
        kind.strip_prefix("urn:releve:problem:").unwrap().to_owned()
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let (_, after) = self
            .body
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap();
        after.split('"').next().unwrap().to_owned()
    }
}
