//! A house without a configuration, its dashboard without a socket, and a person
//! with a browser.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use dashboard::House;
use dashboard::door::{Door, DoorConfig};
use http::{HeaderMap, Request};
use jiff::SignedDuration;
use releve::config::{Asked, load_or_empty};
use releve::hands::Hand;
use service::random::SystemRandomness;
use service::{Clock, MapEnv, SystemClock};
use simulator::{conso_api, customers};
use tower::ServiceExt;
use url::form_urlencoded::Serializer;

use crate::clock::HeldClock;
use crate::enedis::{Enedis, NOW};

/// The usage point that is set up.
pub const PRM: &str = "33333333333333";

const HOST: &str = "127.0.0.1:8733";

pub struct Room {
    pub folder: tempfile::TempDir,
    pub enedis: Enedis,
    pub clock: Arc<HeldClock>,
    router: Router,
    lang: &'static str,
    /// What the browser keeps.
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What a page said.
#[derive(Debug)]
pub struct Said {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Said {
    /// Where it leads.
    pub fn to(&self) -> &str {
        let to = self.headers.get("location");
        to.map_or("", |to| to.to_str().unwrap())
    }

    /// It is a page that says this.
    #[track_caller]
    pub fn says(&self, status: u16, texts: &[&str]) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        for text in texts {
            assert!(self.text.contains(text), "{text}\n{}", self.text);
        }
        self
    }

    /// It leads there.
    #[track_caller]
    pub fn leads(&self, path: &str) {
        assert_eq!((self.status, self.to()), (303, path), "{}", self.text);
    }

    /// What stands between two texts.
    #[track_caller]
    pub fn between(&self, before: &str, after: &str) -> String {
        let (_, rest) = self.text.split_once(before).expect(&self.text);
        rest.split_once(after).expect(before).0.to_owned()
    }
}

impl Room {
    pub fn new(lang: &'static str) -> Self {
        let clock = Arc::new(HeldClock::at(NOW.parse().unwrap()));
        let enedis = Enedis::on(clock.clone(), |_| {});
        let folder = tempfile::tempdir().unwrap();
        let router = router(&folder, &clock);
        Self {
            folder,
            enedis,
            clock,
            router,
            lang,
            cookies: Mutex::default(),
        }
    }

    /// The program is started again; what was not written is forgotten.
    pub fn restart(&mut self) {
        self.router = router(&self.folder, &self.clock);
    }

    pub fn configuration(&self) -> PathBuf {
        self.folder.path().join(".config/releve/releve.toml")
    }

    pub fn data(&self, name: &str) -> PathBuf {
        self.folder.path().join(".local/share/releve").join(name)
    }

    /// An address of the simulator.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.enedis.url.trim_end_matches('/'))
    }

    pub async fn get(&self, path: &str) -> Said {
        let request = Request::get(path).body(Body::empty());
        self.send(request.unwrap()).await
    }

