//! What was written, as types: each command gets its own arguments.

use std::path::PathBuf;

use clap::ArgMatches;
use home::export::Format;
use jiff::Timestamp;
use meter::{Direction, Kind, UsagePoint, UsagePointError};
use service::logging::Level;

use crate::exit::{Failure, Said};
use crate::when::When;

/// What a command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Write a configuration in a short dialogue.
    Init(InitArgs),
    /// Deal with consents.
    Consent(super::Consent),
    /// Ask the sources once.
    Sync(Sync),
    /// Ask the sources again for what lacks.
    Repair(super::Repair),
    /// Ask the sources on a schedule.
    Run,
    /// The dashboard alone.
    Serve(super::serve::Serve),
    /// Read files.
    Import(Import),
    /// Show a period.
    Show(Show),
    /// Show what is held and lacking.
    Status,
    /// Write readings out.
    Export(Export),
    /// Explain or ask an off-peak expression.
    OffPeak(Box<super::OffPeak>),
    /// Price a period.
    Cost(super::Cost),
    /// Compare offers.
    Compare(super::Compare),
    /// List, show or check offers.
    Tariff(super::Tariff),
    /// Look after the installation.
    Upkeep(super::Upkeep),
    /// Make, fill or check an equipment of Jeedom.
    Jeedom(super::Jeedom),
    /// Make, adopt, fill and check the devices of a Domoticz.
    Domoticz(super::Domoticz),
    /// Look after customer accounts.
    Account(super::Account),
    /// Look after the dashboard.
    Dashboard(super::Dashboard),
    /// Check the configuration.
    Check,
    /// Write a shell's completions.
    Completions(clap_complete::Shell),
}

/// Options of every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Globals {
    /// Results as JSON.
    pub json: bool,
    /// Say only what matters.
    pub quiet: bool,
    /// How much is logged; none: nothing was asked for.
    pub log: Option<LogLevel>,
}

/// How much is logged.
pub type LogLevel = Level;

/// Arguments of `init`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitArgs {
    /// Replace a configuration that is there.
    pub force: bool,
}

/// Arguments of `sync`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sync {
    /// Only these usage points; empty: every configured one.
    pub usage_points: Vec<UsagePoint>,
}

/// Arguments of `import`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The files, at least one.
    pub files: Vec<PathBuf>,
    /// Whose readings these are, where the file masks it.
    pub usage_point: Option<UsagePoint>,
    /// Which way, where the file does not say.
    pub direction: Option<Direction>,
}

/// Arguments of `show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Show {
    /// How long a period.
    pub span: Span,
    /// Which one; none: the last that has data.
    pub when: Option<When>,
    /// Only this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Only this direction.
    pub direction: Option<Direction>,
}

/// What `show` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A day's curve.
    Day,
    /// The days of a week.
    Week,
    /// The days of a month.
    Month,
    /// The months of a year.
    Year,
    /// Daily maxima.
    Max,
}

/// Arguments of `export`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What.
    pub rows: home::export::Export,
    /// Where to; none: standard output.
    pub output: Option<PathBuf>,
    /// Replace a file that is there.
    pub force: bool,
}

/// The present day is needed to read `hier`.
pub fn read(matches: &ArgMatches, now: Timestamp) -> Result<(Globals, Request), Failure> {
    let Some((name, args)) = matches.subcommand() else {
        return Err(Failure::usage(Said::new("error-usage-no-command")));
    };
    let globals = Globals {
        json: args.get_flag("json"),
        quiet: args.get_flag("quiet"),
        log: word(args, "log").map(level),
    };
    let request = match name {
        "init" => Request::Init(InitArgs {
            force: args.get_flag("force"),
        }),
        "sync" => Request::Sync(Sync {
            usage_points: every_usage_point(args)?,
        }),
        "repair" => Request::Repair(super::repair::read(args, now)?),
        "consent" => Request::Consent(super::consent::read(args)),
        "run" => Request::Run,
        "serve" => Request::Serve(super::serve::read(args)),
        "import" => Request::Import(Import {
            files: args
                .get_many("files")
                .into_iter()
                .flatten()
                .cloned()
                .collect(),
            usage_point: usage_point(args)?,
            direction: direction(args),
        }),
        "show" => Request::Show(show(args, now)?),
        "export" => Request::Export(export(args, now)?),
        "off-peak" => Request::OffPeak(Box::new(super::off_peak::read(args)?)),
        "cost" => Request::Cost(super::prices::cost(args, now)?),
        "compare" => Request::Compare(super::prices::compare(args, now)?),
        "tariff" => Request::Tariff(super::prices::tariff(args, now)?),
        name if super::health::NAMES.contains(&name) => {
            Request::Upkeep(super::health::read(name, args)?)
        }
        "jeedom" => Request::Jeedom(super::jeedom::read(args)?),
        "domoticz" => Request::Domoticz(super::domoticz::read(args)?),
        "account" => Request::Account(super::account::read(args)),
        "dashboard" => Request::Dashboard(super::dashboard::read(args)),
        "check" => Request::Check,
        "completions" => Request::Completions(shell(args)),
        _ => Request::Status,
    };
    Ok((globals, request))
}

