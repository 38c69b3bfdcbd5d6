//! The home daemon and command line of Relevé: run, and leave with a code.

use std::io::{BufReader, stderr, stdin, stdout};
use std::process::ExitCode;
use std::sync::Arc;

use releve::config::CLOCK_VARIABLE;
use releve::{Exit, Terminal, World};
use service::{
    Env, SharedClock, ShiftedClock, SystemClock, SystemEnv, SystemNetwork, VirtualClock,
};

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
        network: &SystemNetwork,
        logging: true,
    };
    runtime
        .block_on(releve::run(std::env::args_os(), &mut world))
        .into()
}

/// The machine's clock, or the one that a test stopped; with a `+` behind the
/// instant it goes on from there.
fn clock() -> Option<SharedClock> {
    match SystemEnv.var(CLOCK_VARIABLE) {
        None => Some(Arc::new(SystemClock)),
        Some(text) => Some(match text.strip_suffix('+') {
            Some(instant) => Arc::new(ShiftedClock::at(instant.parse().ok()?)),
            None => Arc::new(VirtualClock::at(text.parse().ok()?)),
        }),
    }
}
