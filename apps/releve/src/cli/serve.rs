//! `serve`: what may be written, and as a type.

use std::net::SocketAddr;

use clap::{ArgMatches, Command, value_parser};

use super::Builder;

/// Arguments of `serve`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Serve {
    /// Where to listen; none: as configured.
    pub listen: Option<SocketAddr>,
}

impl Builder {
    pub(super) fn serve(&self) -> Command {
        self.with_examples("serve", "cli-serve", "cli-serve-examples")
            .arg(
                self.option("listen", "cli-value-listen", "cli-listen")
                    .value_parser(value_parser!(SocketAddr)),
            )
            .arg(self.help())
    }
}

/// The arguments that were written.
pub(super) fn read(args: &ArgMatches) -> Serve {
    Serve {
        listen: args.get_one("listen").copied(),
    }
}