fn show(args: &ArgMatches, now: Timestamp) -> Result<Show, Failure> {
    Ok(Show {
        span: match word(args, "what") {
            Some("week") => Span::Week,
            Some("month") => Span::Month,
            Some("year") => Span::Year,
            Some("max") => Span::Max,
            _ => Span::Day,
        },
        when: when(args, "date", now)?,
        usage_point: usage_point(args)?,
        direction: direction(args),
    })
}

fn export(args: &ArgMatches, now: Timestamp) -> Result<Export, Failure> {
    let Some(usage_point) = usage_point(args)? else {
        return Err(Failure::usage(
            Said::new("error-usage-missing").with("arg", "--usage-point"),
        ));
    };
    Ok(Export {
        rows: home::export::Export {
            format: match word(args, "format") {
                Some("json") => Format::Json,
                _ => Format::Csv,
            },
            usage_point,
            direction: direction(args).unwrap_or(Direction::Consumption),
            kind: Kind::ALL
                .into_iter()
                .find(|kind| word(args, "kind") == Some(kind.as_str())),
            from: when(args, "from", now)?,
            to: when(args, "to", now)?,
        },
        output: args.get_one::<PathBuf>("output").cloned(),
        force: args.get_flag("force"),
    })
}

pub(super) fn word<'a>(args: &'a ArgMatches, name: &str) -> Option<&'a str> {
    args.get_one::<String>(name).map(String::as_str)
}

fn level(word: &str) -> LogLevel {
    match word {
        "error" => Level::Error,
        "verbose" => Level::Verbose,
        _ => Level::Simple,
    }
}

fn shell(args: &ArgMatches) -> clap_complete::Shell {
    word(args, "shell")
        .and_then(|name| name.parse().ok())
        .unwrap_or(clap_complete::Shell::Bash)
}

pub(super) fn direction(args: &ArgMatches) -> Option<Direction> {
    let word = word(args, "direction")?;
    Direction::ALL
        .into_iter()
        .find(|direction| direction.as_str() == word)
}

pub(super) fn when(args: &ArgMatches, name: &str, now: Timestamp) -> Result<Option<When>, Failure> {
    let Some(text) = word(args, name) else {
        return Ok(None);
    };
    When::read(text, now).map(Some).ok_or_else(|| {
        Failure::usage(Said::new("error-date").with("text", text)).hint(Said::new("error-date-do"))
    })
}

pub(super) fn usage_point(args: &ArgMatches) -> Result<Option<UsagePoint>, Failure> {
    word(args, "usage-point").map(prm).transpose()
}

pub(super) fn every_usage_point(args: &ArgMatches) -> Result<Vec<UsagePoint>, Failure> {
    let texts = args.get_many::<String>("usage-point");
    texts.into_iter().flatten().map(|text| prm(text)).collect()
}

fn prm(text: &str) -> Result<UsagePoint, Failure> {
    text.parse().map_err(|error| {
        let said = match error {
            UsagePointError::Length(found) => Said::new("error-prm-length").with("found", found),
            UsagePointError::NotADigit(found) => Said::new("error-prm-digit").with("found", found),
        };
        Failure::usage(said).hint(Said::new("error-prm-do"))
    })
}
