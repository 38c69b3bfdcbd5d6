//! How a command ends: one code, one clear message, and what to do next.
//!
//! Every error type of the rooms below becomes a [`Failure`] here and nowhere
//! else, so that codes and words stay the same in every command.

mod colours;
mod import;
mod init;
mod ledger;
mod off_peak;
mod offers;
mod outputs;
mod usage;

use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use service::settings::SettingsError;
use service::{Lang, tr};

pub use init::InitError;

/// The exit codes of `releve`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything went well.
    Ok = 0,
    /// The command line is wrong or incomplete.
    Usage = 2,
    /// The configuration is wrong.
    Configuration = 3,
    /// A file or the ledger cannot be read or written.
    Data = 4,
    /// A source refuses or does not answer.
    Source = 5,
    /// Another process writes to the ledger.
    Busy = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub struct Failure {
    /// The code to leave with.
    pub exit: Exit,
    words: Words,
    hint: Option<Said>,
}

#[derive(Debug)]
enum Words {
    Said(Said),
    /// Every problem with its place.
    Settings(SettingsError),
    /// In the dialogue's own words.
    Init(InitError),
    /// With the place in the expression.
    Expression(Box<off_peak::Refused>),
    /// Each mistake of a file of offers.
    Offers(Box<offers::Refused>),
    /// What a destination refuses, with its own advice.
    Trouble(::outputs::Trouble),
    /// The reader of our output went away: nothing to tell anybody.
    Nothing,
}

/// A message of the catalogue with its values.
#[derive(Debug, Clone)]
pub struct Said {
    name: &'static str,
    args: Vec<(&'static str, Value)>,
}

/// A value in a message.
#[derive(Debug, Clone)]
enum Value {
    Text(String),
    /// One that is itself a message.
    Message(&'static str),
}

/// The message of a usual reason of the system's.
fn system(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "error-system-not-found",
        ErrorKind::PermissionDenied => "error-system-permission",
        ErrorKind::IsADirectory => "error-system-folder",
        ErrorKind::NotADirectory => "error-system-not-a-folder",
        ErrorKind::StorageFull => "error-system-full",
        ErrorKind::ReadOnlyFilesystem => "error-system-read-only",
        ErrorKind::FileTooLarge => "error-system-large",
        ErrorKind::InvalidData => "error-system-not-text",
        ErrorKind::AddrInUse => "error-system-in-use",
        ErrorKind::AddrNotAvailable => "error-system-not-ours",
        _ => return None,
    })
}

impl Said {
    /// A message without values.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            args: Vec::new(),
        }
    }

    /// With a value, cleaned of control characters. Never give it a secret.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        let value = value.to_string().replace(char::is_control, "\u{fffd}");
        self.args.push((name, Value::Text(value)));
        self
    }

    /// With why a file could not be read or written, as `cause`: the usual reasons
    /// in the reader's language, others in the system's own words.
    #[must_use]
    pub fn cause(mut self, error: &std::io::Error) -> Self {
        match system(error.kind()) {
            Some(message) => {
                self.args.push(("cause", Value::Message(message)));
                self
            }
            None => self.with("cause", error),
        }
    }

    /// With a path, as people write it.
    #[must_use]
    pub fn path(self, path: &Path) -> Self {
        self.with("path", path.display())
    }

    fn text(&self, lang: Lang) -> String {
        let args = self.args.iter().map(|(name, value)| match value {
            Value::Text(text) => (*name, text.clone()),
            Value::Message(message) => (*name, tr(lang, message, &[])),
        });
        let args: Vec<_> = args.collect();
        let args: Vec<_> = args
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        tr(lang, self.name, &args)
    }
}

impl Failure {
    /// A failure in the words of a message.
    pub fn new(exit: Exit, said: Said) -> Self {
        Self {
            exit,
            words: Words::Said(said),
            hint: None,
        }
    }

    /// A slip in the command line.
    pub fn usage(said: Said) -> Self {
        Self::new(Exit::Usage, said)
    }

    /// With what to do next.
    #[must_use]
    pub fn hint(mut self, hint: Said) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Whether there is anything to tell.
    pub fn is_silent(&self) -> bool {
        matches!(self.words, Words::Nothing)
    }

    /// What happened, in one sentence (settings: every problem with its place).
    pub fn message(&self, lang: Lang) -> String {
        match &self.words {
            Words::Said(said) => said.text(lang),
            Words::Settings(error) => error.render(lang).trim_end().to_owned(),
            Words::Init(error) => error.render(lang).trim_end().to_owned(),
            Words::Expression(refused) => refused.message(lang),
            Words::Offers(refused) => refused.message(lang),
            Words::Trouble(trouble) => trouble.explanation(lang),
            Words::Nothing => String::new(),
        }
    }

    /// The same for a program, which gets the advice apart.
    pub fn plain_message(&self, lang: Lang) -> String {
        match &self.words {
            Words::Settings(error) => error.split(lang).0,
            _ => self.message(lang),
        }
    }

    /// What to do next, for a program.
    pub fn plain_advice(&self, lang: Lang) -> Option<String> {
        match &self.words {
            Words::Settings(error) => error.split(lang).1,
            _ => self.advice(lang),
        }
    }

    /// What to do next, where that is known.
    pub fn advice(&self, lang: Lang) -> Option<String> {
        if let Words::Trouble(trouble) = &self.words {
            return Some(trouble.advice(lang));
        }
        self.hint.as_ref().map(|hint| hint.text(lang))
    }

    /// The whole text for people.
    pub fn render(&self, lang: Lang) -> String {
        let message = self.message(lang);
        let mut text = match &self.words {
            Words::Settings(_) | Words::Init(_) => format!("{message}\n"),
            _ => tr(lang, "error-line", &[("message", &message)]) + "\n",
        };
        if let Words::Expression(refused) = &self.words {
            text += &refused.excerpt();
        }
        if let Some(advice) = self.advice(lang) {
            text = format!("{text}  → {advice}\n");
        }
        text
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self {
            exit: Exit::Configuration,
            words: Words::Settings(error),
            hint: None,
        }
    }
}

/// Writing our own output failed.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self {
                exit: Exit::Ok,
                words: Words::Nothing,
                hint: None,
            };
        }
        Self::new(Exit::Data, Said::new("error-output").cause(&error))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        std::io::Error::from(error).into()
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            // Its kind tells a reader that went away.
            csv::ErrorKind::Io(cause) => cause.into(),
            other => std::io::Error::other(format!("{other:?}")).into(),
        }
    }
}
