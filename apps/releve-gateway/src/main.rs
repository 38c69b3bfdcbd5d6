//! The consent gateway of Relevé: the program.

mod cli;
mod client;
mod connections;
mod doctor;
mod json;
mod open;
mod records;
mod serve;
mod settings;
mod stop;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;
use service::cli::help_of;
use service::{Lang, SystemEnv, language};

use crate::stop::{Outcome, Stop};

fn main() -> ExitCode {
    let env = SystemEnv;
    let lang = language(None, None, &env);
    let told = understand(std::env::args_os().collect(), lang);
    match told.and_then(|arguments| run(&arguments, lang)) {
        Ok(code) => code,
        Err(stop) => {
            let _ = write!(std::io::stderr(), "{stop}");
            stop.code()
        }
    }
}

/// What was asked for; helps and the version are written here.
fn understand(args: Vec<OsString>, lang: Lang) -> Outcome<ArgMatches> {
    let command = cli::command(lang);
    let named = args.get(1..).unwrap_or_default();
    let help = help_of(&command, "releve-gateway", named);
    match command.try_get_matches_from(args) {
        Err(answer) if !answer.use_stderr() => answer.exit(),
        Err(error) => Err(Stop::slip(lang, &error, &help)),
        Ok(arguments) => Ok(arguments),
    }
}

fn run(arguments: &ArgMatches, lang: Lang) -> Outcome<ExitCode> {
    let Some((name, own)) = arguments.subcommand() else {
        return Ok(ExitCode::SUCCESS);
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Stop::system(lang, "gateway-stop-system", "", &error))?;
    runtime.block_on(async {
        match name {
            "serve" => serve::run(own, lang).await,
            "doctor" => return doctor::run(own, lang).await,
            "proof" => records::proof(own, lang).await,
            "audit" => records::verify(nested(own), lang).await,
            "breach-list" => records::breach(own, lang).await,
            "keys" => records::rotate(nested(own), lang),
            _ => client::run(own, lang).await,
        }
        .map(|()| ExitCode::SUCCESS)
    })
}

/// The command under a command.
fn nested(own: &ArgMatches) -> &ArgMatches {
    own.subcommand().map_or(own, |(_, nested)| nested)
}
