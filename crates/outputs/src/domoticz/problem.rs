//! What Domoticz refuses, and how: with a code, with ERR under a code of 200, or
//! with OK and nothing done.

use service::HttpError;

use crate::trouble::Trouble;

/// Why something could not be done at a Domoticz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nobody answers.
    Unreachable(String),
    /// The connection broke off in the middle of an answer.
    Cut,
    /// 401: it does not know us, or not so.
    Unauthorized,
    /// 403: the user may not do this.
    Forbidden(String),
    /// A second factor is asked for.
    TwoFactor,
    /// 200 with `ERR`: it does not say why.
    Refused(String),
    /// 200 with `ERROR`, or 404: it does not know the command.
    UnknownCommand(String),
    /// Another code.
    Unexpected(u16),
    /// What answers is no Domoticz.
    NotDomoticz,
    /// It is older than 2023.2.
    TooOld(String),
    /// 2023.2 spoils the rows of managed devices.
    Spoils(String),
    /// The device of a target is not there any more.
    Gone {
        /// What for.
        target: String,
        /// The number it had.
        idx: u64,
    },
    /// The device is of another kind.
    WrongType {
        /// What for.
        target: String,
        /// Its number.
        idx: u64,
        /// What it is.
        kind: String,
    },
    /// It said OK, and the rows are not there.
    NotHeld {
        /// What for.
        target: String,
        /// How many.
        rows: usize,
        /// The first of them.
        first: String,
    },
    /// The plugin has a device for the target: it is to be adopted first.
    PluginDevice {
        /// What for.
        target: String,
        /// The plugin's device.
        idx: u64,
    },
    /// No plugin's device was found to be adopted.
    NothingToAdopt(String),
    /// The target has a device already.
    HasDevice {
        /// What for.
        target: String,
        /// Its number.
        idx: u64,
    },
    /// The broker does not answer or refuses.
    Broker(String),
}

impl From<HttpError> for Problem {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Truncated(_) => Self::Cut,
            error => Self::Unreachable(error.to_string()),
        }
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        let named = |name: &str| Self::new(&format!("domoticz-problem-{name}"));
        match problem {
            Problem::Unreachable(cause) => named("unreachable").with("cause", cause),
            Problem::Cut => named("cut"),
            Problem::Unauthorized => named("unauthorized"),
            Problem::Forbidden(command) => named("forbidden").with("command", command),
            Problem::TwoFactor => named("two-factor"),
            Problem::Refused(command) => named("refused").with("command", command),
            Problem::UnknownCommand(command) => named("unknown-command").with("command", command),
            Problem::Unexpected(code) => named("unexpected").with("code", code),
            Problem::NotDomoticz => named("not-domoticz"),
            Problem::TooOld(version) => named("too-old").with("version", version),
            Problem::Spoils(version) => named("spoils").with("version", version),
            Problem::Gone { target, idx } => named("gone").with("target", target).with("idx", idx),
            Problem::WrongType { target, idx, kind } => named("wrong-type")
                .with("target", target)
                .with("idx", idx)
                .with("kind", kind),
            Problem::NotHeld {
                target,
                rows,
                first,
            } => named("not-held")
                .with("target", target)
                .with("rows", rows)
                .with("first", first),
            Problem::PluginDevice { target, idx } => named("plugin-device")
                .with("target", target)
                .with("idx", idx),
            Problem::NothingToAdopt(target) => named("nothing-to-adopt").with("target", target),
            Problem::HasDevice { target, idx } => {
                named("has-device").with("target", target).with("idx", idx)
            }
            Problem::Broker(cause) => named("broker").with("cause", cause),
        }
    }
}
