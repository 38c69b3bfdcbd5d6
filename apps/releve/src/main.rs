//! The home daemon and command line of Relevé: run, and leave with a code.

use std::io::{BufReader, stderr, stdin, stdout};
use std::process::ExitCode;
use std::sync::Arc;

use releve::{Exit, Terminal, World};
use service::{SystemClock, SystemEnv};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return Exit::Data.into();
    };
    let mut world = World {
        env: &SystemEnv,
        clock: Arc::new(SystemClock),
        input: &mut BufReader::new(stdin()),
        out: &mut stdout(),
        err: &mut stderr(),
        terminal: Terminal::detect(&SystemEnv),
        logging: true,
    };
    runtime
        .block_on(releve::run(std::env::args_os(), &mut world))
        .into()
}
