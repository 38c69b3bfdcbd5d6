//! Command lines in the reader's language: clap itself speaks English only, in
//! its headings and in its errors.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use crate::text::{Lang, tr};

/// A command that brings nothing of clap's own words; `about` is a message.
pub fn command(lang: Lang, name: &'static str, about: &str) -> Command {
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n",
        tr(lang, "cli-heading-usage", &[]),
    );
    Command::new(name)
        .about(tr(lang, about, &[]))
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_value_name(tr(lang, "cli-value-command", &[]))
        .subcommand_help_heading(tr(lang, "cli-heading-commands", &[]))
}

/// `--help`, among the options that every command has.
pub fn help(lang: Lang) -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .display_order(900)
        .action(ArgAction::Help)
        .help(tr(lang, "cli-help", &[]))
        .help_heading(tr(lang, "cli-heading-global", &[]))
}

/// `--version`, likewise.
pub fn version(lang: Lang) -> Arg {
    flag(lang, "version", "cli-version")
        .short('V')
        .display_order(901)
        .action(ArgAction::Version)
        .help_heading(tr(lang, "cli-heading-global", &[]))
}

/// An option without a value; `help` is a message.
pub fn flag(lang: Lang, name: &'static str, help: &str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(tr(lang, help, &[]))
        .help_heading(tr(lang, "cli-heading-options", &[]))
}

/// An option with a value; `value` and `help` are messages.
pub fn option(lang: Lang, name: &'static str, value: &str, help: &str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(tr(lang, value, &[]))
        .help(tr(lang, help, &[]))
        .help_heading(tr(lang, "cli-heading-options", &[]))
}

/// An argument by its place; `value` and `help` are messages.
pub fn positional(lang: Lang, name: &'static str, value: &str, help: &str) -> Arg {
    Arg::new(name)
        .value_name(tr(lang, value, &[]))
        .help(tr(lang, help, &[]))
        .help_heading(tr(lang, "cli-heading-arguments", &[]))
}

/// What clap refused, as a message of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The message.
    pub name: &'static str,
    /// What stands in it.
    pub args: Vec<(&'static str, String)>,
    /// What may have been meant.
    pub nearest: Option<String>,
}

impl Slip {
    /// What this error of clap says.
    pub fn of(error: &clap::Error) -> Self {
        let (name, args) = said(error);
        Self {
            name,
            args,
            nearest: suggestion(error),
        }
    }

    /// What to do, as a message and what stands in it; `help` is the command whose
    /// help explains the slip.
    pub fn advice(&self, help: &str) -> (&'static str, Vec<(&'static str, String)>) {
        let command = ("command", help.to_owned());
        match &self.nearest {
            Some(nearest) => {
                let nearest = ("nearest", nearest.clone());
                ("error-usage-nearest", vec![nearest, command])
            }
            None => ("error-usage-help", vec![command]),
        }
    }
}

fn said(error: &clap::Error) -> (&'static str, Vec<(&'static str, String)>) {
    let arg = context(error, ContextKind::InvalidArg);
    // An option alone: its values are told apart.
    let arg = match arg.split_once(" <") {
        Some((option, _)) if option.starts_with('-') => option.to_owned(),
        _ => arg,
    };
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if !arg.starts_with('-') => {
            ("error-usage-surplus", vec![("arg", arg)])
        }
        ErrorKind::UnknownArgument => ("error-usage-unknown", vec![("arg", arg)]),
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            ("error-usage-command", vec![("name", name)])
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ("error-usage-no-command", Vec::new())
        }
        ErrorKind::MissingRequiredArgument => ("error-usage-missing", vec![("arg", arg)]),
        ErrorKind::InvalidValue if value.is_empty() => ("error-usage-no-value", vec![("arg", arg)]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let choices = context(error, ContextKind::ValidValue);
            let name = if choices.is_empty() {
                "error-usage-value-wrong"
            } else {
                "error-usage-value"
            };
            let args = vec![("arg", arg), ("value", value), ("choices", choices)];
            (name, args)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            ("error-usage-no-value", vec![("arg", arg)])
        }
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            ("error-usage-conflict", vec![("arg", arg), ("other", other)])
        }
        ErrorKind::InvalidUtf8 => ("error-usage-utf8", Vec::new()),
        _ => ("error-usage-other", Vec::new()),
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

/// The command whose help explains a slip of `program`: the first that is named.
pub fn help_of(command: &Command, program: &str, args: &[std::ffi::OsString]) -> String {
    let named = args
        .iter()
        .filter_map(|arg| arg.to_str())
        .find(|arg| command.find_subcommand(arg).is_some());
    match named {
        Some(name) => format!("{program} {name} --help"),
        None => format!("{program} --help"),
    }
}
