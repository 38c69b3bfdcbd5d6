//! `domoticz`: making, adopting, filling and checking its devices.

use clap::{ArgMatches, Command};
use meter::UsagePoint;

use super::Builder;
use super::args::{usage_point, word};
use crate::exit::Failure;

/// Arguments of `domoticz`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domoticz {
    /// What is to be done.
    pub action: DomoticzAction,
    /// The configured destination; none: the only one of its kind.
    pub name: Option<String>,
    /// Say what would be done, and do nothing.
    pub dry_run: bool,
}

/// What is to be done at a Domoticz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DomoticzAction {
    /// Make the devices that are missing.
    Setup,
    /// Take over the plugin's devices: of one usage point, of one number.
    Adopt(Option<UsagePoint>, Option<u64>),
    /// Send what differs.
    Push,
    /// Compare everything.
    Verify,
    /// Take our devices away.
    Remove,
}

impl Builder {
    pub(super) fn domoticz(&self) -> Command {
        let named = |command: Command| {
            let name = self.option("name", "cli-value-name", "cli-domoticz-name");
            command.arg(name).arg(self.help())
        };
        let plain = |name, about| {
            let dry = self.flag("dry-run", "cli-domoticz-dry-run");
            self.plain(name, about).arg(dry)
        };
        let idx = self
            .option("idx", "cli-value-idx", "cli-domoticz-idx")
            .requires("usage-point")
            .value_parser(clap::value_parser!(u64));
        let adopt = plain("adopt", "cli-domoticz-adopt")
            .arg(self.usage_point())
            .arg(idx);
        self.with_examples("domoticz", "cli-domoticz", "cli-domoticz-examples")
            .subcommand_required(true)
            .subcommand(named(plain("setup", "cli-domoticz-setup")))
            .subcommand(named(adopt))
            .subcommand(named(plain("push", "cli-domoticz-push")))
            .subcommand(named(self.plain("verify", "cli-domoticz-verify")))
            .subcommand(named(plain("remove", "cli-domoticz-remove")))
    }
}

pub(super) fn read(args: &ArgMatches) -> Result<Domoticz, Failure> {
    let (action, args) = match args.subcommand() {
        Some(("setup", args)) => (DomoticzAction::Setup, args),
        Some(("adopt", args)) => {
            let idx = args.get_one::<u64>("idx").copied();
            (DomoticzAction::Adopt(usage_point(args)?, idx), args)
        }
        Some(("push", args)) => (DomoticzAction::Push, args),
        Some(("remove", args)) => (DomoticzAction::Remove, args),
        Some((_, args)) => (DomoticzAction::Verify, args),
        None => (DomoticzAction::Verify, args),
    };
    let dry = action != DomoticzAction::Verify && args.get_flag("dry-run");
    Ok(Domoticz {
        action,
        name: word(args, "name").map(str::to_owned),
        dry_run: dry,
    })
}
