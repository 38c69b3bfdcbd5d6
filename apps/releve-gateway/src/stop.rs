//! Why the program stops: one code, one clear message in the operator's language.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use gateway::keys::KeyFileError;
use gateway::store::StoreError;
use service::cli::Slip;
use service::settings::SettingsError;
use service::{Lang, tr};

/// The exit codes, those of `releve`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// What was asked for is not there, or must not be.
    Refused = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The configuration is wrong.
    Configuration = 3,
    /// The database, the keys or a folder do not serve.
    Data = 4,
}

/// What a person reads at the end.
#[derive(Debug)]
pub struct Stop {
    exit: Exit,
    text: String,
}

/// What a command comes to.
pub type Outcome<T = ()> = Result<T, Stop>;

impl Stop {
    /// With a message of the catalogue.
    pub fn said(lang: Lang, exit: Exit, name: &str, values: &[(&str, &str)]) -> Self {
        Self {
            exit,
            text: format!("releve-gateway: {}\n", tr(lang, name, values)),
        }
    }

    /// A command line that clap refused, and the command whose help explains it.
    pub fn slip(lang: Lang, error: &clap::Error, help: &str) -> Self {
        let said = |(name, args): (&str, Vec<(&str, String)>)| {
            let args: Vec<_> = args.iter().map(|(key, value)| (*key, &**value)).collect();
            tr(lang, name, &args)
        };
        let slip = Slip::of(error);
        let advice = said(slip.advice(help));
        let message = said((slip.name, slip.args));
        Self {
            exit: Exit::Usage,
            text: format!("releve-gateway: {message}\n  → {advice}\n"),
        }
    }

    /// Every problem of the configuration, each in its place.
    pub fn settings(lang: Lang, error: &SettingsError) -> Self {
        Self {
            exit: Exit::Configuration,
            text: error.render(error.language.unwrap_or(lang)),
        }
    }

    /// The database does not serve.
    pub fn store(lang: Lang, error: &StoreError) -> Self {
        let (name, why) = match error {
            StoreError::Unavailable(why) => ("gateway-stop-database", why.clone()),
            StoreError::Contended => ("gateway-stop-contended", String::new()),
            StoreError::Corrupt(what) => ("gateway-stop-corrupt", (*what).to_owned()),
            StoreError::Keys(why) => ("gateway-stop-keys", why.clone()),
            StoreError::TooNew { found, known } => {
                let values = [
                    ("found", &*found.to_string()),
                    ("known", &*known.to_string()),
                ];
                return Self::said(lang, Exit::Data, "gateway-stop-too-new", &values);
            }
        };
        Self::said(lang, Exit::Data, name, &[("why", &why)])
    }

    /// The key file does not serve.
    pub fn keys(lang: Lang, path: &Path, error: &KeyFileError) -> Self {
        let (name, why) = match error {
            KeyFileError::Io(why) => ("gateway-stop-keys-file", why.to_string()),
            KeyFileError::Malformed => ("gateway-stop-keys-damaged", String::new()),
            KeyFileError::Open => ("gateway-stop-keys-open", String::new()),
            KeyFileError::NoRandomness(why) => ("gateway-stop-keys", why.to_string()),
        };
        let values = [("path", &*path.to_string_lossy()), ("why", &*why)];
        Self::said(lang, Exit::Data, name, &values)
    }

    /// The system refuses something: what, and in its own words why.
    pub fn system(lang: Lang, name: &str, what: &str, error: &dyn fmt::Display) -> Self {
        let why = error.to_string();
        Self::said(lang, Exit::Data, name, &[("what", what), ("why", &why)])
    }

    /// The code to leave with.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(self.exit as u8)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Nobody reads what we write any more: nothing to be told.
impl From<std::io::Error> for Stop {
    fn from(_: std::io::Error) -> Self {
        Self {
            exit: Exit::Data,
            text: String::new(),
        }
    }
}
