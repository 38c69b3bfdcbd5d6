//! As much of `WebDriver` (a W3C Recommendation) as it takes to open a page and to
//! read a cookie: five requests in JSON, to a driver that listens on this machine
//! for as long as the command runs.

use std::io;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use bytes::Bytes;
use http::{Method, Request};
use jiff::SignedDuration;
use serde_json::{Value, json};
use service::http::{Client, ClientOptions};
use service::{Http, SharedClock};
use url::Url;

use crate::World;

/// Set to 1, the browser has no window: for tests and for machines without one.
const HEADLESS: &str = "RELEVE_BROWSER_HEADLESS";

/// Programs that drive Chromium and Firefox.
const DRIVERS: [(&str, &str); 2] = [("chromedriver", "chrome"), ("geckodriver", "firefox")];

/// How often a driver that starts is asked whether it listens.
const TRIES: u32 = 100;
const EVERY: SignedDuration = SignedDuration::from_millis(100);

/// A browser with a window of its own, closed when dropped.
pub(super) struct Browser {
    http: Client,
    session: String,
    _driver: Driver,
}

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Browser {
    pub(super) async fn open(world: &World<'_>) -> io::Result<Self> {
        let http = Client::new(&ClientOptions::default()).map_err(io::Error::other)?;
        let headless = world.env.var(HEADLESS).is_some_and(|value| value == "1");
        let (driver, base, name) = start()?;
        listening(&http, &base, &world.clock).await?;
        let wanted = json!({ "capabilities": { "alwaysMatch": wishes(name, headless) } });
        let opened = send(&http, Method::POST, &format!("{base}/session"), &wanted).await?;
        let id = opened["sessionId"].as_str().unwrap_or_default();
        if id.is_empty() {
            return Err(io::Error::other("no session"));
        }
        Ok(Self {
            session: format!("{base}/session/{id}"),
            http,
            _driver: driver,
        })
    }

    pub(super) async fn go(&self, page: &Url) -> io::Result<()> {
        let body = json!({ "url": page.as_str() });
        self.ask(Method::POST, "/url", &body).await.map(|_| ())
    }

    /// The address that is shown.
    pub(super) async fn page(&self) -> io::Result<String> {
        let shown = self.ask(Method::GET, "/url", &Value::Null).await?;
        Ok(shown.as_str().unwrap_or_default().to_owned())
    }

    /// A cookie of the page that is shown.
    pub(super) async fn cookie(&self, name: &str) -> io::Result<Option<String>> {
        let cookies = self.ask(Method::GET, "/cookie", &Value::Null).await?;
        let found = cookies.as_array().into_iter().flatten();
        let mut found = found.filter(|cookie| cookie["name"] == name);
        let value = found.next().and_then(|cookie| cookie["value"].as_str());
        Ok(value.map(str::to_owned))
    }

    pub(super) async fn close(self) {
        let _ = send(&self.http, Method::DELETE, &self.session, &Value::Null).await;
    }

    async fn ask(&self, method: Method, what: &str, body: &Value) -> io::Result<Value> {
        send(&self.http, method, &format!("{}{what}", self.session), body).await
    }
}

fn wishes(name: &str, headless: bool) -> Value {
    match (name, headless) {
        ("chrome", true) => json!({ "browserName": "chrome", "goog:chromeOptions": {
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        } }),
        ("firefox", true) => json!({ "browserName": "firefox", "moz:firefoxOptions": {
            "args": ["-headless"],
        } }),
        _ => json!({ "browserName": name }),
    }
}

/// Starts the first driver that is installed, on a free port.
fn start() -> io::Result<(Driver, String, &'static str)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    for (program, browser) in DRIVERS {
        let started = Command::new(program)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(child) => {
                let base = format!("http://127.0.0.1:{port}");
                return Ok((Driver(child), base, browser));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::NotFound,
        "chromedriver, geckodriver",
    ))
}

async fn listening(http: &Client, base: &str, clock: &SharedClock) -> io::Result<()> {
    for _ in 0..TRIES {
        let status = send(http, Method::GET, &format!("{base}/status"), &Value::Null).await;
        if status.is_ok_and(|status| status["ready"] == true) {
            return Ok(());
        }
        clock.sleep(EVERY).await;
    }
    Err(io::ErrorKind::TimedOut.into())
}

/// The value of an answer. An error's message is the driver's own.
async fn send(http: &Client, method: Method, url: &str, body: &Value) -> io::Result<Value> {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let request = Request::builder()
        .method(method)
        .uri(url)
        .header("content-type", "application/json")
        .body(Bytes::from(text))
        .map_err(io::Error::other)?;
    let answer = http.send(request).await.map_err(io::Error::other)?;
    let mut said: Value = serde_json::from_slice(answer.body()).map_err(io::Error::other)?;
    if answer.status().is_success() {
        return Ok(said["value"].take());
    }
    let message = said["value"]["message"].as_str().unwrap_or_default();
    let line = message.lines().next().unwrap_or_default();
    Err(io::Error::other(line.to_owned()))
}
