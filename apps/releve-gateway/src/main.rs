//! The consent gateway of Relevé: the program.

mod cli;
mod client;
mod doctor;
mod listen;
mod open;
mod records;
mod serve;
mod settings;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::ArgMatches;
use service::{Lang, SystemEnv, language};

fn main() -> ExitCode {
    let env = SystemEnv;
    let lang = language(None, None, &env);
    let arguments = cli::command(lang).get_matches();
    match run(&arguments, lang) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "releve-gateway: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let (name, own) = arguments.subcommand().context("no command")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match name {
            "serve" => serve::run(own).await.map(|()| ExitCode::SUCCESS),
            "doctor" => doctor::run(own, lang).await,
            "proof" => records::proof(own, lang).await.map(|()| ExitCode::SUCCESS),
            "audit" => records::verify(nested(own)?, lang)
                .await
                .map(|()| ExitCode::SUCCESS),
            "breach-list" => records::breach(own).await.map(|()| ExitCode::SUCCESS),
            "keys" => records::rotate(nested(own)?, lang).map(|()| ExitCode::SUCCESS),
            _ => client::run(own, lang).await.map(|()| ExitCode::SUCCESS),
        }
    })
}

/// The command under a command.
fn nested(own: &ArgMatches) -> anyhow::Result<&ArgMatches> {
    let (_, own) = own.subcommand().context("no command")?;
    Ok(own)
}
