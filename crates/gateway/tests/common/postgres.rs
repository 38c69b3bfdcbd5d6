//! A PostgreSQL of the tests' own: one server a process, one database a test.
//!
//! A shell keeps the server and ends it, and removes its folder, when this
//! process is gone, however it went.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The address of a fresh, empty database.
pub fn database() -> String {
    static SERVER: OnceLock<Server> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = SERVER.get_or_init(Server::start);
    let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
    server.run_sql(&format!("CREATE DATABASE {name}"));
    format!(
        "host={} user=gateway dbname={name}",
        server.folder.display()
    )
}

/// Every row of a database as text; bytes in hexadecimal, and once more as the
/// characters that they are.
#[allow(dead_code, reason = "each test file uses its part")]
pub fn dump(database: &str) -> Vec<u8> {
    const ROWS: &str = "SELECT format('SELECT t::text FROM %I t', table_name)
        FROM information_schema.tables WHERE table_schema = 'public' \\gexec\n";
    let mut psql = Command::new(programs().join("psql"))
        .args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            database,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let twice = format!("{ROWS}SET bytea_output = 'escape';\n{ROWS}");
    psql.stdin
        .take()
        .unwrap()
        .write_all(twice.as_bytes())
        .unwrap();
    let dumped = psql.wait_with_output().unwrap();
    assert!(dumped.status.success(), "{database} is not dumped");
    dumped.stdout
}

/// A server; it ends with this.
pub struct Server {
    folder: PathBuf,
    port: String,
    bin: PathBuf,
    _keeper: Child,
}

const KEEPER: &str = r#"
"$@" >/dev/null 2>&1 &
pid=$!
read -r _
kill -QUIT "$pid" 2>/dev/null
wait "$pid"
rm -rf "$FOLDER"
"#;

impl Server {
    fn start() -> Self {
        Self::start_with(5432, &[], |_| ())
    }

    /// A server with more settings (`name=value`); `prepare` puts files into
    /// its folder, which become its user's.
    pub fn start_with(port: u16, settings: &[&str], prepare: impl FnOnce(&Path)) -> Self {
        let bin = programs();
        let folder = tempfile::Builder::new()
            .prefix("gateway-pg-")
            .tempdir()
            .unwrap()
            .keep();
        prepare(&folder);
        let root = is_root();
        if root {
            let owner = format!("{}:", user());
            let done = Command::new("chown")
                .args(["-R", &owner])
                .arg(&folder)
                .status();
            assert!(done.unwrap().success(), "chown of {}", folder.display());
        }
        let data = folder.join("data");
        let made = as_user(root, &bin.join("initdb"))
            .args([
                "--no-sync",
                "--auth=trust",
                "--username=gateway",
                "--encoding=UTF8",
                "-D",
            ])
            .arg(&data)
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        let server = as_user(root, &bin.join("postgres"));
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh"])
            .arg(server.get_program())
            .args(server.get_args())
            .arg("-D")
            .arg(&data)
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=300",
            ])
            .args(["-c", "shared_buffers=32MB", "-k"])
            .arg(&folder)
            .args(["-p", &port.to_string()])
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .env("FOLDER", &folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self {
            folder,
            port: port.to_string(),
            bin,
            _keeper: keeper,
        };
        server.wait();
        server
    }

    /// Until the server answers; `pg_isready` itself waits a moment between tries.
    fn wait(&self) {
        for _ in 0..600 {
            let ready = Command::new(self.bin.join("pg_isready"))
                .args(["-q", "-t", "3", "-p", &self.port, "-h"])
                .arg(&self.folder)
                .status();
            if ready.unwrap().success() {
                return;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(50));
        }
        panic!("the tests' PostgreSQL does not answer");
    }

    fn run_sql(&self, sql: &str) {
        let mut psql = Command::new(self.bin.join("psql"))
            .args([
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "gateway",
                "-d",
                "postgres",
                "-p",
                &self.port,
                "-h",
            ])
            .arg(&self.folder)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        psql.stdin
            .take()
            .unwrap()
            .write_all(sql.as_bytes())
            .unwrap();
        assert!(psql.wait().unwrap().success(), "{sql}");
    }
}

/// Where PostgreSQL's programs are; without them the tests fail, they do not pass.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    found.sort();
    found.extend(["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin"].map(PathBuf::from));
    let whole = |folder: &Path| {
        ["postgres", "initdb", "psql", "pg_isready"]
            .iter()
            .all(|program| folder.join(program).exists())
    };
    found.reverse();
    found
        .into_iter()
        .find(|folder| whole(folder))
        .unwrap_or_else(|| {
            panic!("these tests need PostgreSQL 15 or later (Debian: apt install postgresql)")
        })
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// PostgreSQL refuses to run as root.
fn user() -> &'static str {
    let known = Command::new("id").arg("postgres").output().unwrap();
    if known.status.success() {
        "postgres"
    } else {
        "nobody"
    }
}

fn as_user(root: bool, program: &Path) -> Command {
    if !root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .arg(format!("--reuid={}", user()))
        .args(["--clear-groups", "--inh-caps=-all"])
        .arg(program);
    command
}
