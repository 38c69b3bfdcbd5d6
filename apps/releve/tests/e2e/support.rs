//! The real program, beside a simulated Enedis on a free port of this machine.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use jiff::{SignedDuration, Timestamp};
use rusqlite::types::ValueRef;
use service::{Clock, SharedClock, ShiftedClock, SystemClock, VirtualClock};
use simulator::{Options, Simulator};
use tempfile::TempDir;

/// The instant at which the program's clock and the simulator's stand still.
pub const NOW: &str = "2026-11-21T11:00:00Z";
/// The same instant, from which both go on.
const GOING: &str = "2026-11-21T11:00:00Z+";

/// A simulated Enedis that listens, on a thread of its own, until dropped.
pub struct Enedis {
    pub simulator: Simulator,
    pub url: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Enedis {
    /// Both generations, at [`NOW`], without quotas.
    pub fn start(change: impl FnOnce(&mut Options)) -> Self {
        Self::on(Arc::new(VirtualClock::at(NOW.parse().unwrap())), change)
    }

    /// As [`Enedis::start`], on a clock that goes on from [`NOW`].
    pub fn going(change: impl FnOnce(&mut Options)) -> Self {
        Self::on(Arc::new(ShiftedClock::at(NOW.parse().unwrap())), change)
    }

    /// On a clock that the test holds.
    pub fn on(clock: SharedClock, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(clock);
        options.pacing_and_quotas = false;
        change(&mut options);
        let simulator = Simulator::new(options);
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (tell, told) = mpsc::channel();
        let served = simulator.clone();
        let thread = std::thread::spawn(move || {
            runtime().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
                let running = served.serve(listener.unwrap()).unwrap();
                tell.send(running.url.clone()).unwrap();
                // The sender is dropped to stop.
                let _ = stopped.await;
            });
        });
        Self {
            simulator,
            url: told.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Enedis {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
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

/// Every row of every table, as text, sorted, numbers of rows included: what
/// gets which number does not depend on when a sync was killed.
pub fn dump(ledger: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(ledger).unwrap();
    connection.pragma_update(None, "query_only", true).unwrap();
    let series = series_names(&connection);
    let mut rows = Vec::new();
    for table in names(&connection) {
        let mut select = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let mut found = select.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            // The number of a series only says which one was written first.
            let is_series = |name: &str| name == "series" || (table == "series" && name == "id");
            let value = |(index, name): (usize, &String)| match row.get_ref(index).unwrap() {
                ValueRef::Integer(id) if is_series(name) => series[&id].clone(),
                value => format!("{value:?}"),
            };
            let values: Vec<String> = columns.iter().enumerate().map(value).collect();
            rows.push(format!("{table}: {}", values.join(", ")));
        }
    }
    rows.sort();
    rows
}

fn series_names(connection: &rusqlite::Connection) -> BTreeMap<i64, String> {
    let query = "SELECT series.id, prm || ' ' || direction || ' ' || kind FROM series
                 JOIN usage_point ON usage_point.id = usage_point";
    let mut named = connection.prepare(query).unwrap();
    let rows = named.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// All tables but the count of calls: those that a kill cut off were made, too.
fn names(connection: &rusqlite::Connection) -> Vec<String> {
    let query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'call_count'";
    let mut tables = connection.prepare(query).unwrap();
    let names = tables.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

/// Compares two dumps without printing thousands of rows.
pub fn assert_same_rows(left: &[String], right: &[String], what: &str) {
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        let rows = a.iter().filter(|row| b.binary_search(row).is_err());
        rows.take(10).cloned().collect()
    };
    assert!(
        left == right,
        "{what}: {} rows and {}\nonly left: {:#?}\nonly right: {:#?}",
        left.len(),
        right.len(),
        only(left, right),
        only(right, left),
    );
}

/// What a copy of a ledger looks like, so that the ledger itself stays as it was
/// found, its journal included.
#[derive(Debug, PartialEq, Eq)]
pub struct Inspected {
    /// `PRAGMA integrity_check`.
    pub integrity: String,
    /// Rows of the curve; 0 where there is no such table yet.
    pub readings: u64,
}

pub fn inspect(ledger: &Path) -> Inspected {
    let folder = TempDir::new().unwrap();
    let connection = rusqlite::Connection::open(copy(ledger, &folder)).unwrap();
    let integrity = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    let readings = connection
        .query_row("SELECT count(*) FROM reading", [], |row| row.get(0))
        .unwrap_or(0);
    Inspected {
        integrity,
        readings,
    }
}

/// Copies a ledger with its journal.
pub fn copy(ledger: &Path, folder: &TempDir) -> PathBuf {
    let copy = folder.path().join(ledger::FILE_NAME);
    for suffix in ["", "-wal"] {
        let (from, to) = (with_suffix(ledger, suffix), with_suffix(&copy, suffix));
        if from.exists() {
            std::fs::copy(from, to).unwrap();
        }
    }
    copy
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Real time passes: a process cannot be given a moment on a virtual clock.
pub fn wait(duration: SignedDuration) {
    runtime().block_on(async { SystemClock.sleep(duration).await });
}

/// Waits until something holds, for ten seconds at most.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = real_now() + SignedDuration::from_secs(10);
    while !holds() {
        assert!(real_now() < end, "waited in vain: {what}");
        wait(SignedDuration::from_millis(10));
    }
}

pub fn real_now() -> Timestamp {
    SystemClock.now()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}
