//! The program as its operator meets it: applications, the doctor, a service
//! that starts, answers on two ports and stops at a signal.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn with(more: &str) -> Self {
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

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
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

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

fn text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8(both).unwrap()
}

#[test]
fn applications_are_registered_listed_limited_and_banned() {
    let place = Place::with("");
    assert!(
        place
            .run(&["client", "add", "Maison", "--id", "maison"])
            .status
            .success()
    );
    let twice = place.run(&["client", "add", "Autre", "--id", "maison"]);
    assert!(!twice.status.success());
    assert!(
        text(&twice).contains("is registered already"),
        "{}",
        text(&twice)
    );
    assert!(
        place
            .run(&["client", "limit", "maison", "7"])
            .status
            .success()
    );
    assert!(place.run(&["client", "ban", "maison"]).status.success());
    let list = text(&place.run(&["client", "list"]));
    let line = list
        .lines()
        .find(|line| line.starts_with("maison"))
        .unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words, ["maison", "7", "banned", "Maison"]);
    assert_eq!(list.lines().count(), 3, "{list}");
    assert!(!place.run(&["client", "ban", "nobody"]).status.success());
}

#[test]
fn a_confidential_application_is_told_its_secret_once_and_no_file_holds_it() {
    let place = Place::with("");
    let added = text(&place.run(&["client", "add", "Atelier", "--secret"]));
    let secret = added.trim().rsplit(' ').next().unwrap();
    assert_eq!(secret.len(), 32, "{added}");
    for file in fs::read_dir(place.path("data")).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(32).any(|part| part == secret.as_bytes()));
    }
}

#[test]
fn the_doctor_says_what_to_look_at_and_serves_on() {
    let place = Place::with("");
    let found = place.run(&["doctor"]);
    assert!(found.status.success(), "{}", text(&found));
    let lines = text(&found);
    assert!(
        lines.contains("good       Database                        SQLite"),
        "{lines}"
    );
    assert!(lines.contains("look       Enedis answers us"), "{lines}");
}

#[test]
fn nothing_is_served_without_encryption_unless_told_so() {
    let refused = Place::with("").run(&["serve"]);
    assert!(!refused.status.success());
    assert!(
        text(&refused).contains("--plain-http"),
        "{}",
        text(&refused)
    );
}

#[test]
fn a_slip_in_the_configuration_is_shown_with_its_line() {
    let refused = Place::with("trusted_proxy = []").run(&["doctor"]);
    assert!(!refused.status.success());
    assert!(
        text(&refused).contains("unknown field `trusted_proxy`"),
        "{}",
        text(&refused)
    );
}

/// A service that is killed when the test ends early.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_starts_answers_on_two_ports_and_stops_at_a_signal() {
    let place = Place::with("");
    let mut command = place.command(&["serve", "--plain-http"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut service = Service(child.unwrap());
    let mut lines = BufReader::new(service.0.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let public = first.split(['(', ')']).nth(1).unwrap();
    let second = lines.next().unwrap().unwrap();
    let operator = second
        .trim_start_matches("http://")
        .trim_end_matches("/metrics");

    assert!(get(public, "/device?lang=en").contains("Enter the code of your box"));
    assert!(get(public, "/metrics").starts_with("HTTP/1.1 404"));
    assert!(get(operator, "/health/live").starts_with("HTTP/1.1 200"));
    assert!(get(operator, "/health/ready").starts_with("HTTP/1.1 200"));
    let metrics = get(operator, "/metrics");
    let counted = "releve_gateway_answers_total{route=\"/device\",status=\"200\"} 1";
    assert!(metrics.contains(counted), "{metrics}");
    assert!(get(operator, "/device").starts_with("HTTP/1.1 404"));

    let id = service.0.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    assert!(service.0.wait().unwrap().success());
}
