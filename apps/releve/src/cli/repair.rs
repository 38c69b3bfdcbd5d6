//! `repair`: what may be written, and as a type.

use clap::{ArgAction, ArgMatches, Command};
use jiff::Timestamp;
use meter::UsagePoint;

use super::Builder;
use super::args::every_usage_point;
use crate::exit::{Failure, Said};
use crate::when::Days;

/// Arguments of `repair`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Only these days; none: all that are kept.
    pub days: Option<Days>,
    /// What is complete too.
    pub all: bool,
    /// Only these usage points; empty: every configured one.
    pub usage_points: Vec<UsagePoint>,
}

impl Builder {
    pub(super) fn repair(&self) -> Command {
        self.with_examples("repair", "cli-repair", "cli-repair-examples")
            .arg(self.positional("days", "cli-value-period", "cli-repair-days"))
            .arg(self.flag("all", "cli-repair-all"))
            .arg(self.usage_point().action(ArgAction::Append))
            .arg(self.help())
    }
}

/// The arguments that were written.
pub(super) fn read(args: &ArgMatches, now: Timestamp) -> Result<Repair, Failure> {
    let days = args.get_one::<String>("days").map(|text| {
        Days::read(text, now)
            .filter(|days| !days.is_empty())
            .ok_or_else(|| {
                Failure::usage(Said::new("error-period").with("text", text))
                    .hint(Said::new("error-period-do"))
            })
    });
    Ok(Repair {
        days: days.transpose()?,
        all: args.get_flag("all"),
        usage_points: every_usage_point(args)?,
    })
}
