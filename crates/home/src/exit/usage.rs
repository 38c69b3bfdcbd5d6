//! A command line that clap refused, as a failure.

use service::cli::Slip;

use super::{Failure, Said};

impl Failure {
    /// A command line that clap refused; `help` is the command whose help explains it.
    pub fn from_clap(error: &clap::Error, help: &str) -> Self {
        let slip = Slip::of(error);
        let (advice, values) = slip.advice(help);
        Self::usage(of(slip.name, slip.args)).hint(of(advice, values))
    }
}

fn of(name: &'static str, args: Vec<(&'static str, String)>) -> Said {
    let said = Said::new(name);
    args.into_iter()
        .fold(said, |said, (key, value)| said.with(key, value))
}
