//! `dashboard`: what may be written, and as types.

use clap::{ArgMatches, Command};

use super::Builder;

/// Looking after the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dashboard {
    /// Set a password.
    Password {
        /// That of who may look but change nothing.
        viewer: bool,
    },
}

impl Builder {
    pub(super) fn dashboard(&self) -> Command {
        let password = self
            .with_examples(
                "password",
                "cli-dashboard-password",
                "cli-dashboard-password-examples",
            )
            .arg(self.flag("viewer", "cli-dashboard-viewer"));
        self.plain("dashboard", "cli-dashboard")
            .subcommand_required(true)
            .subcommand(password.arg(self.help()))
            .arg(self.help())
    }
}

/// What is to be done.
pub(super) fn read(args: &ArgMatches) -> Dashboard {
    let viewer = args
        .subcommand()
        .is_some_and(|(_, args)| args.get_flag("viewer"));
    Dashboard::Password { viewer }
}
