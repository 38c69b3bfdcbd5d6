//! Clap's errors in the words of the catalogue: clap itself speaks English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Failure, Said};

impl Failure {
    /// A command line that clap refused; `help` is the command whose help explains it.
    pub fn from_clap(error: &clap::Error, help: &str) -> Self {
        let said = said(error);
        let hint = match suggestion(error) {
            Some(nearest) => Said::new("error-usage-nearest").with("nearest", nearest),
            None => Said::new("error-usage-help"),
        };
        Self::usage(said).hint(hint.with("command", help))
    }
}

fn said(error: &clap::Error) -> Said {
    let arg = context(error, ContextKind::InvalidArg);
    // An option alone: its values are told apart.
    let arg = match arg.split_once(" <") {
        Some((option, _)) if option.starts_with('-') => option.to_owned(),
        _ => arg,
    };
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if !arg.starts_with('-') => {
            Said::new("error-usage-surplus").with("arg", arg)
        }
        ErrorKind::UnknownArgument => Said::new("error-usage-unknown").with("arg", arg),
        ErrorKind::InvalidSubcommand => Said::new("error-usage-command")
            .with("name", context(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Said::new("error-usage-no-command")
        }
        ErrorKind::MissingRequiredArgument => Said::new("error-usage-missing").with("arg", arg),
        ErrorKind::InvalidValue if value.is_empty() => {
            Said::new("error-usage-no-value").with("arg", arg)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let choices = context(error, ContextKind::ValidValue);
            let name = if choices.is_empty() {
                "error-usage-value-wrong"
            } else {
                "error-usage-value"
            };
            let said = Said::new(name).with("arg", arg).with("value", value);
            said.with("choices", choices)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Said::new("error-usage-no-value").with("arg", arg)
        }
        ErrorKind::ArgumentConflict => Said::new("error-usage-conflict")
            .with("arg", arg)
            .with("other", context(error, ContextKind::PriorArg)),
        ErrorKind::InvalidUtf8 => Said::new("error-usage-utf8"),
        _ => Said::new("error-usage-other"),
    }
}

fn suggestion(error: &clap::Error) -> Option<String> {
    [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(|kind| context(error, kind))
    .find(|nearest| !nearest.is_empty())
}

/// A piece of the error as text; empty when clap does not say.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}
