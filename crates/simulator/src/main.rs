//! The simulator as a program: prints its URL and answers until it is stopped.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use jiff::{SignedDuration, Timestamp};
use service::clock::BoxFuture;
use service::{Clock, SharedClock, SystemClock, VirtualClock};
use simulator::{AutumnStyle, Mode, Options, Simulator};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    let arguments = command().get_matches();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simulator: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Command {
    Command::new("simulator")
        .about("Answers as Enedis Data Connect would, for households that do not exist")
        .version(env!("CARGO_PKG_VERSION"))
        .args([
            Arg::new("listen")
                .long("listen")
                .value_name("ADDRESS:PORT")
                .default_value("127.0.0.1:0")
                .help("Where to listen; port 0 takes a free one"),
            Arg::new("mode")
                .long("mode")
                .default_value("both")
                .value_parser(PossibleValuesParser::new(["v5", "2026", "both", "v5-gone"]))
                .help("Which generations answer"),
            Arg::new("autumn")
                .long("autumn")
                .default_value("in-order")
                .value_parser(PossibleValuesParser::new([
                    "in-order",
                    "dropped",
                    "mislabelled",
                ]))
                .help("How the repeated autumn hour is stamped"),
            Arg::new("seed")
                .long("seed")
                .default_value("1")
                .value_parser(value_parser!(u64))
                .help("Decides every household, delay and hole"),
            Arg::new("now")
                .long("now")
                .value_name("RFC3339")
                .value_parser(value_parser!(Timestamp))
                .help("Begins at this instant instead of the system's"),
            Arg::new("freeze")
                .long("freeze")
                .action(ArgAction::SetTrue)
                .requires("now")
                .help("Stands still at --now until /_control/clock says otherwise"),
            Arg::new("no-quota")
                .long("no-quota")
                .action(ArgAction::SetTrue)
                .help("Counts no calls"),
            Arg::new("redirect-url")
                .long("redirect-url")
                .action(ArgAction::Append)
                .help("Where consents may return to, besides loopback addresses"),
        ])
}

fn run(arguments: &ArgMatches) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: &ArgMatches) -> anyhow::Result<()> {
    let simulator = Simulator::new(options(arguments));
    let listen: &String = arguments.get_one("listen").context("no address")?;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    let running = simulator.serve(listener)?;
    writeln!(std::io::stdout(), "{}", running.url)?;
    tokio::select! {
        stopped = tokio::signal::ctrl_c() => {
            stopped?;
            Ok(())
        }
        ended = running.wait() => Ok(ended?),
    }
}

fn options(arguments: &ArgMatches) -> Options {
    let text = |name| arguments.get_one::<String>(name).map(String::as_str);
    let mut options = Options::new(clock(arguments));
    options.seed = arguments.get_one("seed").copied().unwrap_or(1);
    options.mode = match text("mode") {
        Some("v5") => Mode::V5,
        Some("2026") => Mode::V2026,
        Some("v5-gone") => Mode::V5Gone,
        _ => Mode::Both,
    };
    options.autumn = match text("autumn") {
        Some("dropped") => AutumnStyle::Dropped,
        Some("mislabelled") => AutumnStyle::Mislabelled,
        _ => AutumnStyle::InOrder,
    };
    options.pacing_and_quotas = !arguments.get_flag("no-quota");
    let urls = arguments.get_many("redirect-url").unwrap_or_default();
    options.redirect_urls = urls.cloned().collect();
    options
}

fn clock(arguments: &ArgMatches) -> SharedClock {
    match arguments.get_one::<Timestamp>("now") {
        None => Arc::new(SystemClock),
        Some(now) if arguments.get_flag("freeze") => Arc::new(VirtualClock::at(*now)),
        Some(now) => Arc::new(Shifted(now.duration_since(SystemClock.now()))),
    }
}

/// The system's clock, so much later or earlier.
struct Shifted(SignedDuration);

impl Clock for Shifted {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now();
        now.saturating_add(self.0).unwrap_or(now)
    }

    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()> {
        SystemClock.sleep(duration)
    }
}
