//! The home daemon and command line of Relevé.
//!
//! [`run`] is the whole program with the world passed in; `main` only adds the
//! real one.

pub mod cli;
mod commands;
mod doctor;
pub mod hands;
pub mod init;
mod notify;
mod page;
mod progress;
mod report;
mod session;
pub mod text;
pub mod world;

use std::ffi::OsString;

use clap::error::ErrorKind;
use jiff::Timestamp;
use service::settings::SettingsError;
use service::{Lang, language};

pub use home::{Exit, Failure, Said, When};
pub use home::{config, exit, json, offers, table, view, when, words};
pub use world::{Terminal, World};

use cli::{Early, Globals, Request};
use config::{Asked, Loaded};
use json::error::{ErrorBody, ErrorReport};
use words::Words;

/// What every command knows before it begins.
#[derive(Debug)]
pub struct App {
    /// The reader's language.
    pub words: Words,
    /// Options of every command.
    pub globals: Globals,
    /// What the command line says about the settings.
    pub asked: Asked,
    /// The present instant, the same for the whole of a command that only reads.
    pub now: Timestamp,
    loaded: Result<Loaded, SettingsError>,
}

impl App {
    /// The settings; without any configuration those of an empty one.
    pub fn settings(&self) -> Result<&Loaded, Failure> {
        self.loaded.as_ref().map_err(|error| error.clone().into())
    }

    /// The file of the ledger.
    pub fn ledger(&self) -> Result<std::path::PathBuf, Failure> {
        Ok(self.settings()?.settings.data_dir.join(ledger::FILE_NAME))
    }
}

/// Runs one command line, program name first.
pub async fn run(args: impl IntoIterator<Item = OsString>, world: &mut World<'_>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let early = Early::look(&args);
    let loaded = config::load(&early.asked, world.env);
    let configured = match &loaded {
        Ok(loaded) => loaded.settings.language,
        Err(error) => error.language,
    };
    let words = Words {
        lang: language(early.lang, configured, world.env),
    };
    let ended = match understand(args, words, world) {
        Ok(Understood::Answered) => Ok(Exit::Ok),
        Ok(Understood::Request(globals, request)) => {
            let app = App {
                words,
                globals,
                asked: early.asked,
                now: world.clock.now(),
                loaded,
            };
            if world.logging {
                log(&app, &request, world);
            }
            // On the heap: the states of every command together are large.
            Box::pin(commands::run(&app, &request, world)).await
        }
        Err(failure) => Err(failure),
    };
    ended.unwrap_or_else(|failure| tell(&failure, words.lang, early.json, world))
}

/// What became of the command line.
enum Understood {
    /// Help or version, already written.
    Answered,
    Request(Globals, Request),
}

fn understand(
    args: Vec<OsString>,
    words: Words,
    world: &mut World<'_>,
) -> Result<Understood, Failure> {
    let command = cli::command(words.lang, world.terminal.width);
    let named = args.get(1..).unwrap_or_default();
    let help = service::cli::help_of(&command, "releve", named);
    match command.try_get_matches_from(args) {
        Ok(matches) => {
            let (globals, request) = cli::read(&matches, world.clock.now())?;
            Ok(Understood::Request(globals, request))
        }
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            ) =>
        {
            write_help(&error, world)?;
            Ok(Understood::Answered)
        }
        Err(error) => Err(Failure::from_clap(&error, &help)),
    }
}

fn write_help(help: &clap::Error, world: &mut World<'_>) -> std::io::Result<()> {
    let text = help.render();
    if world.terminal.color {
        write!(world.out, "{}", text.ansi())
    } else {
        write!(world.out, "{text}")
    }
}

/// Only the daemon writes a file of its own.
fn log(app: &App, request: &Request, world: &mut World<'_>) {
    let configured = app.settings().ok().map(|loaded| &loaded.settings.log);
    let options = service::logging::Options {
        level: app
            .globals
            .log
            .or(configured.map(|log| log.level))
            .unwrap_or_default(),
        format: configured.map(|log| log.format).unwrap_or_default(),
    };
    let clock = world.clock.clone();
    match configured.filter(|_| *request == Request::Run) {
        Some(log) => {
            let begun = service::logging::init_with_files(options, clock, world.env, &log.folder);
            if let Err(error) = begun {
                let path = log.folder.display().to_string();
                let cause = error.to_string();
                let args = [("path", path.as_str()), ("cause", &cause)];
                // Where nobody can be told, the daemon still has its work to do.
                let _ = writeln!(world.err, "{}", app.words.say("run-no-log", &args));
            }
        }
        // Only the first command of a process sets it up.
        None => drop(service::logging::init(options, clock, world.env)),
    }
}

/// Tells why a command stopped. Where nobody can be told, the code still says it.
pub(crate) fn tell(failure: &Failure, lang: Lang, json: bool, world: &mut World<'_>) -> Exit {
    if failure.is_silent() {
        return failure.exit;
    }
    let _ = if json {
        let report = ErrorReport {
            error: ErrorBody {
                exit_code: failure.exit as u8,
                message: failure.plain_message(lang),
                hint: failure.plain_advice(lang),
            },
        };
        json::emit(world.err, &report).map_err(|_| std::io::ErrorKind::Other.into())
    } else {
        world.err.write_all(failure.render(lang).as_bytes())
    };
    failure.exit
}
