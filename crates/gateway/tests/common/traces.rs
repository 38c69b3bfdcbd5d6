//! What tests leave for the hunt for secrets (`tests/secrets`): the rows, logs
//! and metrics that they wrote at the verbose level, and a list of every secret
//! and usage point that they drew or handed out. Only where `GATEWAY_TRACES`
//! names a folder.

#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, OpenOptions};
use std::hash::{Hash, Hasher};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use data_encoding::HEXLOWER;
use service::logging::{self, Format, Level, Options};
use service::random::{NoRandomness, Random};
use service::{Env, SystemClock, SystemEnv};

const FOLDER: &str = "GATEWAY_TRACES";
/// The letters of user codes.
const LETTERS: &str = "BCDFGHJKLMNPQRSTVWXZ";
/// A token of ours: its prefix and 48 characters.
const TOKEN: usize = 52;

struct Traces {
    folder: PathBuf,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    secrets: BTreeSet<String>,
    files: HashSet<u64>,
}

/// Randomness whose every secret is noted.
pub struct Recorded<R>(pub R);

impl<R: Random> Random for Recorded<R> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        self.0.fill(buffer)?;
        // Tokens and keys; identifiers and nonces are shorter.
        if buffer.len() == 32 && traces().is_some() {
            note(&format!("bytes {}", HEXLOWER.encode(buffer)));
        }
        Ok(())
    }
}

/// Whether anything is to be left.
pub fn wanted() -> bool {
    traces().is_some()
}

/// A secret, a code or a usage point that somebody holds from here on.
pub fn gave(secret: &str) {
    note(&format!("text {secret}"));
}

/// Whatever looks like a secret in what a person, a browser or a box was told.
pub fn answered(text: &str) {
    if traces().is_none() {
        return;
    }
    let tokens = text.match_indices("lg").filter_map(|(at, _)| {
        let token = text.get(at..at + TOKEN)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        (token.as_bytes()[3] == b'_' && token.chars().all(plain)).then_some(token)
    });
    tokens.for_each(gave);
    let codes = text.match_indices('-').filter_map(|(at, _)| {
        let code = text.get(at.checked_sub(4)?..at + 5)?;
        let letters = code.chars().filter(|c| LETTERS.contains(*c)).count();
        (letters == 8).then_some(code)
    });
    for code in codes {
        gave(code);
        gave(&code.replace('-', ""));
    }
    for field in text.split("name=\"csrf\" value=\"").skip(1) {
        gave(field.split('"').next().unwrap_or_default());
    }
}

/// The keys of a key file, which alone may hold them.
pub fn keys(file: &Path) {
    let text = fs::read_to_string(file).unwrap_or_default();
    for key in text.split("\"secret\": \"").skip(1) {
        gave(key.split('"').next().unwrap_or_default());
    }
}

/// Rows, a log or metrics; the same twice is left once.
pub fn leave(what: &str, bytes: &[u8]) {
    let Some(traces) = traces() else {
        return;
    };
    let mut hash = DefaultHasher::new();
    bytes.hash(&mut hash);
    let mut kept = traces.kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.files.insert(hash.finish()) {
        let number = kept.files.len();
        fs::write(traces.folder.join(format!("{what}-{number}")), bytes).unwrap();
    }
}

/// What SQLite has on the disk, byte for byte.
pub fn leave_sqlite(folder: &Path) {
    if traces().is_some() {
        for bytes in sqlite_files(folder) {
            leave("sqlite", &bytes);
        }
    }
}

/// The files of SQLite in a folder. A last connection may be closing its log
/// meanwhile: the logs are read before the databases, which have what was in a
/// log that is gone.
pub fn sqlite_files(folder: &Path) -> Vec<Vec<u8>> {
    let names = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = names.map(|name| name.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().contains(".db"));
    paths.sort_by_key(|path| path.extension().is_some_and(|end| end == "db"));
    let files = paths.into_iter().filter_map(|path| match fs::read(path) {
        Err(gone) if gone.kind() == ErrorKind::NotFound => None,
        bytes => Some(bytes.unwrap()),
    });
    files.collect()
}

/// One line of the list, once.
fn note(line: &str) {
    let Some(traces) = traces() else {
        return;
    };
    let mut kept = traces.kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.secrets.insert(line.to_owned()) {
        let list = traces.folder.join("secrets");
        let mut list = OpenOptions::new()
            .create(true)
            .append(true)
            .open(list)
            .unwrap();
        list.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}

/// The folder of this process, and its log from now on.
fn traces() -> Option<&'static Traces> {
    static TRACES: OnceLock<Option<Traces>> = OnceLock::new();
    TRACES
        .get_or_init(|| {
            let all = PathBuf::from(SystemEnv.var(FOLDER)?);
            let program = std::env::current_exe().unwrap();
            let name = program.file_stem().unwrap().to_string_lossy();
            // Without the letters that Cargo puts behind it.
            let name = name.rsplit_once('-').map_or(&*name, |(name, _)| name);
            let folder = all.join(format!("{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            let log = Mutex::new(File::create(folder.join("log")).unwrap());
            let options = Options {
                level: Level::Verbose,
                format: Format::Json,
            };
            let subscriber = logging::subscriber(options, Arc::new(SystemClock), false, log);
            // A process that logs elsewhere leaves that itself.
            let _ = logging::install(subscriber);
            Some(Traces {
                folder,
                kept: Mutex::default(),
            })
        })
        .as_ref()
}
