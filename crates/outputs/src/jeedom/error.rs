//! What can go wrong between us and a Jeedom. No variant holds a key.

use service::HttpError;

/// Why Jeedom did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JeedomError {
    /// No answer came.
    #[error("Jeedom does not answer: {0}")]
    Unreachable(#[from] HttpError),
    /// The key opens nothing (`ping` answers all the same).
    #[error("Jeedom refuses the key")]
    Key,
    /// The administrator has closed JSON-RPC, or to this machine.
    #[error("JSON-RPC is disabled in Jeedom")]
    Disabled,
    /// The key is right, but may not do this.
    #[error("the key may not call {0}")]
    Rights(String),
    /// A page where JSON-RPC was before: this machine is banned for a while.
    #[error("Jeedom has banned this machine for a while")]
    Banned,
    /// Nothing like Jeedom at this address, or a ban.
    #[error("no Jeedom at this address (HTTP {status})")]
    NotThere {
        /// The HTTP status.
        status: u16,
    },
    /// A page or another text where JSON was expected.
    #[error("the answer is no JSON-RPC (HTTP {status})")]
    NotJson {
        /// The HTTP status.
        status: u16,
    },
    /// JSON of another shape than Jeedom's.
    #[error("the answer of {method} is not as expected: {what}")]
    Shape {
        /// The method that was called.
        method: &'static str,
        /// What was looked for.
        what: &'static str,
    },
    /// A command that does not exist (any more).
    #[error("no command {0} in Jeedom")]
    NoCommand(u64),
    /// An equipment that does not exist (any more).
    #[error("no equipment {0} in Jeedom")]
    NoEquipment(u64),
    /// A core too old, or too new, for a method.
    #[error("Jeedom does not know {0}")]
    NoMethod(String),
    /// The plugin Virtual is not installed or not active.
    #[error("the plugin {0} is missing")]
    NoPlugin(String),
    /// Another equipment or command has that name.
    #[error("the name {0} is taken")]
    NameTaken(String),
    /// The broker of MQTT Manager refuses or does not answer.
    #[error("the broker: {0}")]
    Broker(String),
    /// Any other error, in Jeedom's words.
    #[error("Jeedom answers {code}: {message}")]
    Other {
        /// Its code.
        code: i64,
        /// Its message, cleaned.
        message: String,
    },
}

impl JeedomError {
    /// The message of the catalogue, without its prefix `jeedom-error-`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Key => "key",
            Self::Disabled => "disabled",
            Self::Rights(_) => "rights",
            Self::Banned => "banned",
            Self::NotThere { .. } => "not-there",
            Self::NotJson { .. } => "not-json",
            Self::Shape { .. } => "shape",
            Self::NoCommand(_) => "no-command",
            Self::NoEquipment(_) => "no-equipment",
            Self::NoMethod(_) => "no-method",
            Self::NoPlugin(_) => "no-plugin",
            Self::NameTaken(_) => "name-taken",
            Self::Broker(_) => "broker",
            Self::Other { .. } => "other",
        }
    }

    /// What the message of the catalogue is about: its value `what`.
    pub fn what(&self) -> String {
        match self {
            Self::Unreachable(error) => error.to_string(),
            Self::Rights(text)
            | Self::NoMethod(text)
            | Self::NoPlugin(text)
            | Self::NameTaken(text)
            | Self::Broker(text) => text.clone(),
            Self::NotThere { status } | Self::NotJson { status } => status.to_string(),
            Self::Shape { method, what } => format!("{method} ({what})"),
            Self::NoCommand(id) | Self::NoEquipment(id) => id.to_string(),
            Self::Other { code, message } => format!("{code} {message}"),
            Self::Key | Self::Disabled | Self::Banned => String::new(),
        }
    }

    /// Whether the same call may well succeed a moment later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(error) => !matches!(error, HttpError::Redirected(_)),
            Self::NotJson { status } => *status >= 500,
            _ => false,
        }
    }
}
