//! A folder with a ledger, a clock that stands still, and what a command says.

#[path = "../../../../crates/home/testing/lived_in.rs"]
mod lived_in;

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use ledger::{Access, Store};
pub use lived_in::*;
use releve::{Exit, Terminal, World};
use service::clock::BoxFuture;
use service::net::NetError;
use service::{Http, HttpError, MapEnv, Network, SharedHttp, VirtualClock};

pub struct House {
    dir: tempfile::TempDir,
    env: MapEnv,
    pub terminal: Terminal,
    pub now: Timestamp,
    pub network: Wire,
    /// What is typed.
    pub input: &'static str,
}

/// What a command said and left with.
pub struct Said {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

/// A network on which everything answers, until a test says otherwise.
#[derive(Default)]
pub struct Wire {
    /// How far the source's clock is ahead of ours, in seconds.
    pub ahead: i64,
    /// Why the host has no connection.
    pub broken: Option<NetError>,
    /// What the source answers.
    pub status: Option<u16>,
    /// Why the source gives no answer.
    pub silent: Option<HttpError>,
    /// Who answers where the dashboard listens.
    pub door: Door,
}

/// Who answers at the port of the dashboard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Door {
    /// Relevé.
    #[default]
    Ours,
    /// Another program.
    Other,
    /// Nobody.
    Nobody,
    /// Nobody, and nobody may listen there.
    Forbidden,
}

/// Where the dashboard listens.
const DOOR: u16 = 8733;

impl Network for Wire {
    fn resolve<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NetError>> {
        let found = match &self.broken {
            Some(NetError::Name(cause)) => Err(NetError::Name(cause.clone())),
            _ => Ok(vec![IpAddr::from([192, 0, 2, 7])]),
        };
        Box::pin(async { found })
    }

    fn knock<'a>(&'a self, _: &'a str, port: u16, _: bool) -> BoxFuture<'a, Result<(), NetError>> {
        let refused = || Err(NetError::Connect("connection refused".to_owned()));
        let knocked = match &self.door {
            Door::Nobody | Door::Forbidden if port == DOOR => refused(),
            _ if port == DOOR => Ok(()),
            _ => self.broken.clone().map_or(Ok(()), Err),
        };
        Box::pin(async { knocked })
    }

    fn bind(&self, _: SocketAddr) -> BoxFuture<'_, Result<(), NetError>> {
        let bound = match self.door {
            Door::Forbidden => Err(NetError::Connect("permission denied".to_owned())),
            _ => Ok(()),
        };
        Box::pin(async { bound })
    }

    fn http(&self) -> Result<SharedHttp, HttpError> {
        let answer = Answer {
            door: self.door.clone(),
            date: now() + SignedDuration::from_secs(self.ahead),
            status: self.status.unwrap_or(404),
            silent: self.silent.clone(),
        };
        Ok(Arc::new(answer))
    }
}

struct Answer {
    door: Door,
    date: Timestamp,
    status: u16,
    silent: Option<HttpError>,
}

impl Http for Answer {
    fn send(&self, asked: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        if asked.uri().port_u16() == Some(DOOR) {
            let said = match self.door {
                Door::Ours => r#"{"type":"urn:releve:problem:not-signed-in"}"#,
                _ => "<h1>It works!</h1>",
            };
            return Box::pin(async { Ok(Response::new(Bytes::from_static(said.as_bytes()))) });
        }
        let date = self.date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let answer = Response::builder().status(self.status).header("date", date);
        let answer = answer.body(Bytes::new()).unwrap();
        let said = self.silent.clone().map_or(Ok(answer), Err);
        Box::pin(async { said })
    }
}

impl House {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home").to_string_lossy().into_owned();
        Self {
            dir,
            env: MapEnv::from([("HOME", home.as_str())]),
            terminal: Terminal::PLAIN,
            now: now(),
            network: Wire::default(),
            input: "",
        }
    }

    /// The folder of a household that has collected for some weeks.
    pub fn lived_in() -> Self {
        let house = Self::empty();
        house.write(fill);
        house
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        service::files::write_private(&self.path(name), text.as_bytes()).unwrap();
        self.path(name).to_string_lossy().into_owned()
    }

    pub fn write(&self, write: impl FnOnce(&mut Store)) {
        let mut folder = std::fs::DirBuilder::new();
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.recursive(true).create(self.path("data")).unwrap();
        let path = self.path("data").join(ledger::FILE_NAME);
        write(&mut Store::open(&path, Access::Write).unwrap());
    }

    /// Runs a command on this folder; `DIR` in the line stands for it.
    pub fn run(&self, line: &str) -> Said {
        let dir = self.dir.path().to_string_lossy().into_owned();
        let data = format!("{dir}/data");
        let mut args = vec!["releve", "--data-dir", &data];
        let line = line.replace("DIR", &dir);
        args.extend(line.split_whitespace());
        self.run_args(&args)
    }

    fn run_args(&self, args: &[&str]) -> Said {
        let mut out = Vec::new();
        let (exit, err) = self.run_into(args, &mut out);
        Said {
            exit,
            out: self.hide_folder(out),
            err,
        }
    }

    /// The same into an output that may fail.
    pub fn run_into(&self, args: &[&str], out: &mut dyn Write) -> (Exit, String) {
        let mut err = Vec::new();
        let mut world = World {
            env: &self.env,
            clock: Arc::new(VirtualClock::at(self.now)),
            input: &mut self.input.as_bytes(),
            out,
            err: &mut err,
            terminal: self.terminal,
            network: &self.network,
            logging: false,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let args = args.iter().map(Into::into);
        let exit = runtime.block_on(releve::run(args, &mut world));
        (exit, self.hide_folder(err))
    }

    fn hide_folder(&self, bytes: Vec<u8>) -> String {
        let dir = self.dir.path().to_string_lossy().into_owned();
        String::from_utf8(bytes).unwrap().replace(&dir, "[dir]")
    }

    /// The same command in both languages, as one text to compare.
    pub fn both(&self, line: &str) -> String {
        ["fr", "en"]
            .map(|lang| {
                let said = self.run(&format!("--lang {lang} {line}"));
                assert_fits(&said.out, self.terminal.width);
                said.render()
            })
            .join("\n")
    }
}

impl Said {
    pub fn render(&self) -> String {
        let mut text = format!("[exit {}]\n{}", self.exit as u8, self.out);
        if !self.err.is_empty() {
            text += "[stderr]\n";
            text += &self.err;
        }
        text
    }

    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.exit, Exit::Ok, "{}", self.err);
        serde_json::from_str(&self.out).unwrap()
    }
}

/// Nothing that a command lays out is wider than the terminal; paths may be.
fn assert_fits(text: &str, width: usize) {
    for line in text.lines().filter(|line| !line.contains("[dir]")) {
        assert!(releve::table::width(line) <= width, "too wide: {line}");
    }
}
