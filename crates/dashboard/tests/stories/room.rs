//! A dashboard over the ledger of a household, without a socket.

#[path = "../../../home/testing/lived_in.rs"]
pub mod lived_in;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use dashboard::door::{Door, DoorConfig};
use dashboard::{Hands, House};
use home::config::{self, Settings};
use http::{Request, Response};
use http_body_util::BodyExt;
use ledger::{Access, Store};
use service::random::SystemRandomness;
use service::{MapEnv, VirtualClock};
use tower::ServiceExt;

/// A house whose hands change nothing.
pub struct Room {
    pub dir: tempfile::TempDir,
    pub router: Router,
    pub settings: Arc<Settings>,
}

struct Idle(Mutex<Arc<Settings>>);

impl Hands for Idle {
    fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.0.lock().unwrap())
    }
}

/// What a page said.
pub struct Said {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub text: String,
}

/// The configuration of the household in `lived_in`.
pub const LIVED_IN: &str = r#"
[[usage_points]]
prm = "22516914714270"
name = "Maison"
offer = "base"
subscribed_kva = 9

[[usage_points]]
prm = "11111111111111"
name = "Toit"
"#;

impl Room {
    /// Nothing is configured, and there is no ledger.
    pub fn empty() -> Self {
        Self::with("", |_| ())
    }

    /// The household of `lived_in`.
    pub fn lived_in() -> Self {
        Self::with(LIVED_IN, lived_in::fill)
    }

    /// A configuration, and what writes the ledger; none is made for an empty
    /// configuration.
    pub fn with(configuration: &str, write: impl FnOnce(&mut Store)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let text = format!(
            "data_dir = {:?}\n{configuration}",
            data.display().to_string()
        );
        let env = MapEnv::from([("HOME", "/nowhere")]);
        let settings = Arc::new(config::from_text(&text, &env).unwrap());
        if !configuration.is_empty() {
            let mut folder = std::fs::DirBuilder::new();
            std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
            folder.create(&data).unwrap();
            let path = data.join(ledger::FILE_NAME);
            write(&mut Store::open(&path, Access::Write).unwrap());
        }
        let clock = Arc::new(VirtualClock::at(lived_in::now()));
        let hands = Idle(Mutex::new(Arc::clone(&settings)));
        let house = House::new(clock.clone(), Arc::new(hands));
        let config = DoorConfig::at("127.0.0.1:8733".parse().unwrap());
        let door = Door::new(config, clock, Arc::new(SystemRandomness::new())).unwrap();
        Self {
            dir,
            router: dashboard::router(house, &door),
            settings,
        }
    }

    /// A page in a language.
    pub async fn get(&self, lang: &str, path: &str) -> Said {
        let request = Request::get(path)
            .header("host", "127.0.0.1:8733")
            .header("accept-language", lang);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Any request.
    pub async fn send(&self, mut request: Request<Body>) -> Said {
        let peer: std::net::SocketAddr = "127.0.0.1:50000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Said {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}
