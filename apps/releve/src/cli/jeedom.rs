//! `jeedom`: what may be written, and as types.

use clap::{Arg, ArgMatches, Command, value_parser};
use meter::UsagePoint;

use super::Builder;
use super::args::{usage_point, word};
use crate::exit::{Failure, Said};

/// Arguments of `jeedom`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jeedom {
    /// The destination, where several are Jeedoms.
    pub destination: Option<String>,
    /// Only this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Only tell what would be done.
    pub dry_run: bool,
    /// What is to be done.
    pub order: JeedomOrder,
}

/// What is to be done to a Jeedom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JeedomOrder {
    /// Make the equipment.
    Setup {
        /// Its name there.
        name: Option<String>,
    },
    /// Look at an equipment of others.
    Adopt {
        /// Its number.
        equipment: u64,
        /// Stop Jeedom from mixing its values.
        keep_every_value: bool,
    },
    /// Send what is missing or different.
    Push {
        /// Everything that is held.
        everything: bool,
        /// Days of half hours.
        curve_days: Option<u16>,
        /// Nothing while a scenario listens.
        quiet: bool,
    },
    /// Compare.
    Verify,
    /// Hide and disable our equipment.
    Remove,
}

impl Builder {
    pub(super) fn jeedom(&self) -> Command {
        let name = self.option("name", "cli-value-name", "cli-jeedom-name");
        let setup = self.plain("setup", "cli-jeedom-setup").arg(name);
        let equipment = self
            .positional("equipment", "cli-value-number", "cli-jeedom-equipment")
            .required(true)
            .value_parser(value_parser!(u64));
        let adopt = self
            .plain("adopt", "cli-jeedom-adopt")
            .arg(equipment)
            .arg(self.flag("keep-every-value", "cli-jeedom-keep"));
        let days = self
            .option("curve-days", "cli-value-number", "cli-jeedom-days")
            .value_parser(value_parser!(u16).range(1..=1100));
        let push = self
            .with_examples("push", "cli-jeedom-push", "cli-jeedom-push-examples")
            .arg(days)
            .arg(self.flag("everything", "cli-jeedom-everything"))
            .arg(self.flag("quiet-import", "cli-jeedom-quiet"));
        let verify = self.plain("verify", "cli-jeedom-verify");
        let remove = self.plain("remove", "cli-jeedom-remove");
        let dry = [setup, adopt, push, remove].map(|order| order.arg(self.dry_run()));
        let orders = dry.into_iter().chain([verify]).map(|order| {
            order
                .arg(self.usage_point())
                .arg(self.option("destination", "cli-value-name", "cli-jeedom-destination"))
                .arg(self.help())
        });
        self.with_examples("jeedom", "cli-jeedom", "cli-jeedom-examples")
            .subcommand_required(true)
            .subcommands(orders)
    }

    fn dry_run(&self) -> Arg {
        self.flag("dry-run", "cli-jeedom-dry-run")
    }
}

pub(super) fn read(args: &ArgMatches) -> Result<Jeedom, Failure> {
    let Some((order, args)) = args.subcommand() else {
        return Err(Failure::usage(Said::new("error-usage-no-command")));
    };
    let flag = |name| args.try_get_one::<bool>(name).ok().flatten() == Some(&true);
    Ok(Jeedom {
        destination: word(args, "destination").map(str::to_owned),
        usage_point: usage_point(args)?,
        dry_run: flag("dry-run"),
        order: match order {
            "setup" => JeedomOrder::Setup {
                name: word(args, "name").map(str::to_owned),
            },
            "adopt" => JeedomOrder::Adopt {
                equipment: args.get_one("equipment").copied().unwrap_or_default(),
                keep_every_value: flag("keep-every-value"),
            },
            "push" => JeedomOrder::Push {
                everything: flag("everything"),
                curve_days: args.get_one("curve-days").copied(),
                quiet: flag("quiet-import"),
            },
            "remove" => JeedomOrder::Remove,
            _ => JeedomOrder::Verify,
        },
    })
}
