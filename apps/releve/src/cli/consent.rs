//! `consent`: what may be written, and as types.

use clap::{ArgMatches, Command};

use super::Builder;
use super::args::word;

/// What is wanted of consents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consent {
    /// Ask for one, or go on waiting for the one that is asked for.
    Start {
        /// Of which source; none: the only one.
        source: Option<String>,
    },
    /// Every consent, and how it stands.
    List,
    /// Ask for a new one that takes the place of another.
    Renew {
        /// Of which; none: the only one.
        id: Option<String>,
    },
    /// Forget one, here and at its gateway.
    Forget {
        /// Which.
        id: String,
    },
}

impl Builder {
    pub(super) fn consent(&self) -> Command {
        let source = || {
            self.option("source", "cli-value-source", "cli-consent-source")
                .display_order(1)
        };
        let id = || self.positional("id", "cli-value-consent", "cli-consent-id");
        self.with_examples("consent", "cli-consent", "cli-consent-examples")
            .args_conflicts_with_subcommands(true)
            .arg(source())
            .subcommand(
                self.plain("start", "cli-consent-start")
                    .arg(source())
                    .arg(self.help()),
            )
            .subcommand(self.plain("list", "cli-consent-list").arg(self.help()))
            .subcommand(
                self.plain("renew", "cli-consent-renew")
                    .arg(id())
                    .arg(self.help()),
            )
            .subcommand(
                self.plain("forget", "cli-consent-forget")
                    .arg(id().required(true))
                    .arg(self.help()),
            )
    }
}

pub(super) fn read(args: &ArgMatches) -> Consent {
    let owned = |args: &ArgMatches, name: &str| word(args, name).map(str::to_owned);
    match args.subcommand() {
        Some(("list", _)) => Consent::List,
        Some(("renew", args)) => Consent::Renew {
            id: owned(args, "id"),
        },
        Some(("forget", args)) => Consent::Forget {
            id: owned(args, "id").unwrap_or_default(),
        },
        Some((_, args)) => Consent::Start {
            source: owned(args, "source"),
        },
        None => Consent::Start {
            source: owned(args, "source"),
        },
    }
}