    /// Fills a form in and sends it, with the token of the page it stands on.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Said {
        let token = self.token().await;
        let body = Serializer::new(String::new())
            .append_pair("csrf", &token)
            .extend_pairs(fields)
            .finish();
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Sends files, and a field beside.
    pub async fn drop_files(&self, files: &[(&str, &[u8])], prm: &str) -> Said {
        let token = self.token().await;
        let mut body = Vec::new();
        let mut part = |head: &str, content: &[u8]| {
            body.extend_from_slice(b"--edge\r\nContent-Disposition: form-data; ");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        };
        part("name=\"csrf\"", token.as_bytes());
        for (name, content) in files {
            part(&format!("name=\"files\"; filename=\"{name}\""), content);
        }
        part("name=\"prm\"", prm.as_bytes());
        body.extend_from_slice(b"--edge--\r\n");
        let request = Request::post("/setup/files")
            .header("content-type", "multipart/form-data; boundary=edge")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Goes through the set-up up to the outputs: a source by its token, one usage
    /// point.
    pub async fn answers(&self) {
        let point = customers::usage_point(customers::DEMO_SECOND);
        let token = conso_api::token(&[point], "2026-11-01T00:00:00Z".parse().unwrap());
        let url = self.at(conso_api::PATH);
        let fields = [("token", token.as_str()), ("prm", PRM), ("url", &url)];
        self.post("/setup/source/token", &fields)
            .await
            .leads("/setup/points");
        let keep = format!("keep-{PRM}");
        self.post("/setup/points", &[(&keep, "1")])
            .await
            .leads("/setup/off-peak");
    }

    async fn token(&self) -> String {
        let page = self.get("/health").await;
        page.between("name=\"csrf\" value=\"", "\"")
    }

    async fn send(&self, mut request: Request<Body>) -> Said {
        let headers = request.headers_mut();
        headers.insert("host", HOST.parse().unwrap());
        headers.insert("origin", format!("http://{HOST}").parse().unwrap());
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        headers.insert("accept-language", self.lang.parse().unwrap());
        let kept = self.cookies.lock().unwrap().clone();
        let kept: Vec<String> = kept
            .iter()
            .map(|(name, it)| format!("{name}={it}"))
            .collect();
        if !kept.is_empty() {
            headers.insert("cookie", kept.join("; ").parse().unwrap());
        }
        let peer: std::net::SocketAddr = "127.0.0.1:50000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        // Whoever waits for a while before the next request is not kept waiting.
        let passes = async {
            loop {
                SystemClock.sleep(SignedDuration::from_millis(5)).await;
                self.clock.advance(SignedDuration::from_millis(200));
            }
        };
        let answer = tokio::select! {
            answer = self.router.clone().oneshot(request) => answer.unwrap(),
            () = passes => unreachable!("it goes on for ever"),
        };
        let (parts, body) = answer.into_parts();
        for line in parts.headers.get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Said {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// Loads a page again and again, as a browser does, until it says so; the
    /// clock runs meanwhile.
    pub async fn follow(&self, path: &str, until: impl Fn(&Said) -> bool) -> Said {
        let end = SystemClock.now() + SignedDuration::from_secs(60);
        loop {
            let said = self.get(path).await;
            if until(&said) {
                return said;
            }
            assert!(SystemClock.now() < end, "{}", said.text);
            self.clock.advance(SignedDuration::from_secs(2));
            SystemClock.sleep(SignedDuration::from_millis(10)).await;
        }
    }

    /// The steps after the source, with nothing special; the first fetch, until
    /// Home is shown.
    pub async fn goes_through(&self, prm: &str) {
        let (keep, name) = (format!("keep-{prm}"), format!("name-{prm}"));
        let kept = [(keep.as_str(), "1"), (name.as_str(), "Maison")];
        self.post("/setup/points", &kept)
            .await
            .leads("/setup/off-peak");
        self.post("/setup/off-peak", &[("next", "1")])
            .await
            .leads("/setup/offer");
        self.post("/setup/offer", &[]).await.leads("/setup/outputs");
        self.ends().await;
    }

    /// Everything is written, and fetched until Home is shown.
    pub async fn ends(&self) {
        assert!(!self.configuration().exists());
        self.post("/setup/finish", &[])
            .await
            .leads("/setup/progress");
        assert!(self.configuration().exists());
        // Where nothing was wrong Home follows by itself; a limit on calls, say, is
        // told first.
        let last = self
            .follow("/setup/progress", |said| {
                said.status == 303 || said.text.contains("class=\"lines\"")
            })
            .await;
        if last.status == 303 {
            last.leads("/");
        } else {
            last.says(200, &["id=\"setup-home\""]);
            assert!(!last.text.contains("role=\"alert\""), "{}", last.text);
        }
        self.get("/health").await.says(200, &[]);
    }
}

fn router(folder: &tempfile::TempDir, clock: &Arc<HeldClock>) -> Router {
    let home = folder.path().display().to_string();
    let env = MapEnv::from([("HOME", home.as_str())]);
    let asked = Asked::default();
    let loaded = load_or_empty(&asked, &env).unwrap();
    let hand = Hand::new((asked, &env), &loaded, clock.clone(), false);
    let house = House::new(clock.clone(), Arc::new(hand));
    let config = DoorConfig::at(HOST.parse().unwrap());
    let random = Arc::new(SystemRandomness::new());
    let door = Door::new(config, clock.clone(), random).unwrap();
    dashboard::router(house, &door)
}
