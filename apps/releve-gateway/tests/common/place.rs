//! A configuration and a data folder, and the program run on them.

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

#[path = "../../../../crates/gateway/tests/common/traces.rs"]
pub mod traces;

pub struct Place {
    folder: tempfile::TempDir,
}

/// For the hunt for secrets.
impl Drop for Place {
    fn drop(&mut self) {
        let (data, log) = (self.path("data"), self.path("log"));
        if traces::wanted() && data.exists() {
            traces::keys(&data.join("keys"));
            traces::gave("not-a-secret");
            traces::leave_sqlite(&data);
            traces::leave("log", &fs::read(log).unwrap_or_default());
        }
    }
}

impl Place {
    pub fn with(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        let secret = place.path("secret");
        fs::write(&secret, "not-a-secret\n").unwrap();
        fs::set_permissions(&secret, Permissions::from_mode(0o600)).unwrap();
        let text = format!(
            "public_url = \"http://127.0.0.1:8443\"\n\
             listen = \"127.0.0.1:0\"\n\
             operator_listen = \"127.0.0.1:0\"\n\
             {more}\n\
             [enedis]\n\
             base_url = \"http://127.0.0.1:9\"\n\
             client_id = \"releve-simulated\"\n\
             client_secret_file = \"{}\"\n\
             [controller]\n\
             application = \"Essais\"\n\
             name = \"Association\"\n\
             address = \"Paris\"\n\
             contact = \"contact@releve.example\"\n",
            secret.display()
        );
        fs::write(place.path("config.toml"), text).unwrap();
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_releve-gateway"));
        command
            .args(arguments)
            .arg("--config")
            .arg(self.path("config.toml"))
            .arg("--data-dir")
            .arg(self.path("data"))
            .env("LC_ALL", "en_GB.UTF-8");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

pub fn text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8(both).unwrap()
}

/// What a program reads, which the published schema accepts.
pub fn follows(output: &[u8], schema: &str) -> serde_json::Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema");
    let schema = fs::read(format!("{folder}/{schema}.schema.json")).unwrap();
    let schema = serde_json::from_slice(&schema).unwrap();
    let value = serde_json::from_slice(output).unwrap();
    jsonschema::validate(&schema, &value).unwrap();
    value
}

/// A running service; it is killed when the test ends early.
pub struct Service {
    child: Child,
    /// The address for people and boxes.
    pub public: String,
    /// The address for its operator.
    pub operator: String,
    _lines: Lines<BufReader<ChildStdout>>,
}

impl Service {
    /// Serves; both ports answer when this returns.
    pub fn start(place: &Place) -> Self {
        let mut command = place.command(&["serve", "--plain-http"]);
        let log = File::options()
            .create(true)
            .append(true)
            .open(place.path("log"));
        command.env("RELEVE_GATEWAY_LOG_LEVEL", "verbose");
        command.stdout(Stdio::piped()).stderr(log.unwrap());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let second = lines.next().unwrap().unwrap();
        let operator = second.trim_start_matches("http://");
        Self {
            child,
            public: first.split(['(', ')']).nth(1).unwrap().to_owned(),
            operator: operator.trim_end_matches("/metrics").to_owned(),
            _lines: lines,
        }
    }

    /// Asks it to stop; whether it went well.
    pub fn stop(mut self) -> bool {
        traces::leave("metrics", get(&self.operator, "/metrics").as_bytes());
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        told.unwrap().success() && self.child.wait().unwrap().success()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A whole answer, its head included.
pub fn get(address: &str, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    exchange(address, &request)
}

/// The same of a form.
pub fn post(address: &str, path: &str, form: &str) -> String {
    let kind = "content-type: application/x-www-form-urlencoded";
    let length = form.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\n{kind}\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{form}"
    );
    exchange(address, &request)
}

fn exchange(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    traces::answered(&answer);
    answer
}
