//! What a command may touch: the environment, the clock, its three streams and
//! what the terminal can do. All of it is passed in, so that tests and the
//! demonstration run commands in their own process.

use std::io::{self, BufRead, IsTerminal, Write};

use service::logging::wants_color;
use service::{Env, Network, SharedClock};

/// The world around one command.
pub struct World<'a> {
    /// Environment variables.
    pub env: &'a dyn Env,
    /// The time.
    pub clock: SharedClock,
    /// What a person types.
    pub input: &'a mut dyn BufRead,
    /// Standard output: results only.
    pub out: &'a mut dyn Write,
    /// Standard error: problems, hints, progress.
    pub err: &'a mut dyn Write,
    /// What the terminal can do.
    pub terminal: Terminal,
    /// Names, connections and certificates, for `doctor`.
    pub network: &'a dyn Network,
    /// Whether `--log` may set up this process's logging.
    pub logging: bool,
}

/// Facts about the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Somebody can answer questions.
    pub interactive: bool,
    /// Standard error is a terminal: progress may be drawn there.
    pub progress: bool,
    /// Standard output takes colours.
    pub color: bool,
    /// Columns of standard output.
    pub width: usize,
}

impl Terminal {
    /// No terminal: plain text of 80 columns.
    pub const PLAIN: Self = Self {
        interactive: false,
        progress: false,
        color: false,
        width: 80,
    };

    /// The process's own terminal. `COLUMNS` decides over what it says.
    pub fn detect(env: &dyn Env) -> Self {
        let out = io::stdout().is_terminal();
        let said = env.var("COLUMNS").and_then(|text| text.parse().ok());
        Self {
            interactive: io::stdin().is_terminal() && io::stderr().is_terminal(),
            progress: io::stderr().is_terminal(),
            color: wants_color(env, out),
            width: said
                .or_else(columns)
                .unwrap_or(Self::PLAIN.width)
                .clamp(40, 200),
        }
    }
}

fn columns() -> Option<usize> {
    let (columns, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(columns.0))
}
