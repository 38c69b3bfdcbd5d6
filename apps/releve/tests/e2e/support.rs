//! The real program in a folder of its own.

use std::fs::Permissions;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use service::{ShiftedClock, VirtualClock};
use simulator::Options;
use tempfile::TempDir;

use crate::enedis::{Enedis, NOW};

/// The instant of the simulated Enedis, from which both go on.
const GOING: &str = "2026-11-21T11:00:00Z+";

impl Enedis {
    /// Both generations, at [`NOW`], without quotas.
    pub fn start(change: impl FnOnce(&mut Options)) -> Self {
        Self::on(Arc::new(VirtualClock::at(NOW.parse().unwrap())), change)
    }

    /// As [`Enedis::start`], on a clock that goes on from [`NOW`].
    pub fn going(change: impl FnOnce(&mut Options)) -> Self {
        Self::on(Arc::new(ShiftedClock::at(NOW.parse().unwrap())), change)
    }
}

/// A folder with a configuration, a secret and the data.
pub struct Home {
    folder: TempDir,
    data_dir: PathBuf,
    clock: &'static str,
    /// The command through which the program is run.
    through: Vec<String>,
}

/// A program that goes on until it is told; a test that fails leaves none behind.
pub struct Daemon(Option<Child>);

impl Daemon {
    pub fn id(&self) -> u32 {
        self.0.as_ref().unwrap().id()
    }

    pub fn is_running(&mut self) -> bool {
        let child = self.0.as_mut().unwrap();
        child.try_wait().unwrap().is_none()
    }

    /// The first line of its output that is awaited.
    pub fn line_of_output(&mut self, is_awaited: impl Fn(&str) -> bool) -> String {
        let child = self.0.as_mut().unwrap();
        line(child.stdout.as_mut().unwrap(), is_awaited)
    }

    /// The same of what it tells people.
    pub fn line_of_errors(&mut self, is_awaited: impl Fn(&str) -> bool) -> String {
        let child = self.0.as_mut().unwrap();
        line(child.stderr.as_mut().unwrap(), is_awaited)
    }

    /// Sends a signal by its name and waits for the end.
    pub fn end(mut self, signal: &str) -> Ended {
        let child = self.0.take().unwrap();
        let pid = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.unwrap().success());
        child.wait_with_output().unwrap().into()
    }
}

/// Reads no further than the line, so that what follows is there at the end.
fn line(from: &mut impl Read, is_awaited: impl Fn(&str) -> bool) -> String {
    let mut read = Vec::new();
    let mut byte = [0];
    loop {
        let count = from.read(&mut byte).unwrap();
        assert!(count > 0, "it ended: {}", String::from_utf8_lossy(&read));
        read.extend_from_slice(&byte);
        if byte == *b"\n" {
            let text = String::from_utf8_lossy(&read);
            let last = text.lines().next_back().unwrap_or_default();
            if is_awaited(last) {
                return last.to_owned();
            }
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// `None` when a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Home {
    /// Collects these usage points from that Enedis, pacing off.
    pub fn new(url: &str, generation: &str, points: &[u64]) -> Self {
        let folder = TempDir::new().unwrap();
        let home = Self {
            data_dir: folder.path().join("data"),
            folder,
            clock: NOW,
            through: Vec::new(),
        };
        home.write("secret", "not-a-secret\n", 0o600);
        home.write("releve.toml", configuration(url, generation, points), 0o600);
        home
    }

    /// The data elsewhere.
    #[must_use]
    pub fn with_data_in(mut self, data_dir: PathBuf) -> Self {
        self.data_dir = data_dir;
        self
    }

    /// Runs the program through another, such as `nsenter`.
    #[must_use]
    pub fn through(mut self, words: Vec<String>) -> Self {
        self.through = words;
        self
    }

    /// On a clock that goes on from [`NOW`]: where time stands still nobody can
    /// wait, and by the machine's own it may be night.
    #[must_use]
    pub fn going(mut self) -> Self {
        self.clock = GOING;
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    pub fn ledger(&self) -> PathBuf {
        self.data_dir.join(ledger::FILE_NAME)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>, mode: u32) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    }

    /// The program with this configuration and nothing else of this machine.
    pub fn releve(&self, args: &[&str]) -> Command {
        let through = self.through.iter().map(String::as_str);
        let mut words = through.chain([env!("CARGO_BIN_EXE_releve")]);
        let mut command = Command::new(words.next().unwrap());
        command
            .args(words)
            .args(args)
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("HOME", self.folder.path())
            .env("LANG", "fr_FR.UTF-8")
            .env("RELEVE_CONFIG", self.path("releve.toml"))
            .env("RELEVE_DATA_DIR", &self.data_dir)
            .env("RELEVE_FROZEN_CLOCK", self.clock)
            // Tests run beside each other, and the usual port is one.
            .env("RELEVE_DASHBOARD__ENABLED", "false")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts a command that goes on.
    pub fn start(&self, args: &[&str]) -> Daemon {
        self.start_with(args, &[])
    }

    /// The same with more variables.
    pub fn start_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Daemon {
        let mut command = self.releve(args);
        command.envs(variables.iter().copied());
        Daemon(Some(command.spawn().unwrap()))
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Ended {
        self.releve(args).output().unwrap().into()
    }

    /// A text without what changes from one run to the next.
    pub fn neutral(&self, text: &str) -> String {
        text.replace(&self.data_dir.display().to_string(), "/data")
            .replace(&self.folder.path().display().to_string(), "/home")
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    /// What it wrote to standard output, once it has ended well.
    pub fn well(self) -> String {
        assert_eq!(
            (self.code, self.err.as_str()),
            (Some(0), ""),
            "{}",
            self.out
        );
        self.out
    }
}

pub fn configuration(url: &str, generation: &str, points: &[u64]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|prm| format!("\n[[usage_points]]\nprm = \"{prm:014}\"\n"))
        .collect();
    format!(
        "[sources.enedis]\n\
         kind = \"data-connect\"\n\
         generation = \"{generation}\"\n\
         base_url = \"{url}\"\n\
         client_id = \"releve-simulated\"\n\
         client_secret_file = \"secret\"\n\
         pacing = false\n{}",
        points.concat()
    )
}
