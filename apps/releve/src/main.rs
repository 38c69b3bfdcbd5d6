//! The home daemon and command line of Relevé: run, and leave with a code.

use std::io::{BufReader, stderr, stdin, stdout};
use std::process::ExitCode;
use std::sync::Arc;

use releve::config::CLOCK_VARIABLE;
use releve::{Exit, Terminal, World};
use service::{Env, SharedClock, SystemClock, SystemEnv, VirtualClock};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return Exit::Data.into();
    };
    let Some(clock) = clock() else {
        eprintln!("{CLOCK_VARIABLE}: 2026-11-21T12:00:00Z");
        return Exit::Usage.into();
    };
    let mut world = World {
        env: &SystemEnv,
        clock,
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

/// The machine's clock, or the one that a test stopped.
fn clock() -> Option<SharedClock> {
    match SystemEnv.var(CLOCK_VARIABLE) {
        None => Some(Arc::new(SystemClock)),
        Some(instant) => Some(Arc::new(VirtualClock::at(instant.parse().ok()?))),
    }
}
