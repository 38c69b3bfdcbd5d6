//! The secrets of accounts, each in a file that is its owner's alone, and beside
//! them what the account answered last.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use enedis::Problem;
use jiff::Timestamp;
use meter::UsagePoint;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::files::{file_name, read_private, write_private};

use super::sign_in::Session;

/// The folder's name in the folder of the data.
pub const FOLDER: &str = "accounts";

/// What a credential of systemd is called, before the account's name.
const CREDENTIAL: &str = "releve-account-";

/// Bytes of a file that are read at most.
const LONGEST: u64 = 64 << 10;

/// What opens an account. It does not show in `Debug`.
#[derive(Debug, Clone, Deserialize)]
pub struct Secrets {
    /// The e-mail address.
    pub login: SecretString,
    /// The password.
    pub password: SecretString,
    /// The value of the long-lived cookie `internalAuthId`.
    pub cookie: SecretString,
}

/// What an account answered last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// When.
    pub at: Timestamp,
    /// What was wrong, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// The usage points of the account, when it was last open.
    #[serde(default)]
    pub usage_points: Vec<UsagePoint>,
    /// A mark of the secrets that were shown: others are a new beginning.
    mark: String,
}

impl State {
    pub(super) fn after(
        opened: &Result<Session, Problem>,
        secrets: &Secrets,
        at: Timestamp,
    ) -> Self {
        let points = opened.as_ref().map(|session| session.usage_points.clone());
        Self {
            at,
            problem: opened.as_ref().err().cloned(),
            usage_points: points.unwrap_or_default(),
            mark: secrets.mark(),
        }
    }
}

impl Secrets {
    /// Tells secrets apart without telling them: the cookie alone is longer than
    /// anybody can guess.
    fn mark(&self) -> String {
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        for part in [&self.login, &self.password, &self.cookie] {
            context.update(part.expose_secret().as_bytes());
            context.update(&[0]);
        }
        HEXLOWER.encode(context.finish().as_ref())
    }
}

/// The accounts of a folder of data and of systemd's credentials.
#[derive(Debug, Clone)]
pub struct Accounts {
    folder: PathBuf,
    credentials: Option<PathBuf>,
}

impl Accounts {
    /// Those of a folder of data; credentials of systemd come first.
    pub fn of(data_dir: &Path, credentials: Option<PathBuf>) -> Self {
        Self {
            folder: data_dir.join(FOLDER),
            credentials,
        }
    }

    /// The names of all accounts.
    pub fn names(&self) -> Vec<String> {
        let own = names(&self.folder, |name| name.strip_suffix(".json"));
        let own = own.into_iter().filter(|name| !name.contains('.'));
        let given = self.credentials.iter();
        let given = given.flat_map(|folder| names(folder, |name| name.strip_prefix(CREDENTIAL)));
        let mut all: Vec<String> = own.chain(given).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether the secrets of an account are systemd's, which we do not change.
    pub fn is_given(&self, name: &str) -> bool {
        self.credential(name).is_some_and(|path| path.exists())
    }

    /// The secrets of an account, if it has any.
    pub fn read(&self, name: &str) -> Result<Option<Secrets>, Problem> {
        let path = match self.credential(name) {
            Some(path) if path.exists() => path,
            _ => self.file(name),
        };
        let text = match read_private(&path, LONGEST) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(trouble(&path, &error)),
        };
        // A message of serde may repeat a part of the file.
        let secrets = serde_json::from_str(&text);
        secrets.map(Some).map_err(|_| Problem::PortalFile {
            detail: format!("{}: login, password, cookie", file_name(&path)),
        })
    }

    /// Keeps the secrets of an account; those before are replaced whole.
    pub fn write(&self, name: &str, secrets: &Secrets) -> Result<(), Problem> {
        let path = self.file(name);
        let text = json!({
            "login": secrets.login.expose_secret(),
            "password": secrets.password.expose_secret(),
            "cookie": secrets.cookie.expose_secret(),
        });
        self.keep(&path, &text.to_string())
    }

    /// Takes an account away, with what it answered.
    pub fn forget(&self, name: &str) -> Result<(), Problem> {
        let path = self.file(name);
        std::fs::remove_file(&path).map_err(|error| trouble(&path, &error))?;
        match std::fs::remove_file(self.state_file(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(trouble(&self.state_file(name), &error))
            }
            _ => Ok(()),
        }
    }

    /// What an account answered last, if it was ever asked.
    pub fn state(&self, name: &str) -> Option<State> {
        let text = read_private(&self.state_file(name), LONGEST).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Why the very same secrets are not shown again by themselves.
    pub(super) fn refusal(&self, name: &str, secrets: &Secrets) -> Option<Problem> {
        let state = self.state(name)?;
        let needs_a_person = |problem: &Problem| {
            matches!(
                problem,
                Problem::PortalLogin | Problem::PortalCaptcha | Problem::PortalCookie
            )
        };
        let same = state.mark == secrets.mark();
        state
            .problem
            .filter(|problem| same && needs_a_person(problem))
    }

    /// Shows that what will be answered can be kept.
    pub(super) fn touch(
        &self,
        name: &str,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let fresh = State {
            at: now,
            problem: None,
            usage_points: Vec::new(),
            mark: secrets.mark(),
        };
        let before = self.state(name);
        self.note(name, &before.unwrap_or(fresh))
    }

    pub(super) fn note(&self, name: &str, state: &State) -> Result<(), Problem> {
        let text = serde_json::to_string(state).unwrap_or_default();
        self.keep(&self.state_file(name), &text)
    }

    fn keep(&self, path: &Path, text: &str) -> Result<(), Problem> {
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder);
        made.and_then(|()| write_private(path, text.as_bytes()))
            .map_err(|error| trouble(path, &error))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    fn state_file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.state.json"))
    }

    fn credential(&self, name: &str) -> Option<PathBuf> {
        let folder = self.credentials.as_ref()?;
        Some(folder.join(format!("{CREDENTIAL}{name}")))
    }
}

fn names(folder: &Path, cut: impl Fn(&str) -> Option<&str>) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names
        .filter_map(|name| cut(&name).map(str::to_owned))
        .collect()
}

fn trouble(path: &Path, error: &io::Error) -> Problem {
    Problem::PortalFile {
        detail: format!("{}: {}", file_name(path), error.kind()),
    }
}
